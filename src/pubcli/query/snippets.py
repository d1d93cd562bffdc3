"""Find where the words of a query occur in a text, and extract the part of the text that contains most of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from pubcli.lazy import TYPE_CHECKING, NamedTuple, pattern, re
from pubcli.query.expression import Pattern, Term, Text
from pubcli.text.normalize import fold, word_pattern

if TYPE_CHECKING:
    from typing import TypeAlias

Span: TypeAlias = tuple[int, int]
"""A part of a text: the index of its first character, and the index after its last character."""

_BLANK = pattern(r"\s")


class _Word(NamedTuple):
    start: int
    end: int
    folded: str


class _Occurrence(NamedTuple):
    start: int
    end: int
    term: int
    """Index of the term in the list of terms."""


def spans(text: str, terms: Sequence[Term]) -> tuple[Span, ...]:
    """Return the parts of a text in which the terms occur, in the order of the text.

    A phrase is one part. Parts that touch or overlap are merged.
    """
    merged: list[Span] = []
    for start, end, _ in sorted(_occurrences(text, terms)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def applies(term: Term, field: str) -> bool:
    """Return whether a term of a query is searched in a field. The field `passage` counts as the field `abstract`."""
    columns = term.columns if isinstance(term, Text) else ()
    return not columns or ("abstract" if field == "passage" else field) in columns


def snippet(text: str, terms: Sequence[Term], length: int = 160) -> str:
    """Return the part of a text that contains the most different terms, or the beginning if no term occurs.

    The part has at most `length` characters. An ellipsis is added on each side on which the text was cut.
    """
    if len(text) <= length:
        return text
    hits = sorted(_occurrences(text, terms))
    if not hits:
        return _cut(text, 0, 0, length)
    first = max(hits, key=lambda hit: (_different_terms(hits, hit.start, hit.start + length), -hit.start)).start
    last = max((hit.end for hit in hits if hit.start >= first and hit.end <= first + length), default=first)
    return _cut(text, first, last, length)


def _different_terms(hits: Sequence[_Occurrence], start: int, end: int) -> int:
    """Return how many different terms occur in a text between the indexes `start` and `end`."""
    return len({hit.term for hit in hits if start <= hit.start and hit.end <= end})


def _cut(text: str, first: int, last: int, length: int) -> str:
    """Return the part text[first:last] with some words before and after it, if possible without cutting words.

    The result has at most `length` characters, and an ellipsis on each side on which the text was cut. The ellipses do
    not count. The part itself must not be longer than `length`.
    """
    lead = first - max(0, min(length // 4, length - (last - first)))
    blank = _BLANK.search(text, max(0, lead - 1), first) if lead > 0 else None
    begin = 0 if lead <= 0 else blank.end() if blank else first
    if len(text) - begin <= length:
        return f"…{text[begin:]}" if begin else text
    blanks = [match.start() for match in _BLANK.finditer(text, max(last, begin + 1), begin + length + 1)]
    cut = text[begin : blanks[-1] if blanks else begin + length]
    return f"{'…' if begin else ''}{cut.rstrip(' ,;:')}…"


def _words(text: str) -> list[_Word]:
    """Return the folded words of a text, split as for the text index, with their places in the original text."""
    if text.isascii():
        plain = fold(text)
        return [_Word(match.start(), match.end(), match[0]) for match in word_pattern(plain).finditer(plain)]
    # Folding may turn one character into several or into none. Therefore, each folded character is stored with the
    # index of the original character. A word extends to the original of the next folded character, so that it
    # includes accents after its last letter.
    joined, starts = _folded(text)
    matches = word_pattern(joined).finditer(joined)
    starts.append(len(text))
    return [
        _Word(starts[match.start()], max(starts[match.end()], starts[match.end() - 1] + 1), match[0])
        for match in matches
    ]


_ASCII_OR_NOT = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]")
"""Matches as much ASCII text as possible, or one other character."""


def _folded(text: str) -> tuple[str, list[int]]:
    """Fold a text character by character; return it with the index of the original of each folded character."""
    pieces, starts = list[str](), list[int]()
    for match in _ASCII_OR_NOT.finditer(text):
        piece = fold(match[0])
        pieces.append(piece)
        starts += range(match.start(), match.end()) if match[0].isascii() else [match.start()] * len(piece)
    return "".join(pieces), starts


def occurrences(text: str, term: Term) -> int:
    """Return how often a term occurs in a text."""
    return len(_occurrences(text, [term]))


def _occurrences(text: str, terms: Sequence[Term]) -> list[_Occurrence]:
    """Return every occurrence of every term in a text: first those of the first term, then those of the second."""
    plain = fold(text) if text.isascii() else None
    words = _words(text) if plain is None and any(isinstance(term, Text) for term in terms) else []
    hits = []
    for number, term in enumerate(terms):
        if isinstance(term, Pattern):
            places = _pattern_spans(text, term)
        else:
            places = _phrase_spans(words, term) if plain is None else _ascii_phrase_spans(plain, term)
        hits += [_Occurrence(start, end, number) for start, end in places]
    return hits


def _pattern_spans(text: str, pattern: Pattern) -> Iterator[Span]:
    """Yield where a regular expression matches in a text; nothing if it takes too long, since this only highlights."""
    from pubcli.query.patterns import timed_pattern  # imported only here, because few queries contain a pattern

    try:
        yield from timed_pattern(pattern.source).spans_in(text)
    except TimeoutError:
        return


def _ascii_phrase_spans(folded: str, term: Text) -> Iterator[Span]:
    """Yield the same parts as `_phrase_spans`, but many times as fast.

    The text must be ASCII, because only then folding does not change the indexes. The function searches for the first
    word as plain text, and compares the whole phrase at each place where this word occurs. The parts may overlap.
    """
    first, pattern = term.text.split()[0], _compiled(term)
    at = folded.find(first)
    while at >= 0:
        if match := pattern.match(folded, at):
            yield match.span()
        at = folded.find(first, at + 1)


@lru_cache(maxsize=200)
def _compiled(term: Text) -> re.Pattern[str]:
    phrase = r"[\W_]+".join(map(re.escape, term.text.split()))
    end = r"[^\W_]*" if term.prefix else r"(?![^\W_])"
    return re.compile(rf"(?<![^\W_]){phrase}{end}")


def _phrase_spans(words: Sequence[_Word], term: Text) -> Iterator[Span]:
    phrase = term.text.split()
    for index in range(len(words) - len(phrase) + 1):
        if words[index].folded.startswith(phrase[0]) and _matches_at(words, index, phrase, term.prefix):
            yield _whole_span(words, index, index + len(phrase) - 1)


def _whole_span(words: Sequence[_Word], first: int, last: int) -> Span:
    """Return the part of a text from the word `words[first]` to the word `words[last]`.

    Two words may come from one character: ¾ is folded to the words 3 and 4. If the part begins or ends with one of two
    such words, it is extended to contain the other too.
    """
    while first and words[first - 1].end > words[first].start:
        first -= 1
    while last + 1 < len(words) and words[last + 1].start < words[last].end:
        last += 1
    return words[first].start, words[last].end


def _matches_at(words: Sequence[_Word], index: int, phrase: Sequence[str], prefix: bool) -> bool:
    """Return whether the words at an index are those of the phrase.

    If `prefix` is true, the last word of the phrase may be only the beginning of a word.
    """
    if any(words[index + offset].folded != word for offset, word in enumerate(phrase[:-1])):
        return False
    last = words[index + len(phrase) - 1].folded
    return last.startswith(phrase[-1]) if prefix else last == phrase[-1]
