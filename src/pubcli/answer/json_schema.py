"""Describe the rows of each kind in JSON Schema (2020-12), from their types in the module `rows`.

`help schema` prints these schemas, and formats that need the type of a column before its values read it from them.
"""

from __future__ import annotations

import types
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints

from pubcli.answer import rows
from pubcli.lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pubcli.answer.kinds import Kind

Schema = dict[str, Any]

ROW_TYPES: Mapping[Kind, str] = {
    "papers": "PaperRow",
    "paper_details": "PaperRow",
    "hits": "HitRow",
    "explained_hits": "HitRow",
    "similar_papers": "SimilarRow",
    "steps": "StepRow",
    "references": "ReferenceRow",
    "coauthors": "CoauthorRow",
    "people": "PersonRow",
    "nodes": "NodeRow",
    "edges": "EdgeRow",
    "themes": "ThemeRow",
    "name_variants": "NameVariantRow",
    "periods": "PeriodRow",
    "counts": "CountRow",
    "pairs": "CountRow",
    "dimensions": "DimensionRow",
    "indicators": "IndicatorRow",
    "laws": "LawRow",
    "categories": "CategoryRow",
    "topics": "TopicRow",
    "group_topics": "GroupTopicRow",
    "profiles": "ProfileRow",
    "findings": "FindingRow",
    "changes": "ChangeRow",
    "page_changes": "PageChangeRow",
    "change_summaries": "ChangeSummaryRow",
    "comparison": "ComparisonRow",
    "page_pairs": "PagePairRow",
    "snapshots": "SnapshotRow",
    "pages": "PageRow",
    "library": "LibraryRow",
    "added_pages": "AddedRow",
    "duplicates": "DuplicateRow",
    "saved_queries": "SavedQueryRow",
    "formats": "FormatRow",
    "cache": "CacheRow",
    "library_findings": "LibraryFindingRow",
    "library_changes": "LoggedChangeRow",
    "view_columns": "ColumnRow",
}
"""The type of the rows of each kind. The kind `rows` means anything, so it has none."""

_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
_DERIVED: Mapping[str, Schema] = {"year": {"type": ["integer", "null"]}}
"""Fields that follow from others; see the module `derived`."""


def properties(kind: Kind) -> dict[str, Schema]:
    """Return the JSON Schema of each field that rows of a kind may have. Empty for the kind `rows`."""
    name = ROW_TYPES.get(kind)
    return {} if name is None else row_properties(name)


def row_properties(row_type: str) -> dict[str, Schema]:
    """Return the JSON Schema of each field of a type of the module `rows`, such as `PaperRow`."""
    hints = get_type_hints(getattr(rows, row_type))
    return {**_DERIVED, **{field: _schema(hint) for field, hint in hints.items()}}


def row_schema(row_type: str, hidden: tuple[str, ...] = ()) -> Schema:
    """Return the JSON Schema of a type of the module `rows`, without the fields in `hidden`, which JSON lacks.

    Fields that follow from others, such as the year, are not in JSON unless the user names them, so they are left out.
    """
    described = getattr(rows, row_type)
    hints = get_type_hints(described)
    fields = [field for field in hints if field not in hidden]
    return {
        "title": row_type,
        "description": (described.__doc__ or "").strip().partition("\n")[0],
        "type": "object",
        "properties": {field: _schema(hints[field]) for field in fields},
        "required": [field for field in fields if field in described.__required_keys__],
        "additionalProperties": False,
    }


def _schema(hint: Any) -> Schema:
    """Return the JSON Schema of a type such as `str | None` or `list[int]`."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is NotRequired:
        return _schema(arguments[0])
    if origin is Literal:
        return {"type": "string", "enum": list(arguments)}
    if origin in (Union, types.UnionType):
        return _one_of([_schema(argument) for argument in arguments])
    if origin is list:
        return {"type": "array", "items": _schema(arguments[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(arguments[1])}
    return {"type": _TYPES[hint]} if hint in _TYPES else {}


def _one_of(schemas: list[Schema]) -> Schema:
    """Return the JSON Schema of a union. Several simple types become one list of types."""
    if all(schema.keys() == {"type"} for schema in schemas):
        return {"type": [schema["type"] for schema in schemas]}
    return {"anyOf": schemas}


def is_nullable(schema: Schema) -> bool:
    """Return whether a schema allows null."""
    return not schema or "null" in _simple_types(schema)


def simple_type(schema: Schema) -> str | None:
    """Return the only simple type that a schema allows besides null: `integer`, `array` ...; None if there are several.

    Integers are numbers, so `number` is the type of a field that holds both.
    """
    names = _simple_types(schema) - {"null"}
    if names == {"integer", "number"}:
        return "number"
    return names.pop() if len(names) == 1 else None


def item_type(schema: Schema) -> str | None:
    """Return the `simple_type` of the items of an array; None if they may be of several types."""
    arrays = [part for part in schema.get("anyOf", [schema]) if part.get("type") == "array"]
    return simple_type(arrays[0]["items"]) if arrays and "items" in arrays[0] else None


def _simple_types(schema: Schema) -> set[str]:
    if "anyOf" in schema:
        return set[str]().union(*map(_simple_types, schema["anyOf"]))
    names = schema.get("type", [])
    return {names} if isinstance(names, str) else set(names)
