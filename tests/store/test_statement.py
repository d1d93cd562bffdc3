"""Statements in SQL read the documented views, change nothing, and show where they are wrong."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.display.columns import columns
from pubcli.errors import InputError, QueryError
from pubcli.model import Document
from pubcli.reader import read
from pubcli.store import schema
from pubcli.store.ask import papers
from pubcli.store.database import Store
from pubcli.store.library import library_file, owners, snapshots
from pubcli.store.load import Origin, load
from pubcli.store.statement import run
from pubcli.store.views import VIEWS
from thoroughness import examples

BIBLIOGRAPHY = """
@article{a, title = {One}, author = {Ada Lovelace and Bo Li}, year = 2020, journal = {J}, keywords = {x, y}, note = {n}}
@misc{b, title = {Two}, author = {Bo Li}, doi = {10.1000/x}}
"""


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(load(read(BIBLIOGRAPHY, as_of=date(2026, 1, 1)))) as opened:
        yield opened


def rows(store: Store, statement: str) -> list[list[Any]]:
    return [list(row.values()) for row in run(store, statement).rows]


def test_the_views_have_the_values_of_the_papers(store: Store) -> None:
    records = list(papers(load(read(BIBLIOGRAPHY, as_of=date(2026, 1, 1)))).rows)
    answer = run(store, "SELECT * FROM papers ORDER BY key")
    assert answer.fields == tuple(VIEWS["papers"].columns)
    for row, record in zip(answer.rows, sorted(records, key=lambda paper: str(paper["key"])), strict=True):
        shared = set(row) & set(record)
        assert len(shared) > 15
        assert {field: row[field] for field in shared} == {
            field: value for field, value in record.items() if field in shared
        }


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("SELECT year, count(*) FROM papers GROUP BY year ORDER BY year", [[None, 1], [2020, 1]]),
        ("SELECT name, papers FROM authors ORDER BY name", [["Ada Lovelace", 1], ["Bo Li", 2]]),
        ("SELECT place, name, is_last FROM authorships WHERE paper_id = 1 ORDER BY 1",
         [[1, "Ada Lovelace", 0], [2, "Bo Li", 1]]),
        ("SELECT keyword FROM keywords ORDER BY 1", [["x"], ["y"]]),
        ("SELECT field, value FROM extra", [["note", "n"]]),
        ("SELECT position FROM listings JOIN pages ON pages.id = page_id ORDER BY 1", [[1], [2]]),
        ("SELECT count(*) FROM captures WHERE is_current", [[1]]),
        ("SELECT json ->> '$.title' FROM records ORDER BY 1", [["One"], ["Two"]]),
        ("SELECT count(*) FROM problems", [[0]]),
        ("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 2) SELECT x FROM n", [[1], [2]]),
        ("SELECT a.name FROM authors AS a NATURAL JOIN authorships WHERE paper_id = 2", [["Bo Li"]]),
        ("SELECT x'ff00', 9e999, CAST(x'ff' AS TEXT), 9223372036854775807", [["ff00", "inf", "\ufffd", 2**63 - 1]]),
        ("VALUES (1), (NULL);  -- a comment", [[1], [None]]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_statements_read_the_views(store: Store, statement: str, expected: list[list[Any]]) -> None:
    assert rows(store, statement) == expected


def test_columns_of_the_same_name_get_numbers(store: Store) -> None:
    assert run(store, "SELECT 1 AS a, 2 AS A, 3 AS a_2, 4 AS a").fields == ("a", "A_2", "a_2_2", "a_3")


def marked(error: QueryError) -> str:
    """Return the part of the statement that an error marks."""
    return error.source[error.start : error.end]


@pytest.mark.parametrize(
    ("statement", "message", "mark"),
    [
        ("SELECT titel FROM papers", "no such column: titel (did you mean title?)", "titel"),
        ("SELECT p.titel FROM papers p", "no such column: titel (did you mean title?)", "titel"),
        ("SELECT title FROM paperss", "no such table: paperss (did you mean papers?)", "paperss"),
        ("SELECT * FROM author", "author is not a view (did you mean authors?)", "author"),
        ("SELECT name FROM sqlite_master", "sqlite_master is not a view", "sqlite_master"),
        ("SELECT frob(1)", "no such function: frob", "frob"),
        ("SELECT key FORM papers WHERE key", 'near "papers": syntax error', "papers"),
        ("SELECT 'SELECT', SELECT FROM papers", 'near "SELECT": syntax error', "SELECT"),
        ("SELECT 'abc", "unrecognized token", "'abc"),
        ("SELECT (1", "incomplete input", ""),
        ("SELECT 1; SELECT 2", "only one statement is allowed", " SELECT 2"),
        ("SELECT ?", "a statement cannot have parameters", "?"),
        ("SELECT :name", "a statement cannot have parameters", ":"),
        ("  DELETE FROM papers", "only SELECT is allowed", "DELETE"),
        ("SELECT json(title) FROM papers", "malformed JSON", ""),
        ("-- nothing", "not a SELECT statement", "-- nothing"),
    ],
)
def test_a_wrong_statement_is_marked(store: Store, statement: str, message: str, mark: str) -> None:
    with pytest.raises(QueryError) as caught:
        rows(store, statement)
    assert message in str(caught.value)
    assert marked(caught.value) == mark


def test_of_two_equal_tokens_the_wrong_one_is_marked(store: Store) -> None:
    with pytest.raises(QueryError) as caught:
        run(store, "SELECT key FROM papers WHERE key IN (SELECT key FROM papers) FROM papers")
    assert caught.value.start == len("SELECT key FROM papers WHERE key IN (SELECT key FROM papers) ")


CHANGES = [
    "INSERT INTO papers VALUES (1)", "DELETE FROM paper", "UPDATE paper SET key = 'x'", "DROP TABLE paper",
    "CREATE TABLE x (a)", "CREATE TEMP TABLE x (a)", "ATTACH '{path}' AS other", "DETACH temp", "VACUUM",
    "VACUUM INTO '{path}'", "PRAGMA query_only = OFF", "PRAGMA user_version = 7", "PRAGMA table_info(paper)",
    "SELECT * FROM pragma_table_info('paper')", "BEGIN", "COMMIT", "SAVEPOINT s", "REINDEX", "ANALYZE",
    "SELECT load_extension('x')", "WITH x AS (SELECT 1) DELETE FROM paper", "EXPLAIN DELETE FROM paper",
    "ALTER TABLE paper RENAME TO x", "REPLACE INTO paper VALUES (1)", "DROP VIEW papers",
    "SELECT fts3_tokenizer('simple')",
]  # fmt: skip


@pytest.mark.parametrize("statement", CHANGES)
def test_no_statement_changes_anything(filled: Path, statement: str) -> None:
    content, other = filled.read_bytes(), filled.parent / "other"
    with closing(library_file.open_to_read(filled)) as library, pytest.raises(QueryError):
        rows(library, statement.format(path=other))
    assert filled.read_bytes() == content
    assert not other.exists()
    with closing(library_file.open_to_read(filled)) as library:
        assert rows(library, "SELECT count(*) FROM papers") == [[50]]


def add(library: Store, document: Document, digest: bytes) -> None:
    with schema.transaction(library):
        snapshots.add(library, document.pages[0], Origin(digest, 0, None, "2026-11-23T00:00:00+00:00"))


WORDS = st.sampled_from(
    "SELECT FROM papers paper WHERE key = 'x' ( ) , * ; ? -- /* */ count 1 ON DELETE \" ' [ ] ` \x00 é".split(" ")
)  # fmt: skip


@examples(200)
@given(words=st.lists(WORDS, max_size=8))
def test_any_text_is_answered_or_refused_with_a_place(words: list[str]) -> None:
    statement = " ".join(words)
    with closing(load(read(BIBLIOGRAPHY, as_of=date(2026, 1, 1)))) as store:
        try:
            list(run(store, statement).rows)
        except QueryError as error:
            places = (0, error.start, error.end, len(statement))
        else:
            places = (0, 0, 0, 0)
        assert list(places) == sorted(places)


def test_the_views_have_the_papers_of_the_chosen_owner_only(filled: Path) -> None:
    with closing(library_file.open_to_change(filled)) as library:
        add(library, read(BIBLIOGRAPHY, as_of=date(2026, 1, 1)), b"other")
    with closing(library_file.open_to_read(filled)) as library:
        assert rows(library, "SELECT count(*) FROM papers") == [[52]]
    with closing(library_file.open_to_read(filled)) as library:
        owners.narrow(library, owners.find_owners(library, "Razaviyayn"))
        counts = ", ".join(f"(SELECT count(*) FROM {name})" for name in ("papers", "pages"))
        others = "SELECT count(*) FROM authors WHERE name = 'Ada Lovelace'"
        assert rows(library, f"SELECT {counts}, ({others})") == [[50, 1, 0]]


def test_damage_is_not_reported_as_a_wrong_statement(filled: Path) -> None:
    data = bytearray(filled.read_bytes())
    page = data.index(b'"title":') // 4096
    data[page * 4096 : (page + 1) * 4096] = b"\xff" * 4096
    filled.write_bytes(data)
    with closing(library_file.open_to_read(filled)) as library, pytest.raises(InputError, match="damaged"):
        rows(library, "SELECT * FROM records")


def test_rows_are_json(store: Store) -> None:
    text = json.dumps(list(run(store, "SELECT *, 9e999, x'00' FROM papers").rows), allow_nan=False)
    assert len(json.loads(text)) == 2


def test_headings_are_the_names_in_the_statement(store: Store) -> None:
    answer = run(store, "SELECT title AS other, year AS novelty FROM papers")
    assert [column.header for column in columns(answer, answer.fields)] == ["other", "novelty"]
