"""Divide the files from which a lake is built into jobs: a piece of a file with one record per line, or a whole file.

Jobs are independent, so several processes can read at the same time. After an interruption, only those jobs are
repeated that were not complete.
"""

from __future__ import annotations

import os
import zlib
from typing import TYPE_CHECKING, NamedTuple

from pubcli.errors import InputError, UsageError
from pubcli.formats import detect
from pubcli.formats.services import openalex
from pubcli.inputs.selection import is_library
from pubcli.inputs.sources import NO_FILES, NO_OPTIONS, ReadOptions, display_name, from_file
from pubcli.text.normalize import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from typing import BinaryIO

LINES = ("openalex", "arxiv-jsonl")
"""The formats with one record per line whose files are divided."""
_PIECE = 128 * 2**20
"""The number of bytes after which a job ends, in a file with one record per line."""
_BLOCK = 2**20
_GZIP = b"\x1f\x8b"
_PARQUET = b"PAR1"


class Job(NamedTuple):
    """Papers to read: a file, or a piece of it."""

    name: str
    """The name of the file as the user typed it, or its path in a folder."""
    kind: str
    """A key of `readers.READERS`."""
    as_of: str | None = None
    """The day of the capture if the user states it, in ISO format."""
    options: ReadOptions = NO_OPTIONS
    start: int = 0
    end: int | None = None
    """The bytes of the piece; None for the end of the file."""
    first_line: int = 1
    """The number of the first line of the piece."""


def jobs(name: str, day: date | None = None, options: ReadOptions = NO_OPTIONS) -> Iterator[Job]:
    """Yield the jobs for a file.

    Raises InputError if the file cannot be read or is compressed in an unknown format, and UsageError if it is not a
    file but standard input or the clipboard.
    """
    _require_regular(name)
    beginning = _beginning(name)
    whole = Job(name, "file", day.isoformat() if day else None, options)
    if beginning.startswith(_PARQUET):
        yield whole._replace(kind="openalex parquet")
    elif is_library(name):
        yield whole._replace(kind="library")
    elif beginning.startswith(_GZIP):
        kind = _kind_of_lines(_decompressed(name, beginning), name.removesuffix(".gz"), options)
        if kind is None:
            raise InputError(
                f"{visible(name)} is compressed, and not works of OpenAlex or records of arXiv; decompress it first"
            )
        yield whole._replace(kind=f"{kind} gzip")
    elif kind := _kind_of_lines(beginning, name, options):
        yield from (
            whole._replace(kind=kind, start=start, end=end, first_line=line) for start, end, line in _pieces(name)
        )
    else:
        yield whole


def _require_regular(name: str) -> None:
    """Raise UsageError for an input that cannot be read twice, and InputError if there is no such file."""
    if name in NO_FILES:
        raise UsageError(
            f"a lake is built from files, so that an interrupted build can continue; store {display_name(name)} in one"
        )
    if not os.path.exists(name):  # noqa: PTH110
        from_file(name)  # raises an error with advice
    if not os.path.isfile(name):  # noqa: PTH113
        raise InputError(f"{visible(name)} is not a file; a lake is built from files")


def _beginning(name: str) -> bytes:
    """Return the first bytes of a file. Raises InputError if it cannot be read."""
    with open_file(name) as file:
        return file.read(_BLOCK)


def _decompressed(name: str, beginning: bytes) -> bytes:
    """Return the decompressed beginning of a file. Raises InputError if it is damaged."""
    try:
        return zlib.decompressobj(wbits=31).decompress(beginning, _BLOCK)
    except zlib.error as error:
        raise InputError(f"{visible(name)} is not a valid gzip file: {error}; download it again") from None


def _kind_of_lines(beginning: bytes, name: str, options: ReadOptions) -> str | None:
    """Return the format of a file with one record per line; None for any other file."""
    if options.columns or options.encoding:
        return None
    form = options.form or detect.recognised(beginning, name)
    first_line = beginning.lstrip(b"\xef\xbb\xbf \r\n").split(b"\n", 1)[0].rstrip()
    is_object = first_line.startswith(b"{") and not openalex.is_answer(first_line.decode("utf-8", "ignore"))
    return form if form in LINES and is_object and first_line.endswith(b"}") else None


def _pieces(name: str) -> Iterator[tuple[int, int | None, int]]:
    """Yield the pieces of a file: the first byte, the end, and the number of the first line.

    Raises InputError if the file cannot be read.
    """
    start, line, place, lines = 0, 1, 0, 0
    with open_file(name) as file:
        while block := file.read(_BLOCK):
            lines += block.count(b"\n")
            place += len(block)
            if place - start >= _PIECE and (last := block.rfind(b"\n")) >= 0:
                end = place - len(block) + last + 1
                yield start, end, line
                start, line = end, lines + 1
        if place > start:
            yield start, None, line


def open_file(name: str) -> BinaryIO:
    """Open a file, which the caller closes. Raises InputError if it cannot be read."""
    try:
        return open(name, "rb")  # noqa: PTH123
    except OSError as error:
        raise InputError(f"{visible(name)} cannot be read: {error.strerror}") from None
