"""Where the words of a question stand in a text, and the passage that shows them best."""

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from pubcli.query import Text
from pubcli.text import fold

Span: TypeAlias = tuple[int, int]
"""First character and the one after the last."""

_WORD = re.compile("(?:[^\\W_][\u0300-\u036f]*)+")


class _Word(NamedTuple):
    start: int
    end: int
    folded: str


def spans(text: str, terms: Sequence[Text]) -> tuple[Span, ...]:
    """Where the terms stand in a text, in order, without overlaps; a phrase is one span."""
    found = _found(_words(text), terms) if terms and text else []
    merged: list[Span] = []
    for start, end, _ in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def passage(text: str, terms: Sequence[Text], length: int = 160) -> str:
    """The part of a text, about `length` characters, in which most different terms stand; else its beginning."""
    if len(text) <= length:
        return text
    found = sorted(_found(_words(text), terms)) if terms else []
    start = max((hit[0] for hit in found), key=lambda at: _different(found, at, at + length), default=0)
    return _cut(text, max(0, start - length // 4), length)


def _different(found: Sequence[tuple[int, int, int]], start: int, end: int) -> tuple[int, int]:
    """How many different terms a window shows; of equal windows the first is best."""
    return len({term for at, stop, term in found if start <= at and stop <= end}), -start


def _cut(text: str, start: int, length: int) -> str:
    """Whole words from about `start` on, with an ellipsis on a side that goes on."""
    begin = text.find(" ", start - 1) + 1 if start else 0
    if len(text) - begin <= length:
        return "…" + text[begin:] if begin else text
    end = text.rfind(" ", begin + 1, begin + length)
    cut = text[begin : end if end > begin else begin + length]
    return f"{'…' if begin else ''}{cut.rstrip(' ,;:')}…"


def _words(text: str) -> list[_Word]:
    return [_Word(match.start(), match.end(), fold(match[0])) for match in _WORD.finditer(text)]


def _found(words: Sequence[_Word], terms: Sequence[Text]) -> list[tuple[int, int, int]]:
    """Start, end and number of every term that stands among the words."""
    found = []
    for number, term in enumerate(terms):
        wanted = term.text.split()
        for index in range(len(words) - len(wanted) + 1):
            if _stands(words, index, wanted, term.prefix):
                found.append((words[index].start, words[index + len(wanted) - 1].end, number))
    return found


def _stands(words: Sequence[_Word], index: int, wanted: Sequence[str], prefix: bool) -> bool:
    if any(words[index + offset].folded != word for offset, word in enumerate(wanted[:-1])):
        return False
    last = words[index + len(wanted) - 1].folded
    return last.startswith(wanted[-1]) if prefix else last == wanted[-1]
