"""The questions whose answers the list shows: papers, the papers most similar to one, and the authors of a paper.

A `View` describes a list, and `contents` reads its rows. The functions run in the thread of a `Worker`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from pubcli.analysis import people
from pubcli.browse.facets import Narrowing, matching_ids
from pubcli.query.expression import Expression, Or, Order, Query, Text, conjunction, conjuncts, ranking_terms
from pubcli.query.language import as_query
from pubcli.store import ask, suggest
from pubcli.store.database import Store
from pubcli.store.persons import AUTHORS, PERSON
from pubcli.store.similar import similar
from pubcli.store.stored_words import StoredWords
from pubcli.store.variants import expanded
from pubcli.text.normalize import fold

Row = Mapping[str, Any]
Kind = Literal["papers", "similar_papers", "people"]

FIRST_ROWS = 200
"""Number of rows that are read before all ids are sorted, so that the first screen appears soon."""
_MOST_SIMILAR = 50
SORTABLE = (
    "date", "title", "authors", "category", "venue", "citations", "key", "position", "org", "profile", "kind",
)  # fmt: skip
"""The fields in the menu for sorting papers. The menu also offers relevance."""
DESCENDING = frozenset({"date", "citations", "score"})
"""The fields that are first sorted in descending order."""


class Author(NamedTuple):
    """A person whose papers are listed: the folded name and the name for display."""

    id: str
    name: str


@dataclass(frozen=True)
class View:
    """What the list shows, and how."""

    kind: Kind = "papers"
    title: str = ""
    """What the breadcrumb shows for this view."""
    paper_id: int = 0
    """The paper whose authors or similar papers are listed; 0 for other lists."""
    author: Author | None = None
    """The person whose papers are listed, or None."""
    narrowings: tuple[Narrowing, ...] = ()
    filter: str = ""
    order: tuple[Order, ...] = ()
    """The order of papers; empty for the order that the command line sets, or else newest first."""
    marked: tuple[int, ...] | None = None
    """The marked papers, if only these are listed, or None."""
    cursor: int = 0
    """The row to which the list returns."""
    key: str = ""
    """The citation key of the paper in that row."""


@dataclass
class Contents:
    """The papers or people of a list."""

    kind: Kind
    ids: Sequence[int]
    """The ids of the papers; for people, the numbers of the rows."""
    is_complete: bool = True
    """False if there are more rows than in `ids`."""
    rows: list[Row] = field(default_factory=list)
    """The first rows, or all of them for lists that are short."""
    explanation: str = ""
    """Why the list is empty."""
    optional: tuple[str, ...] = ()
    """Optional columns to show, as in the answer of `pubcli list`."""
    total: int = 0
    """Number of all papers of the store; 0 if it is unknown."""
    place: int = 0
    """The row of the paper that the cursor should be on; 0 if it is not listed."""


def contents(store: Store, base: Query, view: View, key: str = "") -> Iterator[Contents]:
    """Yield what a view lists: at first only the first rows if that is faster, then everything.

    `base` has the conditions, limit and offset that the command line sets. The cursor should be on the paper with the
    citation key `key`. Raises QueryError for a filter that is not valid.
    """
    if view.kind == "people":
        yield _authors(store, view)
    elif view.kind == "similar_papers":
        yield _similar(store, view)
    else:
        is_everything = view.author is not None or view.marked is not None
        id_ = id_of(store, key) if key else 0
        for answer in _papers(store, Query(sort=base.sort) if is_everything else base, view):
            if id_ and id_ in answer.ids:
                answer.place = answer.ids.index(id_)
            yield answer


def _papers(store: Store, base: Query, view: View) -> Iterator[Contents]:
    typed = with_unfinished_word(view.filter)
    query = base._replace(where=conjunction([base.where, typed]), limit=None, offset=0)
    wide = query._replace(where=expanded(StoredWords(store), query.where))
    order = order_of(view, base, has_words=bool(ranking_terms(query.where)))
    scope, optional = _scope(store, view), ask.optional_columns(store)
    if scope is None and not base.limit and not base.offset:
        first = [id_ for id_, _ in ask.ranked(store, wide._replace(limit=FIRST_ROWS), order)]
        yield Contents("papers", first, len(first) < FIRST_ROWS, rows_of(store, first), optional=optional)
    ids = [id_ for id_, _ in ask.ranked(store, wide, order) if scope is None or id_ in scope]
    ids = ids[base.window()]
    answer = Contents("papers", ids, True, rows_of(store, ids[:FIRST_ROWS]), optional=optional)
    if not ids:
        yield answer
        answer = replace(
            answer,
            explanation="\n".join(
                suggest.explain(store, query._replace(where=conjunction([base.where, as_query(view.filter).where])))
            )
            or "nothing matches",
        )
    [answer.total] = store.execute("SELECT count(*) FROM paper").fetchone()
    yield answer


def with_unfinished_word(text: str) -> Expression | None:
    """Return the expression of a filter. Its last word also matches longer words that begin with it.

    So the list does not become empty while the user types a word. A blank ends the word. Raises QueryError.
    """
    where = as_query(text).where
    parts = list(conjuncts(where))
    last = parts[-1] if parts else None
    if isinstance(last, Text) and not (last.exact or last.prefix) and last.typed and text.endswith(last.typed):
        parts[-1] = Or((last, Text(last.text, prefix=True)))
    return conjunction(parts)


def order_of(view: View, base: Query, *, has_words: bool) -> tuple[Order, ...]:
    """Return the order of the papers of a view. By default, the newest come first."""
    order = view.order or base.sort or ask.NEWEST_FIRST
    return order if has_words or order[0].field != "score" else ask.NEWEST_FIRST


def _scope(store: Store, view: View) -> frozenset[int] | None:
    """Return the ids of the papers to which a view is restricted; None if it is not restricted."""
    sets = [matching_ids(store, narrowing) for narrowing in view.narrowings]
    if view.author is not None:
        sets.append(frozenset(paper_ids_of(store, view.author)))
    if view.marked is not None:
        sets.append(frozenset(view.marked))
    return frozenset.intersection(*sets) if sets else None


def rows_of(store: Store, ids: Sequence[int]) -> list[Row]:
    """Return the rows of some papers."""
    return [json.loads(text) for text in ask.records(store, ids)]


def paper_ids_of(store: Store, author: Author) -> list[int]:
    """Return the ids of the papers of a person, under any name."""
    statement = f"SELECT DISTINCT paper.id FROM {AUTHORS} WHERE {PERSON} = ?"
    return [row[0] for row in store.execute(statement, (author.id,))]


def _authors(store: Store, view: View) -> Contents:
    rows = [row for row in people.authors_of_paper(store, view.paper_id) if fold(view.filter) in fold(row["name"])]
    return Contents("people", range(len(rows)), True, list(rows), "" if rows else "no author matches")


def _similar(store: Store, view: View) -> Contents:
    [paper] = rows_of(store, [view.paper_id])
    answer = similar(store, paper["key"], Query(limit=_MOST_SIMILAR))
    rows: list[Row] = list(answer.rows)
    if view.filter:
        selected = set(ask_ids(store, view.filter))
        rows = [row for row in rows if id_of(store, row["key"]) in selected]
    reason = "" if rows else "no other paper shares a characteristic word with it"
    return Contents("similar_papers", [id_of(store, row["key"]) for row in rows], True, rows, reason)


def ask_ids(store: Store, text: str) -> list[int]:
    """Return the ids of the papers that a typed query selects."""
    query = Query(expanded(StoredWords(store), with_unfinished_word(text)))
    return [id_ for id_, _ in ask.ranked(store, query, ask.NEWEST_FIRST)]


def id_of(store: Store, key: str) -> int:
    """Return the id of the first paper with a citation key; 0 if there is none."""
    row = store.execute("SELECT id FROM paper WHERE key = ? ORDER BY id LIMIT 1", (key,)).fetchone()
    return int(row[0]) if row else 0
