"""Select, sort and count the papers of a store with a `Query`."""

from __future__ import annotations

from itertools import chain

from pubcli.answer.answer import Answer
from pubcli.lazy import TYPE_CHECKING
from pubcli.query.expression import Order, Query, terms
from pubcli.store.contents import columns_with_values
from pubcli.store.records import batches, decoded, require_intact
from pubcli.store.sql import RANK, RECORD, Selection, limit_and_offset, order_by, selection

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pubcli.answer.rows import PaperRow
    from pubcli.query.expression import Expression
    from pubcli.store.database import Store

PAPER_FIELDS = (
    "key", "position", "profile", "title", "title_guessed", "authors", "authors_complete", "org", "category",
    "classes", "date", "date_assumed", "badges", "code", "abstract", "links", "cut", "source", "line",
    "also_on", "shown_by",
    "date_precision", "kind", "doi", "arxiv", "venue", "volume", "issue", "pages", "publisher", "url", "citations",
    "keywords", "extra",
)  # fmt: skip
"""The fields of a paper, in the same order as in its JSON."""

PAPER_ORDERS = (*PAPER_FIELDS, "year")
"""The fields by which papers can be sorted."""

NEWEST_FIRST = (Order("date", True),)
BEST_FIRST = Order("score", True)
_AS_LISTED = (Order("profile", False), Order("source", False), Order("position", False))
_LISTS = ("classes", "badges", "links", "cut", "also_on", "shown_by", "keywords")
_IN_RECORD = PAPER_FIELDS[PAPER_FIELDS.index("date_precision") : PAPER_FIELDS.index("keywords")]
"""Fields with a single value that is stored only in the JSON of a paper, not in a column of the table `paper`."""
_SORTED_BY = {
    "profile": "(SELECT folded_name FROM profile WHERE id = paper.profile_id)",
    "source": "(SELECT source FROM profile WHERE id = paper.profile_id)",
    "title": "paper.folded_title",
    "year": "substr(paper.date, 1, 4)",
    "authors": "nullif(paper.filed_under, '')",
    "org": "fold(paper.org)",
    "extra": f"nullif(json_extract({RECORD}, '$.extra'), '{{}}')",
    **{field: f"json_extract({RECORD}, '$.{field}')" for field in ("abstract", *_IN_RECORD)},
    **{field: f"nullif(json_extract({RECORD}, '$.{field}'), '[]')" for field in _LISTS},
}
"""For each field that is not sorted by the column of the same name: the SQL expression to sort by. An empty list sorts
like a missing value."""


def papers(store: Store, query: Query | str = "") -> Answer[PaperRow]:
    """Return the papers that a query selects, newest first unless the query has another order."""
    query = _expanded(store, query)
    order = query.sort or NEWEST_FIRST
    ids = [id_ for id_, _ in ranked(store, query, order)]
    return Answer(
        "papers",
        PAPER_FIELDS,
        rows=decoded(records(store, ids)),
        optional=optional_columns(store),
        encoded=records(store, ids),
        terms=terms(query.where),
        notes=cut_lists(store),
    )


def _parsed(query: Query | str) -> Query:
    if isinstance(query, Query):
        return query
    from pubcli.query.language import as_query  # imported only here, because a list of all papers does not need it

    return as_query(query)


def _expanded(store: Store, query: Query | str) -> Query:
    query = _parsed(query)
    return query._replace(where=_with_variants(store, query.where))


def _with_variants(store: Store, where: Expression | None) -> Expression | None:
    """Return an expression with each word replaced by its variants, or None for None."""
    if where is None:
        return None
    from pubcli.store.stored_words import StoredWords  # imported only here, because most lists are of no words
    from pubcli.store.variants import expanded

    return expanded(StoredWords(store), where)


def papers_by_page(store: Store, query: Query | str = "") -> Answer[PaperRow]:
    """Return the papers that a query selects, page by page and in page order, unless the query has another order."""
    query = _parsed(query)
    return papers(store, query._replace(sort=query.sort or _AS_LISTED))


def count(store: Store, query: Query) -> int:
    """Return the number of papers that a query selects. The limit and offset of the query are ignored."""
    return count_expanded(store, _with_variants(store, query.where))


