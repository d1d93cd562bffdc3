"""Fit the laws of Bradford, Lotka and Price to the numbers of papers of venues and of authors.

- Bradford (1934): venues in the order of their papers fall into zones with equally many papers; each zone has k times
  as many venues as the zone before it. The curve is that of Leimkuhler: the r most productive venues have a share of
  ln(1 + b r) / ln(1 + b T) of the papers in T venues, so k is the third root of 1 + b T.
- Lotka (1926): the number of authors with x papers is proportional to x to the power of -n; n is about 2.
- Price (1963): half of the papers are by the square root of the number of authors.

b and n are estimated by maximum likelihood; their intervals follow from the curvature of the likelihood. The interval
of Price's share follows from its influence function, as for a share of a Lorenz curve. All are of 95 %.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, pairwise

from pubcli.lazy import NamedTuple

ZONES = 3
_NORMAL = 1.959964
"""The quantile of the normal distribution for intervals of 95 %."""
_GOLDEN = (math.sqrt(5) - 1) / 2


class Estimate(NamedTuple):
    """An estimated number with the ends of its interval of 95 %."""

    value: float
    low: float
    high: float


class Zone(NamedTuple):
    """A zone of venues in Bradford's law."""

    venues: int
    papers: int


class Fit(NamedTuple):
    """A law with one parameter, fitted to data."""

    estimate: Estimate
    distance: float
    """Greatest difference between the observed and the expected cumulative shares (Kolmogorov and Smirnov)."""


def zones(sizes: Sequence[int]) -> list[Zone]:
    """Divide venues into three zones with about a third of the papers each.

    `sizes` are the numbers of papers, in descending order. Venues with equally many papers are in one zone.
    """
    total, ends = sum(sizes), [(0, 0)]
    sums = list(accumulate(sizes))
    last = [place for place, size in enumerate(sizes, 1) if place == len(sizes) or sizes[place] != size]
    for zone in range(1, ZONES):
        end = min(last, key=lambda place: abs(sums[place - 1] - total * zone / ZONES))
        ends.append((end, sums[end - 1]))
    ends.append((len(sizes), total))
    return [Zone(end[0] - start[0], end[1] - start[1]) for start, end in pairwise(ends) if end[0] > start[0]]


def fit_bradford(sizes: Sequence[int]) -> Fit | None:
    """Return Bradford's multiplier k for three zones; None for fewer than three venues, or if all are equal.

    `sizes` are the numbers of papers of venues, in descending order.
    """
    count, papers = len(sizes), sum(sizes)
    if count < ZONES or sizes[0] == sizes[-1]:
        return None

    def likelihood(log_b: float) -> float:
        b = math.exp(log_b)
        parts = (size * math.log(math.log1p(b / (1 + b * rank))) for rank, size in enumerate(sizes))
        return math.fsum(parts) - papers * math.log(math.log1p(b * count))

    log_b = _maximum(likelihood, -15.0, 15.0)
    error = _standard_error(likelihood, log_b)
    multiplier = [(1 + math.exp(log_b + shift) * count) ** (1 / ZONES) for shift in (0, -error, error)]
    b = math.exp(log_b)
    shares = ((sum_ / papers, math.log1p(b * rank)) for rank, sum_ in enumerate(accumulate(sizes), 1))
    distance = max(abs(share - curve / math.log1p(b * count)) for share, curve in shares)
    return Fit(Estimate(*multiplier), distance)


def fit_lotka(papers: Iterable[int]) -> Fit | None:
    """Return Lotka's exponent n; None if no author has several papers.

    `papers` are the numbers of papers of authors.
    """
    authors = sorted(Counter(papers).items())
    total = sum(number for _, number in authors)
    mean = sum(number * math.log(size) for size, number in authors) / total if total else 0.0
    if not mean:
        return None

    def likelihood(exponent: float) -> float:
        return total * (-exponent * mean - math.log(zeta(exponent)))

    exponent = _maximum(likelihood, 1.01, 30.0)
    error = _standard_error(likelihood, exponent)
    return Fit(Estimate(exponent, exponent - error, exponent + error), _lotka_distance(authors, total, exponent))


def _lotka_distance(authors: Sequence[tuple[int, int]], total: int, exponent: float) -> float:
    observed, whole, distance = 0, zeta(exponent), 0.0
    for size, number in authors:
        before = 1 - zeta(exponent, size) / whole
        after = 1 - zeta(exponent, size + 1) / whole
        distance = max(distance, abs(observed / total - before), abs((observed + number) / total - after))
        observed += number
    return distance


def expected_lotka_share(exponent: float, papers: int) -> float:
    """Return the share of authors who have a number of papers, by Lotka's law."""
    return float(papers**-exponent / zeta(exponent))


_TERMS = 40


def zeta(exponent: float, start: int = 1) -> float:
    """Return the sum of x to the power of -exponent, for x from `start` on (Hurwitz's zeta function).

    The tail is computed by the formula of Euler and Maclaurin; the error is below 1e-12 for exponents above 1.
    """
    end = start + _TERMS
    tail: float = end ** (1 - exponent) / (exponent - 1) + end**-exponent / 2 + exponent * end ** (-exponent - 1) / 12
    tail -= exponent * (exponent + 1) * (exponent + 2) * end ** (-exponent - 3) / 720
    return math.fsum(x**-exponent for x in range(start, end)) + tail


def price_share(papers: Iterable[int]) -> tuple[int, Estimate]:
    """Return the square root of the number of authors, rounded, and the share of papers by so many authors.

    `papers` are the numbers of papers of authors, at least one. The papers of each author count, so a paper with
    several authors counts several times.
    """
    sizes = sorted(papers, reverse=True)
    count, mean = len(sizes), sum(sizes) / len(sizes)
    top = round(math.sqrt(count))
    share, limit, part = sum(sizes[:top]) / sum(sizes), sizes[top - 1], top / count
    influence = ((max(size - limit, 0) + part * limit - share * size) / mean for size in sizes)
    error = _NORMAL * math.sqrt(math.fsum(value * value for value in influence)) / count
    return top, Estimate(share, max(0.0, share - error), min(1.0, share + error))


def authors_of_half(papers: Iterable[int]) -> int:
    """Return the smallest number of authors whose papers are half of all, counted as in `price_share`."""
    sizes = sorted(papers, reverse=True)
    all_papers = sum(sizes)
    return next(place for place, total in enumerate(accumulate(sizes), 1) if total * 2 >= all_papers)


def _maximum(function: Callable[[float], float], low: float, high: float) -> float:
    """Return where a function with a single maximum has it, between two numbers, by golden-section search."""
    first, second = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_first, at_second = function(first), function(second)
    while high - low > 1e-7:
        if at_first > at_second:
            high, second, at_second = second, first, at_first
            first = high - _GOLDEN * (high - low)
            at_first = function(first)
        else:
            low, first, at_first = first, second, at_second
            second = low + _GOLDEN * (high - low)
            at_second = function(second)
    return (low + high) / 2


_STEP = 0.001


def _standard_error(likelihood: Callable[[float], float], at: float) -> float:
    """Return half of the width of the interval of 95 %, from the curvature of the log-likelihood at its maximum."""
    middle = likelihood(at)
    curvature = (2 * middle - likelihood(at - _STEP) - likelihood(at + _STEP)) / _STEP**2
    return _NORMAL / math.sqrt(curvature) if curvature > 0 else math.inf
