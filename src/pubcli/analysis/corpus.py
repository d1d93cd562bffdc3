"""The selected papers with their phrases, and what they are compared with."""

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pubcli.language.keyness import ReferenceCorpus
from pubcli.language.postings import PhraseOccurrences, Postings, spellings
from pubcli.store.ask import records
from pubcli.store.database import Store
from pubcli.store.sql import Selection

OTHERS = 5_000
"""Papers of the rest that are compared with, at even distances where there are more."""

_EXAMPLES = 3
_SPELLED = 25
"""Papers in which it is looked up how a phrase is written."""


class CorpusPaper(NamedTuple):
    """What is kept of a paper while its phrases are weighed; `year` is None when it is unknown."""

    id: int
    key: str
    year: int | None
    assumed: bool


class Corpus(NamedTuple):
    """The selected papers, with their phrases."""

    store: Store
    papers: Sequence[CorpusPaper]
    found: Sequence[PhraseOccurrences]
    missed: int


_TEXTS = """
SELECT id, key, CAST(substr(date, 1, 4) AS INTEGER) AS year, date_assumed, json
FROM paper JOIN record ON record.paper_id = id WHERE id IN ({ids}) ORDER BY id
"""


def read(store: Store, chosen: Selection) -> Corpus:
    """The selected papers and their phrases, in one pass over their texts."""
    papers, postings = [], Postings()
    for row in store.execute(_TEXTS.format(ids=chosen.ids), chosen.values):
        papers.append(CorpusPaper(row["id"], row["key"], row["year"], bool(row["date_assumed"])))
        postings.add(*_text(row["json"]))
    return Corpus(store, papers, postings.found(min(2, len(papers))), postings.missed)


def _text(record: str) -> tuple[str, str]:
    paper = json.loads(record)
    return paper["title"], paper["abstract"] or ""


def rest(store: Store, chosen: Selection) -> ReferenceCorpus:
    """What is not selected, or as much of it as is looked at."""
    statement = f"SELECT id FROM paper WHERE id NOT IN ({chosen.ids}) ORDER BY id"
    ids = [row[0] for row in store.execute(statement, chosen.values)]
    taken = ids if len(ids) <= OTHERS else [ids[at * len(ids) // OTHERS] for at in range(OTHERS)]
    postings = Postings()
    for text in records(store, taken):
        postings.add(*_text(text))
    return ReferenceCorpus(postings.size, {one.key: len(one.papers) for one in postings.found()})


def keys(corpus: Corpus, one: PhraseOccurrences) -> list[str]:
    """Keys of examples: papers with the phrase in the title first, then the newest."""
    papers = [corpus.papers[number] for number in one.papers]
    titles = set(one.in_title)
    order = sorted(zip(one.papers, papers, strict=True), key=lambda pair: (pair[0] not in titles, -(pair[1].year or 0)))
    return [paper.key for _, paper in order[:_EXAMPLES]]


def names(corpus: Corpus, topics: Sequence[PhraseOccurrences]) -> dict[tuple[str, ...], str]:
    """How each topic is written most often, in papers at even distances where there are many."""
    looked_at = {number for one in topics for number in _even(one.papers, _SPELLED)}
    texts = records(corpus.store, (corpus.papers[number].id for number in sorted(looked_at)))
    return {one.stems: " ".join(one.stems) for one in topics} | spellings(map(_text, texts), topics)


def _even(numbers: Sequence[int], most: int) -> Sequence[int]:
    if len(numbers) <= most:
        return numbers
    return [numbers[at * len(numbers) // most] for at in range(most)]


def forgotten(corpus: Corpus) -> Iterator[str]:
    """What a reader must know of the counts, when there were too many phrases."""
    if corpus.missed:
        yield f"rare phrases were forgotten on the way: of each spelling up to {corpus.missed:,} papers may be missing"
