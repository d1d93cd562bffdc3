"""Measure the questions of `pubcli stats` about a large library, beside a process that only reads all its records.

    python benchmarks/counts.py [PAPERS] [RUNS]

PAPERS is 100,000 and RUNS is 3 by default. The papers have venues, keywords, citations and affiliations
(`generate.database_lines`). All times are processor time of whole processes: medians of alternating runs. The line for
half of the papers shows how the time grows.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import generate
from processes import medians
from questions import LARGE, READ_ALL
from rows import Row, Time, report

QUESTIONS = (
    "", "year", "month", "kind", "venue", "publisher", "keyword", "org", "country", "language", "author",
    "first_author", "source", "venue year", "keyword year", "venue --measure citations,h --top 20",
    "author --measure citations,h --top 20", "keyword --measure citations --top 20", "author --measure fractional",
    "venue --over year --top 20", "indicators", "laws",
)  # fmt: skip
"""The arguments of `pubcli stats`."""
BOUND = 2.0
"""Largest acceptable ratio to the time of reading all records."""


def rows(papers: int, runs: int) -> Iterator[Row]:
    """Yield a row for each question about a library of some papers, and about half of it."""
    with tempfile.TemporaryDirectory(prefix="counts-") as name:
        folder = Path(name)
        environment = {
            "PATH": os.environ["PATH"], "HOME": name, "PUBCLI_CACHE_DIR": str(folder / "cache"), "LANG": "C.UTF-8",
        }  # fmt: skip
        program = [sys.executable, "-m", "pubcli"]
        for size in (papers, papers // 2):
            (folder / f"{size}.jsonl").write_text("".join(generate.database_lines(size)))
            add = [*program, "add", "-q", f"{size}.jsonl", "--library", str(folder / f"{size}.sqlite")]
            medians(1, {"add": add}, environment, name, warm_up=False)
        library = folder / f"{papers}.sqlite"
        half = str(folder / f"{papers // 2}.sqlite")
        for question in QUESTIONS:
            command = [*program, "stats", *question.split(), "-q", "--format", "csv"]
            commands = {
                "question": [*command, "--library", str(library)],
                "half": [*command, "--library", half],
                "read all": [sys.executable, "-c", READ_ALL, str(library)],
            }
            used = {work: seconds for work, (seconds, _) in medians(runs, commands, environment, name).items()}
            label = f"stats {question}"
            yield Row(label, used["question"], Time("read all", used["read all"]), bound=BOUND)
            yield Row("  half of the papers", used["half"])


def main() -> int:
    """Print the table, and return the exit status."""
    numbers = [int(word.replace(",", "")) for word in sys.argv[1:]]
    return report(rows(numbers[0] if numbers else LARGE, numbers[1] if len(numbers) > 1 else 3))


if __name__ == "__main__":
    sys.exit(main())
