"""The laws of bibliometrics, compared with the data in which they were found and with direct computation."""

import math
import random
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.analysis import laws

BRADFORD = [93, 86, 56, 48, 46, 35, 28, 20, 17] + [
    size
    for size, journals in (
        (16, 4), (15, 1), (14, 5), (12, 1), (11, 2), (10, 5), (9, 3), (8, 8), (7, 7), (6, 11), (5, 12), (4, 17),
        (3, 23), (2, 49), (1, 169),
    )
    for _ in range(journals)
]  # fmt: skip
"""Journals of applied geophysics, 1928-1931, by their numbers of references (Bradford, Engineering 137, 1934)."""
LOTKA = (784, 204, 127, 50, 33, 28, 19, 19, 6, 7, 6, 7, 4, 4, 5, 3, 3)
"""Authors in Auerbach's Geschichtstafeln der Physik with 1 to 17 contributions (Lotka 1926, table 1)."""
AUTHORS = [size for size, authors in enumerate(LOTKA, 1) for _ in range(authors)]


def test_the_zones_of_bradfords_own_data() -> None:
    """Bradford's first zone had 9 journals with 429 of 1,332 references."""
    assert (len(BRADFORD), sum(BRADFORD)) == (326, 1332)
    assert laws.zones(BRADFORD) == [(9, 429), (47, 439), (270, 464)]


def test_bradfords_law_fits_his_own_data() -> None:
    """His three zones had 9, 59 and 258 journals, so the multiplier was about 5."""
    fit = laws.fit_bradford(BRADFORD)
    assert fit
    assert fit.estimate.low < math.sqrt(258 / 9) < fit.estimate.high
    assert fit.distance < 0.02


def test_lotkas_exponent_agrees_with_his_own_estimate() -> None:
    """Lotka fitted 2.021 to these points by least squares, which this test repeats."""
    points = [(math.log(size), math.log(authors)) for size, authors in enumerate(LOTKA, 1)]
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    slope = sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)
    assert round(-slope, 3) == 2.021
    fit = laws.fit_lotka(AUTHORS)
    assert fit
    assert abs(fit.estimate.value - 2.021) < 0.15
    assert round(laws.expected_lotka_share(2, 1), 4) == 0.6079  # Lotka: 60.8 % of authors have one paper


@given(st.lists(st.integers(1, 50), min_size=2, max_size=60).filter(lambda sizes: max(sizes) > 1))
def test_the_exponent_has_the_greatest_likelihood(papers: list[int]) -> None:
    fit = laws.fit_lotka(papers)
    assert fit
    at, other = (
        sum(math.log(laws.expected_lotka_share(exponent, size)) for size in papers)
        for exponent in (fit.estimate.value, max(1.011, min(29.9, fit.estimate.value * 1.02)))
    )
    assert at >= other - 1e-9
    assert 0 <= fit.distance <= 1


@pytest.mark.parametrize(("exponent", "value"), [(2, math.pi**2 / 6), (4, math.pi**4 / 90), (3, 1.2020569031595942)])
def test_the_zeta_function_has_its_exact_values(exponent: float, value: float) -> None:
    assert laws.zeta(exponent) == pytest.approx(value, abs=1e-12)
    assert laws.zeta(exponent, 3) == pytest.approx(value - 1 - 2**-exponent, abs=1e-12)


def test_the_interval_of_the_exponent_contains_that_of_generated_data() -> None:
    generator = random.Random(1926)
    weights = [size**-2.5 for size in range(1, 10_000)]
    hits = 0
    for _ in range(40):
        fit = laws.fit_lotka(generator.choices(range(1, 10_000), weights, k=400))
        hits += bool(fit and fit.estimate.low < 2.5 < fit.estimate.high)
    assert hits >= 34


def test_the_interval_of_prices_share_agrees_with_the_bootstrap() -> None:
    generator = random.Random(1963)
    shares = sorted(laws.price_share(generator.choices(AUTHORS, k=len(AUTHORS)))[1].value for _ in range(400))
    _, share = laws.price_share(AUTHORS)
    assert share.low == pytest.approx(shares[10], abs=0.015)
    assert share.high == pytest.approx(shares[-10], abs=0.015)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=80))
def test_zones_divide_all_venues_and_keep_equal_ones_together(sizes: list[int]) -> None:
    ordered = sorted(sizes, reverse=True)
    zones = laws.zones(ordered)
    assert sum(zone.venues for zone in zones) == len(sizes)
    assert sum(zone.papers for zone in zones) == sum(sizes)
    ends = list(accumulate(zone.venues for zone in zones))[:-1]
    assert all(ordered[end - 1] > ordered[end] for end in ends)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=80))
def test_half_of_the_papers_are_by_the_authors_of_half(papers: list[int]) -> None:
    ordered, count = sorted(papers, reverse=True), laws.authors_of_half(papers)
    assert 2 * sum(ordered[:count]) >= sum(papers) > 2 * sum(ordered[: count - 1])


def test_laws_without_data_have_no_fit() -> None:
    assert laws.fit_lotka([]) is None
    assert laws.fit_lotka([1, 1, 1]) is None
    assert laws.fit_bradford([5, 3]) is None
    assert laws.fit_bradford([2, 2, 2, 2]) is None
