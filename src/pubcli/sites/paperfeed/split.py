"""Bytes into blocks, as plainly as possible: a date line starts a record, a header starts a page.

Nothing is interpreted here but the two shapes that mark a start; usual records are left to `usual`. Blocks are cut
out of the bytes and decoded one by one, so that a page is never held as lines as a whole.
"""

import re
from collections.abc import Iterator

from pubcli.sites.paperfeed import dateline, fast_path, header, lines
from pubcli.sites.paperfeed.dateline import DateLine
from pubcli.sites.paperfeed.lines import Block
from pubcli.sites.paperfeed.record import RawPaper

_START = re.compile(rb"\n (?: %b | ( h-index | [\d,]+ [^\w\n]{0,3} [Pp]apers? ) )" % dateline.PATTERN, re.VERBOSE)
"""A date line, which starts a record, or, in the last group, what the numbers of a header look like from afar."""


def blocks(data: bytes) -> Iterator[Block | list[RawPaper]]:
    """The blocks of a source in order, usual records read; together they hold every non-blank line once.

    The first may be empty. Raises UnicodeDecodeError when the source is not UTF-8.
    """
    # A line end before the first line lets one pattern find every start.
    data = b"\n" + lines.with_line_feeds(data)
    position, start, number, found, has_header = 0, 0, 0, None, False
    while match := _START.search(data, position):
        position, groups = match.end(), match.groups()
        if groups[-1]:
            has_header = True
        elif (following := dateline.from_groups(groups)) is not None:
            end = match.start()
            if end >= start:  # else usual records end here, and none before them is open
                block = _block(found, number, data[start:end].split(b"\n"))
                yield from _parted(block) if has_header and found else (block,)
                number += len(block.raw)
            start, found, has_header = end + 1, following, False
            papers, after = fast_path.papers(data, start, number)
            if papers:
                yield papers
                number += fast_path.LINES * len(papers)
                start, position = after, after - 1
    block = _block(found, number, data[start:].split(b"\n"))
    yield from _parted(block) if has_header and found else (block,)


def _block(found: DateLine | None, first: int, raw: list[bytes]) -> Block:
    return Block(found, first, raw, lines.texts(raw))


def _parted(block: Block) -> Iterator[Block]:
    """A record, and the header behind it as a block of its own.

    Where the text before the header ended without a line end, the name is glued to it and is cut off.
    """
    following = block.lines()
    start = header.find(following[1:], among_records=True)
    if start is None:
        yield block
        return
    line = following[start + 1]
    name = header.glued_name(line.text)
    if name is None and header.is_too_long(line.text):
        line = following[start + 2]  # the name cannot be told from the abstract
    index = line.number - block.first
    before, after = block.raw[:index], block.raw[index:]
    if name is not None:
        end = block.raw[index].rindex(name.encode())
        before, after = [*before, after[0][:end]], [after[0][end:], *after[1:]]
    yield _block(block.dateline, block.first, before)
    yield _block(None, line.number, after)._replace(is_glued=name is not None)
