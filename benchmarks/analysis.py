"""Measure the time and memory of statistics over libraries of different sizes, beside growth as n log n.

    python benchmarks/analysis.py [PAPERS]...

PAPERS are the sizes of the libraries: 50, 1,000 and 10,000 by default. `generate.pages` generates pages of 50 papers
with word frequencies like those of a natural language, and each library is a file. Each statistic runs in a new
process, so that nothing else is in its memory.

The columns are CPU seconds, microseconds per paper, growth and peak memory in MB. Growth compares with the row above:
it is the ratio of the seconds divided by the ratio of n log n (1.0 is growth as n log n, less is better). To measure
another statistic, add a line to `STATISTICS`.
"""

import json
import subprocess
import sys
from contextlib import closing
from datetime import date
from functools import partial
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

from generate import pages

STATISTICS = {
    "stats": "stats.overview(store)",
    "stats year": "stats.count_by(store, 'year')",
    "stats author": "stats.count_by(store, 'author')",
    "stats year category": "stats.cross_tabulate(store, 'year', 'category')",
    "stats author year": "stats.cross_tabulate(store, 'author', 'year')",
    "topics": "topics.topics(store)",
    "topics category:OC": "topics.topics(store, 'category:OC')",
    "topics --by category": "topics_by_group.topics_by_group(store, 'category')",
    "coauthors": "people.coauthors(store)",
}
"""Expressions to measure, by the pubcli command that evaluates them."""

SCRIPT = """
import gc, json, re, sys, time
from pathlib import Path
from pubcli.analysis import people, stats, topics, topics_by_group
from pubcli.store.library import library_file
gc.disable()  # as the program does
store = library_file.open_to_read(Path(sys.argv[1]))
start = time.process_time()
for row in ({expression}).rows:
    pass
seconds = time.process_time() - start
# Not ru_maxrss: a process begins with the peak of the process that started it.
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]
print(json.dumps([seconds, int(peak) / 1024]))
"""


def with_stop_words(text: str) -> str:
    """Replace two of five words in each abstract by a stop word, so that phrases are as numerous as in real ones."""
    return "\n".join(
        " ".join("the" if index % 5 in (1, 4) else word for index, word in enumerate(line.split(" ")))
        if len(line) > 400
        else line
        for line in text.split("\n")
    )


def build_library(path: Path, count: int) -> None:
    """Create a library of `count` papers."""
    from pubcli.inputs.sources import Source
    from pubcli.store.library import ingest, library_file

    sources = (
        Source(f"{n}.txt", with_stop_words(text).encode(), date(2026, 1, 1), "as given")
        for n, text in enumerate(pages(count))
    )
    with closing(library_file.open_or_create(path)) as store:
        opened = (ingest.SourceToAdd(source.name, partial(lambda source: source, source)) for source in sources)
        for _ in ingest.ingest_sources(store, opened, print, keep=True):
            pass


def measure(path: Path, expression: str) -> tuple[float, float]:
    """Return the CPU seconds of an expression and the peak memory of its process in MB."""
    code = SCRIPT.replace("{expression}", expression)
    process = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, check=True)
    seconds, megabytes = json.loads(process.stdout)
    return seconds, megabytes


def main() -> None:
    counts = [int(text) for text in sys.argv[1:]] or [50, 1_000, 10_000]
    results: dict[str, list[tuple[float, float]]] = {name: [] for name in STATISTICS}
    with TemporaryDirectory() as folder:
        for count in counts:
            path = Path(folder, f"{count}.sqlite")
            build_library(path, count)
            for name, expression in STATISTICS.items():
                results[name].append(measure(path, expression))
    print(f"{'command':<22}{'papers':>9}{'seconds':>9}{'us/paper':>9}{'growth':>8}{'MB':>7}")
    for name, measures in results.items():
        for index, (count, (seconds, megabytes)) in enumerate(zip(counts, measures, strict=True)):
            growth = ""
            if index:
                growth = f"{seconds / measures[index - 1][0] / _n_log_n_ratio(counts[index - 1], count):.2f}"
            print(f"{name:<22}{count:>9,}{seconds:>9.3f}{seconds / count * 1e6:>9.0f}{growth:>8}{megabytes:>7.0f}")


def _n_log_n_ratio(smaller: int, larger: int) -> float:
    """Return n log n of the larger size divided by that of the smaller."""
    return larger * log(larger) / (smaller * log(smaller))


if __name__ == "__main__":
    main()
