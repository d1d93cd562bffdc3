"""Why nothing matched, and what was probably meant."""

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
_SHOWN = 3
_TRIED = 12


def explain(store: Store, query: Query) -> list[str]:
    """Sentences on what emptied the result; empty where that is not known."""
    if count(store, query):
        left_out = f"--offset {query.offset:,} leaves out all there are"
        return ["--limit 0 asks for none"] if query.limit == 0 else [left_out] if query.offset else []
    if query.where is None:
        return []
    parts = conjuncts(query.where)
    if impossible := [part for part in parts if not _occurs(store, part)]:
        asked = (leaf for part in impossible for leaf, negated in leaves(part) if not negated)
        absent = [_absent(store, leaf) for leaf in dict.fromkeys(asked) if not _occurs(store, leaf)]
        return absent or [f"nothing matches {query_text(part)}" for part in impossible]
    return list(_without_one(store, parts))


def _occurs(store: Store, part: Expression) -> bool:
    return count(store, Query(part)) > 0


def _absent(store: Store, leaf: Leaf) -> str:
    sentence = f"nothing matches {query_text(leaf)}"
    meant = [query_text(other) for other in _meant(store, leaf)]
    return f"{sentence}; did you mean {' or '.join(meant)}?" if meant else sentence


def _without_one(store: Store, parts: Sequence[Expression]) -> Iterator[str]:
    """Each part matches something, but not all together: what remains when one of them is left out."""
    for place, part in enumerate(parts):
        others = conjunction([*parts[:place], *parts[place + 1 :]])
        found = count(store, Query(others)) if others is not None else 0
        if found:
            yield f"without {query_text(part)}, {counted(found, 'paper matches', 'papers match')}"


_WORDS = "SELECT term FROM vocabulary ORDER BY doc DESC, term"
_SPELLINGS = {
    "author": "SELECT folded FROM author",
    "category": "SELECT DISTINCT category FROM paper WHERE category IS NOT NULL",
    "org": "SELECT DISTINCT org FROM paper WHERE org IS NOT NULL",
    "title": _WORDS,
    "abstract": _WORDS,
    "profile": "SELECT coalesce(folded_name, source) FROM profile",
}


def _meant(store: Store, leaf: Leaf) -> list[Leaf]:
    """Up to three leaves that are spelled much like this one and do match something."""
    similar: list[Leaf] = []
    if isinstance(leaf, Text | Fuzzy):
        typed = leaf.word if isinstance(leaf, Fuzzy) else leaf.text
        similar += [Text(word) for word in _similar(store, typed, _WORDS)]
    elif isinstance(leaf, Match) and isinstance(leaf.value, str) and leaf.field in _SPELLINGS:
        similar += [Match(leaf.field, word) for word in _similar(store, leaf.value, _SPELLINGS[leaf.field])]
    return [other for other in similar if _occurs(store, other)][:_SHOWN]


def _similar(store: Store, typed: str, spellings: str) -> list[str]:
    """Close spellings, the closest first; of several words, each is replaced by what is closest to it."""
    if spellings == _WORDS:
        index.fill(store)
    known: dict[str, str] = {fold(word): word for (text,) in store.execute(spellings) for word in text.split()}
    close = [get_close_matches(word, known, _TRIED, _CLOSE) or [word] for word in fold(typed).split()]
    if len(close) == 1:
        return [known.get(word, word) for word in close[0]]
    return [" ".join(known.get(words[0], words[0]) for words in close)]
