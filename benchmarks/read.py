"""Reading pages of 50 to 100,000 records, beside bibtexparser 2 and pybtex reading the same records as BibTeX.

    pip install -e '.[bench]' && python benchmarks/read.py [LARGEST]

Printed are records per second, the time of a record as a multiple of that at 1,000 records (it must not grow), the
peak memory of a process that only reads, in multiples of the text, and how many times as many records as the two
peers pubcli reads. The peers read up to 10,000 records. All build what they call a record: pubcli validated Pydantic
records, bibtexparser entries with their co-authors separated, pybtex entries with persons.
"""

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import generate
from timing import medians

SIZES = (50, 1_000, 10_000, 100_000)
PEERS_UP_TO = 10_000
MEMORY = """
import re, sys
from pathlib import Path
from pubcli.reader import read

def peak():  # of this process alone: Linux hands ru_maxrss down from the process that started it
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])

before = peak()
document = read(sys.stdin.buffer.read())
print((peak() - before) * 1024)
"""


def pubcli(page: bytes, _: str) -> tuple[object, int]:
    """Read the page."""
    from pubcli.reader import read

    document = read(page)
    return document, len(document.papers)


def bibtexparser(_: bytes, bibtex: str) -> tuple[object, int]:
    """Read the BibTeX, co-authors separated as pubcli has them."""
    import bibtexparser
    from bibtexparser.middlewares import SeparateCoAuthors

    library = bibtexparser.parse_string(bibtex, append_middleware=[SeparateCoAuthors()])
    return library, len(library.entries)


def pybtex(_: bytes, bibtex: str) -> tuple[object, int]:
    """Read the BibTeX."""
    from pybtex.database import parse_string

    data = parse_string(bibtex, "bibtex")
    return data, len(data.entries)


Reader = Callable[[bytes, str], tuple[object, int]]
READERS: tuple[Reader, ...] = (pubcli, bibtexparser, pybtex)


def measure(size: int) -> dict[str, float]:
    """Median seconds of each reader."""
    page, bibtex = generate.page(size).encode(), generate.bibtex(size)

    def whole(reader: Reader) -> object:
        result, count = reader(page, bibtex)
        assert count == size
        return result

    readers = [reader for reader in READERS if reader is pubcli or size <= PEERS_UP_TO]
    found = medians(max(1, min(40, 50_000 // size)), *(partial(whole, reader) for reader in readers))
    return {reader.__name__: median for reader, median in zip(readers, found, strict=True)}


def peak_memory(size: int) -> float:
    """What a fresh process takes at most for reading, in multiples of the text."""
    page = generate.page(size).encode()
    done = subprocess.run([sys.executable, "-c", MEMORY], input=page, capture_output=True, check=True)
    return int(done.stdout) / len(page)


def main() -> None:
    """Print the figures."""
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1]
    print(f"{'records':>8} {'per second':>11} {'time/record':>12} {'memory':>7} {'bibtexparser':>13} {'pybtex':>7}")
    unit = 0.0
    for size in (size for size in SIZES if size <= largest):
        times = measure(size)
        each = times["pubcli"] / size
        unit = unit or (each if size >= 1_000 else 0.0)
        relative = f"{each / unit:.2f}" if unit else ""
        ratios = [
            f"{times[name] / times['pubcli']:.1f}x" if name in times else "" for name in ("bibtexparser", "pybtex")
        ]
        memory = f"{peak_memory(size):.1f}x" if size >= 1_000 else ""
        print(f"{size:8} {1 / each:11,.0f} {relative:>12} {memory:>7} {ratios[0]:>13} {ratios[1]:>7}", flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
