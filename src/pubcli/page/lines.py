"""Bytes of a page as numbered lines, with what pasting adds taken away.

Windows and old Mac line ends, byte order marks, no-break spaces and blanks at either end of a line say nothing
about the page. Blank lines say nothing either: captures have more or fewer of them. Lines are numbered from 1,
as an editor counts them.
"""

import io
from collections.abc import Iterator
from typing import NamedTuple

_PASTED_BLANKS = str.maketrans("\u00a0\u202f\u2007", "   ")
_INVISIBLE_ENDS = "\ufeff\u200b\u2060 \t"


class Line(NamedTuple):
    """One non-blank line."""

    number: int
    text: str


def lines(data: bytes) -> Iterator[Line]:
    """The non-blank lines of UTF-8 text, in order.

    Raises UnicodeDecodeError for a line that is not UTF-8. Each line is decoded by itself, so that one exotic
    character does not make every other line take two or four bytes a character.
    """
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    for number, raw in enumerate(io.BytesIO(data), 1):
        if raw == b"\n":
            continue
        text = raw.decode().strip()
        if not text.isascii():
            text = text.translate(_PASTED_BLANKS).strip().strip(_INVISIBLE_ENDS)
        if text:
            yield Line(number, text)
