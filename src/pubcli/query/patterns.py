"""Search texts with the regular expressions of a query, within a limited time.

Python's `re` cannot be stopped, and a pattern such as `(\\w+\\s?)*\\d$` may take longer than the age of the universe on
one abstract. The package `regex` accepts the same syntax and can be given a time limit.
"""

import re
import time
from collections.abc import Iterator
from functools import lru_cache
from math import prod
from typing import Any
from warnings import catch_warnings

import regex

_START = 2.0
"""Seconds of processor time that a pattern may always take."""
_PER_TEXT = 0.002
"""Seconds that each searched text adds to the limit. Ordinary patterns need about 0.00001 seconds for an abstract."""

_MAX_COPIES = 100_000
"""Maximum number of copies of a part of a pattern. `regex` makes copies when it compiles `(a{1000}){100}`."""
_CALL = re.compile(r"\\.|(\(\?(?:R|[+-]?\d+|&\w+|P>\w+)\))", re.DOTALL)
"""Matches an escaped character, or a call of the whole pattern or of a group in it. Group 1 contains the call."""
_COUNT = re.compile(r"(\))?\{(\d*)(?:,(\d*))?\}", re.ASCII)


class PatternError(ValueError):
    """Raised for a text that is not a valid regular expression; `position` is the index of the mistake."""

    def __init__(self, message: str, position: int) -> None:
        self.position = position
        super().__init__(message)


class TimedPattern:
    """A compiled regular expression that ignores case and counts the time it has taken."""

    def __init__(self, source: str) -> None:
        self._compiled = _compile(source)
        self._remaining = _START

    def occurs_in(self, text: str) -> bool:
        """Return whether the pattern matches anywhere in a text. Raises TimeoutError if the time is used up."""
        start = self._start()
        try:
            return self._compiled.search(text, timeout=self._remaining) is not None
        finally:
            self._remaining -= time.process_time() - start

    def spans_in(self, text: str) -> list[tuple[int, int]]:
        """Return the start and end index of each match of the pattern in a text, without empty matches.

        Raises TimeoutError if the time is used up.
        """
        start = self._start()
        try:
            matches = self._compiled.finditer(text, timeout=self._remaining)
            return [match.span() for match in matches if match.end() > match.start()]
        finally:
            self._remaining -= time.process_time() - start

    def _start(self) -> float:
        self._remaining += _PER_TEXT
        if self._remaining <= 0:
            raise TimeoutError
        return time.process_time()


@lru_cache(maxsize=100)
def timed_pattern(source: str) -> TimedPattern:
    """Return the compiled form of a pattern.

    Two calls with the same pattern return the same object, so the time limit holds for all texts of a query together.
    """
    return TimedPattern(source)


def check(source: str) -> None:
    """Raise PatternError unless a text is a valid regular expression."""
    _compile(source)


def required_text(source: str) -> str | None:
    """Return adjacent ASCII letters and digits that each match of a pattern contains, in lower case.

    Of several such texts, the longest is returned; None if no text has at least `_LEAST_REQUIRED` characters. The words
    that contain the text can be looked up in an index of words: folding keeps ASCII letters and digits, and adjacent
    ones are always part of the same word.
    """
    if _NOT_IN_RE.search(source):
        return None
    from re import _parser  # type: ignore[attr-defined]  # private, but the only parser of patterns in the library

    try:
        with catch_warnings(action="ignore"):
            texts = list(_required_texts(_parser.parse(source, re.IGNORECASE)))
    except (re.error, OverflowError, RecursionError):  # a pattern that only `regex` accepts
        return None
    longest = max(texts, key=len, default="")
    return longest if len(longest) >= _LEAST_REQUIRED else None


_NOT_IN_RE = re.compile(r"\{(?!\d*,?\d*\})|\[[:.=]")
"""Matches what only `regex` interprets: `(foo){e<=1}` allows one error in `foo`, and `[[:alpha:]]` is one set."""
_LEAST_REQUIRED = 3
"""Minimum length of a required text. Shorter texts occur in too many words to be of use."""


def _required_texts(parts: Any) -> Iterator[str]:
    """Yield texts of ASCII letters and digits that each match of a parsed pattern contains, in lower case."""
    run = ""
    for operation, argument in parts:
        name = str(operation)
        char = chr(argument).lower() if name == "LITERAL" else ""
        if char.isascii() and char.isalnum():
            run += char
            continue
        yield run
        run = ""
        if name == "SUBPATTERN":
            yield from _required_texts(argument[3])
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and argument[0] > 0:
            yield from _required_texts(argument[2])
    yield run


def _compile(source: str) -> "regex.Pattern[str]":
    if _copies(source) > _MAX_COPIES:
        raise PatternError("the numbers of repetitions are too large", 0)
    for match in _CALL.finditer(source):
        if match[1]:  # not in Python's syntax; it may take all memory before the time is up
            raise PatternError("a pattern cannot contain itself", match.start())
    with catch_warnings(action="ignore"):  # FutureWarning: a later version may read the pattern differently
        try:
            return regex.compile(source, regex.IGNORECASE)
        except regex.error as error:
            message, position = getattr(error, "msg", None), getattr(error, "pos", None)
            raise PatternError(message or str(error), min(position or 0, max(0, len(source) - 1))) from None
        except (OverflowError, RecursionError, MemoryError) as error:
            raise PatternError(str(error) or "the pattern is too large", 0) from None


def _copies(source: str) -> int:
    """Return the greatest number of times that numbers such as {3} and {1,10} may repeat any part of a pattern.

    The numbers after groups are multiplied, because groups may be nested: 100,000 for `(a{1000}){100}`.
    """
    counts = [
        (group is not None, max(int(number[:9] or 0) for number in (first, last or "")))
        for group, first, last in (match.groups() for match in _COUNT.finditer(source))
    ]
    single = max((count for is_group, count in counts if not is_group), default=1)
    return max(1, single) * prod(max(1, count) for is_group, count in counts if is_group)
