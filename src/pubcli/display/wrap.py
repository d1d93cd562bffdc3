"""Lines of a text that fit into a column, broken between words and behind hyphens."""

import re
from functools import cache
from itertools import accumulate, pairwise

from rich.cells import cell_len, chop_cells, set_cell_size

_WORD = re.compile(r"\s*\S+\s*")
_HYPHENATED = re.compile("[-‐–—]*[^-‐–—]+[-‐–—]*|[-‐–—]+")
"""The parts of a word, each with the hyphens and dashes behind it."""
_NARROW = re.compile(r"[ -~\xa1-\xac\xae-\u02ff]*")
"""Latin, where every character takes one cell, as in all but a few names of authors."""


def wrap(text: str, width: int) -> list[tuple[int, int, str]]:
    """The lines of a text, where each starts and how many cells it takes, folded as Rich folds, but behind hyphens."""
    if quick := _wrap_words(text, width):
        starts = accumulate((len(line) + 1 for line in quick), initial=0)
        return list(zip(starts, map(len, quick), quick, strict=False))
    if _NARROW.fullmatch(text) and not text.startswith(" "):
        edges = [0, *_breaks(text, width), len(text)]
        stripped = [text[start:end].rstrip() for start, end in pairwise(edges)]
        return list(zip(edges, map(len, stripped), stripped, strict=False))
    lines = []
    for start, end in pairwise([0, *_wide_breaks(text, width), len(text)]):
        line = text[start:end].rstrip()
        if cell_len(line) > width:
            # A character takes two cells, and there is only one.
            line = set_cell_size(line, width).rstrip()
        lines.append((start, cell_len(line), line))
    return lines


def _wrap_words(text: str, width: int) -> list[str]:
    """The lines of words of one cell a character, one blank between them, none too long; nothing for other texts."""
    if "  " in text or text[:1] == " " or not (text.isascii() or _NARROW.fullmatch(text)):
        return []
    lines: list[str] = _line_of(width).findall(text)
    return lines if sum(map(len, lines)) + len(lines) - 1 == len(text) else []


@cache
def _line_of(width: int) -> re.Pattern[str]:
    return re.compile(rf"(.{{1,{width}}})(?: |\Z)")


def _breaks(text: str, width: int) -> list[int]:
    """Where the second and later lines of a text start. One cell a character, and a word comes first."""
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
            *folded, _ = _chopped(text[word : _word_after(text, end)], width)
            folds = list(accumulate(map(len, folded), initial=word))[1:]
            breaks += folds
            start = folds[-1]
    return breaks


def _chopped(word: str, width: int) -> list[str]:
    """A word longer than a line: broken behind hyphens, and where none is in reach, where a line is full.

    The blanks behind it stay with its last piece.
    """
    lines = [""]
    for part in _HYPHENATED.findall(word.rstrip()):
        if cell_len(lines[-1]) + cell_len(part) <= width:
            lines[-1] += part
        else:
            lines += chop_cells(part, width)
    lines[-1] += word[len(word.rstrip()) :]
    return lines if lines[0] else lines[1:]


def _word_after(text: str, position: int) -> int:
    """Where the next word starts, from a blank on, or the end of the text."""
    return len(text) - len(text[position:].lstrip(" "))


def _wide_breaks(text: str, width: int) -> list[int]:
    """The same for any text: characters of no cell, of one and of two."""
    breaks: list[int] = []
    used = 0
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        size = cell_len(word.rstrip())
        if size > width:
            folded = _chopped(word, width)
            for piece in folded:
                breaks.append(start)
                start += len(piece)
            used = cell_len(folded[-1])
        elif size > width - used:
            breaks.append(start)
            used = cell_len(word)
        else:
            used += cell_len(word)
    return [position for position in breaks if position]
