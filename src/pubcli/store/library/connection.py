"""The connection to a library. Its errors name the file, because the errors of SQLite do not contain the name."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from pubcli.errors import InputError, OutputError, PubcliError
from pubcli.store.database import Store
from pubcli.text.normalize import visible


class Library(Store):
    """An open library. If SQLite raises an error about the file, an error that names the file is raised instead."""

    def __init__(self, path: Path, parameters: str | None) -> None:
        """Open an existing file. `parameters` is the part of the URI after the question mark, such as `mode=rw`.

        If `parameters` is None, open an empty database in memory, for a copy of the file.
        """
        self.path = path
        self.is_copy = parameters is None
        """Whether this is a copy in memory, because the file is of an older version and cannot be written."""
        with explaining(path):
            super().__init__(":memory:" if parameters is None else address(path, parameters))

    def damaged(self, finding: str) -> InputError:
        """Return the error for damage to the file of the library. `finding` says what is wrong with it."""
        return damaged(self.path, finding)

    def cursor(self, factory: Any = None) -> Any:
        """Return a cursor that names the file in errors."""
        return self._cursor()

    def execute(self, statement: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Execute a statement, as the base class does, but with a cursor that names the file in errors."""
        if "matches_pattern(" in statement:
            self.forget_old_matches()
        return self._cursor().execute(statement, parameters)

    def executemany(self, statement: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
        """Execute a statement once for each set of parameters."""
        return self._cursor().executemany(statement, parameters)

    def executescript(self, script: str, /) -> sqlite3.Cursor:
        """Commit the current transaction, if any, and execute several statements."""
        return self._cursor().executescript(script)

    @contextmanager
    def explaining(self) -> Iterator[None]:
        """Replace SQLite's errors as `explaining` does, and the error of a regular expression that takes too long."""
        with explaining(self.path):
            try:
                yield
            except sqlite3.OperationalError:
                if slow := self.patterns.take_error():
                    raise slow from None
                raise

    def _cursor(self) -> "_Cursor":
        return super().cursor(_Cursor)


class _Cursor(sqlite3.Cursor):
    """A cursor that names the file of its library in errors."""

    connection: Library

    def execute(self, statement: str, parameters: Any = (), /) -> Self:
        with self.connection.explaining():
            return super().execute(statement, parameters)

    def executemany(self, statement: str, parameters: Iterable[Any], /) -> Self:
        with self.connection.explaining():
            return super().executemany(statement, parameters)

    def executescript(self, script: str, /) -> Self:
        with self.connection.explaining():
            super().executescript(script)
        return self

    def fetchone(self) -> Any:
        with self.connection.explaining():
            return super().fetchone()

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        with self.connection.explaining():
            return super().fetchmany(size)

    def fetchall(self) -> list[Any]:
        with self.connection.explaining():
            return super().fetchall()

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]  # a generator enters `explaining` only once
        with self.connection.explaining():
            yield from iter(super().fetchone, None)


def address(path: Path, parameters: str) -> str:
    """Return the URI with which SQLite opens a file."""
    return f"{path.absolute().as_uri()}?{parameters}"


@contextmanager
def explaining(path: Path | str) -> Iterator[None]:
    """Replace SQLite's errors about a file by errors that name the file and a remedy.

    Other errors of SQLite are bugs in pubcli and pass unchanged.
    """
    try:
        yield
    except UnicodeDecodeError as error:  # SQLite quotes damaged text in its message
        raise damaged(path, f"text is not UTF-8: {error.reason}") from error
    except sqlite3.Error as error:
        meaning = _explanation(error, visible(str(path)))
        if meaning is None:
            raise
        raise meaning from error


def damaged(path: Path | str, finding: str) -> InputError:
    """Return the error for a damaged library. `finding` says what is wrong with the file."""
    remedy = "restore a backup, or use another library with --library"
    return InputError(f"{visible(str(path))} is damaged or is not a library ({finding}); {remedy}")


_SIGNS_OF_DAMAGE = ("Could not decode to UTF-8", "malformed JSON", "unsupported file format")
"""Beginnings of messages about damage for which SQLite and Python have no error code."""


def _explanation(error: sqlite3.Error, name: str) -> PubcliError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or str(error).startswith(_SIGNS_OF_DAMAGE):
        return damaged(name, str(error))
    if code == sqlite3.SQLITE_BUSY:
        return OutputError(f"{name} has been locked by another process for too long; try again when that has finished")
    if code == sqlite3.SQLITE_FULL:
        return OutputError(f"{name} cannot grow because the disk is full; the last page was not stored")
    if code == sqlite3.SQLITE_READONLY:
        return OutputError(f"{name}: no permission to write; check the permissions of the file and its folder")
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM):
        return InputError(f"{name} cannot be opened ({error}); check the permissions of the file and its folder")
    return None
