"""Find where the words of a query occur in a text, and extract the part of the text that contains most of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache, partial

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
    end = begin + length
    blanks = (index for index in range(end, max(last, begin + 1) - 1, -1) if text[index].isspace())
    cut = text[begin : next(blanks, end)]
    return f"{'…' if begin else ''}{cut.rstrip(' ,;:')}…"


def _words(text: str) -> list[_Word]:
    """Return the folded words of a text, split as for the text index, with their places in the original text."""
    if text.isascii():
        plain = fold(text)
        return [_Word(match.start(), match.end(), match[0]) for match in word_pattern(plain).finditer(plain)]
    # Folding may turn one character into several or into none. Therefore, each folded character is stored with the
    # index of the original character. A word extends to the original of the next folded character, so that it
    # includes accents after its last letter.
    folded = _fold_characters(text)
    return [_Word(*folded.span(*match.span()), match[0]) for match in word_pattern(folded.text).finditer(folded.text)]


class _FoldedText(NamedTuple):
    """A text that was folded character by character."""

    text: str
    starts: Sequence[int]
    """For each folded character, the index of the original character; then the length of the original text."""
    splits_characters: bool
    """Whether a character was folded to several characters that may be more than one word: ¾ to the words 3 and 4."""

    def span(self, start: int, end: int) -> Span:
        """Return the part of the original text from which a part of the folded text comes."""
        return self.starts[start], max(self.starts[end], self.starts[end - 1] + 1)


_ASCII_OR_NOT = pattern(r"[\x00-\x7f]+|[^\x00-\x7f]")
"""Matches as much ASCII text as possible, or one other character."""
_NOT_ASCII = pattern(r"[^\x00-\x7f]")
_SEPARATE_LETTERS = pattern("[\u0370-\u03ff\u3041-\U0010ffff]")
"""Matches letters that may be words of their own beside other letters: Greek, Chinese and Japanese ones, and others."""


def _fold_characters(text: str) -> _FoldedText:
    """Fold a text character by character, or as a whole if each character is folded to one character.

    A character that is folded to several separators, such as an ellipsis, becomes one separator.
    """
    folded_text = text
    for char in set(_NOT_ASCII.findall(text)):
        folded_char = _fold_character(char)
        if len(folded_char) > 1 and not any(map(str.isalnum, folded_char)):
            folded_char = "."
        if len(folded_char) != 1 or folded_char.lower() != folded_char:
            return _fold_pieces(text)
        folded_text = folded_text.replace(char, folded_char)
    return _FoldedText(folded_text.lower(), range(len(text) + 1), splits_characters=False)


@cache
def _fold_character(char: str) -> str:
    return fold(char)


def _fold_pieces(text: str) -> _FoldedText:
    pieces, starts, splits_characters = list[str](), list[int](), False
    for match in _ASCII_OR_NOT.finditer(text):
        original, start = match[0], match.start()
        piece = fold(original)
        pieces.append(piece)
        if original.isascii():
            starts += range(start, match.end())
        else:
            starts += [start] * len(piece)
            is_word = piece.isascii() and piece.isalnum()
            splits_characters |= len(piece) > 1 and not is_word and any(map(str.isalnum, piece))
    return _FoldedText("".join(pieces), [*starts, len(text)], splits_characters)


def occurrences(text: str, term: Term) -> int:
    """Return how often a term occurs in a text."""
    return len(_occurrences(text, [term]))


def _occurrences(text: str, terms: Sequence[Term]) -> list[_Occurrence]:
    """Return every occurrence of every term in a text, in the order of the terms."""
    find = _finder(text) if any(isinstance(term, Text) for term in terms) else None
    hits = []
    for number, term in enumerate(terms):
        places = _pattern_spans(text, term) if isinstance(term, Pattern) else find(term) if find else ()
        hits += [_Occurrence(start, end, number) for start, end in places]
    return hits


def _finder(text: str) -> Callable[[Text], Iterable[Span]]:
    """Return a function that yields where a word or phrase occurs in a text."""
    if text.isascii():
        return partial(_plain_phrase_spans, fold(text))
    folded = _fold_characters(text)
    has_separate_letters = _SEPARATE_LETTERS.search(folded.text) is not None
    # When one word of other letters is searched, each letter that is a word of its own only separates words.
    separated = _SEPARATE_LETTERS.sub(" ", folded.text) if has_separate_letters else folded.text
    words: list[_Word] = []

    def find(term: Text) -> Iterable[Span]:
        is_simple = not has_separate_letters or (" " not in term.text and not _SEPARATE_LETTERS.search(term.text))
        if is_simple and not folded.splits_characters:
            return (folded.span(*place) for place in _plain_phrase_spans(separated, term))
        if not words:
            words.extend(_words(text))
        return _phrase_spans(words, term)

    return find


def _pattern_spans(text: str, pattern: Pattern) -> Iterator[Span]:
    """Yield where a regular expression matches in a text; nothing if it takes too long, since this only highlights."""
    from pubcli.query.patterns import timed_pattern  # imported only here, because few queries contain a pattern

    try:
        yield from timed_pattern(pattern.source).spans_in(text)
    except TimeoutError:
        return


def _plain_phrase_spans(folded: str, term: Text) -> Iterator[Span]:
    """Yield the same parts of a folded text as `_phrase_spans`, but many times as fast.

    All letters and digits side by side in the text must be one word. The function searches for the first word as plain
    text, and compares the whole phrase at each place where this word occurs. The parts may overlap.
    """
    first = term.text.split()[0]
    at = folded.find(first)
    if at < 0:
        return
    pattern = _compiled(term.text, term.prefix)
    while at >= 0:
        if match := pattern.match(folded, at):
            yield match.span()
        at = folded.find(first, at + 1)


@lru_cache(maxsize=200)
def _compiled(text: str, prefix: bool) -> re.Pattern[str]:
    phrase = r"[\W_]+".join(map(re.escape, text.split()))
    end = r"[^\W_]*" if prefix else r"(?![^\W_])"
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
