"""Find topics by group: the phrases that characterise the papers of a year, category, author, org or profile."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from pubcli.analysis import stats
from pubcli.analysis.corpus import TargetCorpus, example_keys, read_target, spell_phrases, undercount_notes
from pubcli.analysis.dimensions import DIMENSIONS, dimension_fields, values_of_papers
from pubcli.answer.answer import Answer, Row
from pubcli.errors import UsageError
from pubcli.language.keyness import ReferenceCorpus, rank_by_keyness
from pubcli.language.postings import PhraseOccurrences
from pubcli.query.expression import Query
from pubcli.query.language import as_query
from pubcli.store.database import Store
from pubcli.store.variants import expanded_selection
from pubcli.text.normalize import counted

if TYPE_CHECKING:
    from pubcli.answer.rows import CountRow, GroupTopicRow

GROUPS = ("year", "category", "author", "org", "profile")
"""Dimensions by which papers can be grouped. Papers with the same value form a group."""
DEFAULT_LIMIT = 5
"""Number of topics for each group if the query sets no limit."""
MAX_GROUPS = 30
"""Maximum number of groups. If there are more groups, the groups with the most papers are used."""


def topics_by_group(store: Store, by: str, query: Query | str = "") -> "Answer[GroupTopicRow]":
    """Return the phrases that characterise each group of papers, compared with the rest of the selected papers.

    A group contains the papers with one value of the dimension `by`, for example the papers of one year. `topic`,
    `score` and `keys` have the same meaning as in the function `topics`. `papers` is the number of papers of the group
    that contain the topic. `share` is the share of such papers in the group. `elsewhere` is the share of such papers
    among the other selected papers. Both shares are from 0 to 1.

    The field with the name of the dimension contains the value of the group. Rows for a year also have `assumed_dates`.
    A group of one paper has no topics. If there are more than 30 groups, the groups with the most papers are used.
    `limit` and `offset` of the query apply to the topics of each group. If `limit` is None, a group has at most 5
    topics. Raises UsageError for a dimension that is not in `GROUPS`.
    """
    if by not in GROUPS:
        raise UsageError(f"topics cannot be grouped by {by}; choose {', '.join(GROUPS)}")
    query = as_query(query)
    selection = expanded_selection(store, query.where)
    corpus = read_target(store, selection)
    counts = stats.count_by(store, by, Query(query.where)).rows
    groups = [row for row in counts if _value(row, by) is not None and row["papers"] > 1]
    largest = sorted(groups, key=lambda row: -row["papers"])[:MAX_GROUPS]
    grouping = _group(corpus, values_of_papers(store, selection, by), [_value(row, by) for row in largest])
    rows = [topic for row in groups if _value(row, by) in grouping.counts for topic in _rows(grouping, row, by, query)]
    more = len(groups) - len(largest)
    groups_are = counted(more, "group with fewer papers is", "groups with fewer papers are")
    left_out = [f"{groups_are} left out"] if more else []
    return Answer(
        "group_topics",
        (*dimension_fields(by), "topic", "papers", "share", "elsewhere", "score", "keys", *_EXTRA_FIELDS.get(by, ())),
        rows,
        by=(by,),
        notes=(*left_out, *undercount_notes(corpus), *stats.count_notes(store, selection, [by])) if rows else (),
        texts_for_none={by: DIMENSIONS[by].unknown},
    )


_EXTRA_FIELDS = {"year": ("assumed_dates",)}


def _value(row: Row, field: str) -> Any:
    return row[field]


class _Grouping(NamedTuple):
    """The papers of a corpus, divided into groups. A group is identified by its value of the dimension."""

    corpus: TargetCorpus
    of_papers: Sequence[Sequence[Any]]
    """The groups of each paper."""
    counts: Mapping[Any, Mapping[int, int]]
    """For each group, the number of papers with each phrase. The keys are the numbers of the phrases in the corpus.

    Only phrases in at least two papers of the group are included.
    """


def _group(corpus: TargetCorpus, pairs: Iterable[tuple[int, Any]], values: Sequence[Any]) -> _Grouping:
    """Form a group of papers for each of `values`. Each of `pairs` consists of the id of a paper and a value."""
    number = {paper.id: position for position, paper in enumerate(corpus.papers)}
    counts: dict[Any, dict[int, int]] = {value: {} for value in values}
    of_papers: list[list[Any]] = [[] for _ in corpus.papers]
    for id_, value in pairs:
        if value in counts:
            of_papers[number[id_]].append(value)
    for position, phrase in enumerate(corpus.phrases):
        for value, count in Counter(value for paper in phrase.papers for value in of_papers[paper]).items():
            if count > 1:
                counts[value][position] = count
    return _Grouping(corpus, of_papers, counts)


def _rows(grouping: _Grouping, group: "CountRow", by: str, query: Query) -> "Iterator[GroupTopicRow]":
    """Yield a row for each topic of one group, highest score first.

    `group` is the row that counts the papers of the group. The query limits the number of topics.
    """
    corpus, value = grouping.corpus, _value(group, by)
    size, rest = group["papers"], len(corpus.papers) - group["papers"]
    phrases = [corpus.phrases[number] for number in grouping.counts[value]]
    inside = {phrase.stems: count for phrase, count in zip(phrases, grouping.counts[value].values(), strict=True)}
    elsewhere = {phrase.key: len(phrase.papers) - inside[phrase.stems] for phrase in phrases}
    scores = rank_by_keyness(phrases, inside, size, ReferenceCorpus(rest, elsewhere))[query.window(DEFAULT_LIMIT)]
    topics = [_within(phrase, grouping.of_papers, value) for phrase, _ in scores]
    spellings = spell_phrases(corpus, topics)
    for topic, (_, score) in zip(topics, scores, strict=True):
        row: Any = {
            by: value,
            "topic": spellings[topic.stems],
            "papers": inside[topic.stems],
            "share": round(inside[topic.stems] / size, 4),
            "elsewhere": round(elsewhere[topic.key] / rest, 4) if rest else None,
            "score": round(score, 3),
            "keys": example_keys(corpus, topic),
            **{field: _value(group, field) for field in _EXTRA_FIELDS.get(by, ())},
        }
        yield row


def _within(phrase: PhraseOccurrences, of_papers: Sequence[Sequence[Any]], value: Any) -> PhraseOccurrences:
    """Return a phrase with its occurrences in the papers of one group only. `value` identifies the group."""
    papers = [paper for paper in phrase.papers if value in of_papers[paper]]
    in_title = [paper for paper in phrase.in_title if value in of_papers[paper]]
    return phrase._replace(papers=papers, in_title=in_title)
