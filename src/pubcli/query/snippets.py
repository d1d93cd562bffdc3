"""Where the words of a question stand in a text, and the passage that shows them best."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from pubcli.query.expression import Pattern, Term, Text
from pubcli.text.normalize import fold, word_pattern

Span: TypeAlias = tuple[int, int]
"""First character and the one after the last."""

_BLANK = re.compile(r"\s")


class _Word(NamedTuple):
    start: int
    end: int
    folded: str


def spans(text: str, terms: Sequence[Term]) -> tuple[Span, ...]:
    """Where the terms stand in a text, in order, without overlaps; a phrase is one span."""
    found = _found(text, terms)
    merged: list[Span] = []
    for start, end, _ in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def snippet(text: str, terms: Sequence[Term], length: int = 160) -> str:
    """The part of a text, `length` characters at most, in which most different terms stand; else its beginning.

    An ellipsis stands on a side that goes on.
    """
    if len(text) <= length:
        return text
    found = sorted(_found(text, terms))
    if not found:
        return _cut(text, 0, 0, length)
    first = max(found, key=lambda hit: (_different(found, hit[0], hit[0] + length), -hit[0]))[0]
    last = max((end for start, end, _ in found if start >= first and end <= first + length), default=first)
    return _cut(text, first, last, length)


def _different(found: Sequence[tuple[int, int, int]], start: int, end: int) -> int:
    """How many different terms a window shows."""
    return len({term for at, stop, term in found if start <= at and stop <= end})


def _cut(text: str, first: int, last: int, length: int) -> str:
    """Whole words around text[first:last], which fits the length, with some room before it."""
    lead = first - max(0, min(length // 4, length - (last - first)))
    blank = _BLANK.search(text, max(0, lead - 1), first) if lead > 0 else None
    begin = 0 if lead <= 0 else blank.end() if blank else first
    if len(text) - begin <= length:
        return f"…{text[begin:]}" if begin else text
    blanks = [match.start() for match in _BLANK.finditer(text, max(last, begin + 1), begin + length + 1)]
    cut = text[begin : blanks[-1] if blanks else begin + length]
    return f"{'…' if begin else ''}{cut.rstrip(' ,;:')}…"


def _words(text: str) -> list[_Word]:
    """The words of a text as the index has them, with their places in the text as it is written."""
    if text.isascii():
        plain = fold(text)
        return [_Word(match.start(), match.end(), match[0]) for match in word_pattern(plain).finditer(plain)]
    # Folding makes one character several or none, so every folded character remembers where it comes from.
    # A word ends where the next folded character begins, so that the accents behind its last letter belong to it.
    folded = [(index, folded) for index, char in enumerate(text) for folded in fold(char)]
    joined = "".join(char for _, char in folded)
    matches = word_pattern(joined).finditer(joined)
    starts = [index for index, _ in folded] + [len(text)]
    return [
        _Word(starts[match.start()], max(starts[match.end()], starts[match.end() - 1] + 1), match[0])
        for match in matches
    ]


def occurrences(text: str, term: Term) -> int:
    """How often a term stands in a text."""
    return len(_found(text, [term]))


def _found(text: str, terms: Sequence[Term]) -> list[tuple[int, int, int]]:
    """Start, end and number of every term that stands in a text."""
    plain = fold(text) if text.isascii() else None
    words = _words(text) if plain is None and any(isinstance(term, Text) for term in terms) else []
    found = []
    for number, term in enumerate(terms):
        if isinstance(term, Pattern):
            places = _matches(text, term)
        else:
            places = _phrases(words, term) if plain is None else _plain_phrases(plain, term)
        found += [(start, end, number) for start, end in places]
    return found


def _matches(text: str, pattern: Pattern) -> Iterator[Span]:
    found = re.finditer(pattern.source, text, re.IGNORECASE)
    return (match.span() for match in found if match.end() > match.start())


def _plain_phrases(folded: str, term: Text) -> Iterator[Span]:
    """As `_phrases`, in ASCII, where each character stands for itself: many times as fast as word by word.

    The first word is looked for as plain letters, and the pattern tried where it stands; phrases may overlap.
    """
    first, pattern = term.text.split()[0], _pattern(term)
    at = folded.find(first)
    while at >= 0:
        if match := pattern.match(folded, at):
            yield match.span()
        at = folded.find(first, at + 1)


@lru_cache(maxsize=200)
def _pattern(term: Text) -> re.Pattern[str]:
    phrase = r"[\W_]+".join(map(re.escape, term.text.split()))
    end = r"[^\W_]*" if term.prefix else r"(?![^\W_])"
    return re.compile(rf"(?<![^\W_]){phrase}{end}")


def _phrases(words: Sequence[_Word], term: Text) -> Iterator[Span]:
    wanted = term.text.split()
    for index in range(len(words) - len(wanted) + 1):
        if words[index].folded.startswith(wanted[0]) and _stands(words, index, wanted, term.prefix):
            yield _whole(words, index, index + len(wanted) - 1)


def _whole(words: Sequence[_Word], first: int, last: int) -> Span:
    """Where words stand, with those beside them that share a character with them, as the 3 and the 4 of ¾ do."""
    while first and words[first - 1].end > words[first].start:
        first -= 1
    while last + 1 < len(words) and words[last + 1].start < words[last].end:
        last += 1
    return words[first].start, words[last].end


def _stands(words: Sequence[_Word], index: int, wanted: Sequence[str], prefix: bool) -> bool:
    if any(words[index + offset].folded != word for offset, word in enumerate(wanted[:-1])):
        return False
    last = words[index + len(wanted) - 1].folded
    return last.startswith(wanted[-1]) if prefix else last == wanted[-1]
