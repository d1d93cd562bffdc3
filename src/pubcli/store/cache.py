"""Keep the databases of pages that were read, so that the same pages need not be read again.

The name of an entry is the SHA-256 of everything that the content of the entry depends on: the bytes of the pages,
their names and as-of dates, the reading options, and the state of pubcli's own code. So an entry is never stale, and
nothing needs to be compared or invalidated.

An entry is a SQLite database, which is opened in place, followed by a stamp and a checksum. It is written as a whole,
and another process may remove it at any time. The stamp is the modification time that the file gets when it is stored.
As long as the file has this time, nothing has written to it, and a command reads only the parts that it needs. If it
has another time, the checksum of the whole entry decides whether it is used. The access time is the time of use.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
import zlib
from contextlib import closing, suppress

from pubcli import __version__, paths
from pubcli.lazy import TYPE_CHECKING, NamedTuple, import_module
from pubcli.store import schema
from pubcli.store.database import Store, file_uri

if TYPE_CHECKING:
    import hashlib
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from pubcli.inputs.sources import Source

MAX_ENTRIES = 500
MAX_BYTES = 2**30
"""Maximum size of all entries together. An entry larger than half of this is not stored."""
_SUFFIX = ".pages"
_LONG = 2**20
"""From this number of bytes on, OpenSSL is faster than the built-in module, even with the time to import OpenSSL."""
_STAMP, _CHECKSUM = 8, 4
"""Lengths of the stamp and of the checksum in bytes."""
_PIECE = 2**20
"""Number of bytes to read at once."""
_PAGES = 10_000
"""Number of pages of a database to write between two calls of `_continue`; they take about 10 ms."""
_SECOND = 10**9
"""Nanoseconds. Stamps are even numbers of seconds, because some file systems store no more precise times."""
CODE = ("answer", "biblio", "formats", "inputs", "language", "query", "sites", "store", "text")
"""The packages that determine what is read from a page and how it is stored. The top-level modules do so too.

