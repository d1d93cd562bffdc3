"""Convert values to the text of one table cell, and convert this text back to lists and mappings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import NoneType

from pubcli.lazy import TYPE_CHECKING, json, pattern
from pubcli.text.compact_json import compact

if TYPE_CHECKING:
    from typing import Any

    from pubcli.answer.answer import Row


def cell_text(row: Row, field: str) -> str:
    """Return a value of a row as text for CSV and TSV; for a date, return only the known part.

    A list or mapping is converted by `plain_text` if the result can be converted back, else it is converted to JSON.
    """
    if field == "date":
        return partial_date(row)
    value, text = row[field], plain_text(row[field])
    if isinstance(value, Mapping):
        return compact(value) if text and split_pairs(text) != value else text
    return compact(value) if isinstance(value, list) and text and split_values(text) != list(map(str, value)) else text


def column_texts(rows: Sequence[Row], field: str) -> list[str]:
    """Return the `cell_text` of each row. One call for many rows is much faster than a call for each value."""
    if field == "date":
        return [partial_date(row) for row in rows]
    values: list[Any] = [row[field] for row in rows]
    types = set(map(type, values))
    if types == {str}:
        return values
    if types <= {str, NoneType}:
        return [value or "" for value in values]
    if types == {bool}:
        return ["true" if value else "false" for value in values]
    if types == {list}:
        return [_list_text(value) if value else "" for value in values]
    if types == {dict}:
        return [cell_text(row, field) if value else "" for row, value in zip(rows, values, strict=True)]
    return [cell_text(row, field) for row in rows]


def _list_text(values: list[object]) -> str:
    """Return the `cell_text` of a list."""
    texts = list(map(str, values))
    text = "; ".join(texts)
    is_plain = not text.startswith("[") and text.count("; ") == len(texts) - 1
    return text if is_plain or not text or split_values(text) == texts else compact(values)


def split_values(text: str) -> list[str]:
    """Return the values in a cell that contains a list, written either as JSON or as `value; value`."""
    if text.startswith("["):
        try:
            return list(map(str, json.loads(text)))
        except (ValueError, RecursionError):
            pass
    return text.split("; ")


_BETWEEN_PAIRS = pattern(r"; (?=[^\s:;]+(?: [^\s:;]+){0,3}: )")


def split_pairs(text: str) -> dict[str, str]:
    """Return the mapping in a cell: JSON or `name: value; name: value`. A value without a name is named `extra`."""
    if text.startswith("{"):
        try:
            return {
                name: value if isinstance(value, str) else compact(value) for name, value in json.loads(text).items()
            }
        except (ValueError, RecursionError):
            pass
    pairs = (part.partition(": ") for part in _BETWEEN_PAIRS.split(text))
    return {name if colon else "extra": value if colon else name for name, colon, value in pairs}


def partial_date(row: Row) -> str:
    """Return the known part of a row's date (2022-03-13, 2022-03 or 2022), or an empty string if no date is known."""
    from pubcli.biblio.dates import truncated_day

    day = row["date"]
    return truncated_day(str(day), str(row.get("date_precision", "day"))) if day else ""


def plain_text(value: object) -> str:
    """Return a value as one line of text.

    Items of lists and mappings are joined by semicolons; booleans become `true` or `false`, and None becomes empty.
    """
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {text}" for name, text in value.items())
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "; ".join(map(str, value))
    return str(value)
