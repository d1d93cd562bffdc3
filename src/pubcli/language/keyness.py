"""Rank phrases by keyness, that is, by how characteristic they are of a set of papers.

The score of a phrase is a log-odds ratio divided by its standard error. The ratio compares two shares of papers that
contain the phrase: the share in the set and the share in a reference corpus. In the set, occurrences inside a longer
phrase do not count. The score is multiplied by three weights. The first weight grows with the number of words in the
phrase. The second weight is greater if more of the papers have the phrase in the title. The third weight is greater if
many papers of the set contain one of the words of the phrase. If half of the papers mention floods, `flood peaks` gets
a higher score than `ganglion cells`, although each phrase is in two papers.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import log
from typing import NamedTuple

from pubcli.language.phrases import distinctive_stems, is_general, phrase_key
from pubcli.language.postings import PhraseOccurrences, counts_outside_longer_phrases
from pubcli.language.significance import log_odds

MAX_RANKED = 1_000
"""Maximum number of phrases in a ranking. Only these phrases are checked for a trend and sorted."""
_ENGLISH_ABSTRACTS, _ENGLISH_COUNTS = 1_000, {False: 5, True: 150}
"""Assumptions about general English: the number of abstracts, and the number of abstracts that contain a phrase.

The key True is for phrases that consist of general words only. The key False is for all other phrases.
"""
_MIN_REFERENCE_PAPERS = 10
_LENGTH_WEIGHTS = (0.4, 1.0, 1.2, 1.3)
"""Weights of phrases of one to four words. Longer phrases weigh more, because they are rarer and less ambiguous."""
_TITLE_WEIGHT = 0.5
"""Fraction added to a score if all papers with the phrase have the phrase in the title. Fewer titles add less."""
_WORD_WEIGHT = 0.1
"""Fraction added to the score of a phrase of several words each time the number of papers with its most frequent
distinctive word grows by the factor e. Higher fractions ranked the judged topics (fixtures/judged) worse."""


class ReferenceCorpus(NamedTuple):
    """The papers with which a set is compared. If these papers are too few, general English is used instead."""

    size: int = 0
    """Number of papers."""
    counts: Mapping[str, int] = {}
    """Maps the `phrase_key` of each phrase to the number of these papers that contain the phrase."""

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

    `counts` maps the stems of each phrase to the number of papers of the set that contain the phrase. Of phrases that
    name the same topic, only the phrase with the highest score is kept.
    """
    outside = counts_outside_longer_phrases(counts)
    scored = [
        (phrase, reference.log_odds(phrase.stems, outside[phrase.stems], size) * _weight(phrase, counts))
        for phrase in phrases
        if phrase.stems in outside
    ]
    ranked = sorted((pair for pair in scored if pair[1] > 0), key=lambda pair: (-pair[1], pair[0].stems))
    return _distinct(ranked[: 2 * MAX_RANKED])[:MAX_RANKED]


def _distinct(ranked: list[tuple[PhraseOccurrences, float]]) -> list[tuple[PhraseOccurrences, float]]:
    """Return the phrases of a ranking, without each phrase that names the same topic as a phrase ranked above it.

    Two phrases name the same topic if they share a word that is not general, and if at least half of the papers with
    either phrase contain both: `differential privacy` and `differentially private`. A phrase in more than
    `_MAX_COMPARED_PAPERS` papers is always kept.
    """
    distinct: list[tuple[PhraseOccurrences, float]] = []
    by_stem: dict[str, list[frozenset[int]]] = defaultdict(list)
    for phrase, score in ranked:
        if len(phrase.papers) > _MAX_COMPARED_PAPERS:
            distinct.append((phrase, score))
            continue
        papers = frozenset(phrase.papers)
        stems = [stem for stem in phrase.stems if not is_general(stem)] or list(phrase.stems)
        rivals = (other for stem in stems for other in by_stem[stem])
        if not any(len(papers & other) >= _SAME_TOPIC * len(papers | other) for other in rivals):
            distinct.append((phrase, score))
        for stem in stems:
            by_stem[stem].append(papers)
    return distinct


_SAME_TOPIC = 0.5
"""Two phrases name the same topic if at least this share of the papers with either phrase contains both."""
_MAX_COMPARED_PAPERS = 200
"""A phrase in more papers than this is not compared with other phrases, so it is always kept."""


def _weight(phrase: PhraseOccurrences, counts: Mapping[tuple[str, ...], int]) -> float:
    in_titles = 1 + _TITLE_WEIGHT * phrase.titles / len(phrase.papers)
    stems = distinctive_stems(phrase.stems) if len(phrase.stems) > 1 else []
    frequent_word = 1 + _WORD_WEIGHT * log(1 + max((counts.get((stem,), 1) for stem in stems), default=0))
    return _LENGTH_WEIGHTS[len(phrase.stems) - 1] * in_titles * frequent_word
