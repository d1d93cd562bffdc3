"""Values as text, in files and for people."""

import pytest

import strategies
from pubcli.formats.cells import cell, marked


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
