"""Build two corpora: the selected papers with their phrases, and a reference corpus of other papers.

The module `keyness` compares the two corpora to find the phrases that are characteristic of the selected papers.
"""

import json
from collections.abc import Iterator, Sequence
from math import sqrt
from typing import NamedTuple

from pubcli.language.keyness import ReferenceCorpus
from pubcli.language.postings import PhraseOccurrences, Postings, common_spellings
from pubcli.store.ask import records
from pubcli.store.database import Store
from pubcli.store.sql import Selection

MAX_REFERENCE_PAPERS = 5_000
"""Maximum number of papers in a reference corpus. If there are more papers, a sample at regular intervals is used."""
MAX_TARGET_PAPERS = 3_000
"""Maximum number of papers in a sample of the selected papers. In a sample of this size, the share of papers with a
topic differs from the share in all selected papers by at most 1.8 percentage points, 19 times out of 20."""

_EXAMPLES = 3
_SPELLING_SAMPLE = 25
"""Maximum number of papers that are read to find the most frequent spelling of a phrase."""


class CorpusPaper(NamedTuple):
    """A paper, with the data that the analysis of phrases needs."""

    id: int
    key: str
    year: int | None
    """The year, or None if it is unknown."""
    year_assumed: bool


class TargetCorpus(NamedTuple):
    """The selected papers and their phrases."""

    store: Store
    papers: Sequence[CorpusPaper]
    phrases: Sequence[PhraseOccurrences]
    """Phrases in at least two papers, or all phrases if there is only one paper."""
    max_undercount: int
    """The count of a phrase may be too low by up to this number of papers; see `Postings.max_undercount`."""


_TEXTS = """
SELECT id, key, CAST(substr(date, 1, 4) AS INTEGER) AS year, date_assumed, json
FROM paper JOIN record ON record.paper_id = id WHERE id IN ({ids}) ORDER BY id
"""


class Sample(NamedTuple):
    """A selection of papers, or a sample of it that is large enough to find topics."""

    selection: Selection
    size: int
    """Number of papers in the sample."""
    whole: int
    """Number of papers in the selection from which the sample is taken."""

    def messages(self) -> Iterator[str]:
        """Yield a sentence that says that this is only a sample, unless it has all papers."""
        if self.size < self.whole:
            error = 100 * 1.96 * 0.5 / sqrt(self.size)
            yield (
                f"topics are counted in {self.size:,} of the {self.whole:,} papers, sampled at regular intervals; "
                f"shares of all papers may differ by {error:.1f} percentage points"
            )


def sample(store: Store, selection: Selection) -> Sample:
    """Return a sample of the selected papers, or all of them if they are few enough.

    Papers of one page have consecutive ids, so a sample at regular intervals has papers of all pages.
    """
    statement = f"SELECT id FROM paper WHERE id IN ({selection.ids}) ORDER BY id"
    ids = [row[0] for row in store.execute(statement, selection.values)]
    if len(ids) <= MAX_TARGET_PAPERS:
        return Sample(selection, len(ids), len(ids))
    chosen = json.dumps(_sample(ids, MAX_TARGET_PAPERS))
    sampled = Selection("paper", "paper.id IN (SELECT value FROM json_each(?))", (chosen,), None)
    return Sample(sampled, MAX_TARGET_PAPERS, len(ids))


def read_target(store: Store, selection: Selection) -> TargetCorpus:
    """Read the selected papers, and extract the phrases from their titles and abstracts."""
    papers, postings = [], Postings()
    for row in store.execute(_TEXTS.format(ids=selection.ids), selection.values):
        papers.append(CorpusPaper(row["id"], row["key"], row["year"], bool(row["date_assumed"])))
        postings.add(*_title_and_abstract(row["json"]))
    return TargetCorpus(store, papers, postings.occurrences(min(2, len(papers))), postings.max_undercount)


def _title_and_abstract(record: str) -> tuple[str, str]:
    paper = json.loads(record)
    return paper["title"], paper["abstract"] or ""


def read_reference(store: Store, selection: Selection) -> ReferenceCorpus:
    """Read the papers that are not selected, or a sample of them, and count their phrases."""
    statement = f"SELECT id FROM paper WHERE id NOT IN ({selection.ids}) ORDER BY id"
    ids = [row[0] for row in store.execute(statement, selection.values)]
    postings = Postings()
    for record in records(store, _sample(ids, MAX_REFERENCE_PAPERS)):
        postings.add(*_title_and_abstract(record))
    return ReferenceCorpus(postings.size, {phrase.key: len(phrase.papers) for phrase in postings.occurrences()})


def _sample(numbers: Sequence[int], size: int) -> Sequence[int]:
    """Return `numbers`, which identify papers. If there are more than `size`, return `size` of them, evenly spaced."""
    if len(numbers) <= size:
        return numbers
    return [numbers[position * len(numbers) // size] for position in range(size)]


def example_keys(corpus: TargetCorpus, phrase: PhraseOccurrences) -> list[str]:
    """Return the citation keys of up to three papers that contain a phrase.

    Papers with the phrase in the title come before all other papers. Apart from that, newer papers come first.
    """
    papers = [corpus.papers[number] for number in phrase.papers]
    in_title = set(phrase.in_title)
    pairs = zip(phrase.papers, papers, strict=True)
    ranked = sorted(pairs, key=lambda pair: (pair[0] not in in_title, -(pair[1].year or 0)))
    return [paper.key for _, paper in ranked[:_EXAMPLES]]


def spell_phrases(
    corpus: TargetCorpus, phrases: Sequence[PhraseOccurrences], papers: int = _SPELLING_SAMPLE
) -> dict[tuple[str, ...], str]:
    """Return the most frequent spelling of each phrase in a sample of papers. The keys are the stems of the phrases.

    `papers` is the number of papers with a phrase in the sample.
    """
    sample = {number for phrase in phrases for number in _sample(phrase.papers, papers)}
    texts = records(corpus.store, [corpus.papers[number].id for number in sorted(sample)])
    stems = {phrase.stems: " ".join(phrase.stems) for phrase in phrases}
    return stems | common_spellings(map(_title_and_abstract, texts), phrases)


def undercount_notes(corpus: TargetCorpus) -> Iterator[str]:
    """Yield a note if phrases were dropped to save memory. The note states by how much counts may be too low."""
    if corpus.max_undercount:
        yield (
            "rare phrases were dropped during counting: "
            f"the count of each spelling may be too low by up to {corpus.max_undercount:,} papers"
        )
