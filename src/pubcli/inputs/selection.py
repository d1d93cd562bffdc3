"""Find the files that a user names: files, folders with their subfolders, globs and standard input.

pubcli's own files in folders, such as a library or an entry of the cache, are left out.
"""

from __future__ import annotations

import os

from pubcli.errors import InputError
from pubcli.inputs.sources import NO_FILES
from pubcli.lazy import TYPE_CHECKING, NamedTuple, pattern
from pubcli.text.normalize import visible, well_formed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LIBRARY_ID = 0x70756263
"""`PRAGMA application_id` of a library: the ASCII codes of the letters pubc."""
_SQLITE = b"SQLite format 3\x00"
_ID_OFFSET = 68
"""Where the header of a SQLite file stores the application id, in four bytes (sqlite.org/fileformat.html)."""
_CACHE_ENTRY = pattern(r"[0-9a-f]{64}\.(pages|[0-9]+\.unfinished)")
SQLITE_SUFFIXES = ("-wal", "-shm", "-journal")
"""Suffixes of the files that SQLite keeps next to a database."""


class InputFile(NamedTuple):
    """A file to read. The path `-` is standard input, and `@clipboard` the clipboard."""

    path: str
    is_named: bool
    """Whether the user named this file; False for a file in a folder, or for one that a glob matches."""


class Selection(NamedTuple):
    """The files that the user names, directly or by a folder or glob."""

    files: list[InputFile]
    own_files: list[str]
    """Files in folders that belong to a library or to the cache of pubcli. They are not read."""
    failures: list[InputError]
    """An error for each folder that cannot be read, and for each folder or glob without files."""


def select(names: Iterable[str]) -> Selection:
    """Find the files that `names` name. A file that is named twice, perhaps by other paths, is selected once.

    Hidden files and subfolders of a folder are skipped. A name that is neither a folder nor a glob is a file, even if
    there is no such file.
    """
    selection = Selection([], [], [])
    places: dict[str, int] = {}
    for name in names:
        for file in _files(name, selection.failures):
            identity = file.path if file.path in NO_FILES else os.path.realpath(file.path)
            if not file.is_named and _is_own_file(file.path):
                selection.own_files.append(file.path)
            elif identity not in places:
                places[identity] = len(selection.files)
                selection.files.append(file)
            elif file.is_named:
                selection.files[places[identity]] = file
    return selection


def _files(name: str, failures: list[InputError]) -> list[InputFile]:
    is_folder = name not in NO_FILES and os.path.isdir(name)  # noqa: PTH112
    if name in NO_FILES or not (is_folder or (not _MAGIC.isdisjoint(name) and not os.path.lexists(name))):
        return [InputFile(name, is_named=True)]
    before = len(failures)
    paths = _files_below(name, failures) if is_folder else _files_matching(name, failures)
    files = [InputFile(path, is_named=False) for path in sorted(set(paths))]
    if not files and len(failures) == before:
        failures.append(InputError(f"{visible(well_formed(name))}: there are no files; check the path"))
    return files


_MAGIC = frozenset("*?[")
"""The characters with a meaning in a glob."""


def _files_matching(glob_pattern: str, failures: list[InputError]) -> Iterator[str]:
    from glob import glob  # imported only here, because it takes long

    for path in glob(glob_pattern, recursive=True):  # noqa: PTH207
        if os.path.isdir(path):  # noqa: PTH112
            if "**" not in glob_pattern:  # `**` matches the files in the folder too
                yield from _files_below(path, failures)
        else:
            yield path


def _files_below(folder: str, failures: list[InputError]) -> Iterator[str]:
    def fail(error: OSError) -> None:
        name = visible(well_formed(str(error.filename)))
        failures.append(InputError(f"{name}: the folder cannot be read: {error.strerror}; check its permissions"))

    for path, folders, files in os.walk(folder, onerror=fail):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (os.path.join(path, name) for name in files if not name.startswith("."))  # noqa: PTH118


def _is_own_file(path: str) -> bool:
    """Return whether a file is a library, an entry of the cache, or a file that SQLite keeps next to one of them."""
    if _CACHE_ENTRY.fullmatch(os.path.basename(path)):  # noqa: PTH119
        return True
    for suffix in SQLITE_SUFFIXES:
        if path.endswith(suffix) and is_library(path.removesuffix(suffix)):
            return True
    return is_library(path)


def is_library(path: str) -> bool:
    """Return whether the header of a file is that of a library. A file that cannot be read does not count as one."""
    try:
        if not os.path.isfile(path):  # noqa: PTH113 - opening a pipe would wait for its writer
            return False
        with open(path, "rb") as file:  # noqa: PTH123
            start = file.read(_ID_OFFSET + 4)
    except (OSError, ValueError):
        return False
    return start.startswith(_SQLITE) and start[_ID_OFFSET:] == LIBRARY_ID.to_bytes(4)
