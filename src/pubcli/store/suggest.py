"""Explain why nothing matched, and suggest queries that match something."""

from __future__ import annotations

from pubcli.language.spelling import edit_distance, max_edit_distance
from pubcli.lazy import TYPE_CHECKING
from pubcli.query.expression import (
    Expression,
    Leaf,
    Match,
    Query,
    Text,
    conjunction,
    conjuncts,
    leaves,
    query_text,
)
from pubcli.store.database import Store
from pubcli.store.stored_corpus import StoredCorpus
from pubcli.store.variants import expanded
from pubcli.text.normalize import counted, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pubcli.store.corpus import Corpus

_MOST_SUGGESTIONS = 3
_MOST_CATEGORIES = 30


def explain(store: Store | Corpus, query: Query, *, is_search: bool = False) -> list[str]:
    """Return sentences that explain why the result is empty; an empty list if the reason is unknown.

    The last sentences name queries that match something. Unless `is_search` is true, one of them may be a search, which
    also shows papers that match only a part of the query.
    """
    corpus = StoredCorpus(store) if isinstance(store, Store) else store
    if count(corpus, query.where):
        left_out = f"--offset {query.offset:,} skips all matching papers"
        return ["--limit 0 shows no papers"] if query.limit == 0 else [left_out] if query.offset else []
    if query.where is None:
        return []
    from pubcli.store.interpretation import is_stop_word  # every command imports this module, few need it

    corpus.fill_index()
    parts = [part for part in conjuncts(query.where) if not (is_search and is_stop_word(part))]
    parts = parts or list(conjuncts(query.where))
    numbers = {part: count(corpus, part) for part in parts}
    sentences = list(_reasons(corpus, parts, numbers))
    if offer := _search_offer(corpus, query, parts) if not is_search else None:
        sentences.append(offer)
    return sentences


def owner_words(store: Store | Corpus, query: Query) -> Iterator[str]:
    """Yield a sentence for each owner of a page whose name contains words of a query.

    Such words select only the papers that name the person, but a page truncates lists of authors, often before its
    owner. Counts of these papers look like counts of the person's page, and are smaller. A lake has no owners.
    """
    if not isinstance(store, Store):
        return
    words = {fold(part.text): part.text for part in conjuncts(query.where) if isinstance(part, Text)}
    rows = store.execute("SELECT DISTINCT name FROM profile ORDER BY name") if words else ()
    for (name,) in rows:
        if typed := [words[part] for part in fold(name or "").split() if part in words]:
            yield (
                f"{' '.join(typed)} is {name}, the owner of a page, but not all papers of the page name the owner; "
                f"--owner {typed[-1]} selects all of them"
            )


def count(corpus: Corpus, where: Expression | None) -> int:
    """Return the number of papers that an expression selects."""
    return corpus.count(expanded(corpus, where))


def _reasons(corpus: Corpus, parts: Sequence[Expression], numbers: dict[Expression, int]) -> Iterator[str]:
    """Yield sentences on what matches nothing, on what each other part matches alone, and on a query that matches.

    If each part matches a paper by itself, the sentences state instead how many papers match without one of the parts.
    """
    from pubcli.store.interpretation import is_stop_word

    impossible = [part for part in parts if not numbers[part] and not (is_stop_word(part) and len(parts) > 1)]
    if not impossible:
        yield from list(_without_one(corpus, parts)) or [_alone(numbers)]
        return
    required = dict.fromkeys(leaf for part in impossible for leaf, negated in leaves(part) if not negated)
    absent = [leaf for leaf in required if not count(corpus, leaf)]
    replaced: dict[Expression, list[Leaf]] = {
        leaf: suggestions for leaf in absent if (suggestions := _suggestions(corpus, leaf))
    }
    yield from (_absent(corpus, leaf, replaced.get(leaf, [])) for leaf in absent)
    if not absent:
        yield from (f"nothing matches {query_text(part)}" for part in impossible)
    if possible := [part for part in parts if numbers[part]]:
        yield _alone({part: numbers[part] for part in possible})
    if len(parts) > 1:
        corrected = [
            replaced[part][0] if part in replaced else part for part in parts if numbers[part] or part in replaced
        ]
        yield from _first_that_matches(corpus, [corrected, possible])


def _alone(numbers: dict[Expression, int]) -> str:
    """Return a sentence on how many papers each part matches by itself."""
    counts = (f"{query_text(part)} matches {counted(number, 'paper', 'papers')}" for part, number in numbers.items())
    return f"alone, {', '.join(counts)}"


def _first_that_matches(corpus: Corpus, queries: Sequence[Sequence[Expression]]) -> Iterator[str]:
    """Yield a sentence with the first query that matches something, if there is one."""
    for parts in queries:
        where = conjunction(parts)
        if where is not None and (papers := count(corpus, where)):
            yield f"try: {_typed(parts)} ({counted(papers, 'paper', 'papers')})"
            return


