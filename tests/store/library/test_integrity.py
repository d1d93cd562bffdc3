"""Damage and contradictions that `pubcli library check` reports."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pubcli.store.library import integrity


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
