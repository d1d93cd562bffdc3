"""Explain why a query matched nothing, and suggest similar spellings."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from pubcli.query.expression import (
    Expression,
    Fuzzy,
    Leaf,
    Match,
    Query,
    Text,
    conjunction,
    conjuncts,
    leaves,
    query_text,
)
from pubcli.store import index
from pubcli.store.ask import count
from pubcli.store.database import Store
from pubcli.text.normalize import counted, fold

_CLOSE = 0.7
_MOST_SUGGESTIONS = 3
_MOST_CANDIDATES = 12


def explain(store: Store, query: Query) -> list[str]:
    """Return sentences that explain why the result is empty; an empty list if the reason is unknown."""
    if count(store, query):
        left_out = f"--offset {query.offset:,} skips all of them"
        return ["--limit 0 asks for none"] if query.limit == 0 else [left_out] if query.offset else []
    if query.where is None:
        return []
    parts = conjuncts(query.where)
    if impossible := [part for part in parts if not _occurs(store, part)]:
        required = (leaf for part in impossible for leaf, negated in leaves(part) if not negated)
        absent = [_absent(store, leaf) for leaf in dict.fromkeys(required) if not _occurs(store, leaf)]
        return absent or [f"nothing matches {query_text(part)}" for part in impossible]
    return list(_without_one(store, parts))


def _occurs(store: Store, part: Expression) -> bool:
    return count(store, Query(part)) > 0


def _absent(store: Store, leaf: Leaf) -> str:
    sentence = f"nothing matches {query_text(leaf)}"
    suggestions = [query_text(other) for other in _suggestions(store, leaf)]
    return f"{sentence}; did you mean {' or '.join(suggestions)}?" if suggestions else sentence


def _without_one(store: Store, parts: Sequence[Expression]) -> Iterator[str]:
    """Leave out each part of a query in turn, and yield a sentence with the number of matches, if there are any."""
    for place, part in enumerate(parts):
        others = conjunction([*parts[:place], *parts[place + 1 :]])
        papers = count(store, Query(others)) if others is not None else 0
        if papers:
            yield f"without {query_text(part)}, {counted(papers, 'paper matches', 'papers match')}"


_WORDS = "SELECT term FROM vocabulary ORDER BY doc DESC, term"
_SPELLINGS = {
    "author": "SELECT folded FROM author",
    "category": "SELECT DISTINCT category FROM paper WHERE category IS NOT NULL",
    "org": "SELECT DISTINCT org FROM paper WHERE org IS NOT NULL",
    "title": _WORDS,
    "abstract": _WORDS,
    "profile": "SELECT coalesce(folded_name, source) FROM profile",
}


def _suggestions(store: Store, leaf: Leaf) -> list[Leaf]:
    """Return up to three words or conditions with a similar spelling that match at least one paper."""
    similar: list[Leaf] = []
    if isinstance(leaf, Text | Fuzzy):
        typed = leaf.word if isinstance(leaf, Fuzzy) else leaf.text
        similar += [Text(word) for word in _similar(store, typed, _WORDS)]
    elif isinstance(leaf, Match) and isinstance(leaf.value, str) and leaf.field in _SPELLINGS:
        similar += [Match(leaf.field, word) for word in _similar(store, leaf.value, _SPELLINGS[leaf.field])]
    return [other for other in similar if _occurs(store, other)][:_MOST_SUGGESTIONS]


def _similar(store: Store, typed: str, spellings: str) -> list[str]:
    """Return similar spellings, the most similar first.

    For a text of several words, return one text in which each word is replaced by the most similar spelling.
    """
    if spellings == _WORDS:
        index.fill(store)
    spelling_of: dict[str, str] = {fold(word): word for (text,) in store.execute(spellings) for word in text.split()}
    close = [get_close_matches(word, spelling_of, _MOST_CANDIDATES, _CLOSE) or [word] for word in fold(typed).split()]
    if len(close) == 1:
        return [spelling_of.get(word, word) for word in close[0]]
    return [" ".join(spelling_of.get(words[0], words[0]) for words in close)]
