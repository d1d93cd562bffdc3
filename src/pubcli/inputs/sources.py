"""Read the bytes of a file, of standard input, of a text in memory or of the sample page.

Every source has an as-of date: the day of the capture as far as this day is known. If a date on the page has no year,
the assumed year is chosen so that the date is not later than the as-of date. Only this module reads the clock.
"""

from __future__ import annotations

import os
import stat
import sys
from contextlib import contextmanager
from datetime import date, datetime
from io import TextIOWrapper

from pubcli.errors import InputError
from pubcli.lazy import TYPE_CHECKING, NamedTuple
from pubcli.text.normalize import visible, well_formed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

SET_BY_USER = "as given"
"""The value of `as_of_reason` if the user has set the as-of date."""
STDIN = "-"
CLIPBOARD = "@clipboard"
NO_FILES = (STDIN, CLIPBOARD)
"""Names of inputs that are not files."""
SAMPLE = "sample"
MAX_BYTES = 2**30
"""Maximum number of bytes to read from one input. A limit is needed because devices such as /dev/zero never end."""
SAMPLE_CAPTURED = date(2026, 11, 23)
"""The latest day on which the sample page can have been captured."""


class ReadOptions(NamedTuple):
    """How to read an input: the options that the user sets, and the macros that earlier files define."""

    form: str | None = None
    """Name of the format in `formats.FORMATS`; None to recognise the format by the content."""
    columns: tuple[tuple[str, str], ...] = ()
    """A pair for each column that the user has mapped: the name of the field, and the heading of the column."""
    encoding: str | None = None
    """Python's name of the encoding, such as `gbk`; None to recognise the encoding."""
    macros: tuple[tuple[str, str], ...] = ()
    """A pair for each macro that this file uses and an earlier file of the command defines: its name and its text."""


NO_OPTIONS = ReadOptions()
_LARGE = 16 * 2**20
"""Size in bytes. A longer file is read line by line when it is added to a library, if its format allows this."""
_PIECE = 2**20


class Source(NamedTuple):
    """The bytes of one input, with its name and its as-of date."""

    name: str
    data: bytes
    as_of: date
    as_of_reason: str
    options: ReadOptions = NO_OPTIONS
    encoding: str | None = None
    """The encoding from which `recoding` has converted `data` to UTF-8; None if `data` was not converted."""
    encoding_is_assumed: bool = False
    """Whether `encoding` is a guess."""

    @property
    def display_name(self) -> str:
        """The name of the source in messages; `standard input` for `-`, and `the clipboard` for `@clipboard`."""
        return display_name(self.name)

    @property
    def assumed_encoding(self) -> str | None:
        """The encoding of the input if it is a guess, else None."""
        return self.encoding if self.encoding_is_assumed else None

    @property
    def digest(self) -> bytes:
        """SHA-256 of the bytes and the reading options."""
        return _digest([self.data], self.options)


def display_name(name: str) -> str:
    """Return the name of an input for messages."""
    return {STDIN: "standard input", CLIPBOARD: "the clipboard"}.get(name) or visible(name)


