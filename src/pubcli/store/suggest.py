"""Why nothing matched, and what was probably meant."""

import sqlite3
from collections.abc import Iterator
from difflib import get_close_matches

from pubcli.query import Expression, Match, Query, Text, all_of, conjuncts, leaves, spelled
from pubcli.store.ask import count
from pubcli.text import fold

_CLOSE = 0.7
_SHOWN = 3


def explain(store: sqlite3.Connection, query: Query) -> list[str]:
    """Sentences on what emptied the result; empty when the question matches something or asks nothing."""
    if query.where is None or count(store, query):
        return []
    absent = [leaf for leaf, negated in leaves(query.where) if not negated and not _occurs(store, leaf)]
    if absent:
        return [_absent(store, leaf) for leaf in dict.fromkeys(absent)]
    return list(_without_one(store, query.where))


def _occurs(store: sqlite3.Connection, leaf: Expression) -> bool:
    return count(store, Query(leaf)) > 0


def _absent(store: sqlite3.Connection, leaf: Text | Match) -> str:
    meant = _meant(store, leaf)
    sentence = f"nothing matches {spelled(leaf)}"
    return f"{sentence}; did you mean {' or '.join(meant)}?" if meant else sentence


def _without_one(store: sqlite3.Connection, where: Expression) -> Iterator[str]:
    """Each part matches something, but not all together: what remains when one of them is left out."""
    parts = conjuncts(where)
    for index, part in enumerate(parts):
        others = all_of([*parts[:index], *parts[index + 1 :]])
        found = count(store, Query(others)) if others is not None else 0
        if found:
            yield f"without {spelled(part)}, {found} paper{'s match' if found > 1 else ' matches'}"


def _meant(store: sqlite3.Connection, leaf: Text | Match) -> list[str]:
    """Up to three spellings close to what was typed that do match something."""
    if isinstance(leaf, Text):
        return _corrected(store, leaf.text, "SELECT term FROM vocabulary ORDER BY doc DESC, term")
    source = _SPELLINGS.get(leaf.field)
    if source is None or not isinstance(leaf.value, str):
        return []
    return [f"{leaf.field}:{word}" for word in _corrected(store, leaf.value, source)]


_SPELLINGS = {
    "author": "SELECT folded FROM author",
    "category": "SELECT DISTINCT category FROM paper WHERE category IS NOT NULL",
    "org": "SELECT DISTINCT org FROM paper WHERE org IS NOT NULL",
    "title": "SELECT term FROM vocabulary ORDER BY doc DESC, term",
    "profile": "SELECT DISTINCT folded_name FROM profile WHERE folded_name IS NOT NULL",
}


def _corrected(store: sqlite3.Connection, typed: str, spellings: str) -> list[str]:
    known = {fold(word): word for (text,) in store.execute(spellings) for word in text.split()}
    typed_words = fold(typed).split()
    close = [get_close_matches(word, known, _SHOWN, _CLOSE) for word in typed_words]
    if len(close) == 1:
        return [known[word] for word in close[0]]
    best = [known[found[0]] if found else word for word, found in zip(typed_words, close, strict=True)]
    return [] if best == typed_words else ['"' + " ".join(best) + '"']
