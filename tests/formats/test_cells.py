"""Values as text, in files and for people."""

import io
from typing import Any

import pytest
from hypothesis import given

import strategies
from pubcli.answer import Answer
from pubcli.formats import Look, write
from pubcli.formats.cells import cell, column_texts, guarded, marked, named, pairs_in, uncertain
from pubcli.model import Document
from pubcli.store.ask import papers
from pubcli.store.load import load


@pytest.mark.parametrize(
    ("precision", "known"),
    [("day", "2022-03-01"), ("month", "2022-03"), ("year", "2022")],
    ids=["day", "month", "year"],
)
def test_a_date_shows_what_is_known_of_it(precision: str, known: str) -> None:
    row = strategies.paper_row(date="2022-03-01", date_precision=precision)
    assert cell(row, "date") == marked(row, "date") == known
    assert marked({**row, "date_assumed": True}, "date") == f"{known}~"


def test_what_a_format_says_beyond_the_fields() -> None:
    assert cell(strategies.paper_row(extra={"note": "x", "isbn": "1; 2"}), "extra") == "note: x; isbn: 1; 2"
    assert cell(strategies.paper_row(), "extra") == ""


@pytest.mark.parametrize(
    ("extra", "text"),
    [
        ({"capitals": "Alpha; Beta: X"}, '{"capitals":"Alpha; Beta: X"}'),
        ({"note": "see; doi: 10.1/x"}, '{"note":"see; doi: 10.1/x"}'),
        ({"a: b": "c"}, '{"a: b":"c"}'),
        ({"ISBN": "978-3; 979-1", "Language of Original Document": "English"},
         "ISBN: 978-3; 979-1; Language of Original Document: English"),
        ({"{note": "x"}, "{note: x"),
    ],
)  # fmt: skip
def test_names_and_values_in_one_cell_are_told_apart_again(extra: dict[str, str], text: str) -> None:
    row = strategies.paper_row(extra=extra)
    assert cell(row, "extra") == text
    assert pairs_in(text) == extra
    assert marked(row, "extra") == "; ".join(f"{name}: {value}" for name, value in extra.items())


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＠x", "'=1", "''-x"])
def test_a_formula_becomes_text(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert guarded(f"a{text}") == f"a{text}"


def test_for_a_spreadsheet_there_is_no_formula_and_a_mark_of_the_encoding() -> None:
    row = strategies.paper_row("=1+1", "-x", abstract="\t@SUM(A1)")
    for form in ("csv", "tsv"):
        out = io.StringIO(newline="")
        write(form, Answer(tuple(row), (), [row]), ["title", "authors", "abstract", "line"], out, Look(excel=True))
        text = out.getvalue()
        assert text.startswith("\ufefftitle")
        assert "'=1+1" in text
        assert "'-x" in text
        assert not any(cell[:1] in "=+-@" for cell in text.split("\n")[1].replace("\t", ",").split(","))


@pytest.mark.parametrize(
    ("row", "field", "shown"),
    [
        ({"category": "CV", "classes": ["cs.CV"]}, "category", "CV"),
        ({"category": "CV", "classes": ["cs.CV", "math.CV"]}, "category", "CV*"),
        ({"category": "CV"}, "category", "CV*"),
        ({"categories": ["CV", "LG"]}, "categories", "CV*, LG"),
        ({"listed_categories": ["CV 3", "ST 2"], "ambiguous": ["ST"]}, "listed_categories", "CV 3, ST 2*"),
    ],
)
def test_a_code_is_marked_where_the_archive_is_not_known(row: Any, field: str, shown: str) -> None:
    assert marked(row, field) == shown
    assert uncertain(row, field) is ("*" in shown)


@given(strategies.documents())
def test_a_column_is_what_its_cells_are(document: Document) -> None:
    answer = papers(load(document))
    rows = list(answer.rows)
    assert rows == [] or {field: column_texts(answer, rows, field) for field in answer.fields} == {
        field: [named(answer, row, field) for row in rows] for field in answer.fields
    }
