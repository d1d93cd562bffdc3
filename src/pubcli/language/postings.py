"""Collect the papers that contain each phrase (postings) in one pass over the papers.

Most phrases occur in one paper only. If there are too many phrases, the phrases in the fewest papers are dropped, as in
lossy counting (Manku and Motwani 2002, Approximate frequency counts over data streams). This bounds the memory for rare
phrases. A frequent phrase takes four bytes for each paper that contains it.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pubcli.language.phrases import phrase_key, phrases, spelled_phrases

MAX_PHRASES = 300_000
"""Maximum number of phrases in memory. If there are more, rare phrases are dropped."""


class PhraseOccurrences(NamedTuple):
    """A phrase and the papers that contain it."""

    stems: tuple[str, ...]
    """The stems of the phrase. If its forms differ in blanks or hyphens, the most frequent form counts."""
    papers: Sequence[int]
    """Numbers of the papers that contain the phrase, in ascending order. The first paper has the number 0."""
    in_title: Sequence[int]
    """Numbers of the papers that have the phrase in the title."""

    @property
    def key(self) -> str:
        """The `phrase_key` of the phrase. Phrases that differ only in blanks and hyphens have the same key."""
        return phrase_key("".join(self.stems))

    @property
    def titles(self) -> int:
        """The number of titles that contain the phrase."""
        return len(self.in_title)


class Postings:
    """The papers that contain each phrase. The papers are added one after the other."""

    def __init__(self, max_phrases: int = MAX_PHRASES) -> None:
        self.size = 0
        """Number of papers added."""
        self.max_undercount = 0
        """Any count may be too low by up to this number of papers, because the phrase may have been dropped earlier."""
        self._max_phrases = max_phrases
        # A place is twice the number of a paper, plus one if the title contains the phrase. A single place is stored as
        # a plain number: most phrases have only one place, and an array for each phrase would take most of the memory.
        self._places: dict[str, int | array[int]] = {}

    def add(self, title: str, abstract: str) -> None:
        """Count the phrases of one more paper."""
        in_title, places_by_phrase = set(phrases(title)), self._places
        for phrase in in_title.union(phrases(abstract)):
            place = 2 * self.size + (phrase in in_title)
            places = places_by_phrase.setdefault(phrase, place)
            if isinstance(places, array):
                places.append(place)
            elif places != place:
                places_by_phrase[phrase] = array("I", (places, place))
        self.size += 1
        if len(places_by_phrase) > self._max_phrases:
            self._drop_rare_phrases()

    def _drop_rare_phrases(self) -> None:
        """Drop the rarest phrases until at most half of the maximum number of phrases is left.

        Phrases that occur in equally many papers are dropped together.
        """
        fewest = 0
        while len(self._places) > self._max_phrases // 2:
            fewest += 1
            # A plain number stands for a single paper. A phrase in a single paper is always dropped.
            self._places = {
                phrase: places
                for phrase, places in self._places.items()
                if isinstance(places, array) and len(places) > fewest
            }
        self.max_undercount += fewest

    def occurrences(self, min_papers: int = 1) -> list[PhraseOccurrences]:
        """Return the phrases that occur in at least `min_papers` papers, sorted by key.

        Phrases that differ only in blanks and hyphens are merged.
        """
        forms: dict[str, list[str]] = defaultdict(list)
        for phrase in self._places:
            forms[phrase_key(phrase)].append(phrase)
        frequent = (
            group for group in forms.values() if sum(_count(self._places[form]) for form in group) >= min_papers
        )
        merged = sorted((self._merge(group) for group in frequent), key=lambda phrase: phrase.key)
        return [phrase for phrase in merged if len(phrase.papers) >= min_papers]

    def _merge(self, forms: list[str]) -> PhraseOccurrences:
        stems = tuple(max(forms, key=lambda form: (_count(self._places[form]), form)).split())
        if len(forms) == 1 and isinstance(places := self._places[forms[0]], array):
            numbers = array("I", (place >> 1 for place in places))
            return PhraseOccurrences(stems, numbers, array("I", (place >> 1 for place in places if place & 1)))
        papers: dict[int, int] = {}
        for form in forms:
            places = self._places[form]
            for place in places if isinstance(places, array) else (places,):
                papers[place >> 1] = papers.get(place >> 1, 0) | (place & 1)
        numbers = array("I", sorted(papers) if len(forms) > 1 else papers)
        return PhraseOccurrences(stems, numbers, array("I", (paper for paper in numbers if papers[paper])))


def _count(places: "int | array[int]") -> int:
    return 1 if isinstance(places, int) else len(places)


def counts_outside_longer_phrases(counts: Mapping[tuple[str, ...], int]) -> dict[tuple[str, ...], float]:
    """Return the count of each phrase minus the mean count of the longer phrases that contain it.

    Counts are numbers of papers. This is the rule of C-value (Frantzi, Ananiadou and Mima 2000, Automatic recognition
    of multi-word terms). A phrase is left out if a longer phrase that contains it has the same count.
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


def common_spellings(
    texts: Iterable[tuple[str, str]], occurrences: Iterable[PhraseOccurrences]
) -> dict[tuple[str, ...], str]:
    """Map the stems of each phrase to its most frequent spelling.

    `texts` are pairs of title and abstract. Spellings in titles count only if no abstract contains the phrase. Of
    equally frequent spellings, a spelling in lower case is preferred. The result omits phrases that no text contains.
    """
    stems = {phrase.key: phrase.stems for phrase in occurrences}
    counts: dict[str, tuple[Counter[str], Counter[str]]] = {key: (Counter(), Counter()) for key in stems}
    for title, abstract in texts:
        for rank, text in enumerate((abstract, title)):
            for key, words in spelled_phrases(text):
                if key in stems:
                    counts[key][rank][words] += 1
    spellings = {key: in_abstracts or in_titles for key, (in_abstracts, in_titles) in counts.items()}
    return {stems[key]: _most_frequent(variants) for key, variants in spellings.items() if variants}


def _most_frequent(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda words: (-spellings[words], words.swapcase()))
