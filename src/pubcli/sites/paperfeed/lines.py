"""Lines of a page, alone and in blocks, with what pasting adds taken away.

Windows and old Mac line ends, byte order marks, no-break spaces and blanks at either end of a line say nothing
about the page. Blank lines say nothing either: captures have more or fewer of them. Lines are numbered from 1,
as an editor counts them.
"""

from collections.abc import Iterable
from typing import NamedTuple

from pubcli.sites.paperfeed.dateline import DateLine

_PASTED_BLANKS = "\u00a0\u202f\u2007"
_INVISIBLE_ENDS = " \u200b\u2060\ufeff"


class Line(NamedTuple):
    """One non-blank line."""

    number: int
    text: str


class Block(NamedTuple):
    """Consecutive lines of a source, the first of them a date line or the start of a header."""

    dateline: DateLine | None
    """None for a header, or for what stands where one is expected."""
    first: int
    """Number of the first line."""
    raw: list[bytes]
    """All lines, blank ones too."""
    texts: list[str]
    """What the non-blank lines say."""
    is_glued: bool = False
    """Whether it begins in the middle of the last line of the block before."""

    def lines(self) -> list[Line]:
        """The non-blank lines with their numbers."""
        return [Line(number, said) for number, raw in enumerate(self.raw, self.first) if (said := text(raw))]

    def last_line(self) -> int:
        """Number of the last line that is not empty."""
        last = len(self.raw) - 1
        while last and not self.raw[last]:
            last -= 1
        return self.first + last


def with_line_feeds(data: bytes) -> bytes:
    """The same bytes with every line ended by a line feed alone."""
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data


def texts(raw: Iterable[bytes]) -> list[str]:
    """What the lines that are not blank say."""
    return [
        said
        for line in raw
        if line and (said := line.decode().strip()) and (said.isascii() or (said := without_pasted(said)))
    ]


def text(line: bytes) -> str:
    """What a line says, empty when it is blank. Raises UnicodeDecodeError when it is not UTF-8."""
    decoded = line.decode().strip()
    return decoded if decoded.isascii() else without_pasted(decoded)


def without_pasted(decoded: str) -> str:
    """The same with blanks for the blanks that pasting makes of them, and without invisible characters at its ends."""
    for blank in _PASTED_BLANKS:
        if blank in decoded:
            decoded = decoded.replace(blank, " ")
    return decoded.strip(_INVISIBLE_ENDS)
