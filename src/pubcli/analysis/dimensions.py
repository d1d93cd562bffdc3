"""Count papers by dimension. A dimension is an attribute of papers, such as the year, the category or the author.

`DIMENSIONS` contains the SQL that selects the values of a paper. A paper with several authors or badges counts once for
each author or badge. The value None means that the page contains no value. None is counted like any other value.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from pubcli.analysis.measures import Measures
from pubcli.analysis.record_values import READERS, read_values
from pubcli.biblio import arxiv_categories
from pubcli.lazy import TYPE_CHECKING, NamedTuple, cast, json
from pubcli.store.ask import has_several_profiles
from pubcli.store.database import Store
from pubcli.store.sql import Selection

if TYPE_CHECKING:
    from typing import Any

    from pubcli.answer.rows import CountRow


NO_MEASURES = Measures()
"""No measures besides those that each row has."""


class Dimension(NamedTuple):
    """An attribute by which papers can be counted."""

    value: str
    """SQL expression for the value of a paper in the table `selected`; NULL if the page contains no value."""
    join: str = ""
    """SQL joins that the expression needs."""
    unknown: str = "unknown"
    """Text that a table shows for NULL."""
    ordered: bool = False
    """True if the default order of rows is by value, False if it is by number of papers."""
    has_several_values: bool = False
    """Whether a paper can have more than one value."""
    repeats_values: bool = False
    """Whether the joins may return a value of a paper more than once."""
    is_in_overview: bool = True
    """Whether the overview of all dimensions shows this one."""


_ALIASES = "LEFT JOIN author ON author.id = author_id LEFT JOIN alias ON alias.folded = author.folded"
_PAGES = "JOIN listing ON listing.paper_id = selected.id JOIN profile ON profile.id = listing.snapshot_id"
_NAME = "coalesce(alias.name, author.name)"


def _of_records(name: str, *, unknown: str = "unknown", has_several_values: bool = False) -> Dimension:
    """Return a dimension whose values `record_values` reads from records."""
    join = f"LEFT JOIN temp.paper_value AS {name} ON {name}.dimension = '{name}' AND {name}.paper_id = selected.id"
    return Dimension(f"{name}.value", join, unknown, has_several_values=has_several_values)


DIMENSIONS = {
    "year": Dimension("CAST(substr(selected.date, 1, 4) AS INTEGER)", ordered=True),
    "month": _of_records("month")._replace(
        value="iif(month.value IS NULL, substr(selected.date, 1, 7), NULL)", ordered=True, is_in_overview=False
    ),
    "category": Dimension("selected.category", unknown="none"),
    "kind": _of_records("kind"),
    "venue": _of_records("venue", unknown="none"),
    "publisher": _of_records("publisher", unknown="none"),
    "keyword": _of_records("keyword", unknown="none", has_several_values=True),
    "badge": Dimension(
        "badge.value",
        "JOIN record ON record.paper_id = selected.id LEFT JOIN "
        "json_each(iif(instr(record.json, '\"badges\":[]'), '[]', json_extract(record.json, '$.badges'))) AS badge",
        unknown="none",
        has_several_values=True,
        repeats_values=True,
    ),
    "org": _of_records("org", unknown="none", has_several_values=True),
    "country": _of_records("country", has_several_values=True),
    "language": _of_records("language", has_several_values=True),
    "team": Dimension("nullif(selected.team, 0)", ordered=True),
    "author": Dimension(
        _NAME,
        f"LEFT JOIN authorship ON authorship.paper_id = selected.id {_ALIASES}",
        has_several_values=True,
        repeats_values=True,
    ),
    "first_author": Dimension(
        _NAME,
        f"LEFT JOIN authorship ON authorship.paper_id = selected.id AND place = 1 {_ALIASES}",
        is_in_overview=False,
    ),
    "last_author": Dimension(
        _NAME,
        f"LEFT JOIN authorship ON authorship.paper_id = selected.id AND is_last {_ALIASES}",
        is_in_overview=False,
    ),
    "profile": Dimension(
        "coalesce(profile.name, profile.source)", _PAGES, "none", has_several_values=True, repeats_values=True
    ),
    "source": Dimension("profile.source", _PAGES, has_several_values=True, repeats_values=True, is_in_overview=False),
}
"""`team` is the number of authors that the page shows. If the page truncates the list, the paper has more authors; its
last author is then unknown. `profile` is the owner of the page that lists the paper."""

_CAPTURE_YEAR = "CAST(substr((SELECT as_of FROM snapshot WHERE id = profile_id), 1, 4) AS INTEGER)"
_AGE = f"max(1, {_CAPTURE_YEAR} - substr(date, 1, 4) + 1)"
"""SQL for the number of years from the publication of a paper to the capture of its page, both included."""

_SELECTED = f"""
INSERT INTO temp.selected
SELECT id, date, category, org, date_assumed, authors_complete,
    (SELECT count(*) FROM authorship WHERE paper_id = paper.id) AS team, iif(?, {_AGE}, NULL) AS age