def _typed(parts: Sequence[Expression]) -> str:
    """Return the query that joins all parts by AND, as a user could type it."""
    return " ".join(map(query_text, parts))


def _absent(corpus: Corpus, leaf: Leaf, suggestions: Sequence[Leaf]) -> str:
    sentence = f"nothing matches {query_text(leaf)}"
    if isinstance(leaf, Text) and corpus.has_key(leaf.typed or ""):
        return f"{sentence} as a word; it is a citation key, so type key:{leaf.typed}, or pubcli show {leaf.typed}"
    if suggestions:
        sentence += f"; did you mean {' or '.join(map(query_text, suggestions))}?"
    if isinstance(leaf, Match) and leaf.field == "category":
        categories = ", ".join(corpus.categories(_MOST_CATEGORIES))
        return f"{sentence}{' The' if suggestions else '; the'} categories are {categories}"
    if not suggestions and (phrases := _phrases_with_initials(corpus, leaf)):
        return f"{sentence}; phrases with these initials: {', '.join(phrases)}"
    return sentence


def _phrases_with_initials(corpus: Corpus, leaf: Leaf) -> list[str]:
    """Return phrases that an acronym may mean, the most frequent first; none unless it was typed in capitals."""
    typed = (leaf.typed or "") if isinstance(leaf, Text) else ""
    from pubcli.store import acronyms
    # every command imports this module, few need it

    return acronyms.phrases_with_initials(corpus, typed)[:_MOST_SUGGESTIONS] if typed.isupper() else []


def _without_one(corpus: Corpus, parts: Sequence[Expression]) -> Iterator[str]:
    """Yield a sentence for each part that could be left out: how many papers match all the other parts.

    There is no sentence for a part if no paper matches the other parts.
    """
    for place, part in enumerate(parts):
        others = conjunction([*parts[:place], *parts[place + 1 :]])
        papers = count(corpus, others) if others is not None else 0
        if papers:
            yield f"without {query_text(part)}, {counted(papers, 'paper matches', 'papers match')}"


def _search_offer(corpus: Corpus, query: Query, parts: Sequence[Expression]) -> str | None:
    """Return the sentence that offers a search, if a search would show papers."""
    if len(parts) < 2:
        return None
    import shlex

    from pubcli.store import search

    papers = len(list(search.search(corpus, Query(query.where, limit=search.ENOUGH)).rows))
    typed = shlex.quote(_typed(parts))
    return (
        f"pubcli search {typed} shows {counted(papers, 'paper', 'papers')} that match a part of it" if papers else None
    )


def _suggestions(corpus: Corpus, leaf: Leaf) -> list[Leaf]:
    """Return up to three words or conditions to replace one that matches nothing, the most similarly spelled first.

    Each of them matches at least one paper.
    """
    from pubcli.store import corrections

    similar: list[Leaf] = []
    if isinstance(leaf, Text):
        if leaf.exact and count(corpus, Text(leaf.text)):
            similar = [Text(leaf.text, typed=leaf.typed)]
        elif (word := corrections.corrected_text(corpus, leaf.text)) is not None:
            similar = [Text(word, exact=leaf.exact and " " in word)]
    elif isinstance(leaf, Match) and isinstance(leaf.value, str):
        if leaf.field in ("title", "abstract"):
            word = corrections.corrected_text(corpus, fold(leaf.value))
            similar = [] if word is None else [Match(leaf.field, word)]
        elif spellings := corpus.spellings(leaf.field):
            similar = [Match(leaf.field, text) for text in _similar(leaf.value, spellings)]
    return [other for other in similar if count(corpus, other)][:_MOST_SUGGESTIONS]


def _similar(typed: str, spellings: Iterable[str]) -> list[str]:
    """Return words of the store that are spelled similarly to a typed word, the most similar first.

    For a text of several words, return one text in which each word is replaced by the most similar word of the store.
    `spellings` are the values whose words are compared.
    """
    spelling_of: dict[str, str] = {fold(word): word for text in spellings for word in text.split()}
    close = [_closest(word, list(spelling_of)) or [word] for word in fold(typed).split()]
    if len(close) == 1:
        return [spelling_of.get(word, word) for word in close[0]]
    return [" ".join(spelling_of.get(words[0], words[0]) for words in close)]


def _closest(word: str, others: Sequence[str]) -> list[str]:
    """Return those of the other words that are within the edit distance that `~` allows, the closest first."""
    limit = max_edit_distance(word)
    distances = {other: distance for other in others if (distance := edit_distance(word, other, limit)) is not None}
    return sorted(distances, key=lambda other: (distances[other], other))
