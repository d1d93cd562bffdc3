"""How collaborations went over the years: papers by year, and who came and who went."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from pubcli.answer.answer import Answer
from pubcli.display.sparkline import sparkline
from pubcli.query.expression import Match, Not, Query, all_of
from pubcli.query.language import as_query
from pubcli.store import ask, persons
from pubcli.store.database import Store
from pubcli.store.persons import COAUTHOR, OWNER, PERSON, WITH_OWNER, WORK
from pubcli.store.sql import Selection
from pubcli.store.variants import selected
from pubcli.text.normalize import counted

if TYPE_CHECKING:
    from pubcli.answer.rows import PeriodRow, YearlyRow


class Year(NamedTuple):
    """What somebody wrote with the owner in one year."""

    year: int
    papers: int
    assumed: int
    first: int
    last: int


_YEARS = f"""
SELECT {PERSON} AS person, CAST(substr(paper.date, 1, 4) AS INTEGER) AS year,
    count(DISTINCT {WORK}), count(DISTINCT CASE WHEN paper.date_assumed THEN {WORK} END),
    count(DISTINCT CASE WHEN authorship.place = 1 THEN {WORK} END),
    count(DISTINCT CASE WHEN authorship.is_last THEN {WORK} END)
FROM {WITH_OWNER}
WHERE paper.id IN ({{chosen}}) AND paper.date IS NOT NULL AND {COAUTHOR}
GROUP BY person, year ORDER BY person, year
"""


def by_year(store: Store, chosen: Selection) -> dict[str, list[Year]]:
    """For each co-author the years with a paper, in order."""
    found: dict[str, list[Year]] = {}
    for person, *year in store.execute(_YEARS.format(chosen=chosen.ids), chosen.values):
        found.setdefault(person, []).append(Year(*year))
    return found


def yearly(years: list[Year], axis: "Axis") -> "YearlyRow":
    """The fields of a co-author that are about years, and `course`, a sparkline for people."""
    pairs = pairwise(years)
    return {
        "years": [one.year for one in years],
        "papers_by_year": [one.papers for one in years],
        "assumed_by_year": [one.assumed for one in years],
        "first_by_year": [one.first for one in years],
        "last_by_year": [one.last for one in years],
        "gaps": [_span(a.year + 1, b.year - 1) for a, b in pairs if b.year - a.year > 1],
        "course": axis.trend_line(years),
    }


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}..{last}"


_MOST_SIGNS = 24


class Axis(NamedTuple):
    """The years that a course has a sign for, from the first of anybody to the last, and the scale of the signs."""

    first: int
    last: int
    step: int
    """Years for each sign."""
    most: int
    """Papers that the highest sign stands for."""

    @classmethod
    def of(cls, by_year: Mapping[str, list[Year]]) -> "Axis":
        """The axis on which all years have a place."""
        years = [one.year for years in by_year.values() for one in years]
        first, last = min(years, default=0), max(years, default=0)
        axis = cls(first, last, -(-(last - first + 1) // _MOST_SIGNS), 0)
        return axis._replace(most=max((count for one in by_year.values() for count in axis.counts(one)), default=0))

    @property
    def heading(self) -> str:
        """What stands above the courses."""
        return f"{self.first}-{self.last}" if self.last else "Years"

    def counts(self, years: list[Year]) -> list[int]:
        """The papers that each sign stands for."""
        counts = [0] * ((self.last - self.first) // self.step + 1)
        for one in years:
            counts[(one.year - self.first) // self.step] += one.papers
        return counts

    def trend_line(self, years: list[Year]) -> str:
        """A sparkline of papers, with a dot for years that have none."""
        counts = self.counts(years)
        return sparkline([0, self.most, *(count or None for count in counts)])[2:].replace(" ", "·")


# Periods

PERIOD_FIELDS = (
    "period", "first_year", "last_year", "papers", "assumed_dates", "coauthors", "new_coauthors", "returned_coauthors",
    "lost_coauthors", "new_names", "returned_names", "lost_names", "complete_lists", "owner_first", "owner_last",
    "first_share", "last_share",
)  # fmt: skip
"""`assumed_dates` counts papers of a year that was assumed. A co-author is new in the period of the first paper,
returned where the period before has none, and lost in the period after that of the last paper. `owner_first` and
`owner_last` count papers on which the owner of the page is first and last author; the shares are per cent, of all
papers and of those whose author list is complete."""

_UNDATED = Not(Match("has", "date"))
_OWNER_YEARS = f"""
SELECT CAST(substr(paper.date, 1, 4) AS INTEGER) AS year, count(DISTINCT {WORK}),
    count(DISTINCT CASE WHEN paper.date_assumed THEN {WORK} END),
    count(DISTINCT CASE WHEN {OWNER} IS NOT NULL THEN {WORK} END),
    count(DISTINCT CASE WHEN {OWNER} IS NOT NULL AND paper.authors_complete THEN {WORK} END),
    count(DISTINCT CASE WHEN authorship.place = 1 AND {PERSON} = {OWNER} THEN {WORK} END),
    count(DISTINCT CASE WHEN authorship.is_last AND {PERSON} = {OWNER} THEN {WORK} END)