FROM paper WHERE id IN (IDS)
"""
_CREATE = """
CREATE TEMP TABLE IF NOT EXISTS selected (
    id INTEGER PRIMARY KEY, date, category, org, date_assumed, authors_complete, team, age
)
"""
_NO_ALIASES = "SELECT NOT EXISTS (SELECT 1 FROM alias)"
_AUTHOR_ID = Dimension("authorship.author_id", "LEFT JOIN authorship ON authorship.paper_id = selected.id")
"""The author, by number. Without aliases, this is the same as by name, and faster to group."""
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


def label(dimension: str) -> str:
    """Return the name of a dimension in a sentence, such as `first author`."""
    return dimension.replace("_", " ")


def with_article(dimension: str) -> str:
    """Return the name of a dimension with an article, such as `an org`."""
    return f"{'an' if dimension[0] in 'aeiou' else 'a'} {label(dimension)}"


def select_papers(
    store: Store, selection: Selection, dimensions: Sequence[str] = (), *, citations: bool = False
) -> int:
    """Put the selected papers into the temporary table `selected`, which all counts read. Return their number.

    Values that only records have are read for the named dimensions, and the citations if `citations` is true.
    """
    store.execute(_CREATE)
    store.execute("DELETE FROM temp.selected")
    store.execute(_SELECTED.replace("IDS", selection.ids), (citations, *selection.values))
    read_values(store, dimensions, citations=citations)
    return int(store.execute("SELECT count(*) FROM selected").fetchone()[0])


def values_of_papers(store: Store, selection: Selection, dimension: str) -> list[tuple[int, Any]]:
    """For each selected paper and each of its values in a dimension, return the id of the paper and the value."""
    select_papers(store, selection, [dimension])
    rows = store.execute(_paper_values([DIMENSIONS[dimension]]), {"only": None}).fetchall()
    return [(row["id"], row["value0"]) for row in rows]


def _paper_values(
    dimensions: Sequence[Dimension], *, with_fractions: bool = False, with_citations: bool = False
) -> str:
    """Return SQL that selects a row for each value of each paper. With two dimensions, a row contains a pair of values.

    The columns `value0` and `value1` contain the values. `cut0` and `cut1` are 1 if the value is a team size and the
    author list is truncated. `fraction` is 1 divided by the number of rows of the paper. Bind a JSON array to `:only`
    to select only rows whose value of the first dimension is in the array, or None to select all rows.
    """
    values = ", ".join(
        f"{dimension.value} AS value{number}, {_CUT if dimension is DIMENSIONS['team'] else '0'} AS cut{number}"
        for number, dimension in enumerate(dimensions)
    )
    distinct = "DISTINCT" if any(dimension.repeats_values for dimension in dimensions) else ""
    citations = ", citations, selected.age" if with_citations else ""
    rows = (
        f"SELECT {distinct} selected.id, selected.date_assumed, selected.authors_complete, selected.team{citations}, "
        f"{values} FROM selected {' '.join(dimension.join for dimension in dimensions)}"
        f"{' LEFT JOIN temp.cited ON cited.paper_id = selected.id' if with_citations else ''}"
    )
    if with_fractions:
        rows = f"SELECT * FROM (SELECT *, 1.0 / count(*) OVER (PARTITION BY id) AS fraction FROM ({rows}))"
    return f"{rows} WHERE :only IS NULL OR value0 IN (SELECT value FROM json_each(:only))"


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


class ValueCounts(NamedTuple):
    """The values of a dimension, with their numbers of papers."""

    rows: list[CountRow]
    """A row for each value, in no fixed order."""
    values: int
    """Number of different values that papers have, without None. `rows` may contain only some of these values. A
    truncated author list and a complete list of the same length are two values of the dimension `team`."""


if TYPE_CHECKING:
    from typing import Protocol

    class Counts(Protocol):
        """The numbers of selected papers, by the values of dimensions."""

        @property
        def dimensions(self) -> Sequence[str]:
            """The names of the dimensions that can be counted, such as year and author."""

        @property
        def papers(self) -> int:
            """Number of selected papers."""

        @property
        def has_several_profiles(self) -> bool:
            """Whether the papers are from more than one profile."""

        def values(self, dimension: str, first: int | None = None) -> ValueCounts:
            """Count the papers by the values of a dimension; see `count_values`."""

        def categories(self) -> list[tuple[str | None, int, list[str]]]:
            """Return each category, in any order, with its number of papers and its possible arXiv classes."""

        def pairs(self, first: str, second: str, values: Sequence[Any] | None = None) -> list[CountRow]:
            """Return a row for each pair of values of two dimensions; see `count_pairs`."""

        def doubts(self) -> tuple[int, int, int]:
            """Return the numbers of papers, of incomplete author lists, and of papers with the title of another one."""

        def has_several(self, dimension: str) -> bool:
            """Return whether papers may have several values of a dimension."""

        def spellings(self, dimension: str) -> list[tuple[str, str]]:
            """Return the spellings of names that are counted as another name, each with the latter."""

        def cited(self) -> tuple[int, int]:
            """Return the number of papers whose citations are known, and how many of them have a year."""


class StoredCounts:
    """The numbers of selected papers of a store. The methods are described in `Counts`."""

    dimensions = tuple(DIMENSIONS)

    def __init__(
        self,
        store: Store,
        selection: Selection,
        dimensions: Sequence[str] | None = None,
        measures: Measures = NO_MEASURES,
    ) -> None:
        """`selection` selects the papers.

        Only the `dimensions`, or all if this is None, can be counted, because to read values takes long. Rows have the
        fields of `measures`.
        """
        self._store, self._selection, self._measures = store, selection, measures
        self._names = tuple(DIMENSIONS) if dimensions is None else dimensions

    @cached_property
    def papers(self) -> int:
        """Number of selected papers."""
        return select_papers(self._store, self._selection, self._names, citations=self._measures.needs_citations)

    @cached_property
    def has_several_profiles(self) -> bool:
        """Whether the papers are from more than one profile."""
        return has_several_profiles(self._store)

    def categories(self) -> list[tuple[str | None, int, list[str]]]:
        """Return each category with its number of papers and its possible arXiv classes."""
        statement = f"SELECT category, count(*) FROM paper WHERE id IN ({self._selection.ids}) GROUP BY category"
        classes = classes_by_category(self._store, self._selection)
        rows = self._store.execute(statement, self._selection.values)
        return [(code, papers, classes(code)) for code, papers in rows]

    def values(self, dimension: str, first: int | None = None) -> ValueCounts:
        """Count the papers by the values of a dimension."""
        return count_values(self._store, self.papers, dimension, first, self._measures)

    def pairs(self, first: str, second: str, values: Sequence[Any] | None = None) -> list[CountRow]:
        """Return a row for each pair of values of two dimensions."""
        return count_pairs(self._store, self.papers, first, second, values, self._measures)

    def doubts(self) -> tuple[int, int, int]:
        """Return the numbers of papers, of incomplete author lists, and of papers with the title of another one."""
        # Digests are compared instead of titles, because this is faster. Equal titles have equal digests. A comparison
        # of 100,000 titles would take longer than everything else here.
        digest = "(SELECT min(title_digest) FROM listing WHERE paper_id = paper.id)"
        statement = (
            f"SELECT count(*), coalesce(sum(NOT authors_complete), 0), count(*) - count(DISTINCT {digest}) "
            f"FROM paper WHERE id IN ({self._selection.ids})"
        )
        papers, truncated, repeated = self._store.execute(statement, self._selection.values).fetchone()
        return papers, truncated, repeated

    def has_several(self, dimension: str) -> bool:
        """Return whether papers may have several values of a dimension."""
        if dimension not in READERS or not DIMENSIONS[dimension].has_several_values:
            return DIMENSIONS[dimension].has_several_values
        statement = "SELECT count(*) > count(DISTINCT paper_id) FROM temp.paper_value WHERE dimension = ?"
        return bool(self.papers and self._store.execute(statement, (dimension,)).fetchone()[0])

    def spellings(self, dimension: str) -> list[tuple[str, str]]:
        """Return the spellings of names that are counted as another name, each with the latter."""
        statement = "SELECT written, preferred FROM temp.spelling WHERE dimension = ? ORDER BY preferred, written"
        rows = self._store.execute(statement, (dimension,)) if self.papers else ()
        return [(written, preferred) for written, preferred in rows]

    def cited(self) -> tuple[int, int]:
        """Return the number of papers whose citations are known, and how many of them have a year."""
        statement = "SELECT count(*), count(age) FROM temp.cited JOIN selected ON id = paper_id"
        papers, dated = self._store.execute(statement).fetchone() if self.papers else (0, 0)
        return papers, dated


def count_values(
    store: Store, papers: int, dimension: str, first: int | None = None, measures: Measures = NO_MEASURES
) -> ValueCounts:
    """Count the papers in the table `selected` by the values of a dimension. `papers` is the number of these papers.

    If `first` is a number, only so many values have rows: those with the most papers, and all that have as many papers
    as the last of these. The value None keeps its row. If the dimension is the year, each year between the first and
    the last has a row, even without papers.
    """
    has_ids = dimension == "author" and store.execute(_NO_ALIASES).fetchone()[0]
    counts = _aggregate(store, [_AUTHOR_ID if has_ids else DIMENSIONS[dimension]], measures)
    values = sum(row["value0"] is not None for row in counts)
    if first is not None:
        counts = _most_papers(counts, first)
    names = _author_names(store, [row["value0"] for row in counts]) if has_ids else None
    classes = _classes(store) if dimension == "category" else None
    return ValueCounts(value_rows(counts, dimension, papers, classes, names, measures), values)


def value_rows(
    counts: Sequence[sqlite3.Row | Mapping[str, Any]],
    dimension: str,
    papers: int,
    classes: Callable[[str | None], list[str]] | None,
    names: Mapping[Any, str] | None = None,
    measures: Measures = NO_MEASURES,
) -> list[CountRow]:
    """Return a row for each value of a dimension, and for years without papers between others.

    `counts` have the columns that `_aggregate` selects. If `names` is not None, it maps values to names.
    """
    rows = [count_row(row, [dimension], papers, classes, names, measures) for row in counts]
    return [*rows, *(_empty_year(year, measures) for year in (_gaps(rows) if dimension == "year" else ()))]


def _most_papers(counts: list[sqlite3.Row], number: int) -> list[sqlite3.Row]:
    sizes = sorted((row["papers"] for row in counts if row["value0"] is not None), reverse=True)
    least = sizes[number - 1] if 0 < number <= len(sizes) else 0
    return [row for row in counts if row["papers"] >= least or row["value0"] is None]


def _author_names(store: Store, ids: Sequence[int | None]) -> dict[int, str]:
    statement = "SELECT id, name FROM author WHERE id IN (SELECT value FROM json_each(?))"
    return dict(store.execute(statement, (json.dumps(ids),)).fetchall())


def count_pairs(
    store: Store,
    papers: int,
    first: str,
    second: str,
    values: Sequence[Any] | None = None,
    measures: Measures = NO_MEASURES,
) -> list[CountRow]:
    """Return a row for each pair of values that papers in the table `selected` have in two dimensions, in no order.

    If `values` is not None, only these values of the first dimension are counted. However, if one of them is None, all
    values are counted.
    """
    classes = _classes(store) if "category" in (first, second) else None
    only = None if values is None or None in values else json.dumps(values)
    counts = _aggregate(store, [DIMENSIONS[first], DIMENSIONS[second]], measures, only)
    return [count_row(row, [first, second], papers, classes, measures=measures) for row in counts]


def _classes(store: Store) -> Callable[[str | None], list[str]]:
    return classes_by_category(store, Selection("paper", "paper.id IN (SELECT id FROM selected)", (), None))


def _aggregate(
    store: Store, dimensions: Sequence[Dimension], measures: Measures, only: str | None = None
) -> list[sqlite3.Row]:
    """Count the papers for each value, or pair of values. `only` is a JSON array of values of the first dimension."""
    groups = ", ".join(f"value{number}, cut{number}" for number in range(len(dimensions)))
    rows = _paper_values(dimensions, with_fractions=measures.counts_fractions, with_citations=measures.needs_citations)
    statement = f"SELECT {groups}, {_COUNTS}{measures.sql} FROM ({rows}) GROUP BY {groups}"
    return store.execute(statement, {"only": only}).fetchall()


def count_row(
    row: sqlite3.Row | Mapping[str, Any],
    dimensions: Sequence[str],
    papers: int,
    classes: Callable[[str | None], list[str]] | None,
    names: Mapping[Any, str] | None = None,
    measures: Measures = NO_MEASURES,
) -> CountRow:
    """Return the row for a value, or pair of values. `names` maps the value to a name unless it is None."""
    values: Any = {}
    for number, name in enumerate(dimensions):
        value = row[f"value{number}"]
        values |= _value_fields(name, value if names is None else names.get(value), row[f"cut{number}"])
    if classes:
        values["classes"] = classes(values["category"])
    counts: Any = {**values, **_basic_measures(row, papers), **measures.values(row)}
    return cast("CountRow", counts)


def _value_fields(dimension: str, value: Any, cut: int) -> dict[str, Any]:
    return {"team": value, "team_cut": bool(cut)} if dimension == "team" else {dimension: value}


def _basic_measures(row: sqlite3.Row | Mapping[str, Any], papers: int) -> CountRow:
    return {
        "papers": row["papers"],
        "share": round(row["papers"] / papers, 4),
        "authors_per_paper": round(row["authors"] / row["teams"], 2) if row["teams"] else None,
        "assumed_dates": row["assumed_dates"],
        "cut_author_lists": row["cut_author_lists"],
    }


def _gaps(rows: Iterable[CountRow]) -> Iterator[int]:
    """Return the years without papers between the first and the last year."""
    years = {year for row in rows if (year := row["year"]) is not None}
    return (year for year in range(min(years, default=0), max(years, default=0)) if year not in years)


def _empty_year(year: int, measures: Measures) -> CountRow:
    counts: Any = {
        "year": year, "papers": 0, "share": 0.0, "authors_per_paper": None, "assumed_dates": 0, "cut_author_lists": 0
    }  # fmt: skip
    return cast("CountRow", counts | measures.of_nothing())
