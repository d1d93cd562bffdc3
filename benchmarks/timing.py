"""Time calls for the benchmarks: medians of alternating runs, after a warm-up round that is not counted."""

import statistics
import time
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")


def seconds(run: Callable[[], object]) -> float:
    """Return the seconds that a call takes, without the time to free its result."""
    started = time.perf_counter()
    result = run()
    elapsed = time.perf_counter() - started
    del result
    return elapsed


def processor_seconds(run: Callable[[], object]) -> float:
    """Return the seconds of processor time that a call takes, without the time to free its result."""
    started = time.process_time()
    result = run()
    elapsed = time.process_time() - started
    del result
    return elapsed


def medians(
    runs: int,
    *candidates: _T,
    clock: Callable[[_T], float] = seconds,  # type: ignore[assignment]
) -> list[float]:
    """Return the median seconds of each candidate; an additional first round warms up and is not counted."""
    rounds = [[clock(candidate) for candidate in candidates] for _ in range(runs + 1)][1:]
    return [statistics.median(series) for series in zip(*rounds, strict=True)]
