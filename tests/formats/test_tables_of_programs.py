"""Parquet, Excel and SQLite: independent readers return the values that were written, with their types."""

import io
import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from hostile import PAPERS
from pubcli.answer.answer import Answer, Row
from pubcli.answer.values import cell_text
from pubcli.errors import UsageError
from pubcli.formats import WRITABLE, RenderOptions, write
from pubcli.formats.xlsx import write as xlsx
from pubcli.store.ask import PAPER_FIELDS
from pubcli.text.normalize import harmless
from strategies import paper_row, references
from thoroughness import examples

Rows = list[dict[str, Any]]
BINARY = [name for name, format in WRITABLE.items() if format.is_binary]


def written(form: str, answer: Answer[Any], fields: Sequence[str] = (), **options: Any) -> bytes:
    out = io.BytesIO()
    write(form, answer, fields or answer.fields, out, RenderOptions(**options))
    return out.getvalue()


def read_parquet(data: bytes) -> Rows:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows: Rows = parquet.read_table(io.BytesIO(data)).to_pylist()
    return rows


def read_sqlite(data: bytes, table: str = "papers") -> Rows:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(data)
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(f"SELECT * FROM {table} ORDER BY rowid")]


def read_xlsx(data: bytes) -> Rows:
    openpyxl = pytest.importorskip("openpyxl")
    header, *lines = openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows()
    assert {cell.data_type for line in lines for cell in line} <= {"s", "n", "b", "inlineStr"}  # f is a formula
    fields = [cell.value for cell in header]
    return [dict(zip(fields, (cell.value for cell in line), strict=True)) for line in lines]


READERS: dict[str, Callable[[bytes], Rows]] = {"parquet": read_parquet, "sqlite": read_sqlite, "xlsx": read_xlsx}


def excel_values(row: Row) -> dict[str, Any]:
    """Return the values of a row as a reader of Excel returns them: numbers and flags, else the text of CSV."""
    return {
        field: value if isinstance(value, bool | int | float) else harmless(cell_text(row, field)) or None
        for field, value in row.items()
    }