FROM {WITH_OWNER} WHERE paper.id IN ({{chosen}}) AND paper.date IS NOT NULL GROUP BY year
"""


def periods(store: Store, query: Query | str = "", *, length: int = 1) -> "Answer[PeriodRow]":
    """Who came and who went, in periods of so many years from the first paper to the last, in order of time.

    `limit` and `offset` of the query are about periods; its expression is about papers.
    """
    query = as_query(query)
    chosen = selected(store, query.where)
    owned = {row[0]: row[1:] for row in store.execute(_OWNER_YEARS.format(chosen=chosen.ids), chosen.values)}
    first, last = min(owned, default=0), max(owned, default=-1)
    years = by_year(store, chosen)
    seen = {person: sorted({(one.year - first) // length for one in years[person]}) for person in years}
    names = {row[1]: row[2] for row in store.execute(persons.KNOWN)} if years else {}
    spans = [range(start, min(start + length, last + 1)) for start in range(first, last + 1, length)]
    cut = persons.cut_lists(store, query)
    undated = ask.count(store, query._replace(where=all_of([query.where, _UNDATED])))
    rows: list[Any] = [
        {**_owner(span, owned), **_turnover(number, seen, names)}
        for number, span in list(enumerate(spans))[query.part()]
    ]
    return Answer(
        "periods",
        PERIOD_FIELDS,
        rows,
        notes=(*cut, *_notes(undated, are_cut=bool(cut))),
    )


def _notes(undated: int, *, are_cut: bool) -> Iterator[str]:
    if are_cut:
        yield "who seems lost may stand where a list is cut"
    if undated:
        yield f"{counted(undated, 'paper without a year is', 'papers without a year are')} in no period"


def _owner(span: range, owned: Mapping[int, tuple[int, ...]]) -> Any:
    """How many papers the years of a period have, and where on them the owner of the page stands."""
    years = [owned[year] for year in span if year in owned]
    papers, assumed, own, complete, heads, closes = map(sum, zip(*years, strict=True)) if years else (0,) * 6
    return {
        "period": _span(span[0], span[-1]),
        "first_year": span[0],
        "last_year": span[-1],
        "papers": papers,
        "assumed_dates": assumed,
        "complete_lists": complete,
        "owner_first": heads,
        "owner_last": closes,
        "first_share": round(100 * heads / own) if own else None,
        "last_share": round(100 * closes / complete) if complete else None,
    }


def _turnover(number: int, seen: Mapping[str, Sequence[int]], names: Mapping[str, str]) -> Any:
    """Who is there in a period and was not before, or the other way round; `seen` are everybody's periods."""
    here = [person for person, periods in seen.items() if number in periods]
    found = {
        "new": [person for person in here if seen[person][0] == number],
        "returned": [person for person in here if seen[person][0] < number and number - 1 not in seen[person]],
        "lost": [person for person, periods in seen.items() if periods[-1] == number - 1],
    }
    counts = {f"{kind}_coauthors": len(people) for kind, people in found.items()}
    listed = {f"{kind}_names": [names[person] for person in sorted(people)] for kind, people in found.items()}
    return {"coauthors": len(here), **counts, **listed}
