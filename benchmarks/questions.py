"""Measure questions about a large library as whole processes, beside a process that only reads all its records.

    python benchmarks/questions.py [PAPERS] [RUNS]

PAPERS is 100,000 and RUNS is 3 by default. `generate.pages` generates pages of 50 papers, which are added to a library.
The limit is a process that reads each record once and decodes its JSON. CSV is compared with sqlite-utils, if it is
installed in PATH, writing the same 33 columns. All times are processor time: medians of alternating runs.

The bounds are goals, not what was measured last. They are seconds of processor time for 100,000 papers on a machine
where `python -c pass` takes 18 ms; on other machines, they are as much longer or shorter as this program is.
"""

import json
import os
import shlex
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import generate
from processes import Usage, medians
from rows import MemoryRow, Row, Time, report

READ_ALL = """
import json, sqlite3, sys
for record, in sqlite3.connect(sys.argv[1]).execute("SELECT json FROM record"):
    json.loads(record)
"""
LARGE = 100_000
TERMINAL = ("--color", "always")


class Goal(NamedTuple):
    """The most that a question may take in a library of 100,000 papers."""

    seconds: float
    """Seconds of processor time, on a machine where `python -c pass` takes `REFERENCE` seconds."""
    mib: float | None = None
    """Memory in MiB; None for no limit."""

    def bound(self, papers: int, unit: float, limit: float) -> float:
        """Return the largest ratio to the limit for a library of some papers.

        `unit` are the seconds that `python -c pass` takes on this machine. The time of a question may grow from `START`
        seconds, for a library without papers, to the goal.
        """
        seconds = START + (self.seconds - START) * papers / LARGE
        return round(seconds * unit / REFERENCE / limit, 2)


REFERENCE = 0.018
"""Seconds of `python -c pass` on the machine for which the goals were set."""
START = 6.5 * REFERENCE
"""The goal for a command that draws a table of a few papers."""
SHORT = Goal(1)
"""The goal for a question that does not have to read every paper."""
WHOLE = Goal(6)
"""The goal for a question that reads every paper, if it has no goal of its own."""

QUESTIONS: Mapping[str, tuple[tuple[str, ...], Goal]] = {
    "list, first 20": (("list", "-n", "20"), SHORT),
    "search, a word in half the papers, first 20": (("search", "half", "-n", "20"), SHORT),
    "abstract:word without a match": (("search", "abstract:zzqxqz"), Goal(0.5)),
    "/regex/ with letters, without a match": (("search", "/zzqxq.z/"), Goal(5)),
    "/regex/ without letters, without a match": (("search", "/z[0-9]{9}/"), Goal(5)),
    "did-you-mean": (("search", "ravivalohh"), Goal(0.2)),
    "topics": (("topics",), Goal(4)),
    "report": (("report", "-o", "report.html"), Goal(6)),
    "duplicates": (("duplicates",), Goal(2)),
    "search, all matches on a terminal": (("search", "half", *TERMINAL), Goal(3, 100)),
    "list, all papers on a terminal": (("list", *TERMINAL), Goal(4, 100)),
    "list, all papers as lines": (("list",), WHOLE),
    "BibTeX of all papers": (("export", "--format", "bibtex"), Goal(5)),
    "RIS of all papers": (("export", "--format", "ris"), Goal(5)),
    "JSON of all papers": (("list", "--json"), WHOLE),
    "network": (("network", "-n", "20"), Goal(2)),
    "stats": (("stats",), Goal(0.8)),
    "stats author year -n 20": (("stats", "author", "year", "-n", "20"), Goal(2)),
    "coauthors -n 20": (("coauthors", "-n", "20"), Goal(0.8)),
    "people -n 20": (("people", "-n", "20"), Goal(0.5)),
    "CSV of all papers": (("list", "--format", "csv"), WHOLE),
}
"""The arguments of pubcli, and the goals."""
CSV_GOAL = 1.0
"""The largest acceptable time to write CSV, divided by that of sqlite-utils."""
ADDING = Goal(25)
PAGE = Goal(10, 500)
"""The goal for a page of 100,000 papers that is read the first time."""