class Stream(NamedTuple):
    """A long file that is read line by line, perhaps several times, so that it need not fit into memory."""

    name: str
    data: bytes
    """The beginning of the file, long enough to recognise its format."""
    as_of: date
    as_of_reason: str
    options: ReadOptions
    encoding: str | None = None
    """The encoding of the file; None for UTF-8."""
    encoding_is_assumed: bool = False
    """Whether `encoding` is a guess."""

    @property
    def display_name(self) -> str:
        """The name of the file in messages."""
        return visible(self.name)

    @property
    def assumed_encoding(self) -> str | None:
        """The encoding of the file if it is a guess, else None."""
        return self.encoding if self.encoding_is_assumed else None

    @property
    def digest(self) -> bytes:
        """SHA-256 of the whole file and the reading options.

        Raises InputError if the file can no longer be read.
        """
        return _digest(self._pieces(), self.options)

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield each line with its number, counted from 1. Every line ends in `\\n`.

        Raises InputError at the first line that is not text in the encoding of the file.
        """
        if self.encoding:
            yield from self._recoded_lines(self.encoding)
            return
        number = 0
        with self._open() as file:
            try:
                for number, line in enumerate(file, 1):
                    text = line.decode().rstrip("\r\n") + "\n"
                    yield number, text.removeprefix("\ufeff") if number == 1 else text
            except UnicodeDecodeError as error:
                place = f"the byte 0x{error.object[error.start]:02X} in line {number}"
                advice = "name its encoding with --encoding"
                raise InputError(
                    f"{self.display_name} is not UTF-8 text: {place} does not start a character; {advice}"
                ) from None

    def _recoded_lines(self, encoding: str) -> Iterator[tuple[int, str]]:
        number = 0
        with self._open() as file, TextIOWrapper(file, encoding) as text:
            try:
                for number, line in enumerate(text, 1):
                    whole = line.rstrip("\n") + "\n"
                    yield number, whole.removeprefix("\ufeff") if number == 1 else whole
            except UnicodeError:
                place = f"after line {number}"
                raise InputError(
                    f"{self.display_name} is not {encoding} text {place}; name its encoding with --encoding"
                ) from None

    def whole(self) -> Source:
        """Return the whole file as a source. Raises InputError if the file is too long."""
        return from_file(self.name, self.as_of if self.as_of_reason == SET_BY_USER else None, self.options)

    def _pieces(self) -> Iterator[bytes]:
        with self._open() as file:
            while piece := file.read(_PIECE):
                yield piece

    @contextmanager
    def _open(self) -> Iterator[BinaryIO]:
        try:
            with open(self.name, "rb") as file:  # noqa: PTH123 - as in from_file
                yield file
        except OSError as error:
            raise InputError(f"{self.display_name} cannot be read: {error.strerror}") from None


def _digest(pieces: Iterable[bytes], options: ReadOptions) -> bytes:
    from hashlib import sha256

    digest = sha256()
    for piece in pieces:
        digest.update(piece)
    if options != NO_OPTIONS:
        # Libraries of earlier versions contain digests that include this text, so the text must never change.
        encoding = f", encoding={options.encoding!r}" if options.encoding else ""
        macros = f", macros={options.macros!r}" if options.macros else ""
        text = f"Told(form={options.form!r}, columns={options.columns!r}{encoding}{macros})"
        digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.digest()


def from_name(name: str, as_of: date | None = None, options: ReadOptions = NO_OPTIONS) -> Source:
    """Read the input with a name: standard input, the clipboard or a file. Raises InputError if it cannot be read."""
    if name == STDIN:
        return from_stdin(as_of, options)
    return from_clipboard(as_of, options) if name == CLIPBOARD else from_file(name, as_of, options)


def to_add(
    path: str | os.PathLike[str], as_of: date | None = None, options: ReadOptions = NO_OPTIONS
) -> Source | Stream:
    """Open a file to add it to a library. Return a long file as a stream, and any other file as a source.

    Standard input and the clipboard are sources, too. Raises InputError under the same conditions as `from_name`.
    """
    if path in NO_FILES:
        return from_name(str(path), as_of, options)
    name = well_formed(os.fspath(path))
    try:
        status = os.stat(path)  # noqa: PTH116
        if not stat.S_ISREG(status.st_mode) or status.st_size <= _LARGE or name != os.fspath(path):
            return from_file(path, as_of, options)
        with open(path, "rb") as file:  # noqa: PTH123
            start = file.read(_PIECE)
    except (OSError, ValueError):
        return from_file(path, as_of, options)
    return Stream(name, start, *_as_of(as_of, _day(status.st_mtime), "the file's modification date"), options)


def from_text(text: str | bytes, as_of: date | None = None, options: ReadOptions = NO_OPTIONS) -> Source:
    """Return a text in memory as a source. Raises InputError for text that UTF-8 cannot encode (lone surrogates)."""
    try:
        data = text.encode() if isinstance(text, str) else text
    except UnicodeEncodeError as error:
        raise InputError(f"the text contains half a character (a lone surrogate) at offset {error.start}") from None
    return Source("text", data, *_as_of(as_of, date.today(), "today"), options)


def from_stdin(as_of: date | None = None, options: ReadOptions = NO_OPTIONS) -> Source:
    """Read standard input to its end. Raises InputError if it cannot be read."""
    if sys.stdin is None:
        raise InputError("standard input is closed; name a file after --profile, or pipe a page in")
    try:
        data = _bounded(sys.stdin.buffer, "standard input")
    except OSError as error:
        raise InputError(f"standard input cannot be read: {error.strerror}; pipe a page in") from None
    return Source(STDIN, data, *_as_of(as_of, date.today(), "today"), options)


def from_clipboard(as_of: date | None = None, options: ReadOptions = NO_OPTIONS) -> Source:
    """Read the clipboard. Raises InputError with a remedy if it has no text or cannot be read."""
    from pubcli.inputs.clipboard import clipboard_text  # imports subprocess, which few commands need

    return Source(CLIPBOARD, clipboard_text(), *_as_of(as_of, date.today(), "today"), options)


def _bounded(file: BinaryIO, name: str, expected: int = 0) -> bytes:
    """Read a file to its end, in one piece if it has the expected size. Raises InputError if it is too large."""
    blocks = [file.read(expected)] if expected <= MAX_BYTES else []
    size = sum(map(len, blocks))
    while size <= MAX_BYTES and (block := file.read(_PIECE)):  # in blocks: read(n) first reserves n bytes of memory
        blocks.append(block)
        size += len(block)
    if size > MAX_BYTES:
        raise InputError(f"{name} is larger than a gigabyte; split it into several files, or add it to a library")
    return b"".join(blocks)


def from_sample(as_of: date | None = None) -> Source:
    """Return the sample page that is part of the package."""
    with open(_sample_path(), "rb") as file:  # noqa: PTH123 - importing pathlib takes long
        data = file.read()
    return Source(SAMPLE, data, *_as_of(as_of, SAMPLE_CAPTURED, "capture date of the sample"))


def _sample_path() -> str:
    """Return the path of the sample page: in the installed package, or in the repository if pubcli runs from there."""
    folder = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120
    packaged = f"{folder}/sample.txt"
    if os.path.exists(packaged):  # noqa: PTH110
        return packaged
    return f"{folder.rsplit(os.sep, 3)[0]}/fixtures/razaviyayn.txt"


def from_file(path: str | os.PathLike[str], as_of: date | None = None, options: ReadOptions = NO_OPTIONS) -> Source:
    """Read a file. Raises InputError with advice if it cannot be read."""
    name = well_formed(os.fspath(path))
    display_name = visible(name)
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - also opens pipes such as /dev/fd/63
            status = os.fstat(file.fileno())
            data = _bounded(file, display_name, status.st_size if stat.S_ISREG(status.st_mode) else 0)
    except FileNotFoundError:
        if os.path.islink(path):  # noqa: PTH114
            raise InputError(f"{display_name} is a link to a missing file; correct the link or remove it") from None
        raise InputError(f"{display_name}: no such file; {_advice_on_missing(path)}") from None
    except IsADirectoryError:
        raise InputError(f"{display_name} is a folder; name a file in it") from None
    except PermissionError:
        raise InputError(f"{display_name}: permission denied; check the permissions of the file") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{display_name} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if stat.S_ISREG(status.st_mode):
        return Source(name, data, *_as_of(as_of, _day(status.st_mtime), "the file's modification date"), options)
    return Source(name, data, *_as_of(as_of, date.today(), "today"), options)


def _advice_on_missing(name: str | os.PathLike[str]) -> str:
    """Suggest the most similar name in the missing file's folder. If no name is similar, suggest to check the path."""
    from difflib import get_close_matches
    from pathlib import Path

    missing = Path(name)
    try:
        names = [path.name for path in missing.parent.iterdir()]
    except OSError:
        return "check the path of its folder"
    close = get_close_matches(missing.name, names, 1)
    return f"did you mean {visible(str(missing.with_name(close[0])))}?" if close else "check the path"


def modified(name: str, user_date: date | None) -> tuple[date, str]:
    """Return the as-of date of a file, and how it was determined: `user_date`, unless it is None.

    Raises InputError if the file cannot be read.
    """
    try:
        return _as_of(user_date, _day(os.stat(name).st_mtime), "the file's modification date")  # noqa: PTH116
    except (OSError, ValueError) as error:
        raise InputError(f"{visible(name)} cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _day(timestamp: float) -> date:
    try:
        return datetime.fromtimestamp(timestamp).astimezone().date()
    except (OverflowError, ValueError, OSError):
        return date.today()


def time_written(path: str, day: date) -> str | None:
    """Return the time of day at which a file was last changed, in ISO format; None if it was not changed on `day`."""
    try:
        moment = datetime.fromtimestamp(os.stat(path).st_mtime).astimezone()  # noqa: PTH116
    except (OverflowError, ValueError, OSError):
        return None
    return moment.time().isoformat() if moment.date() == day else None


def now() -> str:
    """Return the current time to the second, in ISO format with the offset from UTC."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _as_of(user_date: date | None, default: date, reason: str) -> tuple[date, str]:
    return (user_date, SET_BY_USER) if user_date else (default, reason)
