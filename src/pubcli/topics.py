"""What papers are about: the phrases that mark them, how these come and go, and what marks each year or person.

A phrase marks papers when it is met there more often than elsewhere: in the rest of the page or library where a query
selects a part, else in general English of abstracts. `keyness` tells how much more.
"""

import json
import sqlite3
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from pubcli import stats
from pubcli.answer import Answer, Row
from pubcli.dimensions import DIMENSIONS, fields, memberships
from pubcli.errors import UsageError
from pubcli.keyness import Reference, ranked
from pubcli.postings import Found, Postings, spellings
from pubcli.query import Query, as_query
from pubcli.significance import trend
from pubcli.store.sql import Selection
from pubcli.store.variants import selected

TOPIC_FIELDS = (
    "topic", "papers", "share", "titles", "score", "trend", "change", "periods", "counts", "shares", "keys",
)  # fmt: skip
TOPIC_ORDERS = ("papers", "share", "titles", "score", "change")
"""What topics can be sorted by."""
MARKING_ORDERS = ()
"""The topics of a group stand by their score."""
GROUPS = ("year", "category", "author", "org", "profile")
"""Dimensions of which each value can have its topics."""

USUAL = 20
"""Topics, where a query sets no limit."""
USUAL_EACH = 5
"""Topics of each group, where a query sets no limit."""
MOST_GROUPS = 30
"""Groups, those with most papers."""
OTHERS = 5_000
"""Papers of the rest that are compared with, at even distances where there are more."""

_BEYOND_CHANCE = 1.96
"""Standard errors beyond which a trend is told; chance alone goes beyond one time in twenty."""
_FEWEST_RISING = 5
"""Papers of a topic of which a trend is told."""
_EXAMPLES = 3
_SPELLED = 25
"""Papers in which it is looked up how a phrase is written."""


class _Paper(NamedTuple):
    id: int
    key: str
    year: int | None
    assumed: bool


class _Corpus(NamedTuple):
    """The selected papers, with their phrases."""

    store: sqlite3.Connection
    papers: Sequence[_Paper]
    found: Sequence[Found]
    missed: int


class _Periods(NamedTuple):
    """The years of the selected papers, cut into periods."""

    spans: Sequence[range]
    at: Sequence[int | None]
    """The period of each paper."""
    sizes: Sequence[int]


def topics(
    store: sqlite3.Connection, query: Query | str = "", *, periods: int | None = None, rising: bool | None = None
) -> Answer:
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
    corpus = _read(store, chosen)
    spans = _periods(corpus.papers, periods)
    others = _rest(store, chosen)
    counts = {one.stems: len(one.papers) for one in corpus.found}
    topics = [
        _Topic(one, score, *_course(one, spans))
        for one, score in ranked(corpus.found, counts, len(corpus.papers), others)
    ]
    kept = [one for one in topics if rising is None or one.trend == ("rising" if rising else "falling")]
    for field, descending in reversed(query.sort):
        kept.sort(key=lambda one: one.value(field), reverse=descending)
    limit = USUAL if query.limit is None else query.limit
    shown = kept[query.offset : query.offset + limit]
    names = _names(corpus, [one.found for one in shown])
    return Answer(
        fields=TOPIC_FIELDS,
        columns=("topic", "papers", "share", "shares", "trend", "keys"),
        rows=[_row(corpus, one, names, spans) for one in shown],
        notes=(*_notes(corpus, others, spans), *stats.notes(store, chosen)) if shown else (),
        sparklines=("shares",),
    )


class _Topic(NamedTuple):
    found: Found
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


def _row(corpus: _Corpus, one: _Topic, names: Mapping[tuple[str, ...], str], spans: _Periods) -> Row:
    papers = len(one.found.papers)
    return {
        "topic": names[one.found.stems],
        "papers": papers,
        "share": round(papers / len(corpus.papers), 4),
        "titles": one.found.titles,
        "score": round(one.score, 3),
        "trend": one.trend,
        "change": one.change,
        "periods": [_label(span) for span in spans.spans],
        "counts": list(one.counts),
        "shares": list(one.shares),
        "keys": _keys(corpus, one.found),
    }


