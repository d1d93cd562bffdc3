"""What papers can be counted by, and the numbers of papers for each value.

`DIMENSIONS` names it, with the SQL that finds the values of a paper. A paper may have several authors and badges and
counts once for each; what a page does not say is a value like others, None.
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
    """What papers can be counted by."""

    value: str
    """SQL for a value of a paper of `chosen`; NULL when the page does not say."""
    join: str = ""
    """The tables it needs."""
    unknown: str = "none"
    """What stands in a table for NULL."""
    ordered: bool = False
    """Whether values have an order of their own; others stand by their number of papers."""
    several: bool = False
    """Whether a paper can have several values."""


DIMENSIONS = {
    "year": Dimension("CAST(substr(chosen.date, 1, 4) AS INTEGER)", unknown="unknown", ordered=True),
    "category": Dimension("chosen.category"),
    "badge": Dimension(
        "badge.value",
        "JOIN record ON record.paper_id = chosen.id LEFT JOIN json_each(record.json, '$.badges') AS badge",
        several=True,
    ),
    "org": Dimension("chosen.org"),
    "team": Dimension("nullif(chosen.team, 0)", unknown="unknown", ordered=True),
    "author": Dimension(
        "coalesce(alias.name, author.name)",
        "LEFT JOIN authorship ON authorship.paper_id = chosen.id LEFT JOIN author ON author.id = author_id "
        "LEFT JOIN alias ON alias.folded = author.folded",
        unknown="unknown",
        several=True,
    ),
    "profile": Dimension(
        "coalesce(profile.name, profile.source)",
        "JOIN listing ON listing.paper_id = chosen.id JOIN profile ON profile.id = listing.snapshot_id",
        several=True,
    ),
}
"""`team` is the number of authors that the page shows; where it cuts the list, there are more. `profile` is whose page
lists the paper."""

MEASURES = ("papers", "share", "authors_per_paper", "assumed_dates", "cut_author_lists")

_CHOSEN = """
WITH chosen AS MATERIALIZED (
    SELECT id, date, category, org, date_assumed, authors_complete,
        (SELECT count(*) FROM authorship WHERE paper_id = paper.id) AS team
    FROM paper WHERE id IN ({ids})
)
"""
_MEMBERS = "SELECT DISTINCT chosen.id, date_assumed, authors_complete, team, {values} FROM chosen {joins}"
_CUT = "(chosen.team > 0 AND NOT chosen.authors_complete)"
_COUNTS = """
count(*) AS papers, sum(date_assumed) AS assumed_dates, sum(NOT authors_complete) AS cut_author_lists,
sum(team) AS authors, sum(team > 0) AS teams
"""


def fields(dimension: str) -> tuple[str, ...]:
    """The fields of a dimension's value; `team_cut` tells whether there are more authors than those shown."""
    return ("team", "team_cut") if dimension == "team" else (dimension,)


def sort_fields(dimension: str) -> tuple[str, ...]:
    """What the values of a dimension can be sorted by."""
    return (dimension, "papers", "share", "authors_per_paper")


def memberships(store: Store, chosen: Selection, dimension: str) -> Iterator[tuple[int, Any]]:
    """Each selected paper's id with each of its values, as `by` has them."""
    found = store.execute(_members(chosen, [dimension]), chosen.values)
    return ((row["id"], row["value0"]) for row in found)


def _members(chosen: Selection, dimensions: Sequence[str]) -> str:
    """A statement for each selected paper with each of its values, or pairs of them: `value0`, `cut0`, `value1` ..."""
    values = ", ".join(
        f"{DIMENSIONS[name].value} AS value{at}, {_CUT if name == 'team' else '0'} AS cut{at}"
        for at, name in enumerate(dimensions)
    )
    joins = " ".join(DIMENSIONS[name].join for name in dimensions)
    return f"{_CHOSEN.format(ids=chosen.ids)} {_MEMBERS.format(values=values, joins=joins)}"


def total(store: Store, chosen: Selection) -> int:
    """How many papers are selected."""
    return int(store.execute(f"SELECT count(*) FROM ({chosen.ids})", chosen.values).fetchone()[0])


def classes(store: Store, chosen: Selection) -> Callable[[str | None], list[str]]:
    """What tells of a category the arXiv classes that the selected papers say it is, or else may be."""
    statement = (
        "SELECT category, json_group_array(DISTINCT class.value) FROM paper JOIN record ON record.paper_id = paper.id, "
        f"json_each(record.json, '$.classes') AS class WHERE paper.id IN ({chosen.ids}) "
        "AND upper(category) IN (SELECT value FROM json_each(?)) GROUP BY category"
    )
    values = (*chosen.values, json.dumps(sorted(arxiv_categories.ambiguous())))
    own = {code: sorted(json.loads(found)) for code, found in store.execute(statement, values)}
    return lambda code: own.get(code, list(arxiv_categories.classes(code))) if code else []


def tally(store: Store, chosen: Selection, dimension: str) -> "list[CountRow]":
    """A row for each value of the selected papers, in no order, and for each year between the first and the last."""
    found = list(_rows(store, chosen, [dimension]))
    return [*found, *map(_empty, _gaps(found))] if dimension == "year" else found


def pairs(store: Store, chosen: Selection, first: str, second: str) -> "Iterator[CountRow]":
    """A row for each pair of values that a selected paper has, in no order."""
    return _rows(store, chosen, [first, second])


def _rows(store: Store, chosen: Selection, dimensions: Sequence[str]) -> "Iterator[CountRow]":
    groups = ", ".join(f"value{at}, cut{at}" for at in range(len(dimensions)))
    statement = f"SELECT {groups}, {_COUNTS} FROM ({_members(chosen, dimensions)}) GROUP BY {groups}"
    papers = total(store, chosen)
    own = classes(store, chosen) if "category" in dimensions else None
    for row in store.execute(statement, chosen.values):
        names: Any = {}
        for at, name in enumerate(dimensions):
            names |= _named(name, row[f"value{at}"], row[f"cut{at}"])
        if own:
            names["classes"] = own(names["category"])
        yield {**names, **_measured(row, papers)}


def _named(dimension: str, value: Any, cut: int) -> dict[str, Any]:
    return {"team": value, "team_cut": bool(cut)} if dimension == "team" else {dimension: value}


def _measured(row: sqlite3.Row, papers: int) -> "CountRow":
    return {
        "papers": row["papers"],
        "share": round(row["papers"] / papers, 4),
        "authors_per_paper": round(row["authors"] / row["teams"], 2) if row["teams"] else None,
        "assumed_dates": row["assumed_dates"],
        "cut_author_lists": row["cut_author_lists"],
    }


def _gaps(rows: "Iterable[CountRow]") -> Iterator[int]:
    years = {year for row in rows if (year := row["year"]) is not None}
    return (year for year in range(min(years, default=0), max(years, default=0)) if year not in years)


def _empty(year: int) -> "CountRow":
    return {
        "year": year, "papers": 0, "share": 0.0, "authors_per_paper": None, "assumed_dates": 0, "cut_author_lists": 0
    }  # fmt: skip
