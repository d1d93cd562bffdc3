"""Questions that a library keeps by name, and what is new since they were last asked."""

import json
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

from pubcli.answer.answer import Answer
from pubcli.biblio.same_paper import title_digest
from pubcli.errors import UsageError
from pubcli.query.expression import Query, ranking_terms
from pubcli.store import ask, variants
from pubcli.store.database import Store

if TYPE_CHECKING:
    from pubcli.answer.rows import PaperRow, SavedQueryRow

QUESTION_FIELDS = ("name", "question", "saved_at", "run_at")


def save(store: Store, name: str, asked: Mapping[str, Any], when: str) -> str | None:
    """Keep a question, as the options and words that were typed, under a name; returns the one that it replaces.

    Raises UsageError for a name without a letter.
    """
    if not name.strip():
        raise UsageError("save under which name? As in: pubcli save fair 'fair*' --since 2023")
    replaced = store.execute("SELECT asked FROM question WHERE name = ?", (name,)).fetchone()
    store.execute("DELETE FROM question WHERE name = ?", (name,))
    text = json.dumps(asked, ensure_ascii=False)
    store.execute("INSERT INTO question (name, asked, saved_at) VALUES (?, ?, ?)", (name, text, when))
    return _typed(replaced[0]) if replaced else None


def delete(store: Store, name: str) -> None:
    """Keep a question no longer. Raises UsageError when there is none of that name."""
    saved_options(store, name)
    store.execute("DELETE FROM question WHERE name = ?", (name,))


def saved_options(store: Store, name: str) -> dict[str, Any]:
    """What was saved under a name. Raises UsageError, with a suggestion, when nothing was."""
    found = store.execute("SELECT asked FROM question WHERE name = ?", (name,)).fetchone()
    if found is None:
        known = [row[0] for row in store.execute("SELECT name FROM question ORDER BY name")]
        close = get_close_matches(name, known, 1)
        meant = f"did you mean {close[0]}?" if close else f"saved are: {', '.join(known) or 'none'}"
        raise UsageError(f"no question is saved as {name!r}; {meant}")
    return dict(json.loads(found[0]))


def list_saved(store: Store) -> "Answer[SavedQueryRow]":
    """All saved questions, a row each, by name."""
    found = store.execute("SELECT name, asked, saved_at, run_at FROM question ORDER BY name")
    return Answer("saved_queries", QUESTION_FIELDS, [_described(*row) for row in found])


def _described(name: str, asked: str, saved_at: str, run_at: str | None) -> "SavedQueryRow":
    return {"name": name, "question": _typed(asked), "saved_at": saved_at, "run_at": run_at}


def _typed(asked: str) -> str:
    """A question as one could type it."""
    given = {option: value for option, value in json.loads(asked).items() if value not in (None, [], 0)}
    words = given.pop("words", [])
    options = [f"--{option} {one}" for option, value in given.items() for one in _several(value)]
    return " ".join([*words, *options])


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


class Run(NamedTuple):
    """What a saved question finds now."""

    answer: "Answer[PaperRow]"
    seen: list[int]
    """Digests of the titles that count as seen once the answer has been written."""


def run(store: Store, name: str, query: Query, *, only_new: bool) -> Run:
    """The answer to a saved question, ranked when it holds words; with `only_new`, what its last run did not find.

    All that it finds counts as seen afterwards, but for what is new and left out by the limit of an answer of new ones.
    """
    seen = {row[0] for row in store.execute("SELECT title_digest FROM seen WHERE question = ?", (name,))}
    everything = query._replace(limit=None, offset=0)
    is_ranked = ranking_terms(variants.expanded(store, query.where))
    answer = (ask.search if is_ranked else ask.papers)(store, everything)
    found = [(title_digest(str(row["title"])), row) for row in answer.rows]
    old = [digest for digest, _ in found if digest in seen or not only_new]
    shown = [one for one in found if not only_new or one[0] not in seen][query.window()]
    rows = [row for _, row in shown]
    return Run(answer._replace(rows=rows, encoded=None), [*old, *(digest for digest, _ in shown)])


def mark_as_run(store: Store, name: str, seen: Sequence[int], when: str) -> None:
    """Note that a question was answered, and what counts as seen. `when` is an ISO time."""
    store.execute("DELETE FROM seen WHERE question = ?", (name,))
    unless_forgotten = "INSERT OR IGNORE INTO seen SELECT name, ? FROM question WHERE name = ?"
    store.executemany(unless_forgotten, ((digest, name) for digest in seen))
    store.execute("UPDATE question SET run_at = ? WHERE name = ?", (when, name))
