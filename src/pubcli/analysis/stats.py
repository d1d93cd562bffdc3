"""Count papers by category or by the values of one or two dimensions, and return an overview of all dimensions.

A dimension is an attribute of papers, such as the year or the author.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pubcli.analysis.dimensions import DIMENSIONS, NO_MEASURES, StoredCounts, dimension_fields, label, with_article
from pubcli.analysis.measures import Measures
from pubcli.analysis.record_values import READERS
from pubcli.answer.answer import Answer, Crossing, Row
from pubcli.answer.marks import explanations, marked_text
from pubcli.biblio import arxiv_categories as arxiv
from pubcli.errors import UsageError
from pubcli.lazy import TYPE_CHECKING
from pubcli.query.expression import Order, Query
from pubcli.query.language import as_query
from pubcli.store import ask
from pubcli.store.database import Store
from pubcli.store.persons import INCOMPLETE, LISTS
from pubcli.store.sql import MOST_PAPERS_FIRST, Selection
from pubcli.store.variants import expanded_selection
from pubcli.text.normalize import counted, counted_part, fold, visible

if TYPE_CHECKING:
    from typing import Any

    from pubcli.analysis.dimensions import Counts
    from pubcli.answer.rows import CategoryRow, CountRow, DimensionRow

CATEGORY_FIELDS = ("category", "meaning", "classes", "papers")
CATEGORY_ORDERS = ("category", "papers")
"""Fields by which categories can be sorted."""


def category_counts(source: Store | Counts, query: Query | str = "") -> Answer[CategoryRow]:
    """Return the categories of the selected papers with their arXiv names, most papers first.

    The expression of the query selects papers. `limit`, `offset` and `sort` of the query apply to the categories.
    """
    query = as_query(query)
    rows = [_category_row(*numbers) for numbers in _counts(source, query, ["category"]).categories()]
    rows.sort(key=lambda row: (row["category"] is not None, row["category"] or ""))
    for field, descending in reversed(query.sort or MOST_PAPERS_FIRST):
        rows.sort(key=lambda row: _category_key(row, field), reverse=descending)
        rows.sort(key=lambda row: _value(row, field) is None)
    return Answer("categories", CATEGORY_FIELDS, rows[query.window()])


def _category_key(row: CategoryRow, field: str) -> tuple[bool, Any]:
    value = _value(row, field)
    return value is not None, value


def _counts(
    source: Store | Counts, query: Query, dimensions: Sequence[str], measures: Measures = NO_MEASURES
) -> Counts:
    """Return the numbers of the papers that a query selects from a store; other counts are returned as they are.

    Raises UsageError if measures are named that other counts do not have.
    """
    if isinstance(source, Store):
        return StoredCounts(source, expanded_selection(source, query.where), dimensions, measures)
    if measures.needs_citations or measures.counts_fractions:
        raise UsageError("--measure: the papers of a lake have only the measures papers, share and authors")
    return source


def _category_row(code: str | None, papers: int, classes: list[str]) -> CategoryRow:
    return {"category": code, "meaning": arxiv.meaning(classes), "classes": classes, "papers": papers}


_ABOUT_AUTHORS = ("team", "author")
"""Dimensions for which the number of authors per paper adds nothing."""


def count_by(
    source: Store | Counts, dimension: str, query: Query | str = "", measures: Measures = NO_MEASURES
) -> Answer[CountRow]:
    """Return the number of papers for each value of a dimension, and other measures of these papers.

    Years, months and team sizes are in ascending order. Values of other dimensions are sorted by the first measure, or
    by number of papers, most first. Years between the first and the last have a row even if they have no papers.
    `limit`, `offset` and `sort` of the query apply to the values. If no selected paper has a value, there are no rows.
    Each row has these fields, and those of `measures`:

    - the fields in `dimension_fields(dimension)`: the value; null if the page contains no value
    - `papers`: the number of papers with this value
    - `share`: the share of the selected papers that have this value, from 0 to 1
    - `authors_per_paper`: the mean number of authors that the page shows; null if it shows no authors
    - `assumed_dates`: the number of papers whose date is assumed
    - `cut_author_lists`: the number of papers whose author list is incomplete
    """
    query = as_query(query)
    counts = _counts(source, query, [dimension], measures)
    rows, missing = _window(counts, dimension, query, measures)
    return Answer(
        "counts",
        (*dimension_fields(dimension), *measures.fields),
        rows,
        by=(dimension,),
        optional=_columns(measures, dimension),
        notes=(*_gap_notes(rows, dimension, missing, counts.papers), *_notes(counts, [dimension], measures)),
        texts_for_none={dimension: DIMENSIONS[dimension].unknown},
    )


def _columns(measures: Measures, dimension: str) -> tuple[str, ...]:
    """Return the measures that a table shows besides the number of papers: those that the user names, or two others."""
    return measures.columns or ("share", *(() if dimension in _ABOUT_AUTHORS else ("authors_per_paper",)))


def _window(
    counts: Counts, dimension: str, query: Query, measures: Measures = NO_MEASURES
) -> tuple[Sequence[CountRow], int]:
    """Return the sorted rows of a dimension that a query shows, and the number of papers without a value.

    If no paper has a value, there are no rows.
    """
    is_by_value = DIMENSIONS[dimension].ordered and not measures.sorts_values
    is_default = not query.sort and not is_by_value and measures.main == "papers"
    first = None if query.limit is None or not is_default else query.offset + query.limit
    numbers = counts.values(dimension, first)
    missing = sum(row["papers"] for row in numbers.rows if _value(row, dimension) is None)
    default = Order(dimension, False) if is_by_value else Order(measures.main, True)
    rows = _sort(numbers.rows, dimension, query.sort, default)[query.window()]
    return rows if numbers.values else [], missing


def cross_tabulate(
    source: Store | Counts,
    first: str,
    second: str,
    query: Query | str = "",
    measures: Measures = NO_MEASURES,
    *,
    is_long: bool = False,
) -> Answer[CountRow]:
    """Return the number of papers for each pair of values of two dimensions, and the totals for each dimension.

    Pairs without papers have no row. Rows have the fields of both dimensions and the measures of `count_by`. `limit`,
    `offset` and `sort` of the query apply to the values of the first dimension. If `is_long` is true, or if measures
    are named, people see a table with a row for each pair instead of a cross-tabulation. Raises UsageError if both
    dimensions are the same.
    """
    if first == second:
        raise UsageError(f"{first} cannot be crossed with itself; choose two different dimensions")
    query = as_query(query)
    counts = _counts(source, query, [first, second], measures)
    rows, _ = _window(counts, first, query, measures)
    columns, _ = _window(counts, second, Query(query.where))
    row_number = {_key(row, first): number for number, row in enumerate(rows)}
    column_number = {_key(row, second): number for number, row in enumerate(columns)}
    values = None if query.limit is None else [_value(row, first) for row in rows]
    numbers = counts.pairs(first, second, values) if columns else []
    pairs = [row for row in numbers if _key(row, first) in row_number]
    crossing = Crossing(rows, columns, counts.papers, newest_last=second in ("year", "month"))
    return Answer(
        "pairs",
        (*dimension_fields(first), *dimension_fields(second), *measures.fields),
        sorted(pairs, key=lambda row: (row_number[_key(row, first)], column_number[_key(row, second)])),
        by=(first, second),
        optional=measures.columns or ("share",),
        notes=_notes(counts, [first, second], measures),
        texts_for_none={name: DIMENSIONS[name].unknown for name in (first, second)},
        crossing=None if is_long or measures.columns else crossing,
    )


def _notes(counts: Counts, dimensions: Sequence[str], measures: Measures) -> tuple[str, ...]:
    return (
        *_spelling_notes(counts, dimensions),
        *_measure_notes(counts, measures, has_authors="author" in dimensions),
        *_doubts(counts, dimensions),
    )


def _gap_notes(rows: Sequence[Row], dimension: str, missing: int, papers: int) -> tuple[str, ...]:
    """Return a note on how many papers have a value, if the table does not show the number of the others."""
    if not missing or not rows or any(row[dimension] is None for row in rows):
        return ()
    return (f"{papers - missing:,} of {papers:,} papers have {with_article(dimension)}",)


_MAX_SPELLINGS = 3
"""Number of spellings that a note lists."""


def _spelling_notes(counts: Counts, dimensions: Sequence[str]) -> Iterator[str]:
    """Yield a note on the spellings that are counted as one name, for each dimension that has such spellings."""
    for name in dimensions:
        if pairs := counts.spellings(name):
            listed = "; ".join(f"{written} = {preferred}" for written, preferred in pairs[:_MAX_SPELLINGS])
            more = f"; and {len(pairs) - _MAX_SPELLINGS:,} more" if len(pairs) > _MAX_SPELLINGS else ""
            spellings = counted(len(pairs), "spelling is", "spellings are")
            yield f"{spellings} counted as another {label(name)}: {visible(listed)}{more}"


def _measure_notes(counts: Counts, measures: Measures, *, has_authors: bool) -> Iterator[str]:
    """Yield notes on the papers for which a measure could not be computed."""
    if measures.needs_citations:
        cited, dated = counts.cited()
        yield f"citations are known for {cited:,} of {counted(counts.papers, 'paper', 'papers')}"
        if dated < cited and "citations_per_year" in measures.columns:
            yield f"citations per year: {cited - dated:,} of them have no year"
    if measures.counts_fractions:
        cut = counts.doubts()[1] if has_authors else 0
        bound = f"; {counted(cut, 'author list is', 'author lists are')} incomplete, so their parts are too large"
        yield f"each paper counts 1 in all, in equal parts for its values{bound if cut else ''}"


OVERVIEW_FIELDS = ("by", "values", "papers", "share", "counts", "most")
_MAX_VALUES = 5
"""Number of values in the field `most` of an overview."""
_MOST_READ = 20_000
"""If more papers are selected, an overview leaves out the dimensions for which it would have to read all records."""


def overview(source: Store | Counts, query: Query | str = "") -> Answer[DimensionRow]:
    """Return a row for each dimension, such as venue, if any paper has a value for it. `by` names the dimension.

    `values` is the number of different values. `papers` is the number of papers with a value, and `share` is the share
    of the selected papers that have a value. If `by` is year or team, `counts` contains the number of papers for
    each value, in ascending order of the values. For other dimensions, `counts` is empty. `most` contains the values
    with the most papers. Each value is followed by its number of papers, as in `LG 32`.
    """
    query = as_query(query)
    shown = [name for name, dimension in DIMENSIONS.items() if dimension.is_in_overview]
    left_out: list[str] = []
    if isinstance(source, Store) and ask.count(source, query) > _MOST_READ:
        left_out = [name for name in shown if name in READERS]
        shown = [name for name in shown if name not in READERS]
    counts = _counts(source, query, shown)
    papers = counts.papers
    names = [name for name in shown if papers and name in counts.dimensions]
    names = [name for name in names if name != "profile" or counts.has_several_profiles]
    most = [(name, rows, values) for name in names for rows, values in [_most(counts, name)] if values]
    page = most[query.window()]
    marks = [line for name, rows, _ in page for line in explanations(_most_frequent(rows, name), [name])]
    return Answer(
        "dimensions",
        OVERVIEW_FIELDS,
        [_overview_row(name, rows, values, papers) for name, rows, values in page],
        notes=(*dict.fromkeys(marks), *_size_note(most, papers), *_doubts(counts, ["author"]), *_not_read(left_out)),
    )


def _not_read(dimensions: Sequence[str]) -> list[str]:
    if not dimensions:
        return []
    return [
        f"{', '.join(dimensions)}: not read, because there are more than {_MOST_READ:,} papers; "
        f"to count by one of them: pubcli stats {dimensions[0]}"
    ]


def _most(counts: Counts, dimension: str) -> tuple[Sequence[CountRow], int]:
    """Return the sorted rows of a dimension that an overview needs, and the number of values that papers have."""
    first = None if DIMENSIONS[dimension].ordered else _MAX_VALUES
    rows, values = counts.values(dimension, first)
    default = Order(dimension, False) if DIMENSIONS[dimension].ordered else Order("papers", True)
    return _sort(rows, dimension, (), default), values


def _overview_row(name: str, rows: Sequence[CountRow], values: int, total: int) -> DimensionRow:
    with_value = [row for row in rows if _value(row, name) is not None]
    papers = total - sum(row["papers"] for row in rows if _value(row, name) is None)
    return {
        "by": name,
        "values": values,
        "papers": papers,
        "share": round(papers / total, 4),
        "counts": [row["papers"] for row in with_value] if DIMENSIONS[name].ordered else [],
        "most": [f"{marked_text(row, name)} {row['papers']}" for row in _most_frequent(rows, name)],
    }


def _value(row: Row, field: str) -> Any:
    return row[field]


def _most_frequent(rows: Iterable[CountRow], name: str) -> list[CountRow]:
    with_value = [row for row in rows if _value(row, name) is not None and row["papers"]]
    return sorted(with_value, key=lambda row: -row["papers"])[:_MAX_VALUES]


def _size_note(counts: Iterable[tuple[str, Sequence[CountRow], int]], papers: int) -> Iterator[str]:
    """Yield a note on the number of papers and the mean number of authors that the page shows for a paper."""
    teams = [(row["team"], row["papers"]) for name, rows, _ in counts if name == "team" for row in rows if row["team"]]
    with_authors = sum(number for _, number in teams)
    authors = sum(team * number for team, number in teams)
    mean = f"; {authors / with_authors:.1f} authors shown per paper" if with_authors else ""
    if papers:
        yield f"{counted(papers, 'paper', 'papers')}{mean}"


def dimensions_without_values(source: Store | Counts, query: Query, dimensions: Sequence[str]) -> list[str]:
    """Return the dimensions for which all selected papers lack a value. If no paper is selected, return none."""
    counts = _counts(source, query, dimensions)
    return [name for name in dimensions if counts.papers and not counts.values(name).values]


def dimensions_with_values(source: Store | Counts, query: Query) -> list[str]:
    """Return the dimensions for which any selected paper has a value."""
    counts = _counts(source, query, tuple(DIMENSIONS))
    return [name for name in counts.dimensions if counts.papers and counts.values(name).values]


def _key(row: Row, dimension: str) -> tuple[Any, ...]:
    return tuple(row[field] for field in dimension_fields(dimension))


def _sort(rows: Iterable[CountRow], dimension: str, sort: Sequence[Order], default: Order) -> Sequence[CountRow]:
    """Return the rows in the order of `sort`, or in the default order if `sort` is empty.

    Rows without a value in a sort field come last, even in descending order. The order is the same in each run.
    """
    ordered = sorted(rows, key=lambda row: [_sort_key(row, field) for field in dimension_fields(dimension)])
    for field, descending in reversed(tuple(sort) or (default,)):
        with_value = [row for row in ordered if _value(row, field) is not None]
        with_value.sort(key=lambda row: _sort_key(row, field), reverse=descending)
        ordered = with_value + [row for row in ordered if _value(row, field) is None]
    return ordered if sort else sorted(ordered, key=lambda row: _value(row, dimension) is None)


def _sort_key(row: Row, field: str) -> Any:
    value = row[field]
    return (value is None, (fold(value), value) if isinstance(value, str) else value or 0)


def count_notes(store: Store, selection: Selection, dimensions: Sequence[str] = ()) -> tuple[str, ...]:
    """Return notes on how to read a table that counts the papers of a store, as `_doubts` does."""
    return _doubts(StoredCounts(store, selection, dimensions), dimensions)


def _doubts(counts: Counts, dimensions: Sequence[str]) -> tuple[str, ...]:
    """Return notes on how to read a table that counts the selected papers by dimensions, such as year or author.

    The notes say that papers count several times, that author lists are incomplete, or that papers have equal titles.
    """
    papers, truncated, repeated = counts.doubts()
    multivalued = [name for name in dimensions if papers and counts.has_several(name)]
    notes = [f"a paper counts once for each {name} it has" for name in multivalued]
    if truncated and "author" in dimensions:
        lists = counted_part(truncated, papers, LISTS, INCOMPLETE)
        notes.append(f"{lists}: counts of authors are lower bounds")
    if repeated and counts.has_several_profiles:
        duplicates = (
            "has the same title as another paper and may be a duplicate",
            "have the same title as another paper and may be duplicates",
        )
        titles = counted_part(repeated, papers, ("paper", "papers"), duplicates)
        notes.append(f"{titles}; all are counted")
    return tuple(notes)