A test compares this list with the imports of the readers and of `load`.
"""


class CacheEntry(NamedTuple):
    """A file of the cache, which contains the database of some pages."""

    path: Path
    size: int
    """Bytes."""
    used: float
    """The time when the entry was last used, in seconds since 1970."""


def entry_path(sources: Sequence[Source]) -> str:
    """Return the path at which the entry for these pages is stored, or would be stored.

    Raises OSError if the user has no home folder.
    """
    digest = _sha256(sum(len(source.data) for source in sources))
    digest.update(code_state().encode())
    for source in sources:
        described = f"\n{source.name}\n{source.as_of}\n{source.as_of_reason}\n{source.options}\n{len(source.data)}\n"
        digest.update(described.encode("utf-8", "surrogateescape"))
        digest.update(source.data)
    return os.path.join(paths.cache_folder(), digest.hexdigest() + _SUFFIX)  # noqa: PTH118 - importing pathlib takes long


def _sha256(size: int) -> hashlib._Hash:
    """Return a new SHA-256 object from the implementation that is faster for `size` bytes.

    Importing hashlib loads OpenSSL, which takes longer than hashing a page with the built-in module. For long input,
    OpenSSL is faster. The built-in module is private to Python, but the standard library's own `random` module imports
    another private module of this kind.
    """
    module = "_sha2" if sys.version_info >= (3, 12) else "_sha256"
    with suppress(ImportError):
        if size < _LONG:
            digest: hashlib._Hash = import_module(module).sha256()
            return digest
    import hashlib

    return hashlib.sha256()


def code_state() -> str:
    """Return a text that changes whenever pubcli's code changes.

    The text is a part of the name of each cache entry, so an entry that older code has written is never read again.
    Only the top-level modules and the packages in the list `CODE` count: they determine the content of an entry.
    """
    parts = [__version__, str(schema.VERSION)]
    with suppress(OSError):  # if pubcli runs from a zip file, only its version is used
        root = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 - much faster than Path
        parts += sorted(_stamps(root, ""))
        for package in CODE:  # without store/library/, which the cache does not use
            parts += sorted(_stamps(root, package, inner=package != "store"))
    return "\n".join(parts)


def _stamps(root: str, folder: str, *, inner: bool = False) -> Iterator[str]:
    """Yield the name, size and modification time of each module in a folder and, with `inner`, in its subfolders."""
    with os.scandir(f"{root}/{folder}") as files:
        for file in files:
            if file.name.endswith(".py"):
                status = file.stat()
                yield f"{folder}/{file.name} {status.st_size} {status.st_mtime_ns}"
            elif inner and file.name != "__pycache__" and file.is_dir():
                yield from _stamps(root, f"{folder}/{file.name}", inner=True)


def load_entry(path: str | os.PathLike[str], *, mark: bool = True) -> Store | None:
    """Return the database of an entry, opened in place; None if the entry does not exist or is damaged.

    The time of use is stored in the file, unless `mark` is False.
    """
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            stamp = _stamp(file)
            if os.fstat(file.fileno()).st_mtime_ns != stamp and not _is_intact(file):
                return None
    except (OSError, ValueError):
        return None
    with suppress(OSError):  # in a read-only folder, the time of use cannot be stored
        if mark:
            os.utime(path, ns=(time.time_ns(), stamp))
    with suppress(sqlite3.Error):  # another process may have removed the file
        return Store(file_uri(os.fspath(path), "mode=ro&immutable=1"), is_immutable=True)
    return None


def _stamp(file: BinaryIO) -> int:
    """Return the modification time of an unchanged entry, in nanoseconds. Raises OSError if the file is too short."""
    file.seek(-_STAMP - _CHECKSUM, os.SEEK_END)
    return int.from_bytes(file.read(_STAMP)) * _SECOND


def _is_intact(file: BinaryIO) -> bool:
    """Return whether the checksum at the end of an entry is that of all bytes before it."""
    length = file.seek(-_CHECKSUM, os.SEEK_END)
    return file.read() == _checksum(file, length)


def _checksum(file: BinaryIO, length: int) -> bytes:
    """Return the checksum of the first bytes of a file, which is read in pieces."""
    file.seek(0)
    checksum = 0
    while length > 0 and (piece := file.read(min(length, _PIECE))):
        checksum = zlib.crc32(piece, checksum)
        length -= len(piece)
    return checksum.to_bytes(_CHECKSUM)


def save_entry(path: str | os.PathLike[str], store: Store) -> None:
    """Write a database as an entry, completely or not at all, and remove old entries.

    Raises OSError if writing fails.
    """
    size = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    if store.execute(size).fetchone()[0] > MAX_BYTES // 2:
        return  # writing such a database would take long, and the entry would be too large
    from pathlib import Path

    from pubcli.unfinished import unfinished_file  # imported only here, because most commands write no entry

    target = Path(path)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with unfinished_file(target) as unfinished:
        _write_database(unfinished, store)
        with unfinished.open("r+b") as file:
            status = os.fstat(file.fileno())
            stamp = int(status.st_mtime) // 2 * 2
            length = file.seek(0, os.SEEK_END) + file.write(stamp.to_bytes(_STAMP))
            checksum = _checksum(file, length)
            file.seek(length)
            file.write(checksum)
        os.utime(unfinished, ns=(status.st_mtime_ns, stamp * _SECOND))
        unfinished.replace(target)
    _evict(target)


def _write_database(path: Path, store: Store) -> None:
    """Write a database to a new file, page by page, so that no copy of it is in memory.

    Raises OSError if writing fails.
    """
    try:
        with closing(sqlite3.connect(path)) as copy:
            copy.execute("PRAGMA journal_mode = OFF")  # an unfinished file is removed, whatever is in it
            copy.execute("PRAGMA synchronous = OFF")
            store.backup(copy, pages=_PAGES, progress=_continue)
    except sqlite3.Error as error:
        raise OSError(str(error)) from error


def _continue(status: int, remaining: int, total: int) -> None:
    """Let SQLite continue; Python handles signals, such as that of Ctrl-C, only between its own instructions."""


def entries() -> list[CacheEntry]:
    """Return all entries, the most recently used first. Raises OSError if the folder cannot be read."""
    unsorted = (CacheEntry(path, status.st_size, status.st_atime) for path, status in _files())
    return sorted(unsorted, key=lambda entry: (-entry.used, entry.path.name))


def clear_entries() -> int:
    """Remove all entries, and unfinished files of killed processes. Return the number of removed entries.

    Raises OSError if a file cannot be removed.
    """
    from pubcli.unfinished import remove_abandoned

    removed = entries()
    for entry in removed:
        entry.path.unlink(missing_ok=True)
    remove_abandoned(paths.cache())
    return len(removed)


def _files() -> Iterator[tuple[Path, os.stat_result]]:
    from pathlib import Path

    with suppress(FileNotFoundError), os.scandir(paths.cache()) as files:
        for file in files:
            with suppress(FileNotFoundError):  # another process may have removed the file
                if file.name.endswith(_SUFFIX) and file.is_file(follow_symlinks=False):
                    yield Path(file.path), file.stat(follow_symlinks=False)


def _evict(newest: Path) -> None:
    """Remove the least recently used cache entries until at most `MAX_ENTRIES` entries and `MAX_BYTES` bytes are left.

    The entry `newest` is never removed.
    """
    total = count = 0
    for entry in entries():
        count, total = count + 1, total + entry.size
        if (count > MAX_ENTRIES or total > MAX_BYTES) and entry.path != newest:
            with suppress(PermissionError):  # Windows removes no file that another process has open
                entry.path.unlink(missing_ok=True)
            total -= entry.size
