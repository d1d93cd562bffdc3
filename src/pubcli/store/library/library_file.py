"""A library: the database of many pages, in one file that its user keeps.

The file is made whole and appears at once; every change to it is a transaction (SQLite in WAL mode), so a process that
is killed leaves what was finished. A file that is damaged, or is no library, is named and never written to.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import chain, count
from pathlib import Path
from typing import NoReturn

from pubcli import paths
from pubcli.errors import InputError, OutputError, PubcliError
from pubcli.store import database, schema
from pubcli.store.database import Store
from pubcli.text.normalize import visible, well_formed

_APPLICATION = 0x70756263
"""`PRAGMA application_id` of a library: the letters pubc."""
_opened: list[Path] = []
"""The libraries that were opened: SQLite's errors do not say which file they are about."""


def locate(given: str | None) -> Path:
    """The file: as given, else PUBCLI_LIBRARY, else where a user's data belong. Raises InputError without a home."""
    try:
        return Path(given or os.environ.get("PUBCLI_LIBRARY") or paths.data() / "library.sqlite")
    except OSError as error:
        raise InputError(f"no place for a library: {error.strerror}; name one with --library") from None


def open_to_ask(path: Path) -> Store:
    """An existing library. Raises InputError, with the remedy, for a file that cannot be used as one.

    One that may only be read, or lies where nothing may be written, can be asked all the same.
    """
    _require_file(path)
    with _explaining(path):
        connection = _readable(path)
        _require_library(connection, path)
        return connection


def open_to_add(path: Path) -> Store:
    """A library to be changed, made if there is none. Raises OutputError where none can be made."""
    if not path.exists():
        _make(path)
    return open_to_change(path)


def open_to_change(path: Path) -> Store:
    """An existing library to be changed. Raises InputError as `open_to_ask`."""
    _require_file(path)
    with _explaining(path):
        connection = database.connect(_address(path, "mode=rw"))
        _require_library(connection, path)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA wal_autocheckpoint = 4000")
        return connection


def open_if_any(given: str | None) -> Store | None:
    """The library that was named, or the user's own when it holds a page; None when that is not so.

    Raises InputError as `open_to_ask`.
    """
    path = locate(given)
    if given is not None:
        return open_to_ask(path)
    if not path.exists():
        return None
    connection = open_to_ask(path)
    with _explaining(path):
        filled = connection.execute("SELECT 1 FROM snapshot LIMIT 1").fetchone()
    if filled:
        return connection
    connection.close()
    return None


def in_memory() -> Store:
    """Return an empty library in memory, for a trial that must not create a file."""
    store = database.connect()
    schema.create(store)
    return store


def owners_of(connection: Store, file: Path) -> list[str]:
    """Whose pages a library has from a file, in the order of their names."""
    statement = "SELECT DISTINCT owner FROM snapshot WHERE path = ? ORDER BY owner"
    return [row[0] for row in connection.execute(statement, (well_formed(str(file.resolve())),))]


def backup(path: Path, target: Path) -> None:
    """Copy a library, which may be in use, to a new file. Raises OutputError, InputError."""
    if target.exists():
        raise OutputError(f"{visible(str(target))} exists; name a new file, a backup replaces none")
    with closing(open_to_ask(path)) as connection, _explaining(path):
        _copy(connection, target)


def findings(path: Path) -> list[str]:
    """What is wrong with a library, one sentence each; empty for a sound one. Raises InputError when it is none."""
    with closing(open_to_ask(path)) as connection:
        try:
            return [*_damage(connection), *_contradictions(connection)]
        except sqlite3.DatabaseError as error:
            return [str(error)]


def explained(error: Exception, path: Path | None = None) -> PubcliError | None:
    """What an error of SQLite's means for the user; None for one that is our bug.

    Without `path` it is about the library that was opened last.
    """
    path = path or next(reversed(_opened), None)
    if path is None or not isinstance(error, sqlite3.Error):
        return None
    code, name = getattr(error, "sqlite_errorcode", 0) & 0xFF, visible(str(path))
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return InputError(f"{name} is damaged or no library ({error}); restore a backup, or name another --library")
    if code == sqlite3.SQLITE_BUSY:
        return OutputError(f"{name} is being written by another process for too long; try again when that is done")
    if code == sqlite3.SQLITE_FULL:
        return OutputError(f"{name} cannot grow: the disk is full; nothing of the last page was kept")
    if code == sqlite3.SQLITE_READONLY:
        return OutputError(f"{name} may not be written by you; look at its permissions and its folder's")
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM):
        return InputError(f"{name} cannot be opened ({error}); look at its permissions and its folder's")
    return None


