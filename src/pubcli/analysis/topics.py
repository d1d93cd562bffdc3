"""What papers are about: the phrases that mark them, and how these come and go.

A phrase marks papers when it is met there more often than elsewhere: in the rest of the page or library where a query
selects a part, else in general English of abstracts. `keyness` tells how much more.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pubcli.analysis import stats
from pubcli.analysis.corpus import OTHERS, Corpus, CorpusPaper, forgotten, keys, names, read, rest
from pubcli.answer.answer import Answer
from pubcli.language.keyness import ReferenceCorpus, ranked
from pubcli.language.postings import PhraseOccurrences
from pubcli.language.significance import trend
from pubcli.query.expression import Query
from pubcli.query.language import as_query
from pubcli.store.database import Store
from pubcli.store.variants import selected
from pubcli.text.normalize import counted

if TYPE_CHECKING:
    from pubcli.answer.rows import TopicRow

TOPIC_FIELDS = (
    "topic", "papers", "share", "titles", "score", "trend", "change", "periods", "counts", "shares", "keys",
)  # fmt: skip
TOPIC_ORDERS = ("papers", "share", "titles", "score", "change")
"""What topics can be sorted by."""
USUAL = 20
"""Topics, where a query sets no limit."""
_BEYOND_CHANCE = 1.96
"""Standard errors beyond which a trend is told; chance alone goes beyond one time in twenty."""
_FEWEST_RISING = 5
"""Papers of a topic of which a trend is told."""


class _Periods(NamedTuple):
    """The years of the selected papers, cut into periods."""

    spans: Sequence[range]
    at: Sequence[int | None]
    """The period of each paper."""
    sizes: Sequence[int]


def topics(
    store: Store, query: Query | str = "", *, periods: int | None = None, rising: bool | None = None
) -> "Answer[TopicRow]":
    """The phrases that mark the selected papers, the most telling first.

    Rows hold `topic` as most often written; `papers`, how many have it, and their `share` of the selected ones, from 0
    to 1; `titles`, in how many titles it stands; `score`; `trend`, "rising" or "falling" when the share changes over
    the periods more than by chance, null otherwise; `change`, the share in the last period less that in the first;
    `periods`, their years as in "2016-2018"; `counts` and `shares`, papers with the topic and their share in each, a
    share null where the period has no papers; `keys` of three papers, those with the topic in the title first, then
    the newest.

    `periods` is their number, None for three, or two of less than six years. `rising` True or False gives topics that
    rise or fall only. `limit` (None: 20), `offset` and `sort` of the query are about topics.
    """
    query = as_query(query)
    chosen = selected(store, query.where)
    corpus = read(store, chosen)
    spans = _periods(corpus.papers, periods)
    others = rest(store, chosen)
    counts = {one.stems: len(one.papers) for one in corpus.found}
    topics = [
        _Topic(one, score, *_course(one, spans))
        for one, score in ranked(corpus.found, counts, len(corpus.papers), others)
    ]
    kept = [one for one in topics if rising is None or one.trend == ("rising" if rising else "falling")]
    for field, descending in reversed(query.sort):
        kept.sort(key=lambda one: one.value(field), reverse=descending)
    shown = kept[query.part(USUAL)]
    written = names(corpus, [one.found for one in shown])
    return Answer(
        "topics",
        TOPIC_FIELDS,
        [_row(corpus, one, written, spans) for one in shown],
        notes=(*_notes(corpus, others, spans), *stats.count_notes(store, chosen)) if shown else (),
    )


class _Topic(NamedTuple):
    found: PhraseOccurrences
    score: float
    counts: Sequence[int]
    shares: Sequence[float | None]
    trend: str | None

    @property
    def change(self) -> float | None:
        """The share in the last period less that in the first; None when there are no two."""
        known = [share for share in self.shares if share is not None]
        return round(known[-1] - known[0], 4) if len(known) > 1 else None

    def value(self, field: str) -> float:
        """What a topic is sorted by."""
        papers = len(self.found.papers)
        numbers = {"papers": papers, "share": papers, "titles": self.found.titles, "score": self.score}
        return self.change or 0 if field == "change" else numbers[field]


def _row(corpus: Corpus, one: _Topic, written: Mapping[tuple[str, ...], str], spans: _Periods) -> "TopicRow":
    papers = len(one.found.papers)
    return {
        "topic": written[one.found.stems],
        "papers": papers,
        "share": round(papers / len(corpus.papers), 4),
        "titles": one.found.titles,
        "score": round(one.score, 3),
        "trend": one.trend,
        "change": one.change,
        "periods": [_label(span) for span in spans.spans],
        "counts": list(one.counts),
        "shares": list(one.shares),
        "keys": keys(corpus, one.found),
    }


def _periods(papers: Sequence[CorpusPaper], number: int | None) -> _Periods:
    """The years from the first to the last in so many periods, as equal as can be, the earlier ones longer."""
    years = [paper.year for paper in papers if paper.year is not None]
    if not years:
        return _Periods((), [None] * len(papers), ())
    first, length = min(years), max(years) - min(years) + 1
    count = min(number or (3 if length >= _THREE else 2), length)
    short, longer = divmod(length, count)
    starts = [first + at * short + min(at, longer) for at in range(count + 1)]
    at = [None if paper.year is None else bisect_right(starts, paper.year) - 1 for paper in papers]
    sizes = Counter(at)
    return _Periods([range(*pair) for pair in pairwise(starts)], at, [sizes[number] for number in range(count)])


_THREE = 6
"""Years that make three periods, when nothing else is asked."""


def _course(one: PhraseOccurrences, periods: _Periods) -> tuple[list[int], list[float | None], str | None]:
    """Papers with a topic in each period, their shares, and the trend."""
    found = Counter(periods.at[paper] for paper in one.papers)
    counts = [found[number] for number in range(len(periods.spans))]
    shares = [round(count / size, 4) if size else None for count, size in zip(counts, periods.sizes, strict=True)]
    lean = trend(counts, periods.sizes) if sum(counts) >= _FEWEST_RISING else 0
    return counts, shares, None if abs(lean) < _BEYOND_CHANCE else "rising" if lean > 0 else "falling"


def _label(span: range) -> str:
    return str(span[0]) if len(span) == 1 else f"{span[0]}-{span[-1]}"


def _notes(corpus: Corpus, others: ReferenceCorpus, periods: _Periods) -> Iterator[str]:
    """What is compared with what, and what may be missing."""
    if not others.is_general_english:
        yield f"weighed against {others.size:,} other papers" + (
            ", taken at even distances" if others.size == OTHERS else ""
        )
    else:
        yield "weighed against general English of abstracts"
    if periods.spans:
        told = (f"{_label(span)} ({size:,})" for span, size in zip(periods.spans, periods.sizes, strict=True))
        assumed = sum(paper.assumed for paper in corpus.papers)
        yield f"papers of each period: {', '.join(told)}" + (f"; the year of {assumed} was assumed" if assumed else "")
    if undated := sum(at is None for at in periods.at):
        yield f"{counted(undated, 'without a year is', 'without a year are')} in no period"
    yield from forgotten(corpus)