def marking(store: sqlite3.Connection, by: str, query: Query | str = "") -> Answer:
    """The phrases that mark each year, category, author, org or profile against the rest of the selected papers.

    Rows hold `fields(by)`, for years also `assumed_dates`; `topic`; `papers`, how many of the group's have it;
    `share` of the group's papers and, `elsewhere`, of all others, from 0 to 1; `score`; `keys`. Groups of one paper
    have none, and of more than 30 groups those with most papers are taken. `limit` (None: 5) and `offset` of the query
    are about the topics of each group. Raises UsageError for another dimension.
    """
    if by not in GROUPS:
        raise UsageError(f"{by} has no topics of its own; choose {', '.join(GROUPS)}")
    query = as_query(query)
    chosen = selected(store, query.where)
    corpus = _read(store, chosen)
    groups = [row for row in stats.by(store, by, Query(query.where)).rows if row[by] is not None and _size(row) > 1]
    largest = sorted(groups, key=lambda row: -_size(row))[:MOST_GROUPS]
    members = _members(corpus, memberships(store, chosen, by), [row[by] for row in largest])
    counts: dict[Any, dict[int, int]] = {row[by]: {} for row in largest}
    for number, one in enumerate(corpus.found):
        for value, count in Counter(value for paper in one.papers for value in members[paper]).items():
            if count > 1:
                counts[value][number] = count
    rows = [
        line
        for row in groups
        if row[by] in counts
        for line in _marked(corpus, row, by, counts[row[by]], query, members)
    ]
    left = [f"{len(groups) - len(largest)} more with fewer papers are left out"] if len(groups) > len(largest) else []
    return Answer(
        fields=(*fields(by), "topic", "papers", "share", "elsewhere", "score", "keys", *_MARKS.get(by, ())),
        columns=(by, "topic", "papers", "share", "elsewhere", "keys"),
        rows=rows,
        notes=(*left, *_forgotten(corpus), *stats.notes(store, chosen, [by])) if rows else (),
        nameless={by: DIMENSIONS[by].unknown},
    )


_MARKS = {"year": ("assumed_dates",)}


def _size(row: Row) -> int:
    return int(str(row["papers"]))


def _members(corpus: _Corpus, pairs: Iterable[tuple[int, Any]], wanted: Iterable[Any]) -> list[list[Any]]:
    """The groups of each paper."""
    at = {paper.id: number for number, paper in enumerate(corpus.papers)}
    known = set(wanted)
    members: list[list[Any]] = [[] for _ in corpus.papers]
    for id_, value in pairs:
        if value in known:
            members[at[id_]].append(value)
    return members


def _marked(
    corpus: _Corpus, group: Row, by: str, counts: Mapping[int, int], query: Query, members: Sequence[Sequence[Any]]
) -> Iterator[Row]:
    """The rows of one group."""
    size, rest = _size(group), len(corpus.papers) - _size(group)
    found = [corpus.found[number] for number in counts]
    here = {one.stems: count for one, count in zip(found, counts.values(), strict=True)}
    elsewhere = {one.joined: len(one.papers) - here[one.stems] for one in found}
    limit = USUAL_EACH if query.limit is None else query.limit
    shown = ranked(found, here, size, Reference(rest, elsewhere))[query.offset : query.offset + limit]
    own = [_within(one, lambda paper: group[by] in members[paper]) for one, _ in shown]
    names = _names(corpus, own)
    for one, (_, score) in zip(own, shown, strict=True):
        yield {
            by: group[by],
            "topic": names[one.stems],
            "papers": here[one.stems],
            "share": round(here[one.stems] / size, 4),
            "elsewhere": round(elsewhere[one.joined] / rest, 4) if rest else None,
            "score": round(score, 3),
            "keys": _keys(corpus, one),
            **{field: group[field] for field in _MARKS.get(by, ())},
        }


def _within(one: Found, belongs: Callable[[int], bool]) -> Found:
    """A phrase with only those of its papers that belong somewhere."""
    return one._replace(papers=list(filter(belongs, one.papers)), in_title=list(filter(belongs, one.in_title)))