def values(form: str, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row that a reader returned, with the JSON of SQLite and Parquet decoded."""
    lists = [field for field, value in paper_row().items() if isinstance(value, list | dict)]
    encoded = lists if form == "sqlite" else ["extra"]
    return {field: json.loads(value) if field in encoded else value for field, value in row.items()}


def assert_equal_rows(form: str, rows: Sequence[dict[str, Any]]) -> None:
    read = READERS[form](written(form, Answer("papers", PAPER_FIELDS, rows)))
    if form == "xlsx":
        assert read == [excel_values(row) for row in rows]
    else:
        assert [values(form, row) for row in read] == list(rows)


def test_every_format_that_is_not_text_has_a_reader() -> None:
    assert READERS.keys() == set(BINARY)


@pytest.mark.parametrize("form", BINARY)
def test_papers_that_are_hard_to_write_are_read_back(form: str) -> None:
    assert_equal_rows(form, list(PAPERS.values()))


@pytest.mark.parametrize("form", BINARY)
@examples(30)
@given(row=references)
def test_random_references_are_read_back(form: str, row: dict[str, Any]) -> None:
    assert_equal_rows(form, [row])


COUNTS: Answer[Any] = Answer(
    "counts",
    ("year", "papers", "share"),
    [{"year": None, "papers": 2, "share": 0.5}, {"year": 2020, "papers": 1, "share": 1}],
)


@pytest.mark.parametrize("form", BINARY)
def test_numbers_stay_numbers_and_null_stays_null(form: str) -> None:
    data = written(form, COUNTS)
    rows = read_sqlite(data, "counts") if form == "sqlite" else READERS[form](data)
    assert rows == list(COUNTS.rows)
    assert {type(row["papers"]) for row in rows} == {int}


def test_types_do_not_depend_on_the_values() -> None:
    """Several files can be combined, also if one of them has no value in a column."""
    parquet = pytest.importorskip("pyarrow.parquet")
    schemas = [
        parquet.read_schema(io.BytesIO(written("parquet", Answer("papers", PAPER_FIELDS, [row]))))
        for row in (paper_row(), PAPERS["everything"])
    ]
    assert schemas[0] == schemas[1]
    assert [str(schemas[0].field(name).type) for name in ("position", "authors", "code", "doi", "citations")] == [
        "int64", "list<element: string>", "bool", "string", "int64",
    ]  # fmt: skip
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(written("sqlite", Answer("papers", PAPER_FIELDS, [paper_row()])))
        types = {name: type_ for _, name, type_, *_ in database.execute("PRAGMA table_info(papers)")}
    assert [types[name] for name in ("position", "authors", "code", "doi", "citations")] == [
        "INTEGER", "TEXT", "INTEGER", "TEXT", "INTEGER",
    ]  # fmt: skip


MIXED: Answer[Any] = Answer(
    "rows",
    ("a", "b \"' x", "c", "d"),
    [
        {"a": 1, "b \"' x": "text", "c": None, "d": 2**70},
        {"a": 1.5, "b \"' x": 2, "c": None, "d": None},
        {"a": None, "b \"' x": ["list"], "c": None, "d": 5},
    ],
)


def test_types_of_other_rows_follow_from_their_values() -> None:
    assert read_parquet(written("parquet", MIXED)) == [
        {"a": 1.0, "b \"' x": "text", "c": None, "d": str(2**70)},
        {"a": 1.5, "b \"' x": "2", "c": None, "d": None},
        {"a": None, "b \"' x": '["list"]', "c": None, "d": "5"},
    ]
    assert [list(row.values()) for row in read_sqlite(written("sqlite", MIXED), "rows")] == [
        [1, "text", None, str(2**70)],
        [1.5, 2, None, None],
        [None, '["list"]', None, 5],
    ]
    assert [list(row.values()) for row in read_xlsx(written("xlsx", MIXED))] == [
        [1, "text", None, str(2**70)],
        [1.5, 2, None, None],
        [None, "list", None, 5],
    ]


@pytest.mark.parametrize("form", BINARY)
def test_an_answer_without_rows_writes_nothing(form: str) -> None:
    assert written(form, Answer("papers", PAPER_FIELDS, [])) == b""


@pytest.mark.parametrize("form", BINARY)
def test_the_same_answer_gives_the_same_bytes(form: str) -> None:
    answer = Answer("papers", PAPER_FIELDS, list(PAPERS.values()))
    assert written(form, answer) == written(form, answer)


def test_columns_of_parquet_that_differ_only_in_case_are_refused() -> None:
    with pytest.raises(UsageError, match="rename 'Year'"):
        written("parquet", Answer("rows", ("year", "Year"), [{"year": 1, "Year": 2}]))


def test_a_long_text_in_excel_is_cut_and_reported() -> None:
    changes: list[str] = []
    rows = [paper_row("x" * 32_767, abstract="\U0001f600" * 20_000), paper_row(abstract="y" * 40_000)]
    read = read_xlsx(written("xlsx", Answer("papers", PAPER_FIELDS, rows), report=changes.append))
    assert [row["title"] for row in read] == ["x" * 32_767, "A Title"]
    assert [row["abstract"] for row in read] == ["\U0001f600" * 16_383, "y" * 32_767]
    assert changes == ["abstract: 2 cells cut after 32,767 characters, which is Excel's limit"]


def test_more_rows_than_a_sheet_of_excel_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_MOST_ROWS", 3)
    assert len(read_xlsx(written("xlsx", Answer("papers", PAPER_FIELDS, [paper_row()] * 2)))) == 2
    with pytest.raises(UsageError, match="a sheet of Excel has at most 3 rows, and the answer has more"):
        written("xlsx", Answer("papers", PAPER_FIELDS, [paper_row()] * 3))


def test_only_addresses_of_the_web_are_links_in_excel() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    urls = [
        "https://x.org/a?b=c",
        "javascript:alert(1)",
        "internal:papers!A1",
        "https://x.org/a b",
        "file:///etc/passwd",
    ]
    rows = [paper_row(url=url, doi="10.1000/x") for url in urls]
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", Answer("papers", ("doi", "url"), rows))))
    links = [[cell.hyperlink and cell.hyperlink.target for cell in line] for line in book.active.iter_rows(min_row=2)]
    assert [line[1] for line in links] == [urls[0], None, None, None, None]
    assert {line[0] for line in links} == {"https://doi.org/10.1000/x"}


@pytest.mark.parametrize("form", ["parquet", "xlsx"])
def test_a_missing_package_is_named(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, {"parquet": "duckdb", "xlsx": "xlsxwriter"}[form], None)
    with pytest.raises(UsageError, match=f"pip install 'pubcli\\[{form}\\]'"):
        written(form, COUNTS)


def test_no_temporary_file_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("duckdb")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def rows() -> Any:
        yield paper_row()
        raise KeyboardInterrupt

    for form in BINARY:
        with pytest.raises(KeyboardInterrupt):
            written(form, Answer("papers", PAPER_FIELDS, rows()))
    assert list(tmp_path.iterdir()) == []
