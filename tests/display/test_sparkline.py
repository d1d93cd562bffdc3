"""Sparklines: numbers drawn as a line of characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.display.sparkline import sparkline


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ([], ""),
        ([5], "▁"),
        ([5, 5, 5], "▁▁▁"),
        ([1, 2], "▁█"),
        ([8, 7, 6, 5, 4, 3, 2, 1], "█▇▆▅▄▃▂▁"),
        ([-10, 0, 10], "▁▅█"),
        ([1, None, 3], "▁ █"),
        ([None, None], "  "),
        ([10**30, 0], "█▁"),
    ],
)
def test_values_are_scaled_from_the_lowest_to_the_highest(values: list[int | None], line: str) -> None:
    assert sparkline(values) == line


def test_a_terminal_without_blocks_has_ascii_levels() -> None:
    assert sparkline([1, 2, 3, 4, 5, 6, 7, 8], utf8=False) == "_.:-=+*#"


def test_a_sample_of_many_values_includes_both_ends() -> None:
    assert sparkline([9, *range(100), 9_999], width=5)[-1] == "█"
    assert len(sparkline([9, *range(100), 9_999], width=5)) == 5
    assert sparkline([1, 2, 3], width=1) == "█"


@given(st.lists(st.none() | st.integers(-100, 100), max_size=30), st.integers(1, 40), st.booleans())
def test_a_sparkline_has_the_width_and_order_of_its_values(values: list[int | None], width: int, utf8: bool) -> None:
    line = sparkline(values, utf8=utf8)
    assert len(line) == len(values)
    assert len(sparkline(values, width=width, utf8=utf8)) == min(width, len(values))
    levels = " ▁▂▃▄▅▆▇█" if utf8 else " _.:-=+*#"
    numbers = [(value, levels.index(level)) for value, level in zip(values, line, strict=True) if value is not None]
    assert [level for _, level in sorted(numbers)] == sorted(level for _, level in numbers)
