"""Bytes into blocks, as plainly as possible: a date line starts a block, a header starts a page.

Nothing is interpreted here but the two shapes that mark a start. Blocks are cut out of the bytes and decoded one by
one, so that a page is never held as lines as a whole, and one exotic character widens the strings of one block only.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pubcli.page import dateline, header
from pubcli.page.dateline import DateLine
from pubcli.page.lines import Line, lines, normalised

_CANDIDATE = re.compile(rb"\n[^a-z\n]{0,40}(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[^\n\w]{1,8}\d")
"""What every date line looks like from afar: a month and a digit, with no lower-case letter before them."""


class Block(NamedTuple):
    """Consecutive lines. `dateline` is that of a record, None for what stands above the first record of a page."""

    dateline: DateLine | None
    lines: list[Line]


def blocks(data: bytes) -> Iterator[Block]:
    """The blocks of a source in order; together they hold every non-blank line once.

    Raises UnicodeDecodeError when the source is not UTF-8.
    """
    # A line end before the first line lets one pattern find every date line.
    data = b"\n" + normalised(data)
    start, number, found = 0, 0, None
    for candidate in _CANDIDATE.finditer(data):
        cut = candidate.start() + 1
        following = dateline.parse(data[cut : _line_end(data, cut)].decode().strip())
        if following is not None:
            yield from _block(found, lines(data[start:cut], number))
            number += data.count(b"\n", start, cut)
            start, found = cut, following
    yield from _block(found, lines(data[start:], number))


def _line_end(data: bytes, start: int) -> int:
    end = data.find(b"\n", start, start + dateline.LONGEST)
    return end if end >= 0 else min(len(data), start + dateline.LONGEST)


def _block(found: DateLine | None, lines: list[Line]) -> tuple[Block, ...]:
    """A record, and the header of the next page when captures were pasted one after the other."""
    if not lines:
        return ()
    start = header.find(lines[1:]) if found is not None and len(lines) > 2 else None
    if start is None:
        return (Block(found, lines),)
    return Block(found, lines[: start + 1]), Block(None, lines[start + 1 :])
