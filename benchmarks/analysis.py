"""What questions about many papers cost as there are more of them, and whether they grow worse than n log n.

    python benchmarks/analysis.py [50 1000 10000 100000]

Pages of 50 papers, made up by `generate.pages` in words as frequent as those of a language, are put into a library in a
file; each question is asked of it in one process that has nothing else in memory. Printed are seconds of the processor,
microseconds a paper, the growth from the row above beside that of n log n (1.0 is as n log n, less is better), and the
largest memory of the process in MB. Another question is one more line of `QUESTIONS`.
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

QUESTIONS = {
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
"""What is measured, under the name of the command that asks it."""

ASK = """
import gc, json, resource, sys, time
from pathlib import Path
from pubcli.analysis import people, stats, topics, topics_by_group
from pubcli.store.library import library_file
gc.disable()  # as the program does
store = library_file.open_to_read(Path(sys.argv[1]))
start = time.process_time()
for row in ({question}).rows:
    pass
seconds = time.process_time() - start
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def spoken(text: str) -> str:
    """A page in which two words of five in an abstract say nothing, so that phrases are as many as in real ones."""
    return "\n".join(
        " ".join("the" if at % 5 in (1, 4) else word for at, word in enumerate(line.split(" ")))
        if len(line) > 400
        else line
        for line in text.split("\n")
    )


def build(path: Path, count: int) -> None:
    """A library of so many papers."""
    from pubcli.inputs.sources import Source
    from pubcli.store.library import ingest, library_file

    sources = (
        Source(f"{n}.txt", spoken(text).encode(), date(2026, 1, 1), "as given") for n, text in enumerate(pages(count))
    )
    with closing(library_file.open_or_create(path)) as store:
        for _ in ingest.ingest_sources(
            store, (partial(lambda source: source, one) for one in sources), print, keep=True
        ):
            pass


def measured(path: Path, question: str) -> tuple[float, float]:
    """Seconds, and the largest memory of the process in MB."""
    code = ASK.replace("{question}", question)
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, check=True)
    seconds, megabytes = json.loads(done.stdout)
    return seconds, megabytes


def main() -> None:
    counts = [int(text) for text in sys.argv[1:]] or [50, 1_000, 10_000]
    figures: dict[str, list[tuple[float, float]]] = {name: [] for name in QUESTIONS}
    with TemporaryDirectory() as folder:
        for count in counts:
            path = Path(folder, f"{count}.sqlite")
            build(path, count)
            for name, question in QUESTIONS.items():
                figures[name].append(measured(path, question))
    print(f"{'question':<22}{'papers':>9}{'seconds':>9}{'us each':>9}{'growth':>8}{'MB':>7}")
    for name, measures in figures.items():
        for at, (count, (seconds, megabytes)) in enumerate(zip(counts, measures, strict=True)):
            growth = f"{seconds / measures[at - 1][0] / _n_log_n(counts[at - 1], count):.2f}" if at else ""
            print(f"{name:<22}{count:>9,}{seconds:>9.3f}{seconds / count * 1e6:>9.0f}{growth:>8}{megabytes:>7.0f}")


def _n_log_n(before: int, after: int) -> float:
    """How much larger n log n became."""
    return after * log(after) / (before * log(before))


if __name__ == "__main__":
    main()
