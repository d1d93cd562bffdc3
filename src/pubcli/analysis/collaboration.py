"""Analyse collaborations over the years: joint papers by co-author, and new, returned and lost co-authors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pubcli.analysis.most_papers import PaperCounts, author_ids, names_on
from pubcli.answer.answer import Answer
from pubcli.display.sparkline import sparkline
from pubcli.lazy import TYPE_CHECKING, NamedTuple
from pubcli.query.expression import Match, Not, Query, conjunction
from pubcli.query.language import as_query
from pubcli.store import ask, persons
from pubcli.store.database import Store
from pubcli.store.persons import AUTHORS, COAUTHOR, IS_OWNER, OWNER, PERSON, WITH_OWNER, WORK
from pubcli.store.sql import Selection
from pubcli.store.variants import expanded_selection
from pubcli.text.normalize import counted

if TYPE_CHECKING:
    from typing import Any

    from pubcli.answer.rows import PeriodRow, YearlyRow


class CoauthorYear(NamedTuple):
    """The joint papers of a co-author and the owner of the page in one year."""

    year: int
    papers: int
    assumed: int
    """Number of papers whose year is assumed."""
    first: int
    """Number of papers whose first author is the co-author."""
    last: int
    """Number of papers whose last author is the co-author."""


_YEARS = f"""
SELECT {PERSON} AS person, CAST(substr(paper.date, 1, 4) AS INTEGER) AS year,
    count(DISTINCT {WORK}), count(DISTINCT CASE WHEN paper.date_assumed THEN {WORK} END),
    count(DISTINCT CASE WHEN authorship.place = 1 THEN {WORK} END),
    count(DISTINCT CASE WHEN authorship.is_last THEN {WORK} END)
FROM {WITH_OWNER}
WHERE {{selected}} AND paper.date IS NOT NULL AND {COAUTHOR}
GROUP BY person, year ORDER BY person, year
"""
_BUSY = f"""
SELECT json_group_array(id) FROM author LEFT JOIN alias USING (folded) WHERE {PERSON} IN (
    SELECT {PERSON} FROM {AUTHORS} WHERE {{selected}} AND paper.date IS NOT NULL
    GROUP BY {PERSON}, (CAST(substr(paper.date, 1, 4) AS INTEGER) - ?) / ? HAVING count(*) > ?)
"""
"""Statement that selects the authors with more papers in the years of one bar than the highest bar represents."""
_YEAR_AT_END = f"""
SELECT CAST(substr(chosen.date, 1, 4) AS INTEGER) FROM paper AS chosen
WHERE +chosen.id IN ({{selection}}) AND chosen.date IS NOT NULL
    AND EXISTS (SELECT 1 FROM {WITH_OWNER} WHERE authorship.paper_id = chosen.id AND {COAUTHOR})
