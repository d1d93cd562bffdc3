"""Wrap a text into the lines of a column. Lines are broken between words and after hyphens.

Rich, which measures wide characters, is imported only for texts that may have such characters.
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate, pairwise

from pubcli.lazy import pattern, re

_WORD = pattern(r"\s*\S+\s*")
_HYPHENATED = pattern("[-‐–—]*[^-‐–—]+[-‐–—]*|[-‐–—]+")
"""The parts of a word, each with the hyphens and dashes after it."""
_NARROW = pattern(r"[ -~\xa1-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2100-\u2319]*")
"""Matches a narrow text: each character takes one cell of the terminal. Nearly all texts in Latin and Greek letters
match, even if they contain dashes, an ellipsis or mathematical symbols."""


def is_narrow(text: str) -> bool:
    """Return whether it is certain that each character of a text takes one cell of the terminal."""
    return _NARROW.fullmatch(text) is not None


def wrap(text: str, width: int) -> list[tuple[int, int, str]]:
    """Wrap a text and return start, width and text of each line.

    Rich breaks lines in the same way, but not after hyphens.
    """
    if simple_lines := wrap_words(text, width):
        starts = accumulate((len(line) + 1 for line in simple_lines), initial=0)
        return list(zip(starts, map(len, simple_lines), simple_lines, strict=False))
    if _NARROW.fullmatch(text) and not text.startswith(" "):
        edges = [0, *_breaks(text, width), len(text)]
        stripped = [text[start:end].rstrip() for start, end in pairwise(edges)]
        return list(zip(edges, map(len, stripped), stripped, strict=False))
    from rich.cells import cell_len, set_cell_size

    lines = []
    for start, end in pairwise([0, *_wide_breaks(text, width), len(text)]):
        line = text[start:end].rstrip()
        if cell_len(line) > width:
            # A wide character takes two cells, but the column has only one.
            line = set_cell_size(line, width).rstrip()
        lines.append((start, cell_len(line), line))
    return lines


def wrap_words(text: str, width: int) -> list[str]:
    """Wrap a simple text and return its lines. For any other text, return an empty list.

    A text is simple if each character takes one cell of the terminal, if words are separated by single blanks, and if
    no word is longer than a line.
    """
    if "  " in text or text[:1] == " " or not (text.isascii() or _NARROW.fullmatch(text)):
        return []
    lines: list[str] = _line_of(width).findall(text)
    return lines if sum(map(len, lines)) + len(lines) - 1 == len(text) else []


@cache
def _line_of(width: int) -> re.Pattern[str]:
    return re.compile(rf"(.{{1,{width}}})(?: |\Z)")


def _breaks(text: str, width: int) -> list[int]:
    """Return the offsets in a text at which its second line and all further lines start.

    The text must begin with a word, and each character must take one cell of the terminal.
    """
    breaks: list[int] = []
    start = 0
    while len(text) - start > width:
        limit = start + width
        if text[limit] == " ":
            start = _word_after(text, limit)
            if start == len(text):
                break
            breaks.append(start)
            continue
        word = max(start, text.rfind(" ", start, limit) + 1)
        if word > start:
            breaks.append(word)
        end = text.find(" ", limit)
        end = len(text) if end < 0 else end
        start = word
        if end - word > width:
            # The word is longer than a line.
            *pieces, _ = _word_pieces(text[word : _word_after(text, end)], width)
            starts = list(accumulate(map(len, pieces), initial=word))[1:]
            breaks += starts
            start = starts[-1]
    return breaks


def _word_pieces(word: str, width: int) -> list[str]:
    """Split a word that is longer than a line into pieces that fit on a line each.

    The word is split after hyphens if possible. The blanks after the word stay with the last piece.
    """
    from rich.cells import cell_len, chop_cells

    lines = [""]
    for part in _HYPHENATED.findall(word.rstrip()):
        if cell_len(lines[-1]) + cell_len(part) <= width:
            lines[-1] += part
        else:
            lines += chop_cells(part, width)
    lines[-1] += word[len(word.rstrip()) :]
    return lines if lines[0] else lines[1:]


def _word_after(text: str, position: int) -> int:
    """Return the offset of the first word at or after a position; if no word follows, the length of the text."""
    return len(text) - len(text[position:].lstrip(" "))


def _wide_breaks(text: str, width: int) -> list[int]:
    """Return the offsets in a text at which its second line and all further lines start.

    Unlike in `_breaks`, the text may contain characters that take zero or two cells of the terminal.
    """
    from rich.cells import cell_len

    breaks: list[int] = []
    used = 0
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        size = cell_len(word.rstrip())
        if size > width:
            pieces = _word_pieces(word, width)
            for piece in pieces:
                breaks.append(start)
                start += len(piece)
            used = cell_len(pieces[-1])
        elif size > width - used:
            breaks.append(start)
            used = cell_len(word)
        else:
            used += cell_len(word)
    return [position for position in breaks if position]
