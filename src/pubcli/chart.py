"""Numbers as charts show them: series of counts over common labels, whatever draws them."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from pubcli import categories, stats
from pubcli.formats.cells import EXPLANATIONS, marked
from pubcli.query import Query

SERIES = 7
"""Series with a colour of their own (`PALETTE`); what is more is summed up in one more."""
PALETTE = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#8c959f")
"""Colours that the colour-blind can tell apart (Okabe and Ito 2008), and a grey for what is summed up."""
OTHERS = "others"


class Chart(NamedTuple):
    """Counts for each label, in one or several series."""

    labels: list[str]
    """With the marks that people know from tables: `2026~` is an assumed year."""
    series: dict[str, list[int]]
    """By name, the largest first; at most `SERIES` and `OTHERS`."""
    meanings: dict[str, str | None]
    """What the names of series mean, where that is known."""
    notes: list[str]
    """What must be said below."""


def papers_by_year(store: sqlite3.Connection, query: Query) -> Chart:
    """Papers of each year, by category; years without papers between the first and the last are there too."""
    return _crossed(store, "category", query, _class)


def _class(code: str) -> str | None:
    """What arXiv calls a category, or which classes it may be."""
    found = categories.classes(code)
    return " or ".join(found) if len(found) > 1 else categories.meaning(code)


def team_sizes(store: sqlite3.Connection, query: Query) -> Chart:
    """Papers of each year, by how many authors are shown."""
    chart = _crossed(store, "team", query, lambda size: "authors" if size != "1" else "author")
    cut = [name for name in chart.series if name.endswith("+")]
    explained = [f"{name}: the page cuts the list after so many authors; there are more" for name in cut]
    return chart._replace(notes=[*chart.notes, *explained])


def _crossed(store: sqlite3.Connection, dimension: str, query: Query, meaning: Callable[[str], str | None]) -> Chart:
    answer = stats.crossed(store, "year", dimension, Query(query.where))
    crossing = answer.crossing
    rows = [row for row in crossing.rows if row["year"] is not None] if crossing else []
    at = {row["year"]: number for number, row in enumerate(rows)}
    series: dict[str, list[int]] = {}
    for pair in answer.rows:
        if pair["year"] in at:
            name = marked(pair, dimension).removesuffix("*") or "unknown"
            series.setdefault(name, [0] * len(rows))[at[pair["year"]]] += int(str(pair["papers"]))
    kept = summed_up(series)
    labels = [f"{row['year']}~" if row["assumed_dates"] else str(row["year"]) for row in rows]
    undated = (crossing.papers if crossing else 0) - sum(int(str(row["papers"])) for row in rows)
    notes = [EXPLANATIONS["date"]] if any(label.endswith("~") for label in labels) else []
    notes += [f"{undated} papers of an unknown year are left out"] if undated else []
    return Chart(labels, kept, {name: meaning(name) for name in kept if name != OTHERS}, notes)


def summed_up(series: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """The largest series, the largest first, and one for all others where there are too many."""
    order = sorted(series, key=lambda name: (-sum(series[name]), name))
    kept = {name: list(series[name]) for name in order[:SERIES]}
    if rest := order[SERIES:]:
        kept[OTHERS] = [sum(column) for column in zip(*(series[name] for name in rest), strict=True)]
    return kept
