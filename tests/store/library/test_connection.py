"""Errors of SQLite name the file of the library, even if other files are open."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pubcli.errors import InputError, OutputError
from pubcli.store import schema
from pubcli.store.library import library_file
from pubcli.store.library.connection import Library, explaining

STATEMENTS: dict[str, Callable[[Library], object]] = {
    "execute": lambda library: library.execute("SELECT json FROM record ORDER BY json"),
    "executemany": lambda library: library.executemany(
        "DELETE FROM record WHERE paper_id = ?", [(id_,) for id_ in range(60)]
    ),
    "executescript": lambda library: library.executescript("DELETE FROM record"),
    "fetchone": lambda library: library.execute("SELECT count(json) FROM record").fetchone(),
    "fetchmany": lambda library: library.execute("SELECT json FROM record").fetchmany(60),
    "fetchall": lambda library: library.execute("SELECT json FROM record").fetchall(),
    "loop": lambda library: [row["json"] for row in library.execute("SELECT json FROM record")],
    "cursor": lambda library: library.cursor().execute("SELECT json FROM record").fetchall(),
}


@pytest.mark.parametrize("reading", STATEMENTS)
def test_an_error_names_the_damaged_file_and_not_the_last_opened_file(
    filled: Path, tmp_path: Path, reading: str
) -> None:
    data = bytearray(filled.read_bytes())
    with closing(sqlite3.connect(filled)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'record'").fetchone()
    data[16_384 * (page - 1) : 16_384 * page] = b"\xff" * 16_384
    filled.write_bytes(data)
    with (
        closing(library_file.open_to_change(filled)) as library,
        closing(library_file.open_or_create(tmp_path / "other.sqlite")),
        pytest.raises(InputError, match="damaged or is not a library") as error,
    ):
        STATEMENTS[reading](library)
    assert str(filled) in str(error.value)


def test_the_error_about_a_locked_library_names_its_file(filled: Path) -> None:
    with (
        closing(library_file.open_to_change(filled)) as writer,
        closing(library_file.open_to_change(filled)) as library,
    ):
        library.execute("PRAGMA busy_timeout = 1")
        with schema.transaction(writer), pytest.raises(OutputError, match="locked by another process") as error:
            library.execute("BEGIN IMMEDIATE")
    assert str(filled) in str(error.value)


def test_an_sqlite_error_caused_by_a_bug_is_not_converted(filled: Path) -> None:
    with (
        closing(library_file.open_to_read(filled)) as library,
        pytest.raises(sqlite3.OperationalError, match="no such"),
    ):
        library.execute("SELECT absent FROM paper")


def test_a_full_disk_is_reported_for_a_temporary_file_too() -> None:
    with closing(sqlite3.connect("", isolation_level=None)) as connection:
        connection.execute("PRAGMA max_page_count = 2")
        with (
            pytest.raises(OutputError, match="a temporary file cannot grow because the disk is full"),
            explaining("a temporary file"),
        ):
            connection.executescript("CREATE TABLE a (x); CREATE TABLE b (x); CREATE TABLE c (x)")


def test_iterating_over_a_cursor_reads_all_rows(filled: Path) -> None:
    with closing(library_file.open_to_read(filled)) as library:
        rows = [row["id"] for row in library.execute("SELECT id FROM paper ORDER BY id")]
        assert rows == [row["id"] for row in library.execute("SELECT id FROM paper ORDER BY id").fetchall()]
        assert len(rows) == 50
