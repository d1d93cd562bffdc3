"""Whether a difference between counts says something, or is what chance brings."""

from collections.abc import Sequence
from math import log, sqrt


def log_odds(count: float, size: int, other: float, other_size: int) -> float:
    """How much more often something is met in one set than in another, in standard errors; negative for less often.

    The log-odds ratio over its standard error, with half an observation added to each number, as in Monroe, Colaresi
    and Quinn (2008, Fightin' Words). Sizes are those of the sets, counts of the members that have it.
    """
    numbers = count + 0.5, size - count + 0.5, other + 0.5, other_size - other + 0.5
    ratio = log(numbers[0] / numbers[1]) - log(numbers[2] / numbers[3])
    return ratio / sqrt(sum(1 / number for number in numbers))


def trend(counts: Sequence[int], sizes: Sequence[int]) -> float:
    """How steadily a share rises from one set to the next, in standard errors; negative for a fall, 0 for neither.

    The test of Cochran (1954) and Armitage (1955) for a linear trend of proportions. What is said of a standard normal
    variable holds when chance alone is at work: one value in twenty is beyond 1.96.
    """
    total, size = sum(counts), sum(sizes)
    if not 0 < total < size:
        return 0.0
    share = total / size
    lean = sum(at * (count - own * share) for at, (count, own) in enumerate(zip(counts, sizes, strict=True)))
    moments = [sum(at**power * own for at, own in enumerate(sizes)) for power in (1, 2)]
    variance = share * (1 - share) * (moments[1] - moments[0] ** 2 / size)
    return lean / sqrt(variance) if variance > 0 else 0.0
