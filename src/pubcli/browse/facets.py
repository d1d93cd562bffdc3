"""Count papers by year, category, author and more, and select the papers that have one of the values.

Unlike a condition of the query language, a value selects exactly the papers that were counted for it.
"""

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pubcli.analysis.corpus import read_reference, read_target, spell_phrases
from pubcli.language.keyness import rank_by_keyness
from pubcli.store.database import Store
from pubcli.store.sql import Selection


class Facet(NamedTuple):
    """An attribute by which papers are counted."""

    label: str
    value: str
    """SQL expression for a value of a paper; NULL if the paper has none."""
    tables: str = "paper"
    """The joined tables that the expression needs."""
    paper_id: str = "paper.id"
    descending: bool = False
    """Whether the greatest values come first, instead of those with the most papers."""


_RECORD = "paper JOIN record ON record.paper_id = paper.id"
_AUTHORS = "authorship JOIN author ON author.id = authorship.author_id LEFT JOIN alias ON alias.folded = author.folded"
_PROFILES = "listing JOIN profile ON profile.id = listing.snapshot_id"

FACETS = {
    "year": Facet("Year", "substr(paper.date, 1, 4)", descending=True),
    "category": Facet("Category", "paper.category"),
    "author": Facet("Author", "coalesce(alias.name, author.name)", _AUTHORS, "authorship.paper_id"),
    "venue": Facet("Venue", "json_extract(record.json, '$.venue')", _RECORD),
    "org": Facet("Organisation", "paper.org"),
    "keyword": Facet("Keyword", "value", f"{_RECORD}, json_each(record.json, '$.keywords')"),
    "badge": Facet("Badge", "value", f"{_RECORD}, json_each(record.json, '$.badges')"),
    "kind": Facet("Kind", "json_extract(record.json, '$.kind')", _RECORD),
    "profile": Facet("Page of", "coalesce(profile.name, profile.source)", _PROFILES, "listing.paper_id"),
}
"""The facets that are counted in SQL, in the order in which the panel shows them."""
MOST_PAPERS_WITH_TOPICS = 500
"""Topics are computed for at most this number of papers, because every abstract is read."""
MOST_VALUES = 12
"""Maximum number of values that are shown of each facet."""


class Narrowing(NamedTuple):
    """A facet and a value: only the papers with this value are shown."""

    facet: str
    label: str
    value: str
    ids: frozenset[int] | None = None
    """The papers with this value, if they were determined when the papers were counted; else None."""

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"


class Count(NamedTuple):
    """A value of a facet, and the number of papers that have it."""

    narrowing: Narrowing
    papers: int


def all_counts(store: Store, ids: Sequence[int], total: int) -> Iterator[list[Count]]:
    """Yield the counts of each facet that has values for some papers, the topics last.

    `ids` are the ids of the papers, and `total` is the number of all papers of the store.
    """
    for name in FACETS:
        if values := counts(store, name, ids, are_all=len(ids) == total):
            yield values
    if 1 < len(ids) <= MOST_PAPERS_WITH_TOPICS and (values := topic_counts(store, ids)):
        yield values


def counts(store: Store, name: str, ids: Sequence[int], *, are_all: bool) -> list[Count]:
    """Count the values of a facet among the papers `ids`, the most frequent value first.

    Set `are_all` if `ids` are all papers of the store: then they are counted faster.
    """
    facet = FACETS[name]
    chosen = "1" if are_all else f"{facet.paper_id} IN (SELECT value FROM json_each(?))"
    order = "value DESC" if facet.descending else "papers DESC, value"
    statement = (
        f"SELECT {facet.value} AS value, count(DISTINCT {facet.paper_id}) AS papers FROM {facet.tables} "
        f"WHERE {chosen} AND {facet.value} IS NOT NULL GROUP BY {facet.value} ORDER BY {order} LIMIT ?"
    )
    values = () if are_all else (json.dumps(list(ids)),)
    rows = store.execute(statement, (*values, MOST_VALUES))
    return [Count(Narrowing(name, facet.label, str(value)), papers) for value, papers in rows]


def topic_counts(store: Store, ids: Sequence[int]) -> list[Count]:
    """Return the phrases that characterise some papers, compared with all others, the most characteristic first."""
    selection = Selection("paper", "paper.id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),), None)
    corpus, reference = read_target(store, selection), read_reference(store, selection)
    numbers = {phrase.stems: len(phrase.papers) for phrase in corpus.phrases}
    ranked = rank_by_keyness(corpus.phrases, numbers, len(corpus.papers), reference)[:MOST_VALUES]
    spellings = spell_phrases(corpus, [phrase for phrase, _ in ranked])
    return [
        Count(
            Narrowing(
                "topic", "Topic", spellings[phrase.stems], frozenset(corpus.papers[at].id for at in phrase.papers)
            ),
            len(phrase.papers),
        )
        for phrase, _ in ranked
    ]


def matching_ids(store: Store, narrowing: Narrowing) -> frozenset[int]:
    """Return the ids of the papers that have a value in a facet."""
    if narrowing.ids is not None:
        return narrowing.ids
    facet = FACETS[narrowing.facet]
    statement = f"SELECT {facet.paper_id} FROM {facet.tables} WHERE {facet.value} = ?"
    return frozenset(row[0] for row in store.execute(statement, (narrowing.value,)))
