"""What marks each year, category or person: the phrases of a group against the rest of the selected papers."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pubcli.analysis import stats
from pubcli.analysis.corpus import Corpus, forgotten, keys, names, read
from pubcli.analysis.dimensions import DIMENSIONS, fields, memberships
from pubcli.answer.answer import Answer, Row
from pubcli.errors import UsageError
from pubcli.language.keyness import ReferenceCorpus, ranked
from pubcli.language.postings import PhraseOccurrences
from pubcli.query.expression import Query
from pubcli.query.language import as_query
from pubcli.store.database import Store
from pubcli.store.variants import selected
from pubcli.text.normalize import counted

if TYPE_CHECKING:
    from pubcli.answer.rows import CountRow, GroupTopicRow

GROUPS = ("year", "category", "author", "org", "profile")
"""Dimensions of which each value can have its topics."""
USUAL_EACH = 5
"""Topics of each group, where a query sets no limit."""
MOST_GROUPS = 30
"""Groups, those with most papers."""


def topics_by_group(store: Store, by: str, query: Query | str = "") -> "Answer[GroupTopicRow]":
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
    corpus = read(store, chosen)
    groups = [
        row
        for row in stats.count_by(store, by, Query(query.where)).rows
        if _value(row, by) is not None and row["papers"] > 1
    ]
    largest = sorted(groups, key=lambda row: -row["papers"])[:MOST_GROUPS]
    members = _members(corpus, memberships(store, chosen, by), [_value(row, by) for row in largest])
    counts: dict[Any, dict[int, int]] = {_value(row, by): {} for row in largest}
    for number, one in enumerate(corpus.found):
        for value, count in Counter(value for paper in one.papers for value in members[paper]).items():
            if count > 1:
                counts[value][number] = count
    rows = [
        line
        for row in groups
        if (value := _value(row, by)) in counts
        for line in _marked(corpus, row, by, counts[value], query, members)
    ]
    more = len(groups) - len(largest)
    left = [f"{counted(more, 'more with fewer papers is', 'more with fewer papers are')} left out"] if more else []
    return Answer(
        "group_topics",
        (*fields(by), "topic", "papers", "share", "elsewhere", "score", "keys", *_MARKS.get(by, ())),
        rows,
        by=(by,),
        notes=(*left, *forgotten(corpus), *stats.count_notes(store, chosen, [by])) if rows else (),
        nameless={by: DIMENSIONS[by].unknown},
    )


_MARKS = {"year": ("assumed_dates",)}


def _value(row: Row, field: str) -> Any:
    return row[field]


def _members(corpus: Corpus, pairs: Iterable[tuple[int, Any]], wanted: Iterable[Any]) -> list[list[Any]]:
    """The groups of each paper."""
    at = {paper.id: number for number, paper in enumerate(corpus.papers)}
    known = set(wanted)
    members: list[list[Any]] = [[] for _ in corpus.papers]
    for id_, value in pairs:
        if value in known:
            members[at[id_]].append(value)
    return members


def _marked(
    corpus: Corpus,
    group: "CountRow",
    by: str,
    counts: Mapping[int, int],
    query: Query,
    members: Sequence[Sequence[Any]],
) -> "Iterator[GroupTopicRow]":
    """The rows of one group."""
    size, rest, value = group["papers"], len(corpus.papers) - group["papers"], _value(group, by)
    found = [corpus.found[number] for number in counts]
    here = {one.stems: count for one, count in zip(found, counts.values(), strict=True)}
    elsewhere = {one.key: len(one.papers) - here[one.stems] for one in found}
    shown = ranked(found, here, size, ReferenceCorpus(rest, elsewhere))[query.part(USUAL_EACH)]
    own = [_within(one, lambda paper: value in members[paper]) for one, _ in shown]
    written = names(corpus, own)
    for one, (_, score) in zip(own, shown, strict=True):
        row: Any = {
            by: value,
            "topic": written[one.stems],
            "papers": here[one.stems],
            "share": round(here[one.stems] / size, 4),
            "elsewhere": round(elsewhere[one.key] / rest, 4) if rest else None,
            "score": round(score, 3),
            "keys": keys(corpus, one),
            **{field: _value(group, field) for field in _MARKS.get(by, ())},
        }
        yield row


def _within(one: PhraseOccurrences, belongs: Callable[[int], bool]) -> PhraseOccurrences:
    """A phrase with only those of its papers that belong somewhere."""
    return one._replace(papers=list(filter(belongs, one.papers)), in_title=list(filter(belongs, one.in_title)))
