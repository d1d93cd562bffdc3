"""Lines of a page, with what pasting adds taken away.

Windows and old Mac line ends, byte order marks, no-break spaces and blanks at either end of a line say nothing
about the page. Blank lines say nothing either: captures have more or fewer of them. Lines are numbered from 1,
as an editor counts them.
"""

from collections.abc import Iterable
from typing import NamedTuple

_PASTED_BLANKS = "\u00a0\u202f\u2007"
_INVISIBLE_ENDS = " \u200b\u2060\ufeff"


class Line(NamedTuple):
    """One non-blank line."""

    number: int
    text: str


def with_line_feeds(data: bytes) -> bytes:
    """The same bytes with every line ended by a line feed alone."""
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data


def texts(raw: Iterable[bytes]) -> list[str]:
    """What the lines that are not blank say."""
    return [
        said
        for line in raw
        if line and (said := line.decode().strip()) and (said.isascii() or (said := _without_pasted(said)))
    ]


def text(line: bytes) -> str:
    """What a line says, empty when it is blank. Raises UnicodeDecodeError when it is not UTF-8."""
    decoded = line.decode().strip()
    return decoded if decoded.isascii() else _without_pasted(decoded)


def _without_pasted(decoded: str) -> str:
    for blank in _PASTED_BLANKS:
        if blank in decoded:
            decoded = decoded.replace(blank, " ")
    return decoded.strip(_INVISIBLE_ENDS)
