"""Find topics: phrases that characterise papers. Find out whether a topic becomes more or less frequent over time.

A phrase characterises papers if the phrase is more frequent in these papers than in a reference. The reference consists
of the papers that the query does not select. If these are too few, the reference is the general English of abstracts.
The module `keyness` measures the difference.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pubcli.analysis import stats
from pubcli.analysis.corpus import (
    MAX_REFERENCE_PAPERS,
    CorpusPaper,
    TargetCorpus,
    example_keys,
    read_reference,
    read_target,
    sample,
    spell_phrases,
    undercount_notes,
)
from pubcli.answer.answer import Answer
from pubcli.language.keyness import ReferenceCorpus, rank_by_keyness
from pubcli.language.postings import PhraseOccurrences
from pubcli.language.significance import trend
from pubcli.query.expression import Query
from pubcli.query.language import as_query
from pubcli.store.database import Store
from pubcli.store.sql import Selection
from pubcli.store.variants import expanded_selection
from pubcli.text.normalize import counted

if TYPE_CHECKING:
    from pubcli.answer.rows import TopicRow

TOPIC_FIELDS = (
    "topic", "papers", "share", "titles", "score", "trend", "change", "periods", "counts", "shares", "keys",
)  # fmt: skip
TOPIC_ORDERS = ("papers", "share", "titles", "score", "change")
"""Fields by which topics can be sorted."""
DEFAULT_LIMIT = 20
"""Number of topics if the query sets no limit."""
_SIGNIFICANT = 1.96
"""Minimum size of a trend in standard errors. By chance alone, one topic in twenty has a trend of this size or more."""
_MIN_TREND_PAPERS = 5
"""Minimum number of papers with a topic. Topics in fewer papers have no trend."""


class _Periods(NamedTuple):
    """The years of the selected papers, divided into periods."""

    spans: Sequence[range]
    of_papers: Sequence[int | None]
    """For each paper, the number of its period; None if the paper has no year."""
    sizes: Sequence[int]
    """The number of papers in each period."""


def topics(
    store: Store, query: Query | str = "", *, periods: int | None = None, rising: bool | None = None
) -> "Answer[TopicRow]":
    """Return the phrases that characterise the selected papers, highest score first.

    `topic` is the most frequent spelling of a phrase. `papers` is the number of papers that contain the topic. `share`
    is this number divided by the number of selected papers. `titles` is the number of titles that contain the topic.
    `trend` is "rising" or "falling" if the share changes more from period to period than chance explains. Otherwise,
    `trend` is null. `change` is the share in the last period minus the share in the first period. `periods` are the
    years of each period, for example "2016-2018". `counts` are the numbers of papers with the topic in each period.
    `shares` are these numbers divided by the numbers of all papers in each period. For a period without papers, the
    share is null. `keys` are the citation keys of up to three papers with the topic. Papers with the topic in the title
    come before other papers. Apart from that, newer papers come first.

    The argument `periods` is the number of periods; None means three, or two if there are fewer than six years.
    `rising` restricts the answer to topics whose share rises (True) or falls (False). `limit`, `offset` and `sort` of
    the query apply to the topics. If `limit` is None, at most 20 topics are returned.

    If very many papers are selected, only a sample is read. A message then says that all numbers are those of the
    sample.
    """
    query = as_query(query)
    selection = expanded_selection(store, query.where)
    sampled = sample(store, selection)
    corpus = read_target(store, sampled.selection)
    divided = _divide_years(corpus.papers, periods)
    reference = read_reference(store, selection)
    ranked = [topic for topic in _rank(corpus, reference, divided) if rising is None or topic.rises is rising]
    for field, descending in reversed(query.sort):
        ranked.sort(key=lambda topic: topic.sort_value(field), reverse=descending)
    page = ranked[query.window(DEFAULT_LIMIT)]
    spellings = spell_phrases(corpus, [topic.phrase for topic in page])
    return Answer(
        "topics",
        TOPIC_FIELDS,
        [_row(corpus, topic, spellings, divided) for topic in page],
        notes=(*_notes(corpus, reference, divided), *stats.count_notes(store, selection)) if page else (),
        messages=tuple(sampled.messages()),
    )


_PAPERS_FOR_SPELLING = 5
"""Number of papers that are read for the spelling of each of many topics."""


class TopicPapers(NamedTuple):
    """The papers that contain each topic."""

    pairs: list[tuple[int, str]]
    """The id of a paper and a topic that it contains."""
    notes: tuple[str, ...]


def papers_of_topics(store: Store, selection: Selection, limit: int) -> TopicPapers:
    """Return which papers contain the `limit` best topics of the selected papers, or of a sample if there are many."""
    sampled = sample(store, selection)
    corpus = read_target(store, sampled.selection)
    ranked = _rank(corpus, read_reference(store, selection), _divide_years(corpus.papers, 1))[:limit]
    spellings = spell_phrases(corpus, [topic.phrase for topic in ranked], _PAPERS_FOR_SPELLING)
    pairs = [
        (corpus.papers[number].id, spellings[topic.phrase.stems]) for topic in ranked for number in topic.phrase.papers
    ]
    return TopicPapers(pairs, tuple(sampled.messages()))


class _Topic(NamedTuple):
    phrase: PhraseOccurrences
    score: float
    counts: Sequence[int]
    """The number of papers with the topic in each period."""
    shares: Sequence[float | None]
    rises: bool | None
    """True if the share rises, False if it falls, None if there is no significant trend."""

    @property
    def change(self) -> float | None:
        """The share in the last period minus that in the first period; None if fewer than two periods have papers."""
        shares = [share for share in self.shares if share is not None]
        return round(shares[-1] - shares[0], 4) if len(shares) > 1 else None

    def sort_value(self, field: str) -> float:
        """Return the number by which this topic is compared with others if topics are sorted by `field`."""
        papers = len(self.phrase.papers)
        values = {"papers": papers, "share": papers, "titles": self.phrase.titles, "score": self.score}
        return self.change or 0 if field == "change" else values[field]


def _rank(corpus: TargetCorpus, reference: ReferenceCorpus, periods: _Periods) -> list[_Topic]:
    """Return the topics of a corpus, highest score first."""
    counts = {phrase.stems: len(phrase.papers) for phrase in corpus.phrases}
    scores = rank_by_keyness(corpus.phrases, counts, len(corpus.papers), reference)
    return [_Topic(phrase, score, *_trend(phrase, periods)) for phrase, score in scores]


def _row(
    corpus: TargetCorpus, topic: _Topic, spellings: Mapping[tuple[str, ...], str], periods: _Periods
) -> "TopicRow":
    papers = len(topic.phrase.papers)
    return {
        "topic": spellings[topic.phrase.stems],
        "papers": papers,
        "share": round(papers / len(corpus.papers), 4),
        "titles": topic.phrase.titles,
        "score": round(topic.score, 3),
        "trend": None if topic.rises is None else "rising" if topic.rises else "falling",
        "change": topic.change,
        "periods": [_label(span) for span in periods.spans],
        "counts": list(topic.counts),
        "shares": list(topic.shares),
        "keys": example_keys(corpus, topic.phrase),
    }


def _divide_years(papers: Sequence[CorpusPaper], number: int | None) -> _Periods:
    """Divide the years from the first to the last into `number` periods.

    None means three periods, or two if there are fewer than six years. If the periods cannot have equal lengths, the
    first periods are one year longer than the last periods.
    """
    years = [paper.year for paper in papers if paper.year is not None]
    if not years:
        return _Periods((), [None] * len(papers), ())
    first, length = min(years), max(years) - min(years) + 1
    count = min(number or (3 if length >= _YEARS_FOR_THREE else 2), length)
    shortest, longer = divmod(length, count)
    starts = [first + period * shortest + min(period, longer) for period in range(count + 1)]
    of_papers = [None if paper.year is None else bisect_right(starts, paper.year) - 1 for paper in papers]
    sizes = Counter(of_papers)
    spans = [range(*pair) for pair in pairwise(starts)]
    return _Periods(spans, of_papers, [sizes[period] for period in range(count)])


_YEARS_FOR_THREE = 6
"""Minimum number of years for three periods by default."""


def _trend(phrase: PhraseOccurrences, periods: _Periods) -> tuple[list[int], list[float | None], bool | None]:
    """Return the number and the share of papers with a phrase in each period, and whether the share rises.

    The last value is None if there is no significant trend.
    """
    papers = Counter(periods.of_papers[paper] for paper in phrase.papers)
    counts = [papers[period] for period in range(len(periods.spans))]
    shares = [round(count / size, 4) if size else None for count, size in zip(counts, periods.sizes, strict=True)]
    slope = trend(counts, periods.sizes) if sum(counts) >= _MIN_TREND_PAPERS else 0
    return counts, shares, None if abs(slope) < _SIGNIFICANT else slope > 0


def _label(span: range) -> str:
    return str(span[0]) if len(span) == 1 else f"{span[0]}-{span[-1]}"


def _notes(corpus: TargetCorpus, reference: ReferenceCorpus, periods: _Periods) -> Iterator[str]:
    """Yield notes on the reference, on the periods, and on papers that the counts leave out."""
    if reference.is_general_english:
        yield "compared with general English, as used in abstracts"
    else:
        sampled = ", sampled at regular intervals" if reference.size == MAX_REFERENCE_PAPERS else ""
        yield f"compared with {reference.size:,} other papers{sampled}"
    if periods.spans:
        sizes = (f"{_label(span)} ({size:,})" for span, size in zip(periods.spans, periods.sizes, strict=True))
        assumed = sum(paper.year_assumed for paper in corpus.papers)
        yield f"papers of each period: {', '.join(sizes)}" + (
            f"; the year of {counted(assumed, 'paper', 'papers')} was assumed" if assumed else ""
        )
    if undated := periods.of_papers.count(None):
        yield f"{counted(undated, 'paper without a year is', 'papers without a year are')} in no period"
    yield from undercount_notes(corpus)
