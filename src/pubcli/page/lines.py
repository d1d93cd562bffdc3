"""Bytes of a page as numbered lines, with what pasting adds taken away.

Windows and old Mac line ends, byte order marks, no-break spaces and blanks at either end of a line say nothing
about the page. Blank lines say nothing either: captures have more or fewer of them. Lines are numbered from 1,
as an editor counts them.
"""

from typing import NamedTuple

_PASTED_BLANKS = tuple(blank.encode() for blank in "\u00a0\u202f\u2007")
_ENDS = " \t\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029\ufeff\u200b\u2060"


class Line(NamedTuple):
    """One non-blank line."""

    number: int
    text: str


def normalised(data: bytes) -> bytes:
    """The same bytes with every line ended by a line feed and only blanks for blanks."""
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    for blank in _PASTED_BLANKS:
        if blank in data:
            data = data.replace(blank, b" ")
    return data


def lines(data: bytes, first: int = 1) -> list[Line]:
    """The non-blank lines of normalised UTF-8 text whose first line has the number `first`.

    Raises UnicodeDecodeError when it is not UTF-8.
    """
    pieces = enumerate(data.decode().split("\n"), first)
    return [Line(number, text) for number, piece in pieces if piece and (text := piece.strip(_ENDS))]
