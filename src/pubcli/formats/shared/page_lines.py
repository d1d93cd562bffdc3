"""Number the lines of a page that was copied from a browser, and cut them into blocks that begin at certain lines."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pubcli.formats.shared.lines import decoded_text
from pubcli.inputs.sources import Source
from pubcli.text.pasted import without_pasted


class Line(NamedTuple):
    """A line that is not blank."""

    number: int
    """Counted from 1 in the source."""
    text: str
    """Without blanks and invisible characters at its ends."""


def page_lines(source: Source) -> list[Line]:
    """Return the lines of a source that are not blank. Raise UnicodeDecodeError if the source is not UTF-8."""
    new = tuple.__new__  # faster than `Line(number, text)`, and pages have many lines
    return [
        new(Line, (number, text))
        for number, raw in enumerate(decoded_text(source).split("\n"), 1)
        if raw and (text := raw.strip()) and (text.isascii() or (text := without_pasted(text).strip()))
    ]


def blocks(lines: Sequence[Line], begins_block: Callable[[str], object]) -> Iterator[Sequence[Line]]:
    """Yield blocks of consecutive lines. `begins_block` is called with the text of a line.

    The first block has the lines above the first line that begins a block. It may be empty; the others are not.
    """
    starts = [index for index, (_, text) in enumerate(lines) if begins_block(text)]
    for start, end in pairwise([0, *starts, len(lines)]):
        yield lines[start:end]


def joined(lines: Sequence[Line], separator: str = "\n") -> str:
    """Return the text of lines as one text."""
    return separator.join([line.text for line in lines])  # faster than a generator
