"""Keyness: how much a phrase marks a set of papers, and which phrases mark it most.

The score is the log-odds ratio against a reference in standard errors, of the papers that have the phrase outside
longer ones, times what its length says, more where titles have it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pubcli.language.phrases import is_general, phrase_key
from pubcli.language.postings import PhraseOccurrences, outside
from pubcli.language.significance import log_odds

RANKED = 1_000
"""Topics of the highest score: those that are looked at for a trend and sorted."""
_GENERAL = 1_000, {False: 5, True: 150}
"""Abstracts of general English, and in how many of them a phrase is supposed to be, also one of general words only."""
_FEWEST = 10
"""Papers of a reference."""
_LENGTH = (0.4, 1.0, 1.2, 1.3)
"""How much a phrase of one, two, three, four words says: longer ones are rarer, and mean one thing."""
_TITLES = 0.5
"""How much more a phrase counts that always stands in the title too."""


class ReferenceCorpus(NamedTuple):
    """What a set is compared with: other papers, or, where there are none, general English of abstracts."""

    size: int = 0
    """Papers."""
    counts: Mapping[str, int] = {}
    """In how many of them each phrase is, as `joined` has it."""

    @property
    def is_general_english(self) -> bool:
        """Whether there are too few others, so that general English is the better measure."""
        return self.size < _FEWEST

    def odds(self, stems: tuple[str, ...], count: float, size: int) -> float:
        """How much more often a phrase is met in `count` of `size` papers than in the others, or in general English."""
        if self.is_general_english:
            abstracts, having = _GENERAL
            return log_odds(count, size, having[is_general(" ".join(stems))], abstracts)
        return log_odds(count, size, self.counts.get(phrase_key("".join(stems)), 0), self.size)


def ranked(
    found: Iterable[PhraseOccurrences], counts: Mapping[tuple[str, ...], int], size: int, reference: ReferenceCorpus
) -> list[tuple[PhraseOccurrences, float]]:
    """The phrases that mark a set, most telling first.

    `counts` are the papers of the set with each phrase. Of phrases that share words and stand in the same papers only
    the first is kept.
    """
    alone = outside(counts)
    scored = [
        (one, reference.odds(one.stems, alone[one.stems], size) * _weight(one)) for one in found if one.stems in alone
    ]
    telling = sorted((pair for pair in scored if pair[1] > 0), key=lambda pair: (-pair[1], pair[0].stems))
    kept: list[tuple[PhraseOccurrences, float]] = []
    words: dict[tuple[int, ...], set[str]] = defaultdict(set)
    for one, score in telling[: 2 * RANKED]:
        same = words[tuple(one.papers)] if len(one.papers) <= _COMPARED else set()
        if same.isdisjoint(one.stems):
            kept.append((one, score))
        same.update(one.stems)
    return kept[:RANKED]


_COMPARED = 200
"""Papers of phrases that may stand in just the same ones."""


def _weight(one: PhraseOccurrences) -> float:
    return _LENGTH[len(one.stems) - 1] * (1 + _TITLES * one.titles / len(one.papers))
