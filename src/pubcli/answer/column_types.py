"""Choose a type for each column of an answer, for formats whose columns have types: Parquet, SQLite, Excel."""

from __future__ import annotations

from typing import Any

from pubcli.answer.json_schema import item_type, properties, simple_type
from pubcli.lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pubcli.answer.answer import Answer, Row

BOOLEAN, INTEGER, NUMBER, TEXT, OTHER = "boolean", "integer", "number", "text", "other"
"""Types of columns; `other` means JSON of any kind. A list is the type of its items with `[]`, such as `text[]`."""

_COLUMN_TYPES = {"boolean": BOOLEAN, "integer": INTEGER, "number": NUMBER, "string": TEXT}
_BIGGEST = 2**63


def stated_types(answer: Answer[Row], fields: Sequence[str]) -> dict[str, str]:
    """Return the type of each column that the kind of the rows determines, by field."""
    schemas = properties(answer.kind)
    return {field: _stated_type(schemas[field]) for field in fields if field in schemas}


def _stated_type(schema: dict[str, Any]) -> str:
    name = simple_type(schema)
    if name == "array":
        item = _COLUMN_TYPES.get(item_type(schema) or "")
        return f"{item}[]" if item else OTHER
    return _COLUMN_TYPES.get(name or "", OTHER)


class ObservedTypes:
    """The types of the values of columns, for rows whose kind does not determine them."""

    def __init__(self, fields: Iterable[str]) -> None:
        self._types: dict[str, set[str]] = {field: set() for field in fields}

    def add(self, row: Row) -> None:
        """Take note of the values of a row."""
        for field, types in self._types.items():
            if (value := row[field]) is not None:
                types.add(value_type(value))

    def types(self) -> dict[str, str]:
        """Return the type of each column: text if it has no value, and `other` for values of several types."""
        return {field: _common_type(types) for field, types in self._types.items()}


def value_type(value: object) -> str:
    """Return the type of a column for a value that is not None."""
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, int):
        return INTEGER if -_BIGGEST <= value < _BIGGEST else OTHER
    if isinstance(value, float):
        return NUMBER
    return TEXT if isinstance(value, str) else OTHER


def _common_type(types: set[str]) -> str:
    if types == {INTEGER, NUMBER}:
        return NUMBER
    return next(iter(types)) if len(types) == 1 else OTHER if types else TEXT
