"""Count the selected papers of a lake by the values of dimensions, such as the year."""

from __future__ import annotations

from functools import cached_property

from pubcli.analysis.dimensions import ValueCounts, count_row, value_rows
from pubcli.errors import UsageError
from pubcli.lake.classes import classes_by_category
from pubcli.lake.people import display_names
from pubcli.lazy import TYPE_CHECKING
from pubcli.store.variants import expanded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from pubcli.answer.rows import CountRow
    from pubcli.lake.corpus import LakeCorpus
    from pubcli.query.expression import Expression

_VALUES = {
    "year": "s.year",
    "category": "s.category",
    "org": "s.org",
    "team": "NULLIF(s.team, 0)",
    "badge": "b.badge",
    "author": "n.person",
}
"""SQL for the value of a paper in each dimension."""
_COLUMNS = ("papers", "assumed_dates", "cut_author_lists", "authors", "teams")
_NUMBERS = (
    "COUNT(*) AS papers, SUM(assumed) AS assumed_dates, SUM(cut) AS cut_author_lists, SUM(team) AS authors, "
    "SUM(CASE WHEN team > 0 THEN 1 ELSE 0 END) AS teams"
)


class LakeCounts:
    """The numbers of the papers that an expression selects. `analysis.dimensions.Counts` describes the methods."""

    has_several_profiles = False
    dimensions = tuple(_VALUES)

    def __init__(self, lake: LakeCorpus, where: Expression | None) -> None:
        self._lake = lake
        self._where = expanded(lake, where)

    @cached_property
    def papers(self) -> int:
        """Number of selected papers."""
        return self._lake.count(self._where)

    @cached_property
    def _selected(self) -> str:
        """The beginning of a statement that defines the tables `chosen` and `selected`."""
        chosen = self._lake.select(self._where).statement(
            "p.paper AS paper, p.year AS year, p.category AS category, p.org AS org, p.badges AS badges, "
            "CASE WHEN p.date_assumed THEN 1 ELSE 0 END AS assumed, "
            "CASE WHEN p.authors_complete THEN 0 ELSE 1 END AS cut, p.folded_title AS folded_title"
        )
        return (
            f"WITH chosen AS ({chosen}), teams AS (SELECT paper, COUNT(*) AS team FROM authorship GROUP BY paper), "
            "selected AS (SELECT c.*, COALESCE(t.team, 0) AS team FROM chosen AS c "
            "LEFT JOIN teams AS t ON t.paper = c.paper) "
        )

    def _joins(self, dimensions: Sequence[str]) -> str:
        joins = ""
        if "badge" in dimensions:
            badges = "SELECT DISTINCT paper, badge FROM (SELECT paper, UNNEST(badges) AS badge FROM chosen) AS u"
            joins += f" LEFT JOIN ({badges}) AS b ON b.paper = s.paper"
        if "author" in dimensions:
            names = f"SELECT DISTINCT a.paper AS paper, {self._lake.person} AS person FROM authorship AS a"
            joins += f" LEFT JOIN ({names}{self._lake.alias_join}) AS n ON n.paper = s.paper"
        return joins

    def _aggregate(self, dimensions: Sequence[str], first: int | None = None) -> list[dict[str, Any]]:
        """Return the numbers for each value, or each pair of values.

        With `first`, return only values with the most papers, those with as many papers as the last of these, and NULL.
        """
        for dimension in dimensions:
            if dimension not in _VALUES:
                raise UsageError(f"papers of a lake cannot be counted by {dimension}; count by {', '.join(_VALUES)}")
        keys = [f"{name}{place}" for place in range(len(dimensions)) for name in ("value", "cut_list")]
        values = ", ".join(
            f"{_VALUES[dimension]} AS value{place}, {_CUT if dimension == 'team' else '0'} AS cut_list{place}"
            for place, dimension in enumerate(dimensions)
        )
        columns = ", ".join((*keys, *_COLUMNS))
        rows = self._lake.run(
            f"{self._selected}, totals AS (SELECT {', '.join(keys)}, {_NUMBERS} FROM (SELECT s.paper AS paper, "
            f"s.assumed AS assumed, s.cut AS cut, s.team AS team, {values} FROM selected AS s"
            f"{self._joins(dimensions)}) AS v GROUP BY {', '.join(keys)}) {_most(columns, first)}"
        )
        names = [name.replace("cut_list", "cut") for name in keys]
        return [dict(zip((*names, *_COLUMNS), row, strict=True)) for row in rows]

    def values(self, dimension: str, first: int | None = None) -> ValueCounts:
        """Count the papers by the values of a dimension; with `first`, only values with the most papers have rows."""
        counts = self._aggregate([dimension], first)
        number = sum(row["value0"] is not None for row in counts)
        if first is not None:
            number = self._number_of_values(dimension)
        return ValueCounts(
            value_rows(counts, dimension, self.papers, self._classes([dimension]), self._names(counts, dimension)),
            number,
        )

    def _number_of_values(self, dimension: str) -> int:
        """Return the number of different values that papers have in a dimension, without None."""
        value = _VALUES[dimension]
        distinct = f"SELECT DISTINCT {value} AS value, {_CUT if dimension == 'team' else '0'} AS cut_list"
        statement = f"{distinct} FROM selected AS s{self._joins([dimension])} WHERE {value} IS NOT NULL"
        return int(self._lake.run(f"{self._selected}SELECT COUNT(*) FROM ({statement}) AS d")[0][0])

    def _classes(self, dimensions: Sequence[str]) -> Callable[[str | None], list[str]] | None:
        return classes_by_category(self._lake, self._where) if "category" in dimensions else None

    def _names(self, counts: Sequence[dict[str, Any]], dimension: str) -> dict[Any, str] | None:
        """Return the names of people, if the values are people."""
        if dimension != "author":
            return None
        return dict(display_names(self._lake, [row["value0"] for row in counts if row["value0"] is not None]))

    def categories(self) -> list[tuple[str | None, int, list[str]]]:
        """Return each category with its number of papers and its possible arXiv classes."""
        classes = classes_by_category(self._lake, self._where)
        rows = self._lake.run(f"{self._selected}SELECT category, COUNT(*) FROM chosen GROUP BY category")
        return [(code, papers, classes(code)) for code, papers in rows]

    def pairs(self, first: str, second: str, values: Sequence[Any] | None = None) -> list[CountRow]:
        """Return a row for each pair of values of two dimensions; all pairs, whatever `values` are."""
        counts = self._aggregate([first, second])
        classes = self._classes([first, second])
        names = None
        if "author" in (first, second):
            place = (first, second).index("author")
            people = [row[f"value{place}"] for row in counts if row[f"value{place}"] is not None]
            names = display_names(self._lake, list(dict.fromkeys(people)))
            counts = [{**row, f"value{place}": names.get(row[f"value{place}"])} for row in counts]
        return [count_row(row, [first, second], self.papers, classes) for row in counts]

    def doubts(self) -> tuple[int, int, int]:
        """Return the numbers of papers, of incomplete author lists, and of papers with the title of another one."""
        [(papers, cut)] = self._lake.run(f"{self._selected}SELECT COUNT(*), COALESCE(SUM(cut), 0) FROM chosen")
        return papers, cut, 0

    def has_several(self, dimension: str) -> bool:
        """Return whether papers may have several values of a dimension."""
        return dimension in ("badge", "author")

    def spellings(self, dimension: str) -> list[tuple[str, str]]:
        """Return no spellings, because the dimensions of a lake have none that are counted as another name."""
        return []

    def cited(self) -> tuple[int, int]:
        """Return zeros, because citations of papers in a lake are not counted."""
        return 0, 0


def _most(columns: str, first: int | None) -> str:
    """Return the SELECT of the rows of `totals`: with `first`, those with the most papers, and NULL."""
    if not first:
        return f"SELECT {columns} FROM totals"
    is_null = "CASE WHEN value0 IS NULL THEN 1 ELSE 0 END"
    place = f"RANK() OVER (PARTITION BY {is_null} ORDER BY papers DESC) AS place"
    return (
        f"SELECT {columns} FROM (SELECT {columns}, {place} FROM totals) AS r WHERE place <= {first} OR value0 IS NULL"
    )


_CUT = "CASE WHEN s.team > 0 AND s.cut = 1 THEN 1 ELSE 0 END"
"""SQL for whether the author list of a paper is truncated."""
