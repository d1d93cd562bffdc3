"""How many papers there are of each kind, answered from the store."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pubcli.analysis.dimensions import DIMENSIONS, MEASURES, classes, fields, pairs, tally, total
from pubcli.answer.answer import Answer, Crossing, Row
from pubcli.answer.marks import explanations, marked
from pubcli.biblio import arxiv_categories as arxiv
from pubcli.errors import UsageError
from pubcli.query.expression import Order, Query
from pubcli.query.language import as_query
from pubcli.store.ask import has_several_profiles
from pubcli.store.database import Store
from pubcli.store.persons import INCOMPLETE, LISTS
from pubcli.store.sql import MOST_PAPERS_FIRST, Selection, order_by, window
from pubcli.store.variants import selected
from pubcli.text.normalize import counted, counted_part, fold

if TYPE_CHECKING:
    from pubcli.answer.rows import CategoryRow, CountRow, DimensionRow

CATEGORY_FIELDS = ("category", "meaning", "classes", "papers")
CATEGORY_ORDERS = ("category", "papers")
"""What categories can be sorted by."""


def category_counts(store: Store, query: Query | str = "") -> "Answer[CategoryRow]":
    """Categories of the selected papers, most papers first, with what arXiv calls them.

    `limit`, `offset` and `sort` of the query are about categories; its expression is about papers.
    """
    query = as_query(query)
    chosen = selected(store, query.where)
    statement = (
        f"SELECT category, count(*) AS papers FROM paper WHERE id IN ({chosen.ids}) GROUP BY category "
        f"ORDER BY {order_by(query.sort or MOST_PAPERS_FIRST, {})}, category LIMIT ? OFFSET ?"
    )
    found = store.execute(statement, (*chosen.values, *window(query)))
    own = classes(store, chosen)
    return Answer("categories", CATEGORY_FIELDS, (_category(code, papers, own(code)) for code, papers in found))


def _category(code: str | None, papers: int, found: list[str]) -> "CategoryRow":
    return {"category": code, "meaning": arxiv.meaning(found), "classes": found, "papers": papers}


def count_by(store: Store, dimension: str, query: Query | str = "") -> "Answer[CountRow]":
    """Papers for each value of a dimension: years and team sizes in their order, all else most papers first.

    Rows hold `fields(dimension)`, null when the page does not say; `papers`; `share` of the selected papers, from 0 to
    1; `authors_per_paper`, the mean of the authors shown, null when none are; `assumed_dates` and `cut_author_lists`,
    numbers of papers. Years without papers between the first and the last have rows too. `limit`, `offset` and `sort`
    of the query are about values.
    """
    query = as_query(query)
    chosen = selected(store, query.where)
    rows = _sorted(tally(store, chosen, dimension), dimension, query.sort)
    return Answer(
        "counts",
        (*fields(dimension), *MEASURES),
        rows[query.part()],
        by=(dimension,),
        notes=count_notes(store, chosen, [dimension]),
        nameless={dimension: DIMENSIONS[dimension].unknown},
    )


def cross_tabulate(store: Store, first: str, second: str, query: Query | str = "") -> "Answer[CountRow]":
    """Papers for each pair of values of two dimensions that some paper has, with the totals of either.

    Rows hold the fields of both and what those of `by` hold. `limit`, `offset` and `sort` of the query are about
    values of the first. Raises UsageError when both are the same.
    """
    if first == second:
        raise UsageError(f"{first} crossed with itself tells nothing new; name two different ones")
    query = as_query(query)
    chosen = selected(store, query.where)
    rows, columns = list(count_by(store, first, query).rows), list(count_by(store, second, Query(query.where)).rows)
    papers = total(store, chosen)
    at = [{_key(row, name): i for i, row in enumerate(some)} for name, some in ((first, rows), (second, columns))]
    found = [row for row in pairs(store, chosen, first, second) if _key(row, first) in at[0]]
    return Answer(
        "pairs",
        (*fields(first), *fields(second), *MEASURES),
        sorted(found, key=lambda row: (at[0][_key(row, first)], at[1][_key(row, second)])),
        by=(first, second),
        notes=count_notes(store, chosen, [first, second]),
        nameless={name: DIMENSIONS[name].unknown for name in (first, second)},
        crossing=Crossing(rows, columns, papers, newest_last=second == "year"),
    )


OVERVIEW_FIELDS = ("by", "values", "papers", "share", "counts", "most")
MOST = 5
"""Values named in an overview."""


def overview(store: Store, query: Query | str = "") -> "Answer[DimensionRow]":
    """A row for each dimension, `by`.

    `values` is how many different ones there are; `papers` of how many one is known, and `share` of all; `counts` the
    papers of each year or team size in order, empty for other dimensions; `most` the values with most papers and
    these, as tables show them: `LG 32`.
    """
    query = as_query(query)
    chosen = selected(store, query.where)
    papers = total(store, chosen)
    names = [name for name in DIMENSIONS if papers and (name != "profile" or has_several_profiles(store))]
    parts = [(name, list(_sorted(tally(store, chosen, name), name, ()))) for name in names]
    shown = parts[query.part()]
    marks = [line for name, rows in shown for line in explanations(_most(rows, name), [name])]
    return Answer(
        "dimensions",
        OVERVIEW_FIELDS,
        [_summary(name, rows, papers) for name, rows in shown],
        notes=(*dict.fromkeys(marks), *_size(parts, papers), *count_notes(store, chosen, ["author"])),
    )


def _summary(name: str, rows: "Sequence[CountRow]", of: int) -> "DimensionRow":
    known = [row for row in rows if _value(row, name) is not None]
    papers = of - sum(row["papers"] for row in rows if _value(row, name) is None)
    return {
        "by": name,
        "values": sum(row["papers"] != 0 for row in known),
        "papers": papers,
        "share": round(papers / of, 4),
        "counts": [row["papers"] for row in known] if DIMENSIONS[name].ordered else [],
        "most": [f"{marked(row, name)} {row['papers']}" for row in _most(rows, name)],
    }


def _value(row: Row, field: str) -> Any:
    return row[field]


def _most(rows: "Iterable[CountRow]", name: str) -> "list[CountRow]":
    known = [row for row in rows if _value(row, name) is not None and row["papers"]]
    return sorted(known, key=lambda row: -row["papers"])[:MOST]


def _size(parts: "Iterable[tuple[str, Sequence[CountRow]]]", papers: int) -> Iterator[str]:
    """How many papers there are, and how many authors of one are shown."""
    teams = [row for name, rows in parts if name == "team" for row in rows if row["team"] is not None]
    known = sum(row["papers"] for row in teams)
    people = sum(row["papers"] * (row["team"] or 0) for row in teams)
    mean = f"; {people / known:.1f} authors shown of a paper" if known else ""
    if papers:
        yield f"{counted(papers, 'paper', 'papers')}{mean}"


def _key(row: Row, dimension: str) -> tuple[Any, ...]:
    return tuple(row[field] for field in fields(dimension))


def _sorted(rows: "Iterable[CountRow]", dimension: str, sort: Sequence[Order]) -> "Sequence[CountRow]":
    """A total order; what is not known comes last in either direction."""
    usual = Order(dimension, False) if DIMENSIONS[dimension].ordered else Order("papers", True)
    found = sorted(rows, key=lambda row: [_compared(row, field) for field in fields(dimension)])
    for field, descending in reversed(tuple(sort) or (usual,)):
        known = [row for row in found if _value(row, field) is not None]
        known.sort(key=lambda row: _compared(row, field), reverse=descending)
        found = known + [row for row in found if _value(row, field) is None]
    return found if sort else sorted(found, key=lambda row: _value(row, dimension) is None)


def _compared(row: Row, field: str) -> Any:
    value = row[field]
    return (value is None, (fold(value), value) if isinstance(value, str) else value or 0)


def count_notes(store: Store, chosen: Selection, dimensions: Sequence[str] = ()) -> tuple[str, ...]:
    """What a reader must know before quoting a count of the selected papers by these dimensions."""
    # Numbers that equal titles share: telling 100,000 titles themselves apart would take longer than all counts.
    digest = "(SELECT min(title_digest) FROM listing WHERE paper_id = paper.id)"
    statement = (
        f"SELECT count(*), coalesce(sum(NOT authors_complete), 0), count(*) - count(DISTINCT {digest}) "
        f"FROM paper WHERE id IN ({chosen.ids})"
    )
    papers, cut, again = store.execute(statement, chosen.values).fetchone()
    several = [name for name in dimensions if DIMENSIONS[name].several]
    found = [f"a paper counts once for each {name} it has" for name in several if papers]
    if cut and "author" in dimensions:
        found.append(f"{counted_part(cut, papers, LISTS, INCOMPLETE)}: counts of authors are lower bounds")
    if again and has_several_profiles(store):
        like = counted_part(again, papers, ("paper", "papers"), ("has", "have"))
        found.append(f"{like} the title of another one and may be the same; all are counted")
    return tuple(found)
