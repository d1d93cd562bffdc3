"""Find the acronyms that a text defines: `empirical risk minimization (ERM)`, or `ERM (empirical risk minimization)`.

The rule is that of Schwartz and Hearst 2003, A simple algorithm for identifying abbreviation definitions in biomedical
text: each letter of the acronym occurs in the words before the parenthesis, in order, and its first letter begins one
of them. Every word of the long form must also contribute a letter, except function words, and one word of a long
acronym. So a word before the long form is never taken for a part of it.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pubcli.text.normalize import fold

_PARENTHESIS = re.compile(r"\(([^()]{2,80})\)")
_SHORT = re.compile(r"[A-Za-z][\w/&.-]{1,9}")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*", re.UNICODE)
_LONG = 4
"""Letters from which an acronym may leave out one word: `data augmented loss invariant regularization (DAIR)`."""
_FUNCTION_WORDS = frozenset("a an and at by for from in into of on or over per the to under via with".split())
_SENTENCE_END = re.compile(r"[.;:?!]\s")


class Acronym(NamedTuple):
    """An acronym and its long form, as a text writes them."""

    short: str
    long: str


def acronyms(text: str) -> Iterator[Acronym]:
    """Yield the acronyms that a text defines, each as often as it is defined."""
    if "(" not in text:
        return
    for match in _PARENTHESIS.finditer(text):
        before, inside = text[: match.start()].rstrip(), re.split(r"[,;:]", match[1])[0].strip()
        if _is_acronym(inside):
            if long := _long_form(inside, before):
                yield Acronym(_singular(inside), long)
        elif (word := before.rpartition(" ")[2]) and _is_acronym(word) and _spells(word, _WORD.findall(inside)):
            yield Acronym(_singular(word), inside)


def _is_acronym(text: str) -> bool:
    """Return whether a text may be an acronym: 2 to 10 characters, with two capitals or a capital and a digit."""
    return bool(_SHORT.fullmatch(text)) and (sum(char.isupper() for char in text) > 1)


def _singular(short: str) -> str:
    """Return an acronym without the s of its plural: LLMs."""
    return short[:-1] if short.endswith("s") and short[-2:-1].isupper() else short


def _long_form(short: str, before: str) -> str | None:
    """Return the shortest sequence of words at the end of a text that an acronym stands for."""
    sentence = _SENTENCE_END.split(before[-200:])[-1]
    words = list(_WORD.finditer(sentence))
    letters = [char for char in _singular(short) if char.isalnum()]
    for start in range(len(words) - 1, max(-1, len(words) - 1 - min(len(letters) + 5, 2 * len(letters))), -1):
        if _spells(short, [word[0] for word in words[start:]]):
            return " ".join(sentence[words[start].start() :].split())
    return None


def _spells(short: str, words: list[str]) -> bool:
    """Return whether the letters of an acronym occur in the words, in order, and the words contribute to them."""
    letters = [fold(char) for char in _singular(short) if char.isalnum()]
    parts = [part for word in words for part in fold(word).replace("’", "'").split("-") if part]
    if not letters or not parts or parts[0][0] != letters[0] or len(parts) > 2 * len(letters):
        return False
    return _matches(letters, parts, len(letters) >= _LONG)


def _matches(letters: list[str], parts: list[str], may_skip: bool) -> bool:
    """Return whether the parts spell the letters. With `may_skip`, one part but the last need not contribute."""
    if not parts:
        return not letters
    part, rest = parts[0], parts[1:]
    if part in _FUNCTION_WORDS and _matches(letters, rest, may_skip):
        return True
    if may_skip and rest and _matches(letters, rest, False):
        return True
    return any(_matches(letters[count:], rest, may_skip) for count in _contributions(part, letters))


def _contributions(part: str, letters: list[str]) -> Iterator[int]:
    """Yield how many of the next letters a word can give: its first letter, then others in their order."""
    at = -1
    for count, letter in enumerate(letters, 1):
        at = part.find(letter, at + 1)
        if at < 0 or (count == 1 and at > 0):
            return
        yield count
