"""Measure the statistical significance of differences and trends in counts."""

from collections.abc import Sequence
from math import log, sqrt


def log_odds(count: float, size: int, other: float, other_size: int) -> float:
    """Return how much more frequent a property is in one set than in another, in standard errors.

    `count` of the `size` members of the first set have the property, and `other` of the `other_size` members of the
    second set have the property. The result is negative if the property is less frequent in the first set.

    The result is the log-odds ratio divided by its standard error, with half an observation added to each number, as in
    Monroe, Colaresi and Quinn (2008, Fightin' Words).
    """
    numbers = count + 0.5, size - count + 0.5, other + 0.5, other_size - other + 0.5
    ratio = log(numbers[0] / numbers[1]) - log(numbers[2] / numbers[3])
    return ratio / sqrt(sum(1 / number for number in numbers))


def trend(counts: Sequence[int], sizes: Sequence[int]) -> float:
    """Return how steadily a share rises from one set to the next, in standard errors.

    The share of each set is its number in `counts` divided by its number in `sizes`. The result is negative if the
    share falls, and 0 if the share neither rises nor falls. This is the test of Cochran (1954) and Armitage (1955) for
    a linear trend in proportions. If the share varies only by chance, the result follows the standard normal
    distribution: one result in twenty is above 1.96 or below -1.96.
    """
    total, size = sum(counts), sum(sizes)
    if not 0 < total < size:
        return 0.0
    share = total / size
    pairs = zip(counts, sizes, strict=True)
    slope = sum(position * (count - set_size * share) for position, (count, set_size) in enumerate(pairs))
    moments = [sum(position**power * set_size for position, set_size in enumerate(sizes)) for power in (1, 2)]
    variance = share * (1 - share) * (moments[1] - moments[0] ** 2 / size)
    return slope / sqrt(variance) if variance > 0 else 0.0
