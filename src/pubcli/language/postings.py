"""In which papers phrases stand, counted in one pass.

Most phrases stand in one paper and never again. When there are too many, those that were met in the fewest papers are
forgotten, as in lossy counting (Manku and Motwani 2002, Approximate frequency counts over data streams), so that the
memory for rare phrases is bounded; a frequent one takes four bytes for each paper.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pubcli.language.phrases import phrase_key, phrases, spelled_phrases

MOST = 300_000
"""Phrases that are held before rare ones are forgotten."""


class PhraseOccurrences(NamedTuple):
    """A phrase and where it stands."""

    stems: tuple[str, ...]
    """As most papers have it, where they differ in blanks and hyphens."""
    papers: Sequence[int]
    """Numbers of papers, from 0, ascending."""
    in_title: Sequence[int]
    """Those of them that have it in the title."""

    @property
    def key(self) -> str:
        """What it has in common with phrases that differ from it in blanks and hyphens only."""
        return phrase_key("".join(self.stems))

    @property
    def titles(self) -> int:
        """In how many titles it stands."""
        return len(self.in_title)


class Postings:
    """Phrases of papers that are added one after the other."""

    def __init__(self, most: int = MOST) -> None:
        self.size = 0
        """Papers added."""
        self.missed = 0
        """So many papers may be missing from what is told of a phrase, as it had been forgotten after them."""
        self._most = most
        # A place is twice the number of a paper, and one more where the title has the phrase. The first one is a plain
        # number: an array for each of the many phrases that never come again would take most of the memory.
        self._places: dict[str, int | array[int]] = {}

    def add(self, title: str, abstract: str) -> None:
        """Count the phrases of one more paper."""
        in_title, known = set(phrases(title)), self._places
        for phrase in in_title.union(phrases(abstract)):
            place = 2 * self.size + (phrase in in_title)
            places = known.setdefault(phrase, place)
            if isinstance(places, array):
                places.append(place)
            elif places != place:
                known[phrase] = array("I", (places, place))
        self.size += 1
        if len(known) > self._most:
            self._forget()

    def _forget(self) -> None:
        """Keep the more frequent half at most; what is forgotten depends on counts alone."""
        fewest = 0
        while len(self._places) > self._most // 2:
            fewest += 1
            # Nearly all are rare, and numbers: of arrays alone is it asked how long they are.
            self._places = {
                phrase: places
                for phrase, places in self._places.items()
                if isinstance(places, array) and len(places) > fewest
            }
        self.missed += fewest

    def found(self, fewest: int = 1) -> list[PhraseOccurrences]:
        """The phrases of so many papers at least, those that differ in blanks and hyphens as one, in a fixed order."""
        alike: dict[str, list[str]] = defaultdict(list)
        for phrase in self._places:
            alike[phrase_key(phrase)].append(phrase)
        enough = (group for group in alike.values() if sum(_count(self._places[one]) for one in group) >= fewest)
        merged = sorted((self._merged(group) for group in enough), key=lambda one: one.key)
        return [one for one in merged if len(one.papers) >= fewest]

    def _merged(self, group: list[str]) -> PhraseOccurrences:
        best = max(group, key=lambda phrase: (_count(self._places[phrase]), phrase))
        if len(group) == 1 and isinstance(places := self._places[best], array):
            numbers = array("I", (place >> 1 for place in places))
            return PhraseOccurrences(
                tuple(best.split()), numbers, array("I", (place >> 1 for place in places if place & 1))
            )
        papers: dict[int, int] = {}
        for phrase in group:
            places = self._places[phrase]
            for place in places if isinstance(places, array) else (places,):
                papers[place >> 1] = papers.get(place >> 1, 0) | (place & 1)
        numbers = array("I", sorted(papers) if len(group) > 1 else papers)
        return PhraseOccurrences(
            tuple(best.split()), numbers, array("I", (paper for paper in numbers if papers[paper]))
        )


def _count(places: "int | array[int]") -> int:
    return 1 if isinstance(places, int) else len(places)


def outside(counts: Mapping[tuple[str, ...], int]) -> dict[tuple[str, ...], float]:
    """The papers of each phrase without what is due to longer phrases that it is part of.

    This is the rule of C-value (Frantzi, Ananiadou and Mima 2000, Automatic recognition of multi-word terms): the mean
    of the longer ones' numbers is taken off. A phrase that no paper has outside a longer one is left out.
    """
    longer: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for stems, count in counts.items():
        for part in _parts(stems):
            longer[part].append(count)
    return {
        stems: count - sum(longer[stems]) / len(longer[stems]) if stems in longer else float(count)
        for stems, count in counts.items()
        if max(longer.get(stems, ()), default=0) < count
    }


def _parts(stems: tuple[str, ...]) -> set[tuple[str, ...]]:
    size = len(stems)
    spans = ((start, end) for start in range(size) for end in range(start + 1, size + 1) if end - start < size)
    return {stems[start:end] for start, end in spans}


def spellings(texts: Iterable[tuple[str, str]], wanted: Iterable[PhraseOccurrences]) -> dict[tuple[str, ...], str]:
    """Each wanted phrase as abstracts write it most often, or titles, where no abstract has it.

    Of equally frequent spellings the one in small letters is taken. Texts are titles with abstracts; a phrase that
    none of them has is missing.
    """
    keys = {one.key: one.stems for one in wanted}
    counts: dict[str, tuple[Counter[str], Counter[str]]] = {key: (Counter(), Counter()) for key in keys}
    for title, abstract in texts:
        for rank, text in enumerate((abstract, title)):
            for key, words in spelled_phrases(text):
                if key in keys:
                    counts[key][rank][words] += 1
    usual = {key: abstracts or titles for key, (abstracts, titles) in counts.items()}
    return {keys[key]: _usual(written) for key, written in usual.items() if written}


def _usual(written: Counter[str]) -> str:
    return min(written, key=lambda words: (-written[words], words.swapcase()))
