"""A value as text: dates as far as they are known, lists and pairs in one cell, and the way back."""

import json
import re
from collections.abc import Mapping

from pubcli.answer.answer import Row
from pubcli.biblio.dates import truncated_day
from pubcli.text.compact_json import compact


def cell_text(row: Row, field: str) -> str:
    """A value of a row as CSV and TSV hold it: of a date the part that is known.

    Lists and names with their values are as `plain` has them where `values_in` and `pairs_in` find the same there
    again, else JSON.
    """
    if field == "date":
        return partial_date(row)
    value, text = row[field], plain_text(row[field])
    if isinstance(value, Mapping):
        return compact(value) if text and split_pairs(text) != value else text
    return compact(value) if isinstance(value, list) and text and split_values(text) != list(map(str, value)) else text


def split_values(text: str) -> list[str]:
    """The values in a cell that holds a list, `value; value` or JSON."""
    if text.startswith("["):
        try:
            return list(map(str, json.loads(text)))
        except (ValueError, RecursionError):
            pass
    return text.split("; ")


_BETWEEN_PAIRS = re.compile(r"; (?=[^\s:;]+(?: [^\s:;]+){0,3}: )")


def split_pairs(text: str) -> dict[str, str]:
    """Names with their values in a cell, `name: value; name: value` or JSON; a value without a name is `extra`."""
    if text.startswith("{"):
        try:
            return {
                name: value if isinstance(value, str) else compact(value) for name, value in json.loads(text).items()
            }
        except (ValueError, RecursionError):
            pass
    found = (part.partition(": ") for part in _BETWEEN_PAIRS.split(text))
    return {name if colon else "extra": value if colon else name for name, colon, value in found}


def partial_date(row: Row) -> str:
    """As much of a row's date as is known, in ISO format: 2022-03-13, 2022-03 or 2022; empty for none."""
    day = row["date"]
    return truncated_day(str(day), str(row.get("date_precision", "day"))) if day else ""


def plain_text(value: object) -> str:
    """A value on one line: lists joined by a semicolon, nothing for None, `true` and `false`."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {text}" for name, text in value.items())
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "; ".join(map(str, value))
    return str(value)
