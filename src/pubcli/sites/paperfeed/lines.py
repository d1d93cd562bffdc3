"""Define the lines of a page and blocks of lines, without the characters that pasting adds.

Windows and old Mac line ends, byte order marks, no-break spaces and blanks at either end of a line are not part of the
page's content. Blank lines are not content either, because copies of one page differ in them. Lines are numbered from
1, as in an editor.
"""

from collections.abc import Iterable
from typing import NamedTuple

from pubcli.sites.paperfeed.dateline import DateLine
from pubcli.text.pasted import without_pasted


class Line(NamedTuple):
    """One non-blank line."""

    number: int
    text: str


class Block(NamedTuple):
    """Consecutive lines of a source: a date line and the lines that belong to it, or a header."""

    dateline: DateLine | None
    """None for a header, or for text where a header is expected."""
    first: int
    """Number of the first line."""
    raw: list[bytes]
    """All lines, including blank ones."""
    texts: list[str]
    """The text of each non-blank line."""
    is_glued: bool = False
    """Whether the block begins in the middle of the last line of the block before it."""

    def lines(self) -> list[Line]:
        """Return the non-blank lines of the block, each with its line number in the source."""
        return [Line(number, content) for number, raw in enumerate(self.raw, self.first) if (content := text(raw))]

    def last_line(self) -> int:
        """Return the line number of the last line of the block, without the empty lines at its end."""
        last = len(self.raw) - 1
        while last and not self.raw[last]:
            last -= 1
        return self.first + last


def with_line_feeds(data: bytes) -> bytes:
    """Return the bytes with every line end replaced by a line feed."""
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data


def texts(raw: Iterable[bytes]) -> list[str]:
    """Return the text of each line that is not blank. Raises UnicodeDecodeError for a line that is not UTF-8."""
    return [
        content
        for line in raw
        if line and (content := line.decode().strip()) and (content.isascii() or (content := without_pasted(content)))
    ]


def text(line: bytes) -> str:
    """Return the text of a line, empty for a blank line. Raises UnicodeDecodeError if the line is not UTF-8."""
    decoded = line.decode().strip()
    return decoded if decoded.isascii() else without_pasted(decoded)
