"""Measures of a group of papers: how many papers, how many authors, how often they are cited.

`MEASURES` has the names that users type, with the fields of rows. All numbers describe the papers that were selected,
as far as their sources state citations; they are not those of a database of citations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pubcli.errors import require_choice
from pubcli.lazy import TYPE_CHECKING, json

if TYPE_CHECKING:
    import sqlite3
    from typing import Any

BASIC_FIELDS = ("papers", "share", "authors_per_paper", "assumed_dates", "cut_author_lists")
"""The fields of measures that each row has."""
_CITATIONS = (
    "citations", "citations_mean", "citations_median", "citations_max", "citations_per_year", "citations_known",
)  # fmt: skip
_INDEXES = ("h_index", "g_index", "i10_index")

MEASURES = {
    "papers": ("papers",),
    "share": ("share",),
    "authors": ("authors_per_paper",),
    "fractional": ("fractional",),
    "citations": _CITATIONS[:-1],
    "h": _INDEXES,
    **{field: (field,) for field in (*_CITATIONS[1:], *_INDEXES)},
}
"""For each name of a measure, the columns that a table shows. Rows are sorted by the first of them."""


class Measures:
    """The measures that a question asks for, besides those that each row has."""

    def __init__(self, names: Sequence[str] = (), *, sorts_values: bool = False) -> None:
        """Choose measures by name; each name may be several, separated by commas. Raises UsageError for another one.

        `sorts_values` says that the first measure also sorts values that have an order of their own, such as years.
        """
        listed = [part.strip().replace("-", "_") for name in names for part in name.split(",")]
        for name in listed:
            require_choice("--measure", name, tuple(MEASURES))
        self.columns = tuple(dict.fromkeys(column for name in listed for column in MEASURES[name]))
        """The columns to show; empty if no measure is named."""
        self.sorts_values = sorts_values
        self.counts_fractions = "fractional" in self.columns
        self.needs_citations = any(column in (*_CITATIONS, *_INDEXES) for column in self.columns)
        indexes = _INDEXES if set(self.columns) & set(_INDEXES) else ()
        self.fields = (
            *BASIC_FIELDS,
            *(("fractional",) if self.counts_fractions else ()),
            *((*_CITATIONS, *indexes) if self.needs_citations else ()),
        )
        """All fields of measures that rows have."""

    @property
    def main(self) -> str:
        """The field by which rows are sorted, the largest first. Only years and the like are sorted by their values."""
        return self.columns[0] if self.columns else "papers"

    @property
    def sql(self) -> str:
        """The SQL of the aggregates that `values` needs, each after a comma."""
        fractions = ", sum(fraction) AS fractional" if self.counts_fractions else ""
        cited = (
            ", json_group_array(citations) FILTER (WHERE citations IS NOT NULL) AS cited, "
            "avg(citations * 1.0 / age) AS citations_per_year"
        )
        return fractions + (cited if self.needs_citations else "")

    def values(self, row: sqlite3.Row | Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields of measures that not each row has, from a row of aggregates."""
        fractions = {"fractional": round(row["fractional"], 4)} if self.counts_fractions else {}
        if not self.needs_citations:
            return fractions
        cited = sorted(json.loads(row["cited"]), reverse=True)
        fields = citation_fields(cited, row["citations_per_year"])
        return fractions | {field: value for field, value in fields.items() if field in self.fields}

    def of_nothing(self) -> dict[str, Any]:
        """Return the fields of measures that not each row has, for a value without papers."""
        fields = {"fractional": 0.0, **citation_fields([], None)}
        return {field: value for field, value in fields.items() if field in self.fields}


def citation_fields(cited: Sequence[int], per_year: float | None) -> dict[str, Any]:
    """Return the measures of the citations of papers, in descending order; null if there are none.

    `per_year` is the mean, over the papers, of their citations per year.
    """
    size = len(cited)
    median = (cited[(size - 1) // 2] + cited[size // 2]) / 2 if size else None
    return {
        "citations": sum(cited) if size else None,
        "citations_mean": round(sum(cited) / size, 2) if size else None,
        "citations_median": median,
        "citations_max": cited[0] if size else None,
        "citations_per_year": None if per_year is None else round(per_year, 2),
        "citations_known": size,
        "h_index": h_index(cited) if size else None,
        "g_index": g_index(cited) if size else None,
        "i10_index": i10_index(cited) if size else None,
    }


def h_index(cited: Sequence[int]) -> int:
    """Return the largest h for which h papers have h citations or more (Hirsch 2005).

    `cited` is in descending order.
    """
    return sum(number >= rank for rank, number in enumerate(cited, 1))


def g_index(cited: Sequence[int]) -> int:
    """Return the largest g for which the g most cited papers have g² citations together (Egghe 2006).

    `cited` is in descending order. g is at most the number of papers.
    """
    total, index = 0, 0
    for rank, number in enumerate(cited, 1):
        total += number
        if total < rank * rank:
            break
        index = rank
    return index


def i10_index(cited: Iterable[int]) -> int:
    """Return the number of papers with at least ten citations."""
    return sum(number >= 10 for number in cited)


def sort_fields(dimension: str, measures: Measures) -> tuple[str, ...]:
    """Return the fields by which users can sort the rows of a dimension."""
    return (dimension, *(field for field in measures.fields if field not in BASIC_FIELDS[3:]))
