"""A library: the database of many pages, in one file that its user keeps.

The file is made whole and appears at once; every change to it is a transaction (SQLite in WAL mode), so a process that
is killed leaves what was finished. A file that is damaged, or is no library, is named and never written to.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from itertools import chain, count
from pathlib import Path
from typing import NoReturn

from pubcli import folders
from pubcli.errors import InputError, OutputError, PubcliError
from pubcli.names import distinct
from pubcli.store import index, schema
from pubcli.store.index import Store
from pubcli.text import signs, visible, well_formed

_APPLICATION = 0x70756263
"""`PRAGMA application_id` of a library: the letters pubc."""
_opened: list[Path] = []
"""The libraries that were opened: SQLite's errors do not say which file they are about."""


def _add_bibliographic_fields(connection: sqlite3.Connection) -> None:
    """To 2: records gain what other formats than the page know of a paper, all of it unknown."""
    added = json.dumps(
        {"date_precision": "day", "kind": None, "doi": None, "arxiv": None, "venue": None, "volume": None,
         "issue": None, "pages": None, "publisher": None, "url": None, "citations": None, "keywords": [], "extra": {}}
    )  # fmt: skip
    for table, column in ("record", "json"), ("listing", "written"):
        longer = f"substr({column}, 1, length({column}) - 1) || ?"
        connection.execute(f"UPDATE {table} SET {column} = {longer}", (f",{added[1:]}",))
    connection.execute("ALTER TABLE snapshot ADD COLUMN told TEXT")
    _know_lists_by_their_paths(connection)


def _know_lists_by_their_paths(connection: sqlite3.Connection) -> None:
    """Pages without a header belong to the file they are in, where all snapshots of one are of the same file."""
    plain = connection.execute(
        "SELECT owner, min(path) FROM snapshot WHERE name IS NULL AND source = owner "
        "GROUP BY owner HAVING count(DISTINCT path) = 1 AND count(path) = count(*)"
    ).fetchall()
    for owner, path in plain:
        connection.execute("UPDATE snapshot SET owner = ? WHERE owner = ?", (path, owner))
        for column in "owner", "other_owner":
            connection.execute(f"UPDATE decision SET {column} = ?1 WHERE {column} = ?2", (path, owner))


def _add_people(connection: sqlite3.Connection) -> None:
    """To 3: a library remembers which names are one person's."""
    for statement in schema.PEOPLE.split(";"):  # executescript would end the transaction
        connection.execute(statement)


def _add_spellings_column(connection: Store) -> None:
    """For 6, and for older steps that put papers together anew, which fills all columns that there are now."""
    if "written" not in {row["name"] for row in connection.execute("PRAGMA table_info(authorship)")}:
        connection.execute("ALTER TABLE authorship ADD COLUMN written TEXT")


def _index_anew(connection: Store) -> None:
    for statement in ("DROP TABLE vocabulary", "DROP TABLE paper_text", *schema.INDEX.format(schema="main").split(";")):
        connection.execute(statement)
    for id_, text in connection.execute("SELECT paper_id, json FROM record ORDER BY paper_id").fetchall():
        connection.waiting[id_] = index.written(json.loads(text))


def _index_signs(connection: Store) -> None:
    """To 4: Chinese and Japanese are indexed sign by sign, and a paper on several pages has what any of them says."""
    _add_spellings_column(connection)
    if any(signs(row[0]) for row in connection.execute("SELECT json FROM record")):
        _index_anew(connection)
    shared = {row[0] for row in connection.execute("SELECT paper_id FROM listing WHERE added IS NOT NULL")} - {None}
    if shared:
        from pubcli.store.grouping import regroup  # validates records

        regroup(connection, shared)


def _tell_keys_apart(connection: Store) -> None:
    """To 5: no two papers share a key, and a paper has the same on every page that lists it."""
    _add_spellings_column(connection)
    several = "SELECT paper_id FROM listing WHERE added IS NOT NULL"
    alike = "SELECT id FROM paper WHERE key IN (SELECT key FROM paper GROUP BY key HAVING count(*) > 1)"
    papers = {row[0] for row in connection.execute(f"{several} UNION {alike}")}
    if papers:
        from pubcli.store.grouping import regroup  # validates records

        regroup(connection, papers)


def _keep_spellings(connection: Store) -> None:
    """To 6: every spelling of a name is known, not only the first that was met."""
    _add_spellings_column(connection)
    known = dict(connection.execute("SELECT folded, name FROM author").fetchall())
    others = [
        (name, paper_id, place)
        for paper_id, text in connection.execute("SELECT paper_id, json FROM record")
        for place, (folded, name) in enumerate(distinct(json.loads(text)["authors"]).items(), 1)
        if known[folded] != name
    ]
    connection.executemany("UPDATE authorship SET written = ? WHERE paper_id = ? AND place = ?", others)


def _index_greek(connection: Store) -> None:
    """To 7: Greek letters are words beside what stands at them, and no index is missing that came without a step."""
    _index_anew(connection)
    for statement in schema.INDEXES.split(";"):
        connection.execute(statement)


_MIGRATIONS: Mapping[int, Callable[[Store], None]] = {
    1: _add_bibliographic_fields,
    2: _add_people,
    3: _index_signs,
    4: _tell_keys_apart,
    5: _keep_spellings,
    6: _index_greek,
}
"""What turns a library of each older version into one of the next."""


def locate(given: str | None) -> Path:
    """The file: as given, else PUBCLI_LIBRARY, else where a user's data belong. Raises InputError without a home."""
    try:
        return Path(given or os.environ.get("PUBCLI_LIBRARY") or folders.data() / "library.sqlite")
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
        connection = schema.connect(_address(path, "mode=rw"))
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


def owners_of(connection: sqlite3.Connection, file: Path) -> list[str]:
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
        with suppress(sqlite3.OperationalError), closing(schema.connect(_address(path, parameters))) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            break
    return schema.connect(_address(path, parameters))


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
    with schema.transaction(connection):
        now = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if now == version:
            # Nobody else changes anything meanwhile; what is copied is read by a connection that sees no change.
            with closing(schema.connect(_address(path, "mode=ro"))) as before:
                _copy(before, _free(path, version))
            _MIGRATIONS[version](connection)
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
            with closing(schema.connect(_address(unfinished, "mode=rwc"))) as connection:
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


def _copy(connection: sqlite3.Connection, target: Path) -> None:
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


def _damage(connection: sqlite3.Connection) -> Iterator[str]:
    """What SQLite itself finds wrong."""
    for (text,) in connection.execute("PRAGMA integrity_check"):
        if text != "ok":
            yield str(text)
    with closing(schema.connect()) as whole:
        schema.create(whole)
        expected = _names(whole)
    for name in sorted(expected - _names(connection)):
        yield f"{name} is missing"
    for table, rowid, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"row {rowid} of {table} refers to a {parent} that is not there"


def _names(connection: sqlite3.Connection) -> set[str]:
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


def _contradictions(connection: sqlite3.Connection) -> Iterator[str]:
    """What cannot be, as pubcli keeps its tables."""
    for said, statement in _INVARIANTS.items():
        if count := connection.execute(statement).fetchone()[0]:
            yield f"{said}: {count:,}"
    with suppress(sqlite3.OperationalError):  # a library that may only be read
        connection.execute("INSERT INTO paper_text (paper_text) VALUES ('integrity-check')")
