"""Count papers by dimension. A dimension is an attribute of papers, such as the year, the category or the author.

`DIMENSIONS` contains the SQL that selects the values of a paper. A paper with several authors or badges counts once for
each author or badge. The value None means that the page contains no value. None is counted like any other value.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from pubcli.biblio import arxiv_categories
from pubcli.store.database import Store
from pubcli.store.sql import Selection

if TYPE_CHECKING:
    from pubcli.answer.rows import CountRow


class Dimension(NamedTuple):
    """An attribute by which papers can be counted."""

    value: str
    """SQL expression for the value of a paper in the table `selected`; NULL if the page contains no value."""
    join: str = ""
    """SQL joins that the expression needs."""
    unknown: str = "none"
    """Text that a table shows for NULL."""
    ordered: bool = False
    """True if the default order of rows is by value, False if it is by number of papers."""
    has_several_values: bool = False
    """Whether a paper can have more than one value."""


DIMENSIONS = {
    "year": Dimension("CAST(substr(selected.date, 1, 4) AS INTEGER)", unknown="unknown", ordered=True),
    "category": Dimension("selected.category"),
    "badge": Dimension(
        "badge.value",
        "JOIN record ON record.paper_id = selected.id LEFT JOIN json_each(record.json, '$.badges') AS badge",
        has_several_values=True,
    ),
    "org": Dimension("selected.org"),
    "team": Dimension("nullif(selected.team, 0)", unknown="unknown", ordered=True),
    "author": Dimension(
        "coalesce(alias.name, author.name)",
        "LEFT JOIN authorship ON authorship.paper_id = selected.id LEFT JOIN author ON author.id = author_id "
        "LEFT JOIN alias ON alias.folded = author.folded",
        unknown="unknown",
        has_several_values=True,
    ),
    "profile": Dimension(
        "coalesce(profile.name, profile.source)",
        "JOIN listing ON listing.paper_id = selected.id JOIN profile ON profile.id = listing.snapshot_id",
        has_several_values=True,
    ),
}
"""`team` is the number of authors that the page shows. If the page truncates the list, the paper has more authors.
`profile` is the owner of the page that lists the paper."""

MEASURES = ("papers", "share", "authors_per_paper", "assumed_dates", "cut_author_lists")

_SELECTED = """
WITH selected AS MATERIALIZED (
    SELECT id, date, category, org, date_assumed, authors_complete,
        (SELECT count(*) FROM authorship WHERE paper_id = paper.id) AS team
    FROM paper WHERE id IN ({ids})
)
"""
_PAPER_VALUES = "SELECT DISTINCT selected.id, date_assumed, authors_complete, team, {values} FROM selected {joins}"
_CUT = "(selected.team > 0 AND NOT selected.authors_complete)"
_COUNTS = """
count(*) AS papers, sum(date_assumed) AS assumed_dates, sum(NOT authors_complete) AS cut_author_lists,
sum(team) AS authors, sum(team > 0) AS teams
"""


def dimension_fields(dimension: str) -> tuple[str, ...]:
    """Return the names of the fields that a row has for a dimension: the value and, for `team`, the field `team_cut`.

    `team_cut` is true if the page truncates the author list, so that the team is larger than the value.
    """
    return ("team", "team_cut") if dimension == "team" else (dimension,)


def sort_fields(dimension: str) -> tuple[str, ...]:
    """Return the fields by which the values of a dimension can be sorted."""
    return (dimension, "papers", "share", "authors_per_paper")


def values_of_papers(store: Store, selection: Selection, dimension: str) -> Iterator[tuple[int, Any]]:
    """For each selected paper and each of its values in a dimension, yield the id of the paper and the value."""
    for row in store.execute(_paper_values(selection, [dimension]), selection.values):
        yield row["id"], row["value0"]


def _paper_values(selection: Selection, dimensions: Sequence[str]) -> str:
    """Return SQL that selects a row for each value of each paper. With two dimensions, a row contains a pair of values.

    The columns `value0` and `value1` contain the values. `cut0` and `cut1` are 1 if the value is a team size and the
    author list is truncated.
    """
    values = ", ".join(
        f"{DIMENSIONS[name].value} AS value{number}, {_CUT if name == 'team' else '0'} AS cut{number}"
        for number, name in enumerate(dimensions)
    )
    joins = " ".join(DIMENSIONS[name].join for name in dimensions)
    return f"{_SELECTED.format(ids=selection.ids)} {_PAPER_VALUES.format(values=values, joins=joins)}"


def count_selected(store: Store, selection: Selection) -> int:
    """Return the number of selected papers."""
    return int(store.execute(f"SELECT count(*) FROM ({selection.ids})", selection.values).fetchone()[0])


def classes_by_category(store: Store, selection: Selection) -> Callable[[str | None], list[str]]:
    """Return a function that takes a category code and returns the possible arXiv classes.

    If selected papers with this code state their classes, the function returns only these classes. For None, the
    function returns an empty list.
    """
    statement = (
        "SELECT category, json_group_array(DISTINCT class.value) FROM paper JOIN record ON record.paper_id = paper.id, "
        f"json_each(record.json, '$.classes') AS class WHERE paper.id IN ({selection.ids}) "
        "AND upper(category) IN (SELECT value FROM json_each(?)) GROUP BY category"
    )
    values = (*selection.values, json.dumps(sorted(arxiv_categories.ambiguous())))
    explicit = {code: sorted(json.loads(listed)) for code, listed in store.execute(statement, values)}
    return lambda code: explicit.get(code, list(arxiv_categories.classes(code))) if code else []


def count_values(store: Store, selection: Selection, dimension: str) -> "list[CountRow]":
    """Return a row for each value of a dimension, with the number of papers. The rows have no fixed order.

    If the dimension is the year, each year between the first and the last has a row, even without papers.
    """
    rows = list(_rows(store, selection, [dimension]))
    return [*rows, *map(_empty_year, _gaps(rows))] if dimension == "year" else rows


def count_pairs(store: Store, selection: Selection, first: str, second: str) -> "Iterator[CountRow]":
    """Yield a row for each pair of values that a selected paper has in two dimensions. The rows have no fixed order."""
    return _rows(store, selection, [first, second])


def _rows(store: Store, selection: Selection, dimensions: Sequence[str]) -> "Iterator[CountRow]":
    groups = ", ".join(f"value{number}, cut{number}" for number in range(len(dimensions)))
    statement = f"SELECT {groups}, {_COUNTS} FROM ({_paper_values(selection, dimensions)}) GROUP BY {groups}"
    papers = count_selected(store, selection)
    classes = classes_by_category(store, selection) if "category" in dimensions else None
    for row in store.execute(statement, selection.values):
        values: Any = {}
        for number, name in enumerate(dimensions):
            values |= _value_fields(name, row[f"value{number}"], row[f"cut{number}"])
        if classes:
            values["classes"] = classes(values["category"])
        yield {**values, **_measures(row, papers)}


def _value_fields(dimension: str, value: Any, cut: int) -> dict[str, Any]:
    return {"team": value, "team_cut": bool(cut)} if dimension == "team" else {dimension: value}


def _measures(row: sqlite3.Row, papers: int) -> "CountRow":
    return {
        "papers": row["papers"],
        "share": round(row["papers"] / papers, 4),
        "authors_per_paper": round(row["authors"] / row["teams"], 2) if row["teams"] else None,
        "assumed_dates": row["assumed_dates"],
        "cut_author_lists": row["cut_author_lists"],
    }


def _gaps(rows: "Iterable[CountRow]") -> Iterator[int]:
    """Return the years without papers between the first and the last year."""
    years = {year for row in rows if (year := row["year"]) is not None}
    return (year for year in range(min(years, default=0), max(years, default=0)) if year not in years)


def _empty_year(year: int) -> "CountRow":
    return {
        "year": year, "papers": 0, "share": 0.0, "authors_per_paper": None, "assumed_dates": 0, "cut_author_lists": 0
    }  # fmt: skip
