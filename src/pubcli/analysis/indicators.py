"""Compute the indicators and the laws of bibliometrics for the selected papers.

All of them describe these papers, as their sources state them, and no author or journal as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from pubcli.analysis import laws
from pubcli.analysis.dimensions import StoredCounts, select_papers
from pubcli.analysis.measures import g_index, h_index, i10_index
from pubcli.answer.answer import Answer
from pubcli.lazy import TYPE_CHECKING
from pubcli.query.expression import Query
from pubcli.query.language import as_query
from pubcli.store.persons import INCOMPLETE, LISTS
from pubcli.store.variants import expanded_selection
from pubcli.text.normalize import counted, counted_part

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from pubcli.answer.rows import IndicatorRow, LawRow
    from pubcli.store.database import Store

INDICATOR_FIELDS = ("indicator", "value", "papers", "meaning")
LAW_FIELDS = ("law", "quantity", "observed", "expected", "low", "high")
_SET = "these numbers describe the selected papers, not all papers of an author or journal"


def indicators(store: Store, query: Query | str = "") -> Answer[IndicatorRow]:
    """Return the indicators that the data of the selected papers allow.

    `papers` is the number of papers from which an indicator is computed. Indicators of citations are left out if no
    source states citations, and those of years if papers have no dates.
    """
    query = as_query(query)
    papers = select_papers(store, expanded_selection(store, query.where), citations=True)
    rows: list[IndicatorRow] = []
    if papers:
        rows = [*_citations(store), *_authors(store), *_growth(store)]
    return Answer("indicators", INDICATOR_FIELDS, rows[query.window()], notes=_indicator_notes(store, papers))


def _indicator_notes(store: Store, papers: int) -> tuple[str, ...]:
    if not papers:
        return ()
    [cited] = store.execute("SELECT count(*) FROM temp.cited").fetchone()
    lacking = "" if cited == papers else ", so the indexes are lower bounds" if cited else ""
    [cut] = store.execute("SELECT count(*) FROM selected WHERE NOT authors_complete").fetchone()
    lists = [f"{counted_part(cut, papers, LISTS, INCOMPLETE)}: numbers of authors are lower bounds"] if cut else []
    return (f"citations are known for {cited:,} of {counted(papers, 'paper', 'papers')}{lacking}", *lists, _SET)


def _row(indicator: str, value: float, papers: int, meaning: str) -> IndicatorRow:
    return {"indicator": indicator, "value": round(value, 4), "papers": papers, "meaning": meaning}


def _citations(store: Store) -> Iterator[IndicatorRow]:
    cited = [row[0] for row in store.execute("SELECT citations FROM temp.cited ORDER BY citations DESC")]
    if not cited:
        return
    size = len(cited)
    yield _row("citations", sum(cited), size, "sum of the citations")
    yield _row("citations per paper", sum(cited) / size, size, "mean")
    statement = "SELECT avg(citations * 1.0 / age), count(age), max(age) FROM temp.cited JOIN selected ON id = paper_id"
    per_year, dated, oldest = store.execute(statement).fetchone()
    if dated:
        yield _row("citations per paper and year", per_year, dated, "mean, from publication to capture")
    yield _row("h-index", h_index(cited), size, "h papers have h citations or more")
    yield _row("g-index", g_index(cited), size, "the g most cited papers have g² citations or more together")
    yield _row("i10-index", i10_index(cited), size, "papers with ten citations or more")
    if dated:
        years = f"h-index divided by {counted(oldest, 'year', 'years')}, from the first paper to the capture"
        yield _row("m-index", h_index(cited) / oldest, dated, years)


def _authors(store: Store) -> Iterator[IndicatorRow]:
    statement = (
        "SELECT sum(team > 0), sum(team = 1 AND authors_complete), "
        "sum(team > 1 OR (team = 1 AND NOT authors_complete)), sum(team) FROM selected"
    )
    shown, single, several, authorships = store.execute(statement).fetchone()
    if not shown:
        return
    yield _row("authors per paper", authorships / shown, shown, "mean number of authors that are listed")
    yield _row("single-author papers", single / shown, shown, "share")
    if several:
        people = (
            "SELECT count(DISTINCT coalesce(alias.head, author.folded)) FROM selected JOIN authorship "
            "ON paper_id = selected.id JOIN author ON author.id = author_id LEFT JOIN alias USING (folded) "
            "WHERE team > 1 OR NOT authors_complete"
        )
        [authors] = store.execute(people).fetchone()
        meaning = "authors of papers with several authors, each once, per such paper"
        yield _row("collaboration index", authors / several, several, meaning)


def _growth(store: Store) -> Iterator[IndicatorRow]:
    """Yield the growth rate: the mean yearly growth from the first year to the last one before that of the capture."""
    last_capture = "(SELECT CAST(substr(max(as_of), 1, 4) AS INTEGER) FROM profile)"
    statement = (
        "SELECT CAST(substr(date, 1, 4) AS INTEGER) AS year, count(*) AS papers FROM selected "
        f"WHERE date IS NOT NULL AND substr(date, 1, 4) < CAST({last_capture} AS TEXT) GROUP BY year ORDER BY year"
    )
    years = store.execute(statement).fetchall()
    if len(years) > 1:
        (first, start), (last, end) = years[0], years[-1]
        rate = (end / start) ** (1 / (last - first)) - 1
        papers = sum(row["papers"] for row in years)
        meaning = f"per year, from {start:,} in {first} to {end:,} in {last}, the last full year"
        yield _row("growth rate", rate, papers, meaning)


def fit_laws(store: Store, query: Query | str = "") -> Answer[LawRow]:
    """Return how the selected papers agree with the laws of Bradford, Lotka and Price.

    `observed` is the number in the data, or the estimate, with its interval of 95 % from `low` to `high`; `expected` is
    the number by the law. A law without data is left out.
    """
    query = as_query(query)
    counts = StoredCounts(store, expanded_selection(store, query.where), ("venue", "author"))
    venues, authors = _sizes(counts, "venue"), _sizes(counts, "author")
    rows = [*_bradford(venues), *_lotka(authors), *_price(authors)]
    cut = counts.doubts()[1] if rows else 0
    lists = (
        [f"{counted_part(cut, counts.papers, LISTS, INCOMPLETE)}: papers of authors are lower bounds"] if cut else []
    )
    with_venue = [f"papers with a venue: {sum(venues):,} of {counts.papers:,}"]
    notes = (*with_venue, *lists, "low and high are the ends of intervals of 95 %", _SET) if rows else ()
    return Answer("laws", LAW_FIELDS, rows[query.window()], notes=notes)


def _sizes(counts: StoredCounts, dimension: Literal["venue", "author"]) -> list[int]:
    """Return the numbers of papers of the values of a dimension, the largest first."""
    rows = counts.values(dimension).rows if counts.papers else []
    values = [(row[dimension], row["papers"]) for row in rows]
    return sorted((papers for value, papers in values if value is not None), reverse=True)


def _law(
    law: str, quantity: str, observed: float, expected: float | None = None, interval: laws.Estimate | None = None
) -> LawRow:
    low, high = (None, None) if interval is None else (round(interval.low, 4), round(interval.high, 4))
    expected = None if expected is None else round(expected, 4)
    return {
        "law": law, "quantity": quantity, "observed": round(observed, 4), "expected": expected, "low": low, "high": high
    }  # fmt: skip


def _bradford(sizes: Sequence[int]) -> Iterator[LawRow]:
    fit = laws.fit_bradford(sizes)
    if fit is None:
        return
    ratio = fit.estimate.value
    for place, zone in enumerate(laws.zones(sizes), 1):
        expected = len(sizes) * (ratio - 1) * ratio ** (place - 1) / (ratio**laws.ZONES - 1)
        yield _law("Bradford", f"venues of zone {place} ({zone.papers:,} papers)", zone.venues, expected)
    yield _law("Bradford", "multiplier of the zones", ratio, None, fit.estimate)
    yield _law("Bradford", "greatest distance of the curves", fit.distance, 0)


_LISTED_SIZES = 3
"""Numbers of papers for which the share of authors is shown."""


def _lotka(sizes: Sequence[int]) -> Iterator[LawRow]:
    fit = laws.fit_lotka(sizes)
    if fit is None:
        return
    yield _law("Lotka", "exponent", fit.estimate.value, 2, fit.estimate)
    for size in range(1, _LISTED_SIZES + 1):
        expected = laws.expected_lotka_share(fit.estimate.value, size)
        papers = counted(size, "paper", "papers")
        yield _law("Lotka", f"share of authors with {papers}", sizes.count(size) / len(sizes), expected)
    yield _law("Lotka", "greatest distance of the curves", fit.distance, 0)


def _price(sizes: Sequence[int]) -> Iterator[LawRow]:
    if len(sizes) < 2:
        return
    top, share = laws.price_share(sizes)
    yield _law("Price", f"share of papers by the {top:,} most productive authors", share.value, 0.5, share)
    yield _law("Price", "authors of half of the papers", laws.authors_of_half(sizes), top)