_TEXTS = """
SELECT id, key, CAST(substr(date, 1, 4) AS INTEGER) AS year, date_assumed, json
FROM paper JOIN record ON record.paper_id = id WHERE id IN ({ids}) ORDER BY id
"""


def _read(store: sqlite3.Connection, chosen: Selection) -> _Corpus:
    """The selected papers and their phrases, in one pass over their texts."""
    papers, postings = [], Postings()
    for row in store.execute(_TEXTS.format(ids=chosen.ids), chosen.values):
        papers.append(_Paper(row["id"], row["key"], row["year"], bool(row["date_assumed"])))
        postings.add(*_text(row["json"]))
    return _Corpus(store, papers, postings.found(min(2, len(papers))), postings.missed)


def _text(record: str) -> tuple[str, str]:
    paper = json.loads(record)
    return paper["title"], paper["abstract"] or ""


def _rest(store: sqlite3.Connection, chosen: Selection) -> Reference:
    """What is not selected, or as much of it as is looked at."""
    statement = f"SELECT id FROM paper WHERE id NOT IN ({chosen.ids}) ORDER BY id"
    ids = [row[0] for row in store.execute(statement, chosen.values)]
    taken = ids if len(ids) <= OTHERS else [ids[at * len(ids) // OTHERS] for at in range(OTHERS)]
    postings = Postings()
    for text in _records(store, taken):
        postings.add(*_text(text))
    return Reference(postings.size, {one.joined: len(one.papers) for one in postings.found()})


def _records(store: sqlite3.Connection, ids: Iterable[int]) -> Iterator[str]:
    for id_ in ids:
        yield store.execute("SELECT json FROM record WHERE paper_id = ?", (id_,)).fetchone()[0]


def _periods(papers: Sequence[_Paper], number: int | None) -> _Periods:
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


def _course(one: Found, periods: _Periods) -> tuple[list[int], list[float | None], str | None]:
    """Papers with a topic in each period, their shares, and the trend."""
    found = Counter(periods.at[paper] for paper in one.papers)
    counts = [found[number] for number in range(len(periods.spans))]
    shares = [round(count / size, 4) if size else None for count, size in zip(counts, periods.sizes, strict=True)]
    lean = trend(counts, periods.sizes) if sum(counts) >= _FEWEST_RISING else 0
    return counts, shares, None if abs(lean) < _BEYOND_CHANCE else "rising" if lean > 0 else "falling"


def _label(span: range) -> str:
    return str(span[0]) if len(span) == 1 else f"{span[0]}-{span[-1]}"


def _keys(corpus: _Corpus, one: Found) -> list[str]:
    papers = [corpus.papers[number] for number in one.papers]
    titles = set(one.in_title)
    order = sorted(zip(one.papers, papers, strict=True), key=lambda pair: (pair[0] not in titles, -(pair[1].year or 0)))
    return [paper.key for _, paper in order[:_EXAMPLES]]


def _names(corpus: _Corpus, topics: Sequence[Found]) -> dict[tuple[str, ...], str]:
    """How each topic is written most often, in papers at even distances where there are many."""
    looked_at = {number for one in topics for number in _even(one.papers, _SPELLED)}
    texts = _records(corpus.store, (corpus.papers[number].id for number in sorted(looked_at)))
    return {one.stems: " ".join(one.stems) for one in topics} | spellings(map(_text, texts), topics)


def _even(numbers: Sequence[int], most: int) -> Sequence[int]:
    if len(numbers) <= most:
        return numbers
    return [numbers[at * len(numbers) // most] for at in range(most)]


def _notes(corpus: _Corpus, others: Reference, periods: _Periods) -> Iterator[str]:
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
        yield f"{undated:,} without a year {'are' if undated > 1 else 'is'} in no period"
    yield from _forgotten(corpus)


def _forgotten(corpus: _Corpus) -> Iterator[str]:
    if corpus.missed:
        yield f"rare phrases were forgotten on the way: counts may be low by {corpus.missed} at most"