class Workplace:
    """A temporary folder with generated pages, a library of them, and one page of all papers."""

    def __init__(self, folder: Path, papers: int) -> None:
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "PUBCLI_LIBRARY": str(folder / "library.sqlite"),
            "PUBCLI_CACHE_DIR": str(folder / "cache"), "COLUMNS": "120", "LANG": "C.UTF-8", "TERM": "xterm",
        }  # fmt: skip
        (folder / "pages").mkdir()
        for number, text in enumerate(generate.pages(papers)):
            (folder / "pages" / f"{number:06}.txt").write_text(text)
        (folder / "page.txt").write_text(generate.page(papers))

    def pubcli(self, *arguments: str) -> list[str]:
        """Return a command of pubcli. That nothing matches (status 1) is not an error."""
        command = shlex.join([sys.executable, "-m", "pubcli", *arguments])
        return ["/bin/sh", "-c", f"{command} || test $? -eq 1"]

    def usage(self, runs: int, commands: Mapping[str, list[str]], *, warm_up: bool = True) -> dict[str, Usage]:
        """Return the processor time and the memory of each command."""
        return medians(runs, commands, self.environment, str(self.folder), warm_up=warm_up)

    def limits(self) -> dict[str, list[str]]:
        """Return the commands to compare with: one that reads all records, and the shortest program of Python."""
        return {
            READ: [sys.executable, "-c", READ_ALL, self.environment["PUBCLI_LIBRARY"]],
            UNIT: [sys.executable, "-c", "pass"],
        }


READ, UNIT, PEER = "read all", "python -c pass", "sqlite-utils"


def row(work: str, goal: Goal, papers: int, pubcli: Usage, limits: Mapping[str, Usage]) -> Iterator[Row | MemoryRow]:
    """Yield the row of a piece of work, and another one if its memory has a goal."""
    (seconds, mib), limit, unit = pubcli, limits[READ][0], limits[UNIT][0]
    yield Row(work, seconds, Time(READ, limit), bound=goal.bound(papers, unit, limit))
    if goal.mib is not None:
        yield MemoryRow(f"memory of {work}", mib, goal.mib)


def once(workplace: Workplace, command: list[str]) -> Usage:
    """Return the usage of a command that changes something, so that it can run only once."""
    return workplace.usage(1, {"once": command}, warm_up=False)["once"]


def questions(workplace: Workplace, papers: int, runs: int) -> Iterator[Row | MemoryRow]:
    """Yield the rows of each question."""
    program = shutil.which(PEER)
    if program:
        _fill_peer(workplace.folder / "peer.db", workplace.environment["PUBCLI_LIBRARY"])
    for work, (arguments, goal) in QUESTIONS.items():
        commands = {work: workplace.pubcli(*arguments), **workplace.limits()}
        if work.startswith("CSV") and program:
            commands[PEER] = [program, "rows", str(workplace.folder / "peer.db"), "papers", "--csv"]
        used = workplace.usage(runs, commands)
        if PEER in used:
            yield Row(work, used[work][0], Time(READ, used[READ][0]), Time(PEER, used[PEER][0]), CSV_GOAL)
        else:
            yield from row(work, goal, papers, used[work], used)


def _fill_peer(path: Path, library: str) -> None:
    """Copy the papers of a library into a table with a column for each field."""
    with closing(sqlite3.connect(library)) as source, closing(sqlite3.connect(path)) as peer, peer:
        rows = (json.loads(text) for (text,) in source.execute("SELECT json FROM record"))
        first = next(rows)
        peer.execute(f"CREATE TABLE papers ({', '.join(first)})")
        cells = ([json.dumps(cell) if isinstance(cell, list | dict) else cell for cell in row.values()] for row in rows)
        peer.executemany(f"INSERT INTO papers VALUES ({', '.join('?' * len(first))})", cells)


def reading(workplace: Workplace, papers: int) -> Iterator[Row | MemoryRow]:
    """Yield rows for adding all pages, and for one page of all papers: the first time, and again."""
    add = once(workplace, workplace.pubcli("add", "-q", "pages"))
    limits = workplace.usage(3, workplace.limits())
    yield from row(f"add {papers:,} papers", ADDING, papers, add, limits)
    page = workplace.pubcli("list", "-q", "-p", "page.txt", "-n", "20")
    yield from row(f"a page of {papers:,} papers, first", PAGE, papers, once(workplace, page), limits)
    again = workplace.usage(1, {"again": page})["again"]
    yield from row(f"a page of {papers:,} papers, again", SHORT, papers, again, limits)


def rows(papers: int, runs: int) -> Iterator[Row | MemoryRow]:
    """Yield all rows for a library of some papers."""
    with tempfile.TemporaryDirectory(prefix="questions-") as folder:
        workplace = Workplace(Path(folder), papers)
        yield from reading(workplace, papers)
        yield from questions(workplace, papers, runs)


def main() -> int:
    """Print the table, and return the exit status."""
    numbers = [int(word.replace(",", "")) for word in sys.argv[1:]]
    return report(rows(numbers[0] if numbers else LARGE, numbers[1] if len(numbers) > 1 else 3))


if __name__ == "__main__":
    sys.exit(main())
