"""Damage and contradictions that `pubcli library check` reports."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from pubcli.errors import InputError
from pubcli.store.database import Store
from pubcli.store.library import integrity, library_file


def execute(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_damage_is_reported(filled: Path) -> None:
    assert integrity.findings(filled) == []
    data = bytearray(filled.read_bytes())
    data[16_384:90_000] = bytes(90_000 - 16_384)
    filled.write_bytes(data)
    assert integrity.findings(filled) != []


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("DELETE FROM record WHERE paper_id = 3", "papers without a record: 1"),
        ("DELETE FROM listing WHERE position = 3", "papers that no page lists: 1"),
        ("DELETE FROM paper_text_docsize WHERE id = 3", "text index"),
        ("UPDATE listing SET paper_id = NULL WHERE position < 3", "listings of current pages without a paper: 2"),
        ("UPDATE paper SET profile_id = 9", "refers to a snapshot that does not exist"),
        ("DROP INDEX paper_by_key", "paper_by_key"),
    ],
)
def test_tables_that_contradict_each_other_are_reported(filled: Path, statement: str, expected: str) -> None:
    execute(filled, statement)
    assert any(expected in finding for finding in integrity.findings(filled)), integrity.findings(filled)


def test_an_error_that_a_damaged_library_causes_names_the_library(filled: Path) -> None:
    execute(filled, "DELETE FROM record WHERE paper_id = 3")
    with closing(library_file.open_to_read(filled)) as store:
        opened = Pages(store, [])
        with pytest.raises(KeyError) as error:
            list(read_paper(opened, 3))
    cause = integrity.cause_of(error.value)
    assert cause is not None
    assert str(cause).startswith(f"{filled} is damaged or is not a library (papers without a record: 1; KeyError: 3)")


def test_an_error_in_a_sound_library_has_another_cause(filled: Path) -> None:
    with closing(library_file.open_to_read(filled)) as store, pytest.raises(KeyError) as error:
        list(read_paper(Pages(store, []), 99))
    assert integrity.cause_of(error.value) is None
    assert integrity.cause_of(KeyError(99)) is None


class Pages(NamedTuple):
    store: Store
    left_out: list[str]


def read_paper(pages: Pages, id_: int) -> Iterator[str]:
    yield dict(pages.store.execute("SELECT paper_id, json FROM record").fetchall())[id_]


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE record SET json = CAST(x'7bff7d' AS TEXT) WHERE paper_id = 3", "Could not decode to UTF-8"),
        ("UPDATE record SET json = '{' WHERE paper_id = 3", "malformed JSON"),
        ("PRAGMA writable_schema = 1; UPDATE sqlite_master SET sql = 'x' WHERE name = 'paper'", "malformed"),
        (
            "PRAGMA writable_schema = 1; UPDATE sqlite_master SET name = CAST(x'ff' AS TEXT), sql = 'x'",
            "text is not UTF-8",
        ),
    ],
)
def test_text_that_cannot_be_read_is_damage(filled: Path, statement: str, finding: str) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.executescript(statement)
    with pytest.raises(InputError, match=finding), closing(library_file.open_to_read(filled)) as store:
        [*store.execute("SELECT json FROM record"), *store.execute("SELECT json_extract(json, '$.key') FROM record")]
