"""Check whether a library is sound: run SQLite's own checks, and check the rules that pubcli's tables follow."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from traceback import walk_tb

from pubcli.errors import InputError, PubcliError
from pubcli.store import schema
from pubcli.store.database import Store
from pubcli.store.library import library_file
from pubcli.store.library.connection import Library, damaged


def findings(path: Path) -> list[str]:
    """Return a sentence for each fault of a library. Raises InputError in the same cases as `open_to_read`."""
    library_file.open_to_read(path).close()  # migrates a library of an older version
    with closing(Store(library_file.readable_address(path))) as store:
        try:
            return [*damage(store), *contradictions(store)]
        except sqlite3.DatabaseError as error:
            return [str(error)]


def cause_of(error: Exception) -> InputError | None:
    """Return an error that names the damaged library that caused another error; None if no library is the cause.

    A value that is missing or unreadable in a damaged file causes errors of all kinds, far from the statement that has
    read it. The library is found among the local variables of the functions through which the error has passed.
    """
    frames = [frame for frame, _ in walk_tb(error.__traceback__)]
    libraries = [value for frame in frames for value in _connections(frame.f_locals.values())]
    for path in {library.path for library in libraries}:
        try:
            faults = findings(path)
        except PubcliError as refusal:
            faults = [str(refusal)]
        if faults:
            return damaged(path, f"{faults[0]}; {type(error).__name__}: {error}")
    return None


def _connections(values: Iterable[object]) -> Iterator[Library]:
    """Yield the libraries among values, and in values that are tuples, such as `Pages`."""
    for value in values:
        parts = value if isinstance(value, tuple) else (value,)
        yield from (part for part in parts if isinstance(part, Library))


def damage(store: Store) -> Iterator[str]:
    """Yield a sentence for each fault that SQLite finds: damage, missing tables, references to missing rows."""
    for (text,) in store.execute("PRAGMA integrity_check"):
        if text != "ok":
            yield str(text)
    with closing(library_file.in_memory()) as complete:
        expected = _names(complete)
    for name in sorted(expected - _names(store) - schema.COMPLETION_INDEXES.keys()):
        yield f"{name} is missing"
    for table, rowid, parent, _ in store.execute("PRAGMA foreign_key_check"):
        yield f"row {rowid} of {table} refers to a {parent} that does not exist"


def _names(store: Store) -> set[str]:
    """Return the names of all tables, views and indexes in a database."""
    return {row[0] for row in store.execute("SELECT name FROM sqlite_master")}


_RULES = {
    "records whose text has changed": "SELECT count(*) FROM record WHERE checksum IS NOT checksum(json)",
    "listings whose text has changed": "SELECT count(*) FROM listing WHERE checksum IS NOT checksum(written)",
    "papers that differ from their records": (
        "SELECT count(*) FROM paper JOIN record ON paper_id = id "
        "WHERE checksum = checksum(json) AND (folded_title IS NOT folded_title(json) OR "
        + " OR ".join(
            f"paper.{field} IS NOT json ->> '$.{field}'"
            for field in ("key", "org", "category", "date", "date_assumed", "title_guessed", "authors_complete", "code")
        )
        + ")"
    ),
    "papers without a record": "SELECT count(*) FROM paper WHERE id NOT IN (SELECT paper_id FROM record)",
    "papers that no page lists": (
        "SELECT count(*) FROM paper WHERE id NOT IN (SELECT paper_id FROM listing WHERE paper_id IS NOT NULL)"
    ),
    "papers missing from the text index, or present only in the text index": (
        "SELECT (SELECT count(*) FROM (SELECT id FROM paper EXCEPT SELECT id FROM paper_text_docsize)) "
        "+ (SELECT count(*) FROM (SELECT id FROM paper_text_docsize EXCEPT SELECT id FROM paper))"
    ),
    "listings of current pages without a paper": (
        "SELECT count(*) FROM listing JOIN profile ON profile.id = snapshot_id WHERE paper_id IS NULL"
    ),
    "listings of older pages without a record": (
        "SELECT count(*) FROM listing WHERE paper_id IS NULL AND written IS NULL"
    ),
    "keys that several papers share": ("SELECT count(*) FROM (SELECT key FROM paper GROUP BY key HAVING count(*) > 1)"),
    "people with more than one current page": (
        "SELECT count(*) FROM (SELECT owner FROM profile GROUP BY owner HAVING count(*) > 1)"
    ),
}
"""Faults that must not occur, each with a statement that counts how often the fault occurs."""


def contradictions(store: Store) -> Iterator[str]:
    """Yield a sentence for each broken rule of pubcli's tables, with the number of violations."""
    for rule, statement in _RULES.items():
        if count := store.execute(statement).fetchone()[0]:
            yield f"{rule}: {count:,}"
    with suppress(sqlite3.OperationalError):  # the library may be read-only
        store.execute("INSERT INTO paper_text (paper_text) VALUES ('integrity-check')")
