"""Lines into blocks, as plainly as possible: a date line starts a block, a header starts a page.

Nothing is interpreted here but the two shapes that mark a start.
"""

from collections.abc import Iterator
from typing import NamedTuple

from pubcli.page import dateline, header
from pubcli.page.dateline import DateLine
from pubcli.page.lines import Line, lines


class Block(NamedTuple):
    """Consecutive lines. `dateline` is that of a record, None for what stands above the first record of a page."""

    dateline: DateLine | None
    lines: list[Line]


def blocks(data: bytes) -> Iterator[Block]:
    """The blocks of a source in order; together they hold every non-blank line once."""
    current = Block(None, [])
    for line in lines(data):
        start = dateline.parse(line.text)
        if start is None:
            current.lines.append(line)
            continue
        yield from _without_header(current)
        current = Block(start, [line])
    yield from _without_header(current)


def _without_header(block: Block) -> Iterator[Block]:
    """A record, and the header of the next page when captures were pasted one after the other."""
    if block.dateline is None:
        if block.lines:
            yield block
        return
    start = header.find(block.lines[1:]) if len(block.lines) > 2 else None
    if start is None:
        yield block
        return
    yield Block(block.dateline, block.lines[: start + 1])
    yield Block(None, block.lines[start + 1 :])
