"""Rank phrases by keyness, that is, by how characteristic they are of a set of papers.

The score of a phrase is a log-odds ratio divided by its standard error. The ratio compares how many papers of the set
and how many papers of a reference corpus contain the phrase. In the set, occurrences inside a longer phrase do not
count. The score is multiplied by two weights: one for the length of the phrase, and one for the share of its papers
that have it in the title.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pubcli.language.phrases import is_general, phrase_key
from pubcli.language.postings import PhraseOccurrences, counts_outside_longer_phrases
from pubcli.language.significance import log_odds

MAX_RANKED = 1_000
"""Maximum number of phrases in a ranking. Only these phrases are checked for a trend and sorted."""
_ENGLISH_ABSTRACTS, _ENGLISH_COUNTS = 1_000, {False: 5, True: 150}
"""The size of an assumed corpus of general English abstracts, and the assumed number of them that contain a phrase.

The key True is for phrases of general words only, the key False for all other phrases.
"""
_MIN_REFERENCE_PAPERS = 10
_LENGTH_WEIGHTS = (0.4, 1.0, 1.2, 1.3)
"""Weights of phrases of one to four words. Longer phrases weigh more, because they are rarer and less ambiguous."""
_TITLE_WEIGHT = 0.5
"""The fraction by which a score grows if all papers of a phrase have it in the title; otherwise it grows by less."""


class ReferenceCorpus(NamedTuple):
    """The papers that a set is compared with. If they are too few, the set is compared with general English instead."""

    size: int = 0
    """Number of papers."""
    counts: Mapping[str, int] = {}
    """Number of these papers that contain each phrase. The keys are those of `phrase_key`."""

    @property
    def is_general_english(self) -> bool:
        """Whether this corpus has so few papers that general English is the better reference."""
        return self.size < _MIN_REFERENCE_PAPERS

    def log_odds(self, stems: tuple[str, ...], count: float, size: int) -> float:
        """Return how much more frequent a phrase is in a set than in this corpus, in standard errors.

        `count` of the `size` papers of the set contain the phrase.
        """
        if self.is_general_english:
            return log_odds(count, size, _ENGLISH_COUNTS[is_general(" ".join(stems))], _ENGLISH_ABSTRACTS)
        return log_odds(count, size, self.counts.get(phrase_key("".join(stems)), 0), self.size)


def rank_by_keyness(
    phrases: Iterable[PhraseOccurrences], counts: Mapping[tuple[str, ...], int], size: int, reference: ReferenceCorpus
) -> list[tuple[PhraseOccurrences, float]]:
    """Return the characteristic phrases of a set of `size` papers with their scores, highest score first.

    `counts` maps the stems of each phrase to the number of papers of the set that contain it. If phrases share
    words and occur in exactly the same papers, only the one with the highest score is kept.
    """
    outside = counts_outside_longer_phrases(counts)
    scored = [
        (phrase, reference.log_odds(phrase.stems, outside[phrase.stems], size) * _weight(phrase))
        for phrase in phrases
        if phrase.stems in outside
    ]
    ranked = sorted((pair for pair in scored if pair[1] > 0), key=lambda pair: (-pair[1], pair[0].stems))
    distinct: list[tuple[PhraseOccurrences, float]] = []
    words: dict[tuple[int, ...], set[str]] = defaultdict(set)
    for phrase, score in ranked[: 2 * MAX_RANKED]:
        used_stems = words[tuple(phrase.papers)] if len(phrase.papers) <= _MAX_COMPARED_PAPERS else set()
        if used_stems.isdisjoint(phrase.stems):
            distinct.append((phrase, score))
        used_stems.update(phrase.stems)
    return distinct[:MAX_RANKED]


_MAX_COMPARED_PAPERS = 200
"""A phrase in more papers than this is not compared with other phrases that occur in exactly the same papers."""


def _weight(phrase: PhraseOccurrences) -> float:
    return _LENGTH_WEIGHTS[len(phrase.stems) - 1] * (1 + _TITLE_WEIGHT * phrase.titles / len(phrase.papers))
