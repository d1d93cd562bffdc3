"""Correct misspelled words of a query: words that no paper contains, when one other word is clearly the nearest."""

from __future__ import annotations

from collections.abc import Sequence

from pubcli.language.dictionary import english_words
from pubcli.language.spelling import edit_distance, is_typing_error, max_edit_distance
from pubcli.language.stop_words import STOP_WORDS
from pubcli.lazy import TYPE_CHECKING, NamedTuple, pattern
from pubcli.query.expression import Expression, Text
from pubcli.store import variants
from pubcli.text.normalize import words

if TYPE_CHECKING:
    from pubcli.store.corpus import Words

YEAR = pattern("(?:19|20)[0-9]{2}")
"""A number that means a year, and is never corrected."""
_CLEARLY_MORE_FREQUENT = 4
"""A word is clearly meant if it is in at least this many times as many papers as each other word at its distance."""


class _Candidate(NamedTuple):
    distance: int
    rank: int
    """The number of papers with the word, negative, so that the most frequent word comes first."""
    word: str

    @property
    def papers(self) -> int:
        return -self.rank


def corrected(
    corpus: Words, parts: Sequence[Expression], expanded: Sequence[Expression]
) -> tuple[list[Expression], list[str]]:
    """Return the parts of a query with misspelled words corrected, and a sentence for each correction.

    `expanded` has the variants of each part. A word is corrected only if no paper contains any of its variants.
    """
    replaced: list[Expression] = []
    notes = []
    for part, variants_of_part in zip(parts, expanded, strict=True):
        if isinstance(part, Text) and (text := _correction(corpus, part, variants_of_part)):
            notes.append(f"showing results for {text}; no paper has {part.typed or part.text}")
            replaced.append(Text(text, typed=text.replace(" ", "-")))
        else:
            replaced.append(part)
    return replaced, notes


def _correction(corpus: Words, part: Text, expanded_part: Expression) -> str | None:
    """Return the corrected spelling of a word of a query.

    Return None if a paper contains a variant of the word, or if no other word is clearly meant.
    """
    if part.prefix or YEAR.fullmatch(part.text) or variants.any_occurs(corpus, expanded_part):
        return None
    return corrected_text(corpus, part.text)


def corrected_text(corpus: Words, text: str) -> str | None:
    """Return the words of a text, folded, with each misspelled word corrected.

    Return None if a misspelled word cannot be corrected, or if no paper contains the corrected text.
    """
    corpus.fill_index()
    nearest_words = [word if variants.occurs(corpus, Text(word)) else nearest(corpus, word) for word in words(text)]
    corrected = " ".join(filter(None, nearest_words))
    return corrected if corrected and None not in nearest_words and variants.occurs(corpus, Text(corrected)) else None


def nearest(corpus: Words, word: str) -> str | None:
    """Return the word of the store that is clearly nearest to a misspelled word.

    Return None if there is no such word, or if the given word is an English word.
    """
    candidates = sorted(
        _Candidate(distance, -papers, other)
        for other, papers in variants.words_like(corpus, word, has_first_letter=True)
        if other not in STOP_WORDS
        and is_typing_error(word, other)
        and (distance := edit_distance(word, other, max_edit_distance(word))) is not None
    )
    if not candidates or word in english_words():
        return None
    best, *others = candidates
    rivals = [other for other in others if other.distance == best.distance and not _same_word(best.word, other.word)]
    if any(best.papers < _CLEARLY_MORE_FREQUENT * rival.papers for rival in rivals):
        return None
    return best.word


def _same_word(word: str, other: str) -> bool:
    """Return whether two words may be forms of one word. Then it does not matter which of them the user meant."""
    return word[: max(3, min(len(word), len(other)) - 3)] == other[: max(3, min(len(word), len(other)) - 3)]
