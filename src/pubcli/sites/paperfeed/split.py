"""Split bytes into blocks: a date line starts a record, a header starts a page.

This module looks only for date lines and headers. Blocks are cut from the bytes and decoded one by one, so a page is
never held in memory as a list of lines.
"""

import re
from collections.abc import Iterator

from pubcli.lazy import pattern
from pubcli.sites.paperfeed import dateline, header, lines
from pubcli.sites.paperfeed.dateline import DateLine, from_groups
from pubcli.sites.paperfeed.lines import Block

_START = pattern(rb"\n (?: %b | ( h-index | [\d,]+ [^\w\n]{0,3} [Pp]apers? ) )" % dateline.PATTERN, re.VERBOSE)
"""Matches a date line, or a line that looks like a number in a header. Only a number in a header sets the last
group."""


class Splitter:
    """Cuts a source into blocks, which together contain every non-blank line once.

    Between two calls of `next_blocks`, the caller may read records from `data`, beginning at `start`. After that, the
    caller must call `skip`.
    """

    def __init__(self, data: bytes) -> None:
        # A line end is added before the first line, because `_START` matches only after a line end.
        self.data = b"\n" + lines.with_line_feeds(data)
        self.start = 0
        """Offset of the first line of the next block."""
        self.line = 0
        """Number of the first line of the next block."""
        self._dateline: DateLine | None = None
        self._search_from = 0
        self._is_done = False

    def next_blocks(self) -> list[Block]:
        """Return the next block, or the next two blocks if a header follows a record. At the end, return an empty list.

        If nothing but blank lines precedes the first date line, the first block has no text. Raises UnicodeDecodeError
        if the source is not UTF-8.
        """
        has_header = False
        while match := _START.search(self.data, self._search_from):
            self._search_from, groups = match.end(), match.groups()
            if groups[-1]:
                has_header = True
            elif (following := from_groups(groups)) is not None:
                start, current, end = self.start, self._dateline, match.start()
                self.start, self._dateline = end + 1, following
                if end >= start:  # otherwise the caller has skipped everything before this line
                    return self._cut(current, self.data[start:end], has_header)
                has_header = False
        if self._is_done:
            return []
        self._is_done = True
        return self._cut(self._dateline, self.data[self.start :], has_header)

    def skip(self, start: int, count: int) -> None:
        """Continue at offset `start`, where a date line begins.

        The caller has read the `count` lines before this offset.
        """
        self.start, self._search_from = start, start - 1
        self.line += count

    def _cut(self, current: DateLine | None, data: bytes, has_header: bool) -> list[Block]:
        block = _block(current, self.line, data.split(b"\n"))
        self.line += len(block.raw)
        return list(_record_and_header(block)) if has_header and current else [block]


def _block(current: DateLine | None, first: int, raw: list[bytes]) -> Block:
    return Block(current, first, raw, lines.texts(raw))


def _record_and_header(block: Block) -> Iterator[Block]:
    """Split a block into a record and the header after it; yield the whole block if it contains no header.

    If no line end precedes the header, the name in the header is glued to the record. Then the name is split off.
    """
    following = block.lines()
    start = header.find(following[1:], among_records=True)
    if start is None:
        yield block
        return
    line = following[start + 1]
    name = header.glued_name(line.text)
    if name is None and header.is_too_long(line.text):
        line = following[start + 2]  # the name cannot be separated from the abstract
    index = line.number - block.first
    before, after = block.raw[:index], block.raw[index:]
    if name is not None:
        end = block.raw[index].rindex(name.encode())
        before, after = [*before, after[0][:end]], [after[0][end:], *after[1:]]
    yield _block(block.dateline, block.first, before)
    yield _block(None, line.number, after)._replace(is_glued=name is not None)
