"""Find the papers that match a part of a query: all strict parts, and some of the words or words of similar meaning.

Each word has a weight, which is greater for rare words. The words that a paper contains must have at least
`LEAST_SHARE` of the weight of all words, so that frequent words alone do not make a match. The text index selects
candidates. Then the texts of the candidates are read to find the words that each candidate has and lacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, compress
from math import log
from operator import itemgetter

from pubcli.lazy import TYPE_CHECKING, NamedTuple, json
from pubcli.query.expression import And, Expression, Or, Order, Query, Text, conjunction, ranking_terms
from pubcli.store.ask import BEST_FIRST
from pubcli.store.interpretation import Interpretation, Word, is_year
from pubcli.store.occurrences import Occurrences, PaperTexts
from pubcli.store.sql import limit_and_offset
from pubcli.store.stand_ins import stand_ins

if TYPE_CHECKING:
    from pubcli.answer.rows import PaperRow
    from pubcli.store.corpus import Corpus

LEAST_SHARE = 0.15
"""Minimum share of the weight of all words that a partial match must have. In tests with the judged questions
(fixtures/judged), a higher minimum excluded more good papers than bad ones."""
_LEAST_SHOWN, _MORE_CANDIDATES = 10, 10
"""Only the texts of the best candidates are read. Their number is the number of full matches, plus limit and offset
(together at least 10), plus 10. The minimum makes all small limits show the same papers."""
_MANY_PAPERS = 500
"""A word that is in this number of papers needs no stand-ins: nobody reads all papers with the word itself."""
_RANKED = 10
"""Number of papers that the text index ranks for each candidate. It ranks the papers with the rarest words, until there
are enough. A paper with other words is ranked only if two of these words together weigh at least as much as the
lightest of the rarest words."""


class PartialMatch(NamedTuple):
    """A paper that lacks words of a query."""

    paper: PaperRow
    score: float
    missing: tuple[str, ...]
    """The missing words, as the user typed them."""
    instead: tuple[str, ...]
    """For each missing word with stand-ins in the paper: the word and the stand-ins, `doctor: physician, nurses`."""
    why: tuple[str, ...]
    """What each word adds to the score, and where it occurs: `privacy 1.92 (title 1, abstract 4)`."""


class RankedMatches(NamedTuple):
    """The partial matches of a query, best first or in the order that the user asked for."""

    matches: list[PartialMatch]
    stand_ins: tuple[Text, ...]
    """The stand-ins of all words."""


NO_MATCHES = RankedMatches([], ())


class _WeightedWord(NamedTuple):
    """A word of the query, its terms in the text index, and its weight."""

    word: Word
    variants: tuple[Text, ...]
    """The variants of the word; none if the word is a year."""
    stand_ins: tuple[Text, ...]
    papers: int
    """Number of papers that contain the word or a stand-in or, if the word is a year, that have a date in that year."""
    weight: float
    """Weight as in bm25: rare words weigh more. A word in no paper weighs nothing."""

    @property
    def match(self) -> Expression:
        """The expression that selects the papers with the word or a stand-in."""
        return Or((*self.variants, *self.stand_ins))


class _Hit(NamedTuple):
    """A candidate that contains enough of the query."""

    id: int
    paper: PaperRow
    score: float
    missing: tuple[bool, ...]
    """Whether the paper lacks each of the words."""
    occurrences: tuple[Occurrences, ...]
    """The occurrences of each of the words."""


def partial_matches(
    corpus: Corpus, meaning: Interpretation, order: Sequence[Order], full: int, window: Query
) -> RankedMatches:
    """Return the partial matches to show: those that the limit and the offset of `window` select.

    `full` is the number of papers that match the whole query. Papers of a year that the query names come first.
    """
    words = _weighted_words(corpus, meaning.words)
    if len(words) == 1 and not words[0].stand_ins:
        return NO_MATCHES
    limit, offset = limit_and_offset(window)
    most = full + max(limit + offset, _LEAST_SHOWN) + _MORE_CANDIDATES
    ids = _candidates(corpus, meaning, words, most)
    hits = {hit.id: hit for hit in _hits(corpus, words, ids)}
    chosen = _in_order(corpus, words, hits.values(), order, window)
    matches = [_partial_match(hits[id_], words) for id_ in chosen]
    return RankedMatches(matches, tuple(dict.fromkeys(term for word in words for term in word.stand_ins)))


def _weighted_words(corpus: Corpus, words: Sequence[Word]) -> list[_WeightedWord]:
    """Return the words of a query with their weights. Words that few papers contain have stand-ins too."""
    papers = corpus.last_id()  # at least the number of papers, which takes longer to count
    counts = [_count(corpus, word) for word in words]
    rare = [
        word if count < _MANY_PAPERS else word._replace(text=None) for word, count in zip(words, counts, strict=True)
    ]
    weighted = []
    for word, count, terms in zip(words, counts, stand_ins(corpus, rare), strict=True):
        number = _count(corpus, word, terms) if terms else count
        weighted.append(_WeightedWord(word, ranking_terms(word.part), terms, number, _weight(papers, number)))
    return weighted


def _count(corpus: Corpus, word: Word, terms: Sequence[Text] = ()) -> int:
    """Return how many papers contain a word or one of the terms or, if the word is a year, are of that year."""
    if is_year(word):
        return corpus.count(word.part)
    return corpus.papers_with_any([*ranking_terms(word.part), *terms])


def _weight(papers: int, count: int) -> float:
    """Return the weight of a word that `count` of all papers contain."""
    return log(1 + (papers - count + 0.5) / (count + 0.5)) if count else 0.0


def _frequent(weights: Sequence[float]) -> frozenset[int]:
    """Return the indexes of the very frequent words. A paper that contains no other words is not a match.

    The frequent words together have less than `LEAST_SHARE` of the weight of all words.
    """
    frequent: list[int] = []
    remaining = LEAST_SHARE * sum(weights)
    for weight, place in sorted((weight, place) for place, weight in enumerate(weights) if weight):
        if (remaining := remaining - weight) <= 0:
            break
        frequent.append(place)
    return frozenset(frequent)


def _candidates(corpus: Corpus, meaning: Interpretation, words: Sequence[_WeightedWord], most: int) -> list[int]:
    """Return the ids of up to `most` papers that fulfil the strict parts and contain some of the words.

    The order is roughly that of their scores; papers of a year that the query names come first.
    """
    match = _candidates_match(words, most)
    years = [word.word.part for word in words if is_year(word.word)]
    return corpus.candidates(match, conjunction(meaning.strict), conjunction(years), most) if match else []


def _candidates_match(words: Sequence[_WeightedWord], most: int) -> Expression | None:
    """Return the expression that matches the papers to rank. The `most` best of them become candidates.

    These papers contain one of the rarest words, or two other words that together weigh at least as much as the
    lightest of the rarest words. To rank all papers with any word would take several times as long. The result is
    None if no paper contains any word.
    """
    frequent = _frequent([word.weight for word in words])
    telling = (word for place, word in enumerate(words) if place not in frequent and word.variants and word.papers)
    others = sorted(telling, key=lambda word: word.papers)
    rarest: list[_WeightedWord] = []
    while others and sum(word.papers for word in rarest) < _RANKED * most:
        rarest.append(others.pop(0))
    pairs = [
        And((word.match, other.match))
        for word, other in combinations(others, 2)
        if word.weight + other.weight >= rarest[-1].weight
    ]
    matches = [*(word.match for word in rarest), *pairs]
    return Or(tuple(matches)) if matches else None


def _hits(corpus: Corpus, words: Sequence[_WeightedWord], ids: Sequence[int]) -> Iterator[_Hit]:
    """Yield those of the papers that match enough of the query, but not the whole query."""
    of_year = {
        place: corpus.selected_among(word.word.part, ids) for place, word in enumerate(words) if is_year(word.word)
    }
    needed = LEAST_SHARE * sum(word.weight for word in words)
    for id_, record in zip(ids, corpus.records(ids), strict=True):
        paper: PaperRow = json.loads(record)
        texts = PaperTexts(paper)
        occurrences = tuple(texts.occurrences(word.variants, word.stand_ins) for word in words)
        years = {place for place, papers in of_year.items() if id_ in papers}
        missing = tuple(not any(counts.itself) and place not in years for place, counts in enumerate(occurrences))
        matched = [word.weight for place, word in enumerate(words) if occurrences[place] or place in years]
        if any(missing) and any(matched) and sum(matched) >= needed:
            score = sum(counts.points(word.weight) for word, counts in zip(words, occurrences, strict=True))
            yield _Hit(id_, paper, score, missing, occurrences)


def _partial_match(hit: _Hit, words: Sequence[_WeightedWord]) -> PartialMatch:
    """Return a partial match with its texts for people."""
    typed = [word.word.typed for word in words]
    points = [counts.points(word.weight) for word, counts in zip(words, hit.occurrences, strict=True)]
    lines = [
        f"{_label(text, counts)} {number:.2f} ({counts.places})"
        for number, text, counts in sorted(zip(points, typed, hit.occurrences, strict=True), key=itemgetter(0))
        if number
    ]
    instead = [
        f"{text}: {', '.join(counts.stand_ins)}"
        for text, counts, lacks in zip(typed, hit.occurrences, hit.missing, strict=True)
        if lacks and counts.stand_ins
    ]
    return PartialMatch(
        hit.paper, hit.score, tuple(compress(typed, hit.missing)), tuple(instead), tuple(reversed(lines))
    )


def _label(typed: str, occurrences: Occurrences) -> str:
    """Return the words that a line of `why` is about: the typed word and its stand-ins, as far as the paper has them.

    An example is `doctor/physician`.
    """
    return "/".join([*([typed] if any(occurrences.itself) else []), *occurrences.stand_ins])


def _in_order(
    corpus: Corpus, words: Sequence[_WeightedWord], hits: Iterable[_Hit], order: Sequence[Order], window: Query
) -> list[int]:
    """Return the ids of those papers that the limit and the offset of `window` select, in order.

    Papers of a year that the query names come first.
    """
    years = [is_year(word.word) for word in words]
    rows = sorted((sum(compress(hit.missing, years)), -hit.score, hit.id) for hit in hits)
    limit, offset = limit_and_offset(window)
    if order[0] == BEST_FIRST and limit >= 0:  # sorting in SQL takes longer; it is needed only for equal scores
        last = rows[: offset + limit][-1:]
        rows = [row for row in rows if last and row[:2] <= last[0][:2]]
    return corpus.in_order(rows, order, limit, offset)
