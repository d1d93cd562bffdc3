"""Measure questions about a large library as whole processes, beside a process that only reads all its records.

    python benchmarks/questions.py [PAPERS] [RUNS]

PAPERS is 100,000 and RUNS is 3 by default. `generate.pages` generates pages of 50 papers, which are added to a library.
The limit is a process that reads each record once and decodes its JSON. CSV is compared with sqlite-utils, if it is
installed in PATH, writing the same 33 columns. All times are processor time: medians of alternating runs.
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
from processes import medians
from rows import Row, Time, report

READ_ALL = """
import json, sqlite3, sys
for record, in sqlite3.connect(sys.argv[1]).execute("SELECT json FROM record"):
    json.loads(record)
"""
LARGE = 100_000
TERMINAL = ("--color", "always")


class Bounds(NamedTuple):
    """Largest ratios to the limit: in a library of 100,000 papers, and in a small one, where starting takes longest."""

    large: float
    small: float


QUESTIONS: Mapping[str, tuple[tuple[str, ...], Bounds]] = {
    "list, first 20": (("list", "-n", "20"), Bounds(0.1, 2)),
    "search, a word in half the papers, first 20": (("search", "half", "-n", "20"), Bounds(0.2, 2.5)),
    "abstract:word without a match": (("search", "abstract:zzqxqz"), Bounds(0.1, 2.2)),
    "/regex/ with letters, without a match": (("search", "/zzqxq.z/"), Bounds(0.9, 3)),
    "/regex/ without letters, without a match": (("search", "/z[0-9]{9}/"), Bounds(6.5, 4.5)),
    "did-you-mean": (("search", "ravivalohh"), Bounds(0.3, 3)),
    "topics": (("topics",), Bounds(3.6, 32)),
    "report": (("report", "-o", "report.html"), Bounds(14, 45)),
    "duplicates": (("duplicates",), Bounds(5, 7)),
    "search, all matches on a terminal": (("search", "half", *TERMINAL), Bounds(14, 6.5)),
    "list, all papers on a terminal": (("list", *TERMINAL), Bounds(7.5, 4.5)),
    "list, all papers as lines": (("list",), Bounds(3.8, 3)),
    "BibTeX of all papers": (("export", "--format", "bibtex"), Bounds(13, 6)),
    "RIS of all papers": (("export", "--format", "ris"), Bounds(8.5, 4.5)),
    "JSON of all papers": (("list", "--json"), Bounds(1.4, 2)),
    "network": (("network", "-n", "20"), Bounds(20, 17)),
    "stats": (("stats",), Bounds(2, 2.5)),
    "stats author year -n 20": (("stats", "author", "year", "-n", "20"), Bounds(1.4, 2.7)),
    "coauthors -n 20": (("coauthors", "-n", "20"), Bounds(1.4, 2.7)),
    "people -n 20": (("people", "-n", "20"), Bounds(0.75, 2.5)),
    "CSV of all papers": (("list", "--format", "csv"), Bounds(5.5, 4)),
}
"""The arguments of pubcli, and the bounds."""


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

    def seconds(self, runs: int, commands: Mapping[str, list[str]], *, warm_up: bool = True) -> dict[str, float]:
        """Return the processor time of each command."""
        used = medians(runs, commands, self.environment, str(self.folder), warm_up=warm_up)
        return {name: time for name, (time, _) in used.items()}


def once(workplace: Workplace, command: list[str]) -> float:
    """Return the processor time of a command that changes something, so that it can run only once."""
    return workplace.seconds(1, {"once": command}, warm_up=False)["once"]


def questions(workplace: Workplace, papers: int, runs: int) -> Iterator[Row]:
    """Yield a row for each question."""
    library = workplace.environment["PUBCLI_LIBRARY"]
    read_all = [sys.executable, "-c", READ_ALL, library]
    for work, (arguments, bounds) in QUESTIONS.items():
        commands = {work: workplace.pubcli(*arguments), "read all records": read_all}
        peer = None
        if work.startswith("CSV") and (program := shutil.which("sqlite-utils")):
            commands["sqlite-utils"] = [program, "rows", str(workplace.folder / "peer.db"), "papers", "--csv"]
            _fill_peer(workplace.folder / "peer.db", library)
        used = workplace.seconds(runs, commands)
        bound = bounds.large if papers >= LARGE else bounds.small
        if "sqlite-utils" in used:
            peer, bound = Time("sqlite-utils", used["sqlite-utils"]), 1.2
        yield Row(work, used[work], Time("read all", used["read all records"]), peer, bound)


def _fill_peer(path: Path, library: str) -> None:
    """Copy the papers of a library into a table with a column for each field."""
    with closing(sqlite3.connect(library)) as source, closing(sqlite3.connect(path)) as peer, peer:
        rows = (json.loads(text) for (text,) in source.execute("SELECT json FROM record"))
        first = next(rows)
        peer.execute(f"CREATE TABLE papers ({', '.join(first)})")
        cells = ([json.dumps(cell) if isinstance(cell, list | dict) else cell for cell in row.values()] for row in rows)
        peer.executemany(f"INSERT INTO papers VALUES ({', '.join('?' * len(first))})", cells)


def reading(workplace: Workplace, papers: int) -> Iterator[Row]:
    """Yield rows for adding all pages, and for one page of all papers: the first time, and again."""
    read_all = [sys.executable, "-c", READ_ALL, workplace.environment["PUBCLI_LIBRARY"]]
    add = once(workplace, workplace.pubcli("add", "-q", "pages"))
    limit = Time("read all", workplace.seconds(3, {"limit": read_all})["limit"])
    page = workplace.pubcli("list", "-q", "-p", "page.txt", "-n", "20")
    first, again = once(workplace, page), workplace.seconds(1, {"again": page})["again"]
    is_large = papers >= LARGE
    yield Row(f"add {papers:,} papers", add, limit, bound=50 if is_large else 20)
    yield Row(f"a page of {papers:,} papers, first", first, limit, bound=14 if is_large else 9)
    yield Row(f"a page of {papers:,} papers, again", again, limit, bound=0.6 if is_large else 2)


def rows(papers: int, runs: int) -> Iterator[Row]:
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