def count_expanded(store: Store, where: Expression | None) -> int:
    """Return the number of papers that an expression selects whose words have been replaced by their variants."""
    chosen = selection(where)
    [number] = store.execute(
        f"SELECT count(*) FROM {chosen.tables} WHERE {chosen.conditions}", chosen.values
    ).fetchone()
    return int(number)


def snapshot_papers(store: Store, snapshot_id: int) -> list[PaperRow]:
    """Return the papers of a snapshot in page order, with the values that its page shows."""
    statement = (
        "SELECT coalesce(written, json), iif(written IS NULL, record.checksum, listing.checksum) "
        "FROM listing LEFT JOIN record USING (paper_id) WHERE snapshot_id = ? ORDER BY position"
    )
    rows = store.execute(statement, (snapshot_id,))
    return list(decoded(require_intact(store, text, checksum) for text, checksum in rows))


def has_several_profiles(store: Store) -> bool:
    """Return whether the papers are from more than one profile."""
    return len(store.execute("SELECT 1 FROM profile LIMIT 2").fetchall()) > 1


def optional_columns(store: Store) -> tuple[str, ...]:
    """Return the optional columns to show in lists of papers: those that the papers have values for.

    The column `profile` is shown if the store has several profiles.
    """
    return (*(("profile",) if has_several_profiles(store) else ()), *columns_with_values(store))


def cut_lists(store: Store) -> tuple[str, ...]:
    """Return a note that papers may be missing, if the lists of some pages are cut; otherwise no note."""
    rows = store.execute(
        "SELECT coalesce(name, source) FROM profile "
        "WHERE site_fields != '{}' AND json_extract(site_fields, '$.list_cut') ORDER BY id"
    ).fetchall()
    if not rows:
        return ()
    pages = f"the list of {rows[0][0]} ends" if len(rows) == 1 else f"{len(rows):,} lists end"
    return (f"{pages} where the site ends a page, so papers may be missing; show more on the page, and copy it again",)


def ranked(store: Store, query: Query, order: Sequence[Order]) -> list[tuple[int, float]]:
    """Return the ids and ranks of the selected papers. Only ids are sorted; records are read later, in batches."""
    chosen = selection(query.where)
    if query.limit and order[0] == BEST_FIRST and chosen.is_words_alone:
        best = _best(store, chosen, order, query.offset + query.limit)
        if best is not None:
            return best[query.offset :]
    statement = (
        f"SELECT paper.id, {chosen.rank or '0'} FROM {chosen.tables} WHERE {chosen.conditions} "
        f"ORDER BY {complete_order(chosen, order)} LIMIT ? OFFSET ?"
    )
    return [(row[0], row[1]) for row in store.execute(statement, (*chosen.values, *limit_and_offset(query)))]


def _best(store: Store, chosen: Selection, order: Sequence[Order], limit: int) -> list[tuple[int, float]] | None:
    """Return the ids and ranks of the best papers for a query that consists only of words.

    The text index ranks all matches, and only the best ones are read from the table of papers. Return None if this does
    not determine the best papers: too many have equal ranks, or some belong to pages that this store hides.
    """
    hits = f"SELECT rowid AS id, {RANK} AS rank FROM paper_text WHERE {chosen.conditions} ORDER BY rank LIMIT ?"
    criteria = complete_order(chosen._replace(rank="hit.rank"), order)
    statement = f"SELECT paper.id, hit.rank FROM ({hits}) AS hit LEFT JOIN paper USING (id) ORDER BY {criteria}"
    best = [(row[0], row[1]) for row in store.execute(statement, (*chosen.values, limit + _TIES))]
    if any(id_ is None for id_, _ in best) or (len(best) > limit and best[limit - 1][1] == best[-1][1]):
        return None
    return best[:limit]


_TIES = 10
"""Number of papers to read beyond the limit, because some of them may have the same rank as the last one within it."""


def complete_order(chosen: Selection, order: Sequence[Order]) -> str:
    """Return the SQL to sort by. Papers that are equal in all criteria are sorted newest first, then in page order."""
    relevance = f"-({chosen.rank or '0.0'})"
    criteria = order_by((*order, *NEWEST_FIRST), {**_SORTED_BY, "score": relevance}, table="paper.")
    return f"{criteria}, paper.profile_id, paper.position"


def records(store: Store, ids: Collection[int]) -> Iterator[str]:
    """Yield the JSON of papers in the order of `ids`."""
    return chain.from_iterable(batches(store, ids))
