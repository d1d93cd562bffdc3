"""Bars: numbers drawn as rows of characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.display.bars import bar


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, ""), (-1, ""), (16, "████"), (8, "██"), (6, "█▌"), (0.001, "▏"), (99, "████")],
)
def test_a_bar_grows_in_eighths_of_a_cell(value: float, text: str) -> None:
    assert bar(value, 16, width=4) == text


def test_zero_of_zero_is_an_empty_bar() -> None:
    assert bar(0, 0, width=4) == ""


def test_an_ascii_bar_has_whole_cells() -> None:
    assert [bar(value, 16, width=4, utf8=False) for value in (16, 8, 6, 1)] == ["####", "##", "##", "#"]


@given(st.integers(1, 1000), st.integers(1, 1000), st.integers(1, 60), st.booleans())
def test_a_bar_grows_with_the_value_up_to_the_width(value: int, maximum: int, width: int, utf8: bool) -> None:
    text = bar(value, maximum, width=width, utf8=utf8)
    assert 1 <= len(text) <= width
    assert len(text) <= len(bar(value + 1, maximum, width=width, utf8=utf8))
