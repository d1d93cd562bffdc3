"""Significance of differences and trends in counts."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.language.significance import log_odds, trend


def test_log_odds_are_divided_by_their_standard_error() -> None:
    # ln(10.5/90.5) - ln(20.5/480.5) = 1.0003; 1/10.5 + 1/90.5 + 1/20.5 + 1/480.5 = 0.15715
    assert isclose(log_odds(10, 100, 20, 500), 1.0004 / 0.15715**0.5, rel_tol=1e-3)
    assert log_odds(5, 50, 10, 100) == pytest.approx(0, abs=0.1)


def test_the_trend_agrees_with_a_published_example() -> None:
    # Chi-square for trend of the table (10, 20, 30 of 50 each): 16.667 with one degree of freedom.
    assert isclose(trend([10, 20, 30], [50, 50, 50]) ** 2, 16.667, rel_tol=1e-4)


@pytest.mark.parametrize(
    ("counts", "sizes"), [([], []), ([0, 0], [3, 3]), ([3, 3], [3, 3]), ([2], [5]), ([2, 0], [5, 0]), ([1, 2], [2, 4])]
)
def test_equal_shares_and_empty_sets_have_no_trend(counts: list[int], sizes: list[int]) -> None:
    assert trend(counts, sizes) == pytest.approx(0)


def test_two_papers_are_too_few_for_a_trend() -> None:
    assert abs(trend([0, 2], [25, 25])) < 1.96
    assert trend([0, 8], [25, 25]) > 1.96


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=5))
def test_a_reversed_series_has_the_opposite_trend(pairs: list[tuple[int, int]]) -> None:
    counts, sizes = [count for count, _ in pairs], [count + difference for count, difference in pairs]
    assert trend(counts[::-1], sizes[::-1]) == pytest.approx(-trend(counts, sizes))
