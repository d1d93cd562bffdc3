"""Values as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from pubcli.answer.marks import marked_text
from pubcli.answer.values import cell_text, column_texts, split_pairs
from thoroughness import examples


@pytest.mark.parametrize(
    ("precision", "part"),
    [("day", "2022-03-01"), ("month", "2022-03"), ("year", "2022")],
    ids=["day", "month", "year"],
)
def test_a_date_shows_only_the_part_that_is_known(precision: str, part: str) -> None:
    row = strategies.paper_row(date="2022-03-01", date_precision=precision)
    assert cell_text(row, "date") == marked_text(row, "date") == part
    assert marked_text({**row, "date_assumed": True}, "date") == f"{part}~"


def test_the_extra_field_is_written_as_names_with_values() -> None:
    assert cell_text(strategies.paper_row(extra={"note": "x", "isbn": "1; 2"}), "extra") == "note: x; isbn: 1; 2"
    assert cell_text(strategies.paper_row(), "extra") == ""


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
def test_names_and_values_in_one_cell_are_restored(extra: dict[str, str], text: str) -> None:
    row = strategies.paper_row(extra=extra)
    assert cell_text(row, "extra") == text
    assert split_pairs(text) == extra
    assert marked_text(row, "extra") == "; ".join(f"{name}: {value}" for name, value in extra.items())


_texts = st.text('ab;, ["]\\x:\u00e4', max_size=8)
_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.floats(0, 1),
    _texts,
    st.lists(st.one_of(_texts, st.integers(0, 3)), max_size=3),
    st.dictionaries(_texts, _texts, max_size=2),
)


@examples(500)
@given(st.lists(_values, max_size=5))
def test_a_column_has_the_texts_of_its_cells(values: list[object]) -> None:
    rows = [{"value": value} for value in values]
    assert column_texts(rows, "value") == [cell_text(row, "value") for row in rows]


@examples(200)
@given(st.lists(st.lists(_texts, max_size=4), min_size=1, max_size=4))
def test_a_column_of_lists_has_the_texts_of_its_cells(values: list[list[str]]) -> None:
    rows = [{"value": value} for value in values]
    assert column_texts(rows, "value") == [cell_text(row, "value") for row in rows]


def test_a_column_of_dates_shows_only_the_parts_that_are_known() -> None:
    rows = [strategies.paper_row(date=day, date_precision="month") for day in ("2022-03-01", None)]
    assert column_texts(rows, "date") == ["2022-03", ""]
