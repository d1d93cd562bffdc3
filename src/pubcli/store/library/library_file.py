"""A library: a file with a database of many pages, which the user keeps.

The file is created as a whole under a temporary name and then renamed. Every change to it is a transaction (SQLite in
WAL mode), so a process that is killed loses only its unfinished transaction. pubcli never writes to a file that is
damaged or not a library. Instead, it raises an error that names the file.
"""

import os
import sqlite3
from contextlib import closing, suppress
from itertools import chain, count
from pathlib import Path

from pubcli import paths
from pubcli.errors import InputError, OutputError, PubcliError
from pubcli.inputs.selection import LIBRARY_ID
from pubcli.store import schema
from pubcli.store.database import Store
from pubcli.store.library.connection import Library, address, explaining
from pubcli.store.library.location import is_present, path_of
from pubcli.text.normalize import visible, well_formed
from pubcli.unfinished import unfinished_file


def locate(name: str | None) -> Path:
    """Return the path of the library with this name, or of the default one. Raises InputError like `path_of`."""
    return Path(path_of(name))


def open_to_read(path: Path) -> Library:
    """Open an existing library for reading, even if the user may not write to the file or its folder.

    Until it is closed, the library has the same content, whatever other processes write: an answer is read in several
    statements, the last ones perhaps minutes later, when a pager shows its last rows.

    A library of an older version that cannot be written is migrated in a copy in memory.

    Raises InputError, with the remedy, for a file that is missing, damaged, or not a library.
    """
    _require_file(path)
    try:
        library = _opened(path, _readable_mode(path))
    except OutputError:  # only a migration writes
        library = _migrated_copy(path)
    library.execute("BEGIN")
    # A transaction begins to read with its first statement.
    library.execute("SELECT 1 FROM snapshot LIMIT 1").fetchone()
    return library


