"""Measure how fast pubcli reads pages of 50 to 100,000 records, beside bibtexparser 2 and pybtex on the same records.

    pip install -e '.[bench]' && python benchmarks/read.py [LARGEST]

LARGEST is the largest number of records: 100,000 by default. bibtexparser and pybtex read the records as BibTeX, up to
10,000 of them. Each reader builds its own kind of record: pubcli builds validated Pydantic records, bibtexparser
entries with separate co-authors, pybtex entries with persons.

The columns are records per second; time per record, as a multiple of the time at 1,000 records (it must not grow);
peak memory of a process that only reads, as a multiple of the size of the text; and how many times as fast as
bibtexparser and pybtex pubcli is.
"""

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import generate
from timing import medians, seconds

SIZES = (50, 1_000, 10_000, 100_000)
PEER_LIMIT = 10_000
MEMORY = """
import re, sys
from pathlib import Path
from pubcli.reader import read

def peak():  # in kB; not ru_maxrss, which a process on Linux inherits from the process that started it
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])

before = peak()
document = read(sys.stdin.buffer.read())
print((peak() - before) * 1024)
"""


def read_with_pubcli(page: bytes, _: str) -> tuple[object, int]:
    """Read the page; return the document and its number of records."""
    from pubcli.reader import read

    document = read(page)
    return document, len(document.papers)


def read_with_bibtexparser(_: bytes, bibtex: str) -> tuple[object, int]:
    """Read the BibTeX with separate co-authors, as pubcli returns them."""
    import bibtexparser
    from bibtexparser.middlewares import SeparateCoAuthors

    library = bibtexparser.parse_string(bibtex, append_middleware=[SeparateCoAuthors()])
    return library, len(library.entries)


def read_with_pybtex(_: bytes, bibtex: str) -> tuple[object, int]:
    """Read the BibTeX; return the data and its number of entries."""
    from pybtex.database import parse_string

    data = parse_string(bibtex, "bibtex")
    return data, len(data.entries)


Reader = Callable[[bytes, str], tuple[object, int]]
READERS: dict[str, Reader] = {
    "pubcli": read_with_pubcli,
    "bibtexparser": read_with_bibtexparser,
    "pybtex": read_with_pybtex,
}


BOUNDS = {"bibtexparser": 0.067, "pybtex": 0.04}
"""Goals: 15 times as fast as bibtexparser, and 25 times as fast as pybtex, from 1,000 records on.

The largest acceptable time of pubcli, divided by that of each library."""


def measure(size: int, clock: Callable[[Callable[[], object]], float] = seconds) -> dict[str, float]:
    """Return the median seconds of each reader."""
    page, bibtex = generate.page(size).encode(), generate.bibtex(size)

    def read_all(reader: Reader) -> object:
        result, count = reader(page, bibtex)
        assert count == size
        return result

    names = [name for name in READERS if name == "pubcli" or size <= PEER_LIMIT]
    calls = [partial(read_all, READERS[name]) for name in names]
    times = medians(max(1, min(7, 50_000 // size)), *calls, clock=clock)
    return dict(zip(names, times, strict=True))


def peak_memory(size: int) -> float:
    """Return how much a new process grows while it reads a page, as a multiple of the size of the text."""
    page = generate.page(size).encode()
    process = subprocess.run([sys.executable, "-c", MEMORY], input=page, capture_output=True, check=True)
    return int(process.stdout) / len(page)


def main() -> None:
    """Print the figures."""
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1]
    print(f"{'records':>8} {'per second':>11} {'time/record':>12} {'memory':>7} {'bibtexparser':>13} {'pybtex':>7}")
    seconds_at_1000 = 0.0
    for size in (size for size in SIZES if size <= largest):
        times = measure(size)
        per_record = times["pubcli"] / size
        seconds_at_1000 = seconds_at_1000 or (per_record if size >= 1_000 else 0.0)
        relative = f"{per_record / seconds_at_1000:.2f}" if seconds_at_1000 else ""
        ratios = [
            f"{times[name] / times['pubcli']:.1f}x" if name in times else "" for name in ("bibtexparser", "pybtex")
        ]
        memory = f"{peak_memory(size):.1f}x" if size >= 1_000 else ""
        print(f"{size:8} {1 / per_record:11,.0f} {relative:>12} {memory:>7} {ratios[0]:>13} {ratios[1]:>7}", flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
