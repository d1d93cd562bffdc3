"""Cells for spreadsheets."""

import io

import pytest

import strategies
from pubcli.answer.answer import Answer
from pubcli.formats import RenderOptions, write
from pubcli.formats.tabular.excel import guarded


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＠x", "'=1", "''-x"])
def test_an_apostrophe_turns_a_formula_into_text(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert guarded(f"a{text}") == f"a{text}"


def test_a_table_for_spreadsheets_has_a_bom_and_no_formulas() -> None:
    row = strategies.paper_row("=1+1", "-x", abstract="\t@SUM(A1)")
    for form in ("csv", "tsv"):
        out = io.StringIO(newline="")
        write(
            form,
            Answer("papers", tuple(row), [row]),
            ["title", "authors", "abstract", "line"],
            out,
            RenderOptions(excel=True),
        )
        text = out.getvalue()
        assert text.startswith("\ufefftitle")
        assert "'=1+1" in text
        assert "'-x" in text
        assert not any(cell[:1] in "=+-@" for cell in text.split("\n")[1].replace("\t", ",").split(","))
