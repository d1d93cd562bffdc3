"""Find the acronyms that a text defines: `empirical risk minimization (ERM)`, or `ERM (empirical risk minimization)`.

Schwartz and Hearst (2003, A simple algorithm for identifying abbreviation definitions in biomedical text) require that
the words before the parenthesis contain the letters of the acronym in order, and that one of these words begins with
the first letter. This module is stricter: each word of the long form must contribute a letter to the acronym. So a word
before the long form is not taken for a part of it. Function words such as `of` need not contribute a letter. If the
acronym has at least four letters, one other word need not contribute a letter either.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pubcli.lazy import pattern
from pubcli.text.normalize import fold

_PARENTHESIS = pattern(r"\(([^()]{2,80})\)")
_CAPITALS = r"(?=[\w/&.-]*[A-Z][\w/&.-]*[A-Z])"
_ACRONYM = pattern(rf"{_CAPITALS}[A-Za-z][\w/&.-]{{1,9}}")
"""Matches 2 to 10 characters with two capitals."""
_ACRONYM_AT_END = pattern(rf"(?<![\w/&.-])({_CAPITALS}[A-Za-z][\w/&.-]{{1,9}})\s*\Z")
_LONGEST, _LONGEST_SHORT = 200, 14
"""Number of characters before a parenthesis in which a long form, or an acronym, is looked for."""
_WORD = pattern(r"[^\W_]+(?:['’-][^\W_]+)*", re.UNICODE)
_LONG = 4
"""An acronym with at least so many letters may omit one word: `data augmented loss invariant regularization (DAIR)`."""
_FUNCTION_WORDS = frozenset("a an and at by for from in into of on or over per the to under via with".split())
_SENTENCE_END = pattern(r"[.;:?!]\s")


class Acronym(NamedTuple):
    """An acronym and its long form, as a text writes them."""

    short: str
    long: str


def acronyms(text: str) -> Iterator[Acronym]:
    """Yield the acronyms that a text defines. An acronym that is defined twice is yielded twice."""
    if "(" not in text:
        return
    for match in _PARENTHESIS.finditer(text):
        inside = match[1] if match[1].isalnum() else re.split(r"[,;:]", match[1])[0].strip()
        if _ACRONYM.fullmatch(inside):
            if long := _long_form(inside, text[max(0, match.start() - _LONGEST) : match.start()]):
                yield Acronym(_singular(inside), long)
            continue
        word = _ACRONYM_AT_END.search(text, max(0, match.start() - _LONGEST_SHORT), match.start())
        if word and _spells(_letters(word[1]), _parts(_WORD.findall(inside))):
            yield Acronym(_singular(word[1]), inside)


def _singular(short: str) -> str:
    """Return the singular of an acronym: `LLM` for `LLMs`. An acronym without a plural s is returned unchanged."""
    return short[:-1] if short.endswith("s") and short[-2:-1].isupper() else short


def _letters(short: str) -> list[str]:
    return [fold(char) for char in _singular(short.strip()) if char.isalnum()]


def _parts(words: list[str]) -> list[str]:
    """Return the given words, folded. A hyphenated word becomes several: `Min-Max` becomes `min` and `max`."""
    return [part for word in words for part in fold(word).replace("’", "'").split("-") if part]


def _long_form(short: str, before: str) -> str | None:
    """Return the long form of an acronym: the shortest sequence of words at the end of `before` that spells it.

    `before` is the text before the parenthesis. Return None if there is no such sequence.
    """
    sentence, letters = _SENTENCE_END.split(before)[-1], _letters(short)
    words = list(_WORD.finditer(sentence))[-min(len(letters) + 5, 2 * len(letters)) :]
    parts: list[str] = []
    for word in reversed(words):
        parts = _parts([word[0]]) + parts
        if parts and letters and parts[0][0] == letters[0] and _spells(letters, parts):
            return " ".join(sentence[word.start() :].split())
    return None


def _spells(letters: list[str], parts: list[str]) -> bool:
    """Return whether the words `parts` are a long form of the acronym that has these letters.

    The docstring of the module states the rule.
    """
    if not letters or not parts or parts[0][0] != letters[0] or len(parts) > 2 * len(letters):
        return False
    return _matches(letters, parts, len(letters) >= _LONG)


def _matches(letters: list[str], parts: list[str], may_skip: bool) -> bool:
    """Return whether the letters can be taken from the words `parts` in order, at least one letter from each word.

    Function words may contribute no letter. If `may_skip` is true, one other word, but not the last one, may also
    contribute no letter.
    """
    if not parts:
        return not letters
    part, rest = parts[0], parts[1:]
    if part in _FUNCTION_WORDS and _matches(letters, rest, may_skip):
        return True
    if may_skip and rest and _matches(letters, rest, False):
        return True
    if not letters or part[0] != letters[0]:
        return False
    return any(_matches(letters[count:], rest, may_skip) for count in _contributions(part, letters))


def _contributions(part: str, letters: list[str]) -> Iterator[int]:
    """Yield each number of letters, from the first of `letters` on, that occur in a word in this order.

    For the word `empirical` and the letters e, r, m, the numbers are 1 and 2: the word has e, then r, but no m later.
    """
    at = -1
    for count, letter in enumerate(letters, 1):
        at = part.find(letter, at + 1)
        if at < 0:
            return
        yield count