def open_or_create(path: Path, command: str = "") -> Library:
    """Open a library for changes; create it if it does not exist. Raises OutputError if it cannot be created.

    SQLite checks the structure of the file first, because adding to a damaged file may damage it further. `command` is
    what the user typed.
    """
    if not paths.exists(path):
        _create(path)
    library = open_to_change(path, command)
    if (finding := library.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        library.close()
        raise library.damaged(finding)
    return library


def open_to_change(path: Path, command: str = "") -> Library:
    """Open an existing library for changes, which are recorded. Raises InputError like `open_to_read`.

    `command` is what the user typed.
    """
    from pubcli.store.library.changes import Recorder  # imported only here, because most commands change nothing

    _require_file(path)
    library = _opened(path, "mode=rw")
    library.execute("PRAGMA synchronous = NORMAL")
    library.execute("PRAGMA cache_size = -65536")
    library.execute("PRAGMA wal_autocheckpoint = 4000")
    with suppress(PubcliError):  # the command itself reports that the library is locked, or the disk full
        schema.add_completion_indexes(library)
    library.recording = Recorder(library, command).recording
    return library


def open_if_present(name: str | None) -> Library | None:
    """Open the library with this name for reading. If the name is None, open the default library.

    Return None if no library is named, by the option or by the variable PUBCLI_LIBRARY, and the user has none in the
    data folder. A library without pages is opened like any other.

    Raises InputError like `open_to_read`, also for a named library that does not exist.
    """
    return open_to_read(locate(name)) if is_present(name) else None


def is_empty(store: Store) -> bool:
    """Return whether a library contains no page."""
    return store.execute("SELECT 1 FROM snapshot LIMIT 1").fetchone() is None


def in_memory() -> Store:
    """Return an empty library in memory, for a dry run that must not create a file."""
    store = Store()
    schema.create(store)
    return store


def owners_of(store: Store, file: Path) -> list[str]:
    """Return the sorted ids of the owners whose pages in a library were read from this file."""
    statement = "SELECT DISTINCT owner FROM snapshot WHERE path = ? ORDER BY owner"
    return [row[0] for row in store.execute(statement, (well_formed(str(paths.resolved(file))),))]


def backup(path: Path, target: Path) -> None:
    """Copy a library, which may be in use, to a new file.

    Raises InputError like `open_to_read`, and OutputError if the new file exists or cannot be written.
    """
    if paths.exists(target):
        raise OutputError(f"{visible(str(target))} exists; name a new file, because a backup never replaces a file")
    with closing(open_to_read(path)) as library, explaining(path):
        _copy(library, target)


def _require_file(path: Path) -> None:
    if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for a name that is too long
        raise InputError(f"{visible(str(path))} is a folder; name a file with --library")
    if not paths.exists(path):
        raise InputError(f"{visible(str(path))}: there is no such library; pubcli add FILE creates one")


def _opened(path: Path, parameters: str) -> Library:
    library = Library(path, parameters)
    try:
        _require_version(library)
    except BaseException:
        library.close()
        raise
    return library


def _migrated_copy(path: Path) -> Library:
    library = Library(path, None)
    with closing(Store(readable_address(path))) as file, explaining(path):
        file.backup(library)
    _require_version(library)
    return library


def readable_address(path: Path) -> str:
    """Return the URI with which a library can be opened for reading, even if its file may not be written."""
    return address(path, _readable_mode(path))


def _readable_mode(path: Path) -> str:
    """Return the URI parameters with which a library can be opened for reading.

    In WAL mode, SQLite creates files next to the library even when it only reads. If SQLite cannot create these files,
    the folder is read-only. Then no process can change the library, so the parameter `immutable=1` is safe. It tells
    SQLite that the file never changes, and SQLite then creates no other files.
    """
    for mode in ("mode=rw", "mode=ro", "immutable=1"):
        with explaining(path), suppress(sqlite3.OperationalError), closing(Store(address(path, mode))) as store:
            store.execute("SELECT count(*) FROM sqlite_master").fetchone()
            break
    return mode


def _require_version(library: Library) -> None:
    """Migrate a library of an older version.

    Raises InputError if the file is not a library, if a newer version of pubcli wrote it, or if no version ever had the
    number in the file.
    """
    name = visible(str(library.path))
    if library.execute("PRAGMA application_id").fetchone()[0] != LIBRARY_ID:
        raise InputError(f"{name} is not a library of pubcli; name another file with --library")
    version = library.execute("PRAGMA user_version").fetchone()[0]
    if version > schema.VERSION:
        newer = f"library version {version}; this pubcli reads versions up to {schema.VERSION}"
        raise InputError(f"{name} was written by a newer pubcli ({newer}); upgrade pubcli to use it")
    if version < schema.FIRST_VERSION:
        raise library.damaged(f"there is no library version {version}")
    while version < schema.VERSION:
        version = _migrate(library, version)


def _migrate(library: Library, version: int) -> int:
    """Back up a library, unless it is a copy, and migrate it to the next version. Return the new version.

    Nothing is done if another process has just migrated the library.
    """
    from pubcli.store.library import changes, migrations  # few libraries are of an older version

    with schema.transaction(library):
        current = int(library.execute("PRAGMA user_version").fetchone()[0])
        if current == version:
            # This statement fails if the file cannot be written, before there is a backup.
            library.execute(f"PRAGMA user_version = {version + 1}")
            if not library.is_copy:
                # The second connection sees the library as it was before this transaction. Meanwhile, no other process
                # can write.
                with closing(Store(address(library.path, "mode=ro"))) as before:
                    _copy(before, _free(library.path, version))
            migrations.STEPS[version](library)
            if version + 1 >= changes.FIRST_VERSION:
                changes.make_permanent(library)
    return max(current, version + 1)


def _free(path: Path, version: int) -> Path:
    """Return an unused path for a backup, so that the backup replaces no older backup."""
    names = chain([f"{path.name}.version-{version}"], (f"{path.name}.version-{version}-{n}" for n in count(2)))
    return next(file for file in map(path.with_name, names) if not paths.exists(file))


def _create(path: Path) -> None:
    """Create an empty library under a temporary name and rename it, so that no process sees an incomplete file."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with unfinished_file(path) as unfinished:
            with closing(Store(address(unfinished, "mode=rwc"))) as store:
                # A record takes about 2 kB. With SQLite's default page size of 4 kB, nearly half of a page would stay
                # empty.
                store.execute("PRAGMA page_size = 16384")
                store.execute("PRAGMA journal_mode = WAL")
                schema.create(store)
                store.execute(f"PRAGMA application_id = {LIBRARY_ID}")
            with suppress(FileExistsError):  # another process has created the library meanwhile
                _publish(unfinished, path)
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or error
        if paths.is_file(path.parent):
            reason = f"{visible(str(path.parent))} is a file"
        raise OutputError(
            f"{visible(str(path))} cannot be created: {reason}; name another file with --library"
        ) from None


def _publish(unfinished: Path, path: Path) -> None:
    """Rename a file, but never replace one. Only the user may read or write it, whatever the umask.

    Raises FileExistsError if the new name is taken.
    """
    unfinished.chmod(0o600)
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise
    except OSError:  # the file system has no hard links
        if paths.exists(path):
            raise FileExistsError(path) from None
        unfinished.replace(path)


def _copy(store: Store, target: Path) -> None:
    try:
        with unfinished_file(target) as unfinished:
            with closing(sqlite3.connect(unfinished)) as copy:
                store.backup(copy)
            _publish(unfinished, target)
    except (OSError, sqlite3.OperationalError) as error:
        reason = getattr(error, "strerror", None) or error
        raise OutputError(f"{visible(str(target))} cannot be written: {reason}") from None