ORDER BY chosen.date {{direction}} LIMIT 1
"""


def years_by_coauthor(store: Store, selection: Selection, authors: str | None = None) -> dict[str, list[CoauthorYear]]:
    """Return the years in which each co-author has joint papers with the owner of the page, oldest year first.

    Only selected papers count. The keys of the dictionary are the folded names of the co-authors. `authors` is a JSON
    array of author ids: only these authors are read. None means all authors.
    """
    years: dict[str, list[CoauthorYear]] = {}
    selected, values = names_on(selection, authors)
    for person, *year in store.execute(_YEARS.format(selected=selected), values):
        years.setdefault(person, []).append(CoauthorYear(*year))
    return years


def years_and_axis(
    store: Store, selection: Selection, counts: PaperCounts | None, people: Sequence[str]
) -> tuple[Mapping[str, Sequence[CoauthorYear]], YearAxis]:
    """Return the years of some co-authors, and the axis for the trend lines of all co-authors.

    `people` are the folded names of the co-authors. If `counts` is None, the years of all co-authors are read.
    Otherwise, other co-authors are read only if they may need a higher axis.
    """
    years = years_by_coauthor(store, selection, None if counts is None else author_ids(store, people))
    if counts is None:
        return years, YearAxis.spanning(years)
    ends = [
        store.execute(_YEAR_AT_END.format(selection=selection.ids, direction=direction), selection.values).fetchone()
        for direction in ("ASC", "DESC")
    ]
    axis = YearAxis.between(*(row[0] if row else 0 for row in ends)).reaching(years)
    selected, values = names_on(selection, counts.at_least(axis.highest + 1))
    [busy] = store.execute(_BUSY.format(selected=selected), (*values, axis.first, axis.step, axis.highest)).fetchone()
    return years, axis.reaching(years_by_coauthor(store, selection, busy))


def yearly_fields(years: Sequence[CoauthorYear], axis: YearAxis) -> YearlyRow:
    """Return the fields of a co-author: the numbers of joint papers by year, the years without any, and the trend line.

    `years` are all years with joint papers, oldest first.
    """
    pairs = pairwise(years)
    return {
        "years": [year.year for year in years],
        "papers_by_year": [year.papers for year in years],
        "assumed_by_year": [year.assumed for year in years],
        "first_by_year": [year.first for year in years],
        "last_by_year": [year.last for year in years],
        "gaps": [_label(a.year + 1, b.year - 1) for a, b in pairs if b.year - a.year > 1],
        "course": axis.trend_line(years),
    }


def _label(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}..{last}"


_MAX_SIGNS = 24


class YearAxis(NamedTuple):
    """The years and the height of bars that all trend lines in a table have in common.

    A trend line is a text of characters that look like bars, for example `▃·█`.
    """

    first: int
    last: int
    step: int
    """Number of years that one character represents."""
    highest: int
    """Number of papers that the highest bar represents."""

    @classmethod
    def spanning(cls, years_by_person: Mapping[str, Sequence[CoauthorYear]]) -> YearAxis:
        """Return an axis for the trend lines of several co-authors, from their first year to their last year."""
        years = [year.year for years in years_by_person.values() for year in years]
        return cls.between(min(years, default=0), max(years, default=0)).reaching(years_by_person)

    @classmethod
    def between(cls, first: int, last: int) -> YearAxis:
        """Return an axis from the first to the last year. Its highest bar still represents no papers."""
        return cls(first, last, -(-(last - first + 1) // _MAX_SIGNS), 0)

    def reaching(self, years_by_person: Mapping[str, Sequence[CoauthorYear]]) -> YearAxis:
        """Return an axis that is also high enough for the trend lines of these people."""
        counts = (count for years in years_by_person.values() for count in self.counts(years))
        return self._replace(highest=max([self.highest, *counts]))

    @property
    def heading(self) -> str:
        """The heading of the column of trend lines: the first and the last year, for example `2016-2026`."""
        return f"{self.first}-{self.last}" if self.last else "Years"

    def counts(self, years: Sequence[CoauthorYear]) -> list[int]:
        """Return the number of papers that each character of a trend line represents."""
        counts = [0] * ((self.last - self.first) // self.step + 1)
        for year in years:
            counts[(year.year - self.first) // self.step] += year.papers
        return counts

    def trend_line(self, years: Sequence[CoauthorYear]) -> str:
        """Return the trend line of a co-author. A dot represents years without joint papers."""
        counts = self.counts(years)
        return sparkline([0, self.highest, *(count or None for count in counts)])[2:].replace(" ", "·")


# Periods

PERIOD_FIELDS = (
    "period", "first_year", "last_year", "papers", "assumed_dates", "coauthors", "new_coauthors", "returned_coauthors",
    "lost_coauthors", "new_names", "returned_names", "lost_names", "complete_lists", "owner_first", "owner_last",
    "first_share", "last_share",
)  # fmt: skip
"""`assumed_dates` is the number of papers whose year is assumed. A co-author is new in the period of the first joint
paper, and is lost in the period that follows the period of the last joint paper. A co-author has returned in a period
with joint papers if the previous period has no joint papers but an earlier period has some. `owner_first` is the number
of papers whose first author is the owner of the page. `owner_last` is the number of papers whose last author is the
owner. `first_share` is `owner_first` in percent of the papers on pages with a header. `last_share` is `owner_last` in
percent of the papers with a complete author list on these pages."""

_UNDATED = Not(Match("has", "date"))
_OWNER_YEARS = f"""
SELECT CAST(substr(paper.date, 1, 4) AS INTEGER) AS year, count(DISTINCT {WORK}),
    count(DISTINCT CASE WHEN paper.date_assumed THEN {WORK} END),
    count(DISTINCT CASE WHEN {OWNER} IS NOT NULL THEN {WORK} END),
    count(DISTINCT CASE WHEN {OWNER} IS NOT NULL AND paper.authors_complete THEN {WORK} END),
    count(DISTINCT CASE WHEN authorship.place = 1 AND {IS_OWNER} THEN {WORK} END),
    count(DISTINCT CASE WHEN authorship.is_last AND {IS_OWNER} THEN {WORK} END)
