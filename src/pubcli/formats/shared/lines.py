"""The text of a source, whole or line by line. Readers meet UTF-8 that is known to be such."""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO, TextIOWrapper
from typing import TypeVar

from pubcli.inputs.sources import Source, Stream

_T = TypeVar("_T")
_MOST_DIGITS = 9


def whole(source: Source) -> str:
    """The text without a byte order mark, its line ends as `\\n`. Raises UnicodeDecodeError."""
    text = source.data.decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def numbered(source: Source | Stream) -> Iterable[tuple[int, str]]:
    """The lines, each with `\\n` behind it but perhaps the last, and their numbers, counted from 1.

    Raises UnicodeDecodeError, and for long files InputError.
    """
    if isinstance(source, Stream):
        return source.lines()
    return enumerate(TextIOWrapper(BytesIO(source.data), "utf-8-sig"), 1)  # decodes, finds ends and cuts in one go


def one_line(text: str) -> str:
    """A text without the line breaks and the blanks that only lay it out in its file."""
    text = text.strip().replace("\n", " ")
    if "  " in text or "\t" in text or "\r" in text:  # for most texts it is enough to know that this is not so
        return " ".join(text.split())
    return text


def as_text(value: object) -> str:
    """A value of JSON as text; empty for null."""
    return value if isinstance(value, str) else "" if value is None else str(value)


def number(text: str) -> int | None:
    """The number that a text is in digits; None for any other, and for one too long to be that of anything here."""
    return int(text) if len(text) <= _MOST_DIGITS and text.isascii() and text.isdigit() else None


def pairs(said: Mapping[str, _T]) -> Iterator[tuple[str, _T]]:
    """Those fields that say something."""
    return ((field, value) for field, value in said.items() if value not in (None, "", (), {}))
