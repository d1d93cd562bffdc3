"""Save queries in a library under names, and find the papers that are new since a query was last run."""

import json
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

from pubcli.answer.answer import Answer
from pubcli.biblio.same_paper import title_digest
from pubcli.errors import UsageError
from pubcli.query.expression import Query, ranking_terms
from pubcli.store import ask, search, variants
from pubcli.store.database import Store
from pubcli.store.stored_words import StoredWords

if TYPE_CHECKING:
    from pubcli.answer.rows import PaperRow, SavedQueryRow

SAVED_QUERY_FIELDS = ("name", "question", "saved_at", "run_at")


def save(store: Store, name: str, options: Mapping[str, Any], timestamp: str) -> str | None:
    """Save the options and words of a query under a name. Return the query that had the name before, or None.

    `timestamp` is an ISO time. Raises UsageError for an empty name.
    """
    if not name.strip():
        raise UsageError("expected a name, as in: pubcli library save fair 'fair*' --since 2023")
    replaced = store.execute("SELECT query FROM saved_query WHERE name = ?", (name,)).fetchone()
    store.execute("DELETE FROM saved_query WHERE name = ?", (name,))
    text = json.dumps(options, ensure_ascii=False)
    store.execute("INSERT INTO saved_query (name, query, saved_at) VALUES (?, ?, ?)", (name, text, timestamp))
    return _as_typed(replaced[0]) if replaced else None


def delete(store: Store, name: str) -> None:
    """Delete a saved query. Raises UsageError if no query has that name."""
    saved_options(store, name)
    store.execute("DELETE FROM saved_query WHERE name = ?", (name,))


def saved_options(store: Store, name: str) -> dict[str, Any]:
    """Return the options saved under a name. Raises UsageError, with a suggestion, if no query has that name."""
    row = store.execute("SELECT query FROM saved_query WHERE name = ?", (name,)).fetchone()
    if row is None:
        names = [row[0] for row in store.execute("SELECT name FROM saved_query ORDER BY name")]
        close = get_close_matches(name, names, 1)
        hint = f"did you mean {close[0]}?" if close else f"saved queries: {', '.join(names) or 'none'}"
        raise UsageError(f"no query is saved as {name!r}; {hint}")
    return dict(json.loads(row[0]))


def list_saved(store: Store) -> "Answer[SavedQueryRow]":
    """Return a row for each saved query, sorted by name."""
    rows = store.execute("SELECT name, query, saved_at, run_at FROM saved_query ORDER BY name")
    return Answer("saved_queries", SAVED_QUERY_FIELDS, [_row(*row) for row in rows])


def _row(name: str, options: str, saved_at: str, run_at: str | None) -> "SavedQueryRow":
    return {"name": name, "question": _as_typed(options), "saved_at": saved_at, "run_at": run_at}


def _as_typed(text: str) -> str:
    """Return saved options as the user could type them. `text` contains the options as JSON."""
    options = {option: value for option, value in json.loads(text).items() if value not in (None, [], 0)}
    words = options.pop("words", [])
    flags = [f"--{option} {value}" for option, values in options.items() for value in _as_list(values)]
    return " ".join([*words, *flags])


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


class Run(NamedTuple):
    """The result of running a saved query."""

    answer: "Answer[PaperRow]"
    digests: list[int]
    """Digests of the titles that count as seen after the answer has been written."""


def run(store: Store, name: str, query: Query, *, only_new: bool) -> Run:
    """Run a saved query. With `only_new`, omit papers that were seen before.

    If the query contains words, papers are ranked.

    All selected papers count as seen afterwards. With `only_new`, papers beyond the limit stay new.
    """
    digests = {row[0] for row in store.execute("SELECT title_digest FROM seen_title WHERE saved_query = ?", (name,))}
    unlimited = query._replace(limit=None, offset=0)
    is_ranked = ranking_terms(variants.expanded(StoredWords(store), query.where))
    answer = search.search(store, unlimited, all_words=True) if is_ranked else ask.papers(store, unlimited)
    rows = [(title_digest(str(row["title"])), row) for row in answer.rows]
    old = [digest for digest, _ in rows if digest in digests or not only_new]
    window = [(digest, row) for digest, row in rows if not only_new or digest not in digests][query.window()]
    selected = answer._replace(rows=[row for _, row in window], encoded=None)
    return Run(selected, [*old, *(digest for digest, _ in window)])


def mark_as_run(store: Store, name: str, digests: Sequence[int], timestamp: str) -> None:
    """Record that a query was run, and record the titles that count as seen. `timestamp` is an ISO time."""
    store.execute("DELETE FROM seen_title WHERE saved_query = ?", (name,))
    unless_deleted = "INSERT OR IGNORE INTO seen_title SELECT name, ? FROM saved_query WHERE name = ?"
    store.executemany(unless_deleted, ((digest, name) for digest in digests))
    store.execute("UPDATE saved_query SET run_at = ? WHERE name = ?", (timestamp, name))
