"""Numbers as bars."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.display.bars import bar


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, ""), (-1, ""), (16, "████"), (8, "██"), (6, "█▌"), (0.001, "▏"), (99, "████")],
)
def test_bars(value: float, text: str) -> None:
    assert bar(value, 16, width=4) == text


def test_nothing_of_nothing() -> None:
    assert bar(0, 0, width=4) == ""


def test_ascii() -> None:
    assert [bar(value, 16, width=4, utf8=False) for value in (16, 8, 6, 1)] == ["####", "##", "##", "#"]


@given(st.integers(1, 1000), st.integers(1, 1000), st.integers(1, 60), st.booleans())
def test_longer_for_more_and_never_too_long(value: int, most: int, width: int, utf8: bool) -> None:
    drawn = bar(value, most, width=width, utf8=utf8)
    assert 1 <= len(drawn) <= width
    assert len(drawn) <= len(bar(value + 1, most, width=width, utf8=utf8))