FROM {WITH_OWNER} WHERE paper.id IN ({{selection}}) AND paper.date IS NOT NULL GROUP BY year
"""


def periods(store: Store, query: Query | str = "", *, length: int = 1) -> Answer[PeriodRow]:
    """Return a row for each period of `length` years, oldest first, with new, returned and lost co-authors.

    The first period begins with the year of the first paper. The last period ends with the year of the last paper.
    The expression of the query selects papers. `limit` and `offset` of the query apply to the periods.
    """
    query = as_query(query)
    selection = expanded_selection(store, query.where)
    statement = _OWNER_YEARS.format(selection=selection.ids)
    counts = {row[0]: row[1:] for row in store.execute(statement, selection.values)}
    first, last = min(counts, default=0), max(counts, default=-1)
    years = years_by_coauthor(store, selection)
    active = {person: sorted({(year.year - first) // length for year in years[person]}) for person in years}
    names = {row[1]: row[2] for row in store.execute(persons.ALL_NAMES)} if years else {}
    spans = [range(start, min(start + length, last + 1)) for start in range(first, last + 1, length)]
    truncated = persons.incomplete_lists_note(store, query)
    undated = ask.count(store, query._replace(where=conjunction([query.where, _UNDATED])))
    rows: list[Any] = [
        {**_owner_fields(span, counts), **_turnover(number, active, names)}
        for number, span in list(enumerate(spans))[query.window()]
    ]
    notes = (*truncated, *_notes(undated, lists_truncated=bool(truncated)))
    return Answer("periods", PERIOD_FIELDS, rows, notes=notes)


def _notes(undated: int, *, lists_truncated: bool) -> Iterator[str]:
    if lists_truncated:
        yield "co-authors who seem lost may be missing from a truncated list"
    if undated:
        yield f"{counted(undated, 'paper without a year is', 'papers without a year are')} in no period"


def _owner_fields(span: range, counts: Mapping[int, tuple[int, ...]]) -> Any:
    """Return some fields of a period: its years, the number of papers, and how often the owner is first or last author.

    `span` contains the years of the period. `counts` maps each year to the numbers that `_OWNER_YEARS` selects.
    """
    years = [counts[year] for year in span if year in counts]
    papers, assumed, with_owner, complete, as_first, as_last = map(sum, zip(*years, strict=True)) if years else (0,) * 6
    return {
        "period": _label(span[0], span[-1]),
        "first_year": span[0],
        "last_year": span[-1],
        "papers": papers,
        "assumed_dates": assumed,
        "complete_lists": complete,
        "owner_first": as_first,
        "owner_last": as_last,
        "first_share": round(100 * as_first / with_owner) if with_owner else None,
        "last_share": round(100 * as_last / complete) if complete else None,
    }


def _turnover(number: int, active: Mapping[str, Sequence[int]], names: Mapping[str, str]) -> Any:
    """Return the number of co-authors in a period, and the numbers and names of new, returned and lost co-authors.

    Periods are numbered from 0, and `number` identifies the period. `active` lists, for each co-author, the periods
    with joint papers, in ascending order. `names` maps the folded name of each co-author to the name to show.
    """
    present = [person for person, periods in active.items() if number in periods]
    changes = {
        "new": [person for person in present if active[person][0] == number],
        "returned": [person for person in present if active[person][0] < number and number - 1 not in active[person]],
        "lost": [person for person, periods in active.items() if periods[-1] == number - 1],
    }
    counts = {f"{change}_coauthors": len(people) for change, people in changes.items()}
    listed = {f"{change}_names": [names[person] for person in sorted(people)] for change, people in changes.items()}
    return {"coauthors": len(present), **counts, **listed}
