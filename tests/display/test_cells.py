"""Texts of cells and columns."""

from hypothesis import given

import strategies
from pubcli.display.cells import column_texts, display_text
from pubcli.model import Document
from pubcli.store.ask import papers
from pubcli.store.load import load


@given(strategies.documents())
def test_the_texts_of_a_column_equal_the_texts_of_its_cells(document: Document) -> None:
    answer = papers(load(document))
    rows = list(answer.rows)
    assert rows == [] or {field: column_texts(answer, rows, field) for field in answer.fields} == {
        field: [display_text(answer, row, field) for row in rows] for field in answer.fields
    }
