"""Find the papers that match a part of a query: all its strict parts, and some of its words.

The papers are ranked by bm25 for an OR of the words. Each word has a weight, which is greater for rare words. The words
that a paper contains must have at least `LEAST_SHARE` of the weight of all words, so that frequent words alone do not
make a match. Which words a paper contains is looked up for the best papers only, because it is slow.
"""

import json
from collections.abc import Sequence
from math import log
from typing import NamedTuple

from pubcli.query.expression import Expression, Or, Order, Query, Text, conjunction, ranking_terms
from pubcli.store import ask
from pubcli.store.database import Store
from pubcli.store.interpretation import Interpretation, Word, is_year
from pubcli.store.sql import RANK, Selection, limit_and_offset, quoted, selection

LEAST_SHARE = 0.15
"""Share of the weight of all words that a partial match must have. Higher shares lost more good papers of the judged
questions than bad ones."""
_CANDIDATES, _MORE_CANDIDATES = 3, 10
"""Which words a paper contains is looked up for the best papers only. Their number is that of the papers that match the
whole query, plus 3 for each partial match that limit and offset cover, plus 10."""
_CHEAP = 100
"""Number of papers whose ids are read in the time in which one paper is looked up by its id."""


class PartialMatch(NamedTuple):
    """A paper that lacks words of a query."""

    id: int
    rank: float
    missing: tuple[str, ...]
    """The missing words, as the user typed them."""


class RankedMatches(NamedTuple):
    """The partial matches of a query, best first or in the order that the user asked for."""

    matches: list[PartialMatch]
    terms: tuple[Text, ...]
    """The words whose points add up to the score of each of these papers."""


NO_MATCHES = RankedMatches([], ())


def partial_matches(
    store: Store, meaning: Interpretation, order: Sequence[Order], full: int, window: Query
) -> RankedMatches:
    """Return the partial matches to show: those that the limit and the offset of `window` select.

    `full` is the number of papers that match the whole query. Papers of a year that the query names come first.
    """
    counts = [_count(store, word) for word in meaning.words]
    weights = _weights(store, counts)
    needed, everything = LEAST_SHARE * sum(weights), 2 ** len(weights) - 1
    telling_words = _telling_words(meaning.words, weights)
    limit, offset = limit_and_offset(window)
    most = full + _CANDIDATES * (limit + offset) + _MORE_CANDIDATES
    candidates = _candidates(store, meaning, telling_words, most)
    words_of = _words_of(store, meaning.words, counts, [id_ for id_, _ in candidates])
    enough = [
        (id_, rank, words)
        for id_, rank in candidates
        if (words := words_of[id_]) != everything
        and sum(weight for bit, weight in enumerate(weights) if words >> bit & 1) >= needed
    ]
    years = "".join(f"hit.words & {1 << bit} = 0, " for bit, word in enumerate(meaning.words) if is_year(word))
    tables = f"({_HITS}) AS hit JOIN paper ON paper.id = hit.id"
    criteria = ask.complete_order(Selection(tables, "", (), "hit.rank"), order)
    statement = f"SELECT hit.id, hit.rank, hit.words FROM {tables} ORDER BY {years}{criteria} LIMIT ? OFFSET ?"
    matches = [
        PartialMatch(id_, rank, tuple(word.typed for bit, word in enumerate(meaning.words) if not words >> bit & 1))
        for id_, rank, words in store.execute(statement, (json.dumps(enough), limit, offset))
    ]
    return RankedMatches(matches, ranking_terms(Or(tuple(word.part for word in telling_words))))


_HITS = """
    SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS rank, json_extract(value, '$[2]') AS words
    FROM json_each(?)
"""


def _count(store: Store, word: Word) -> int:
    """Return how many papers contain a word or, if the word is a year, how many papers have a date in that year."""
    if is_year(word):
        return ask.count(store, Query(word.part))
    statement = "SELECT count(*) FROM paper_text WHERE paper_text MATCH ?"
    return int(store.execute(statement, (_match([word.part]),)).fetchone()[0])


def _weights(store: Store, counts: Sequence[int]) -> list[float]:
    """Return a weight for each word, as bm25 weighs words: rare words weigh more. A word in no paper weighs nothing."""
    [papers] = store.execute("SELECT count(*) FROM paper").fetchone()
    return [log(1 + (papers - count + 0.5) / (count + 0.5)) if count else 0.0 for count in counts]


def _match(parts: Sequence[Expression]) -> str:
    """Return the FTS5 expression that matches the papers with at least one word of the parts."""
    terms = ranking_terms(Or(tuple(parts)))
    return " OR ".join(map(quoted, terms))


def _telling_words(words: Sequence[Word], weights: Sequence[float]) -> list[Word]:
    """Return the words by which partial matches are ranked: all words except years and very frequent words.

    The very frequent words are left out because a paper that contains them alone is not a partial match: the weight of
    all of them together is less than `LEAST_SHARE` of the weight of all words.
    """
    by_weight = sorted((weight, place) for place, weight in enumerate(weights) if not is_year(words[place]))
    frequent, limit = 0.0, LEAST_SHARE * sum(weights)
    while len(by_weight) > 1 and frequent + by_weight[0][0] < limit:
        frequent += by_weight.pop(0)[0]
    return [words[place] for _, place in sorted(by_weight, key=lambda pair: pair[1])]


def _candidates(
    store: Store, meaning: Interpretation, telling_words: Sequence[Word], most: int
) -> list[tuple[int, float]]:
    """Return the ids and ranks of up to `most` papers, best first.

    Each paper fulfils the strict parts and contains at least one of `telling_words`, which are the words of the query
    without years and very frequent words.
    """
    match = _match([word.part for word in telling_words])
    years = [word.part for word in meaning.words if is_year(word)]
    hits = f"SELECT rowid AS id, {RANK} AS rank FROM paper_text WHERE paper_text MATCH ?"
    if not (meaning.strict or years):
        return [tuple(row) for row in store.execute(f"{hits} ORDER BY rank LIMIT ?", (match, most))]
    strict, year = selection(conjunction(meaning.strict)), selection(conjunction(years))
    statement = (
        f"SELECT paper.id, hit.rank FROM ({hits}) AS hit JOIN paper USING (id) WHERE paper.id IN ({strict.ids}) "
        f"ORDER BY paper.id NOT IN ({year.ids}), hit.rank LIMIT ?"
    )
    return [tuple(row) for row in store.execute(statement, (match, *strict.values, *year.values, most))]


def _words_of(store: Store, words: Sequence[Word], counts: Sequence[int], ids: Sequence[int]) -> dict[int, int]:
    """Return, for the id of each paper, a number whose bits state which words of the query the paper contains.

    The number is the sum of 1 for the first word, 2 for the second word, 4 for the third word, and so on.
    """
    bits, array = dict.fromkeys(ids, 0), json.dumps(ids)
    for bit, (word, count) in enumerate(zip(words, counts, strict=True)):
        if is_year(word):
            chosen = selection(word.part)
            rows = store.execute(
                f"{chosen.ids} AND paper.id IN (SELECT value FROM json_each(?))", (*chosen.values, array)
            )
        elif count < _CHEAP * len(ids):
            rows = store.execute("SELECT rowid FROM paper_text WHERE paper_text MATCH ?", (_match([word.part]),))
        else:
            statement = (
                "SELECT rowid FROM paper_text WHERE paper_text MATCH ? AND rowid IN (SELECT value FROM json_each(?))"
            )
            rows = store.execute(statement, (_match([word.part]), array))
        for id_ in {row[0] for row in rows} & bits.keys():
            bits[id_] |= 1 << bit
    return bits
