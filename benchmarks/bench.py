"""Measure everything that has a bound, and print one table.

    python benchmarks/bench.py [--quick]

Each line has a piece of work; the least that anything could take for it (the limit); the fastest other program; and
the ratio of pubcli's processor time to that of the other program or, without one, to the limit. The bounds are goals:
some have never been reached. The exit status is 1 if a ratio is greater than its bound. The whole table takes less than
20 minutes, and with `--quick` less than 2 minutes.
The other files in this folder measure one subject each, in more detail.
"""

import sys
from collections.abc import Iterator
from functools import partial

import questions
import read
import startup
import table
from rows import MemoryRow, Row, Time, report
from timing import medians, processor_seconds

import formats
import sites


def starting(runs: int) -> Iterator[Row]:
    """Yield whole processes on a page of 50 papers, beside `python -c pass` and, if installed, beside peers."""
    used = startup.measure(runs)
    limit = Time("python -c pass", used[startup.F][0])
    for command, goal in startup.GOALS.items():
        yield Row(f"{command}, 50 papers", used[command][0], limit, bound=goal.time)
    for peer, bound in startup.PEER_GOALS.items():
        if peer in used:
            yield Row("list, 50 papers", used["list"][0], limit, Time(peer, used[peer][0]), bound)


def reading(size: int) -> Iterator[Row]:
    """Yield the time to read a page of some size, beside libraries that read the same papers as BibTeX."""
    times = read.measure(size, clock=processor_seconds)
    for peer, bound in read.BOUNDS.items():
        yield Row(f"read {size:,} records", times["pubcli"], None, Time(peer, times[peer]), bound)


def reading_sites(runs: int) -> Iterator[Row]:
    """Yield the time to read a page of each site, beside a page of the paper feed with as many records."""
    pages = dict(sites.sources(sites.records(100)))
    calls = [partial(sites.read_page, data, 100) for data in pages.values()]
    feed, *times = medians(runs, *calls, clock=processor_seconds)
    for name, seconds in zip(list(pages)[1:], times, strict=True):
        bound = next(bound for end, bound in sites.BOUNDS.items() if name.endswith(end))
        yield Row(f"read 100 records of {name}", seconds, Time("paper feed", feed), bound=bound)


def writing(size: int, runs: int) -> Iterator[Row]:
    """Yield the time to write each format that other libraries write too."""
    for form, times in formats.measure(size, runs, list(formats.PEERS), clock=processor_seconds):
        for peer, bound in formats.BOUNDS.get(form, {}).items():
            yield Row(f"write {size:,} records of {form}", times["pubcli"], None, Time(peer, times[peer]), bound)


def drawing(size: int, runs: int) -> Iterator[Row]:
    """Yield the time to draw a table, beside a table of Rich with fixed widths."""
    grid, rich = table.measure(size, runs, clock=processor_seconds)
    yield Row(f"draw a table of {size:,} rows", grid, None, Time("rich", rich), table.MAX_RATIO)


def rows(*, is_quick: bool) -> Iterator[Row | MemoryRow]:
    """Yield all rows."""
    yield from starting(5 if is_quick else 15)
    for size in (1_000,) if is_quick else (1_000, 10_000):
        yield from reading(size)
    yield from reading_sites(3 if is_quick else 20)
    yield from writing(1_000, 2 if is_quick else 5)
    yield from drawing(1_000, 3 if is_quick else 7)
    yield from questions.rows(1_000 if is_quick else questions.LARGE, 1 if is_quick else 3)


if __name__ == "__main__":
    sys.exit(report(rows(is_quick="--quick" in sys.argv)))
