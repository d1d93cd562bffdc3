"""List the fields of the rows of each command, for completion. A test compares them with the fields that it accepts."""

from __future__ import annotations

from contextlib import suppress

from pubcli.errors import UsageError
from pubcli.lazy import TYPE_CHECKING, import_module
from pubcli.store.ask import PAPER_ORDERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from pubcli.analysis.measures import Measures

_ROWS = {
    "search": "HitRow",
    "similar": "SimilarRow",
    "coauthors": "CoauthorRow",
    "people": "PersonRow",
    "people path": "StepRow",
    "network": "NodeRow",
    "profile": "ProfileRow",
    "topics": "TopicRow",
    "diff": "ChangeRow",
    "changes": "PageChangeRow",
    "compare": "ComparisonRow",
    "cite": "ReferenceRow",
    "check": "FindingRow",
    "add": "AddedRow",
    "help formats": "FormatRow",
    "library watch": "AddedRow",
    "library info": "LibraryRow",
    "library duplicates": "DuplicateRow",
    "library refresh": "AddedRow",
    "library log": "LoggedChangeRow",
    "library check": "LibraryFindingRow",
    "library cache": "CacheRow",
    "library run": "SavedQueryRow",
    "library sql": "ColumnRow",
    "open": "AddressRow",
    "config path": "PathRow",
    "config show": "SettingRow",
    "help fields": "FieldRow",
    "help options": "OptionRow",
    "help sites": "SiteRow",
    "help environment": "VariableRow",
    "plot": "PictureRow",
}
"""The type of the rows of each command in `answer.rows`."""
_ROWS_WITH = {
    ("coauthors", "shared_with"): "PaperRow",
    ("coauthors", "period"): "PeriodRow",
    ("people", "variants"): "NameVariantRow",
    ("profile", "lists"): "PageRow",
    ("topics", "by"): "GroupTopicRow",
    ("compare", "more"): "PagePairRow",
    ("network", "edges"): "EdgeRow",
    ("network", "themes"): "ThemeRow",
    ("changes", "snapshots"): "SnapshotRow",
    ("changes", "summary"): "ChangeSummaryRow",
    ("library run", "name"): "PaperRow",
}
"""The type of the rows of a command if the user types an option or argument."""
_MORE_ROWS = {"library run": ("HitRow",)}
"""Types of rows that depend on something else: those of a saved query on whether it has words."""
_NOT_SHOWN = {
    "CoauthorRow": ("ambiguous", "course"),
    "PersonRow": ("ambiguous",),
    "ProfileRow": ("ambiguous",),
    "AddedRow": ("changes", "order_doubt"),
}
"""Fields of rows that only the tables use."""
_MORE = {"PersonRow": ("has_page",), "PaperRow": ("year",), "HitRow": ("year",), "SimilarRow": ("year",)}
"""Fields that not every row of a type has, or that follow from other fields."""
_PAPERS = ("list", "show", "export")
"""Commands whose rows are papers."""
_COUNTS = ("CountRow", "CategoryRow", "DimensionRow")
"""The types of the rows of `stats`, which depend on its first words."""
_ORDERS = {
    "search": ("store.search", "HIT_ORDERS"),
    "library save": ("store.search", "HIT_ORDERS"),
    "coauthors": ("analysis.people", "COAUTHOR_ORDERS"),
    "people": ("analysis.people", "PERSON_ORDERS"),
    "network": ("analysis.network", "NETWORK_ORDERS"),
    "topics": ("analysis.topics", "TOPIC_ORDERS"),
}
"""For each command with sort fields of its own, the module and the constant that contains them."""


def fields(command: str, typed: Mapping[str, Any]) -> Sequence[str]:
    """Return the fields of the rows of a command. `typed` has the values of the options and arguments by name."""
    names = (name for (row_command, option), name in _ROWS_WITH.items() if row_command == command and typed.get(option))
    row = next(names, _ROWS.get(command))
    if command == "stats" and (summary := _summary(typed)):
        return _required(summary)
    if command == "stats":
        return _count_fields(_dimensions(typed), _measures(typed))
    if row is None:
        return PAPER_ORDERS if command in _PAPERS else ()
    if row == "GroupTopicRow":
        return (typed["by"], *_required(row), *(("assumed_dates",) if typed["by"] == "year" else ()))
    return (*_required(row), *_MORE.get(row, ()))


def row_schemas(command: str) -> list[dict[str, Any]]:
    """Return the JSON Schema of each type of rows that a command prints as JSON. Empty for a command without rows."""
    from pubcli.answer.json_schema import row_schema

    papers = ["PaperRow"] if command in _PAPERS else []
    names = [*papers, *(_COUNTS if command == "stats" else ()), _ROWS.get(command)]
    names += [name for (row_command, _), name in _ROWS_WITH.items() if row_command == command]
    names += _MORE_ROWS.get(command, ())
    return [row_schema(name, _NOT_SHOWN.get(name, ())) for name in dict.fromkeys(names) if name]


def sort_fields(command: str, typed: Mapping[str, Any]) -> Sequence[str]:
    """Return the fields by which a command can sort its rows."""
    if command == "stats" and _summary(typed):
        return ()
    if command == "stats":
        return _count_orders(_dimensions(typed), _measures(typed))
    if command == "topics" and typed.get("by"):
        return ()
    if command == "network" and typed.get("edges"):
        return _required("EdgeRow")
    if command not in _ORDERS or typed.get("shared_with"):
        return PAPER_ORDERS
    module, name = _ORDERS[command]
    orders: tuple[str, ...] = getattr(import_module(f"pubcli.{module}"), name)
    return orders


def _required(row: str) -> tuple[str, ...]:
    """Return the fields that each row of a type has, in order."""
    row_type = getattr(import_module("pubcli.answer.rows"), row)
    names = row_type.__required_keys__ - {*_NOT_SHOWN.get(row, ())}
    return tuple(name for name in row_type.__annotations__ if name in names)


def _summary(typed: Mapping[str, Any]) -> str | None:
    """Return the type of the rows of `stats` for a word that asks for numbers about all papers; None without one."""
    words = typed.get("words") or [""]
    return {"indicators": "IndicatorRow", "laws": "LawRow"}.get(words[0])


def _dimensions(typed: Mapping[str, Any]) -> list[str]:
    """Return the dimensions that the user has typed for `stats`."""
    from pubcli.cli.stats import chosen_dimensions

    with suppress(UsageError):
        return chosen_dimensions(typed.get("words") or [], typed.get("by"), typed.get("over"))[0]
    return []


def _measures(typed: Mapping[str, Any]) -> Measures:
    """Return the measures that the user has typed for `stats`."""
    from pubcli.analysis.measures import Measures

    with suppress(UsageError):
        return Measures(typed.get("measure") or ())
    return Measures()


def _count_fields(dimensions: Sequence[str], measures: Measures) -> Sequence[str]:
    if not dimensions:
        return _required("DimensionRow")
    if dimensions == ["category"] and not measures.columns:
        return _required("CategoryRow")
    from pubcli.analysis.dimensions import dimension_fields

    return (*(field for name in dimensions for field in dimension_fields(name)), *measures.fields)


def _count_orders(dimensions: Sequence[str], measures: Measures) -> Sequence[str]:
    if not dimensions:
        return ()
    from pubcli.analysis.measures import sort_fields
    from pubcli.analysis.stats import CATEGORY_ORDERS

    is_category = dimensions == ["category"] and not measures.columns
    return CATEGORY_ORDERS if is_category else sort_fields(dimensions[0], measures)
