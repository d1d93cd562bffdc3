"""Decode the text of a source, as a whole or line by line, and convert its values, such as digits to a number."""

from collections.abc import Iterable, Mapping
from io import BytesIO, TextIOWrapper
from typing import TypeVar

from pubcli.inputs.sources import Source, Stream

_T = TypeVar("_T")
_MOST_DIGITS = 9


def decoded_text(source: Source) -> str:
    """Return the text without a byte order mark and with `\\n` as line ending.

    Raise UnicodeDecodeError if the source is not UTF-8.
    """
    text = source.data.decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def numbered_lines(source: Source | Stream) -> Iterable[tuple[int, str]]:
    """Yield the number of each line, counted from 1, and the line. Only the last line may have no `\\n` at its end.

    Raise UnicodeDecodeError if the source is not UTF-8; for a stream, raise InputError.
    """
    if isinstance(source, Stream):
        return source.lines()
    return enumerate(TextIOWrapper(BytesIO(source.data), "utf-8-sig"), 1)  # decodes and splits in one pass, in C


def one_line(text: str) -> str:
    """Return a text on one line: line breaks and repeated blanks become single blanks."""
    text = text.strip().replace("\n", " ")
    if "  " in text or "\t" in text or "\r" in text:  # few texts must be split, and this test is cheaper than splitting
        return " ".join(text.split())
    return text


def as_text(value: object) -> str:
    """Return a JSON value as text; an empty text for null."""
    return value if isinstance(value, str) else "" if value is None else str(value)


def number(text: str) -> int | None:
    """Return the number that a text of ASCII digits holds; None for other texts and for more than nine digits."""
    return int(text) if len(text) <= _MOST_DIGITS and text.isascii() and text.isdigit() else None


def non_empty(fields: Mapping[str, _T]) -> dict[str, _T]:
    """Return the fields whose value is neither None nor an empty text, tuple or dictionary."""
    # Most values are true, and testing that first is much faster than comparing them.
    return {field: value for field, value in fields.items() if value or value not in (None, "", (), {})}
