"""How benchmarks time what they compare: medians of alternating runs, after one round that is not counted."""

import statistics
import time
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")


def seconds(run: Callable[[], object]) -> float:
    """How long it takes; what it gives is let go when the clock stands."""
    started = time.perf_counter()
    found = run()
    elapsed = time.perf_counter() - started
    del found
    return elapsed


def medians(runs: int, *compared: _T, clock: Callable[[_T], float] = seconds) -> list[float]:  # type: ignore[assignment]
    """Median seconds of each; the first round, which warms up, is not counted."""
    rounds = [[clock(one) for one in compared] for _ in range(runs + 1)][1:]
    return [statistics.median(series) for series in zip(*rounds, strict=True)]
