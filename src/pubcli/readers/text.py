"""The text of a source, whole or line by line. Readers meet UTF-8 that is known to be such."""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO, TextIOWrapper
from typing import TypeVar

from pubcli.sources import Source, Stream

_T = TypeVar("_T")


def whole(source: Source) -> str:
    """The text without a byte order mark, its line ends as `\\n`. Raises UnicodeDecodeError."""
    text = source.data.decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def numbered(source: Source | Stream) -> Iterable[tuple[int, str]]:
    """The lines with their numbers, counted from 1. Raises UnicodeDecodeError, and for long files InputError."""
    if isinstance(source, Stream):
        return source.lines()
    lines = TextIOWrapper(BytesIO(source.data), "utf-8-sig")  # which decodes, finds ends and cuts in one go
    return enumerate((line.removesuffix("\n") for line in lines), 1)


def one_line(text: str) -> str:
    """A text without the line breaks and the blanks that only lay it out in its file."""
    if "\n" in text or "  " in text or "\t" in text or "\r" in text:
        return " ".join(text.split())
    return text.strip()


def as_text(value: object) -> str:
    """A value of JSON as text; empty for null."""
    return value if isinstance(value, str) else "" if value is None else str(value)


def pairs(said: Mapping[str, _T]) -> Iterator[tuple[str, _T]]:
    """Those fields that say something."""
    return ((field, value) for field, value in said.items() if value not in (None, "", (), {}))
