"""Lines of CSV."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from pubcli.answer.answer import Answer
from pubcli.formats import RenderOptions, write
from pubcli.text.normalize import harmless
from thoroughness import examples

_cells = st.text("ab,;\"' \n\r\t=\u00e4\x07", max_size=8)


@examples(300)
@given(st.integers(1, 4), st.data())
def test_the_bytes_are_those_of_the_csv_module(columns: int, data: st.DataObject) -> None:
    lines = data.draw(st.lists(st.lists(_cells, min_size=columns, max_size=columns), min_size=1, max_size=4))
    fields = [f"field{number}" for number in range(columns)]
    out, expected = io.StringIO(newline=""), io.StringIO(newline="")
    csv.writer(expected).writerows([fields, *([harmless(cell) for cell in line] for line in lines)])

    rows = [dict(zip(fields, line, strict=True)) for line in lines]
    write("csv", Answer("rows", tuple(fields), rows), fields, out, RenderOptions())

    assert out.getvalue() == expected.getvalue()
