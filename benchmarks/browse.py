"""Measure how long `pubcli browse` pauses for each key in a large library.

    python benchmarks/browse.py [PAPERS]
    python benchmarks/browse.py --library FILE

PAPERS is 100,000 by default; `generate.pages` generates pages of 50 papers, which are added to a library. With
--library, an existing library is copied and measured.

The keys are pressed through Textual's Pilot, without a terminal. A clock in the same event loop wakes up every two
milliseconds: its longest delay is the longest time for which the screen does not react to a key or to the mouse, and
must be at most 100 ms. The second column is the time until the answer to the key is on the screen. It may be longer,
because questions are asked in another thread, and a further key replaces them.
"""

import asyncio
import shutil
import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import generate
from library import DAY, add

from pubcli.browse.app import Browser, Setup
from pubcli.browse.state import State
from pubcli.inputs.sources import Source
from pubcli.query.expression import Query
from pubcli.store.library import library_file

KEYS = (
    "j", "pagedown", "G", "g", "s", "escape", "slash", "p", "r", "i", "v", "backspace", "enter", "space",
    "question_mark", "escape",
)  # fmt: skip
"""The keys, in the order in which they are pressed: moving, sorting, a filter that is typed, a mark, the help."""
BOUND = 0.1
"""Longest pause in seconds."""
ROUNDS = 3

if TYPE_CHECKING:
    from textual.pilot import Pilot


async def beat(delays: list[float]) -> None:
    """Record how late the event loop wakes up."""
    last = time.monotonic()
    while True:
        await asyncio.sleep(0.002)
        now = time.monotonic()
        delays.append(now - last)
        last = now


async def settle(browser: Browser, pilot: "Pilot[Any]") -> float:
    """Wait until the screen shows the answer to all keys, and return the time at which it did."""
    await pilot.pause(0.001)
    while not browser.is_up_to_date:
        await pilot.pause(0.001)
    return time.monotonic()


async def session(path: Path) -> tuple[float, list[tuple[float, float]]]:
    """Run the browser once. Return the seconds to the first screen and, for each key, the pause and the whole time."""
    began = time.monotonic()
    browser = Browser(Setup(partial(library_file.open_to_read, path), Query(), State("", "", ""), picks=False))
    times = []
    async with browser.run_test(size=(120, 40)) as pilot:
        first = await settle(browser, pilot) - began
        delays: list[float] = []
        clock = asyncio.create_task(beat(delays))
        for key in KEYS:
            await asyncio.sleep(0.1)
            delays.clear()
            pressed = time.monotonic()
            await pilot.press(key)
            shown = await settle(browser, pilot) - pressed
            await asyncio.sleep(0.1)  # details and counts may follow
            times.append((max(delays), shown))
        clock.cancel()
    return first, times


def measure(path: Path) -> bool:
    """Print the medians of all rounds, and return whether no pause is longer than the bound."""
    rounds = [asyncio.run(session(path)) for _ in range(ROUNDS)]
    print(f"{'first screen':<14} {statistics.median(first for first, _ in rounds) * 1000:>16,.0f} ms")
    print(f"{'key':<14} {'longest pause':>16}    {'shown after':>12}")
    is_met = True
    for key, series in zip(KEYS, zip(*(times for _, times in rounds), strict=True), strict=True):
        pause, shown = (statistics.median(values) for values in zip(*series, strict=True))
        is_met &= pause <= BOUND
        mark = "" if pause <= BOUND else "  too long"
        print(f"{key:<14} {pause * 1000:>13,.0f} ms    {shown * 1000:>9,.0f} ms{mark}")
    return is_met


def main() -> int:
    """Measure a library that is made for this, or a copy of an existing one. Return 1 if a pause is too long."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "library.sqlite")
        if sys.argv[1:2] == ["--library"]:
            shutil.copyfile(sys.argv[2], path)
        else:
            papers = int(sys.argv[1]) if sys.argv[1:] else 100_000
            pages = enumerate(generate.pages(papers))
            add(path, [Source(f"{number}.txt", page.encode(), DAY, "as given") for number, page in pages])
        return 0 if measure(path) else 1


if __name__ == "__main__":
    sys.exit(main())
