"""Pages that were read before, each stored as the database that answers questions about it.

An entry is known by the SHA-256 of everything that went into it: the bytes of the pages, their names and as-of dates,
what was told of them, and the state of pubcli's own code. So it is never stale, and nothing needs to be compared or
invalidated. It is a serialized SQLite database with a checksum behind it, written whole, and may vanish at any time.
"""

import os
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pubcli import __version__, paths
from pubcli.inputs.sources import Source
from pubcli.store import schema
from pubcli.store.database import Store

MOST_ENTRIES = 500
MOST_BYTES = 256 * 2**20
"""Of all entries together; one that would take more than a quarter of it is not kept."""
_SUFFIX = ".pages"
_UNFINISHED = ".unfinished"
_ABANDONED = 3_600
"""Seconds after which an unfinished file is taken for one whose writer was killed."""
_CHECKSUM = 4
"""Bytes."""


class CacheEntry(NamedTuple):
    """A stored database."""

    path: Path
    size: int
    """Bytes."""
    used: float
    """When it last answered a question, as a Unix time."""


def entry_path(sources: Sequence[Source]) -> Path:
    """The file that holds these pages once they have been read. Raises OSError when the user has no home."""
    from hashlib import sha256

    known = sha256(_code().encode())
    for source in sources:
        described = f"\n{source.name}\n{source.as_of}\n{source.as_of_reason}\n{source.options}\n{len(source.data)}\n"
        known.update(described.encode("utf-8", "surrogateescape"))
        known.update(source.data)
    return paths.cache() / (known.hexdigest() + _SUFFIX)


def _code() -> str:
    """What changes when pubcli reads or stores pages in another way: an entry of other code is never used."""
    parts = [__version__, str(schema.VERSION)]
    with suppress(OSError):  # run from a zip file, the version alone has to do
        root = Path(__file__).parents[1]
        folders = [*(root / package for package in _PACKAGES), *sorted((root / "formats").glob("*/"))]
        for folder in folders:
            with os.scandir(folder) as found:
                parts += sorted(f"{file.name} {_stamp(file)}" for file in found if file.name.endswith(".py"))
    return "\n".join(parts)


_PACKAGES = (
    "",
    "biblio",
    "formats",
    "inputs",
    "sites/paperfeed",
    "store",
    "text",
)
"""Folders of code that decides what is read from a page and how it is stored, with those of the formats."""


def _stamp(file: "os.DirEntry[str]") -> str:
    status = file.stat()
    return f"{status.st_size} {status.st_mtime_ns}"


def load_entry(path: Path) -> Store | None:
    """The database in an entry, in memory; None when there is no such entry or it is damaged."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    with suppress(OSError):  # in a folder that is read-only the order of use is not kept
        os.utime(path)
    body, checksum = memoryview(data)[:-_CHECKSUM], data[-_CHECKSUM:]
    if not body or zlib.crc32(body).to_bytes(_CHECKSUM) != checksum:
        return None
    store = Store()
    store.deserialize(body)
    return store


def save_entry(path: Path, store: Store) -> None:
    """Write a database as an entry, whole or not at all, and make room. Raises OSError when that cannot be done."""
    body = store.serialize()
    if len(body) > MOST_BYTES // 4:
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}{_UNFINISHED}")
    try:
        with unfinished.open("wb") as file:
            file.write(body)
            file.write(zlib.crc32(body).to_bytes(_CHECKSUM))
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _evict(path)


def entries() -> list[CacheEntry]:
    """All entries, the one used last first. Raises OSError when the folder may not be read."""
    found = (CacheEntry(path, status.st_size, status.st_mtime) for path, status in _files(_SUFFIX))
    return sorted(found, key=lambda entry: (-entry.used, entry.path.name))


def clear_entries() -> int:
    """Remove every entry, finished or not, and return the number of finished ones. Raises OSError."""
    removed = entries()
    for path in [*(entry.path for entry in removed), *(path for path, _ in _files(_UNFINISHED))]:
        path.unlink(missing_ok=True)
    return len(removed)


def _files(suffix: str) -> Iterator[tuple[Path, os.stat_result]]:
    with suppress(FileNotFoundError), os.scandir(paths.cache()) as found:
        for file in found:
            with suppress(FileNotFoundError):  # another process may be making room
                if file.name.endswith(suffix) and file.is_file(follow_symlinks=False):
                    yield Path(file.path), file.stat(follow_symlinks=False)


def _evict(kept: Path) -> None:
    """Remove what was not used for longest, until count and size are within bounds again; never the entry just kept."""
    total = count = 0
    for entry in entries():
        count, total = count + 1, total + entry.size
        if (count > MOST_ENTRIES or total > MOST_BYTES) and entry.path != kept:
            entry.path.unlink(missing_ok=True)
            total -= entry.size
    for path, status in _files(_UNFINISHED):
        if time.time() - status.st_mtime > _ABANDONED:
            path.unlink(missing_ok=True)