@contextmanager
def _explaining(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise explained(error, path) or error from None


def _require_file(path: Path) -> None:
    if not path.exists():
        raise InputError(f"{visible(str(path))}: there is no such library; pubcli add FILE makes one")


def _address(path: Path, parameters: str) -> str:
    return f"{path.absolute().as_uri()}?{parameters}"


def _readable(path: Path) -> Store:
    """WAL wants to write beside the file even to read it; where that is impossible nobody else writes either."""
    for parameters in ("mode=rw", "mode=ro", "immutable=1"):
        with suppress(sqlite3.OperationalError), closing(database.connect(_address(path, parameters))) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            break
    return database.connect(_address(path, parameters))


def _require_library(connection: Store, path: Path) -> None:
    """Raise InputError for a database of something else, or of a newer pubcli; bring an older one up to date."""
    _opened.append(path)
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != _APPLICATION:
        raise InputError(f"{visible(str(path))} is no library of pubcli's; name another file with --library")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > schema.VERSION:
        newer = f"version {version}, where this pubcli knows {schema.VERSION}"
        raise InputError(f"{visible(str(path))} was written by a newer pubcli ({newer}); upgrade pubcli to use it")
    while version < schema.VERSION:
        version = _migrate(connection, path, version)


def _migrate(connection: Store, path: Path, version: int) -> int:
    """One step up, after a backup; another process may have made it meanwhile. Returns the version reached."""
    from pubcli.store.library import migrations  # few libraries are of an older pubcli

    with schema.transaction(connection):
        now = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if now == version:
            # Nobody else changes anything meanwhile; what is copied is read by a connection that sees no change.
            with closing(database.connect(_address(path, "mode=ro"))) as before:
                _copy(before, _free(path, version))
            migrations.STEPS[version](connection)
            connection.execute(f"PRAGMA user_version = {version + 1}")
    return max(now, version + 1)


def _free(path: Path, version: int) -> Path:
    """The name of a backup: an older one, perhaps of another library, is never replaced."""
    names = chain([f"{path.name}.version-{version}"], (f"{path.name}.version-{version}-{n}" for n in count(2)))
    return next(file for file in map(path.with_name, names) if not file.exists())


def _make(path: Path) -> None:
    """Make an empty library beside its place and move it there, so that nobody ever meets half of one."""
    from tempfile import TemporaryDirectory  # pays for itself only here

    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
            unfinished = Path(folder, path.name)
            with closing(database.connect(_address(unfinished, "mode=rwc"))) as connection:
                # A record takes about 2 kB: of the usual 4 kB page nearly half would stay empty.
                connection.execute("PRAGMA page_size = 16384")
                connection.execute("PRAGMA journal_mode = WAL")
                schema.create(connection)
                connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            with suppress(FileExistsError):  # another process was faster
                _appear(unfinished, path)
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise OutputError(f"{visible(str(path))} cannot be made: {reason}; name another file with --library") from None


def _appear(unfinished: Path, path: Path) -> None:
    """Give a file its name unless that is taken, which is FileExistsError."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if path.exists():
            raise FileExistsError(path) from None
        unfinished.replace(path)


def _copy(connection: Store, target: Path) -> None:
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with closing(sqlite3.connect(unfinished)) as copy:
            connection.backup(copy)
        _appear(unfinished, target)
    except (OSError, sqlite3.OperationalError) as error:
        _refuse_copy(target, error)
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            unfinished.with_name(unfinished.name + suffix).unlink(missing_ok=True)


def _refuse_copy(target: Path, error: Exception) -> NoReturn:
    reason = getattr(error, "strerror", None) or error
    raise OutputError(f"{visible(str(target))} cannot be written: {reason}") from None


def _damage(connection: Store) -> Iterator[str]:
    """What SQLite itself finds wrong."""
    for (text,) in connection.execute("PRAGMA integrity_check"):
        if text != "ok":
            yield str(text)
    with closing(database.connect()) as whole:
        schema.create(whole)
        expected = _names(whole)
    for name in sorted(expected - _names(connection)):
        yield f"{name} is missing"
    for table, rowid, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"row {rowid} of {table} refers to a {parent} that is not there"


def _names(connection: Store) -> set[str]:
    """The tables, views and indexes that there are."""
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}


_INVARIANTS = {
    "papers without a record": "SELECT count(*) FROM paper WHERE id NOT IN (SELECT paper_id FROM record)",
    "papers that no page lists": (
        "SELECT count(*) FROM paper WHERE id NOT IN (SELECT paper_id FROM listing WHERE paper_id IS NOT NULL)"
    ),
    "papers that the text index does not know, or knows without there being one": (
        "SELECT (SELECT count(*) FROM (SELECT id FROM paper EXCEPT SELECT id FROM paper_text_docsize)) "
        "+ (SELECT count(*) FROM (SELECT id FROM paper_text_docsize EXCEPT SELECT id FROM paper))"
    ),
    "listings of current pages without a paper": (
        "SELECT count(*) FROM listing JOIN profile ON profile.id = snapshot_id WHERE paper_id IS NULL"
    ),
    "listings of older pages without a record": (
        "SELECT count(*) FROM listing WHERE paper_id IS NULL AND written IS NULL"
    ),
    "keys that stand for several papers": (
        "SELECT count(*) FROM (SELECT key FROM paper GROUP BY key HAVING count(*) > 1)"
    ),
    "people with more than one current page": (
        "SELECT count(*) FROM (SELECT owner FROM profile GROUP BY owner HAVING count(*) > 1)"
    ),
}


def _contradictions(connection: Store) -> Iterator[str]:
    """What cannot be, as pubcli keeps its tables."""
    for said, statement in _INVARIANTS.items():
        if count := connection.execute(statement).fetchone()[0]:
            yield f"{said}: {count:,}"
    with suppress(sqlite3.OperationalError):  # a library that may only be read
        connection.execute("INSERT INTO paper_text (paper_text) VALUES ('integrity-check')")
