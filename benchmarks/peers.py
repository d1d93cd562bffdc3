"""Whole processes: pubcli listing papers beside papis, pubs, cobib and sqlite-utils listing the same ones.

    python benchmarks/peers.py [RUNS]

Every peer gets a virtual environment, a home and a library of its own in a folder that is removed at the end. Two
questions are measured, both in medians of alternating runs. Warm: list the papers that are already in the library, for
pubcli a page that was read before. First: import 1,000 records and list them, for pubcli a page never seen; the peers
do that once, since it takes them minutes. Tables are drawn for a terminal of 120 columns.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import NamedTuple

import generate
from timing import medians, seconds

PACKAGES = {
    "papis": ["papis"],
    "pubs": ["pubs", "setuptools", "bibtexparser<2"],
    "cobib": ["cobib"],
    "sqlite-utils": ["sqlite-utils"],
}
PAPIS_CONFIG = "[settings]\ndefault-library = main\n[main]\ndir = {home}/lib\n"


class Bound(NamedTuple):
    """What pubcli may take at most, as a part of what a peer takes."""

    peer: str
    size: int
    most: float


WARM = (
    Bound("papis", 50, 0.65),
    Bound("pubs", 50, 0.5),
    Bound("cobib", 50, 0.2),
    Bound("sqlite-utils", 50, 0.9),
    Bound("sqlite-utils", 1_000, 0.75),
    Bound("sqlite-utils", 10_000, 0.7),
)
FIRST = (Bound("pubs", 1_000, 0.05), Bound("cobib", 1_000, 0.03))


class Desk:
    """A folder in which everything happens: environments, homes, libraries."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def installed(self, peer: str) -> str:
        """Install a peer and return the path of its program."""
        environment = self.folder / f"{peer}-env"
        program = environment / "bin" / peer
        if not program.exists():
            run([sys.executable, "-m", "venv", str(environment)])
            run([str(environment / "bin" / "pip"), "install", "-q", *PACKAGES[peer]])
        return str(program)

    def version(self, peer: str) -> str:
        """The version that was installed."""
        self.installed(peer)
        listed = run([str(self.folder / f"{peer}-env" / "bin" / "pip"), "list", "--format", "json"])
        return next(entry["version"] for entry in json.loads(listed) if entry["name"] == peer)

    def home(self, name: str) -> Path:
        """A fresh home."""
        path = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.folder))
        (path / "page.txt").write_text(generate.page(1))
        return path

    def environment(self, home: Path) -> dict[str, str]:
        """What a program sees: its home, a terminal of 120 columns, nothing of ours."""
        return {"PATH": os.environ["PATH"], "HOME": str(home), "COLUMNS": "120", "LANG": "C.UTF-8", "TERM": "xterm"}


def run(command: list[str], environment: dict[str, str] | None = None, folder: Path | None = None) -> str:
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, check=True, text=True)
    return done.stdout


def pubcli(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "pubcli", *arguments]


def imports(desk: Desk, peer: str, home: Path, size: int) -> list[list[str]]:
    """Write the records into a home, and return the commands that make a library of them."""
    program = desk.installed(peer)
    bibtex = home / "papers.bib"
    bibtex.write_text(generate.bibtex(size) + "\n")
    if peer == "papis":
        (home / "lib").mkdir()
        (home / ".config" / "papis").mkdir(parents=True)
        (home / ".config" / "papis" / "config").write_text(PAPIS_CONFIG.format(home=home))
        return [[program, "bibtex", "read", str(bibtex), "import", "--all", "--out", str(home / "lib")]]
    if peer == "pubs":
        return [[program, "init", "-p", str(home / "pubs")], [program, "import", str(bibtex)]]
    if peer == "cobib":
        return [[program, "init"], [program, "add", "-b", str(bibtex)]]
    (home / "page.txt").write_text(generate.page(size))
    rows = home / "papers.json"
    rows.write_text(run(pubcli("list", "-q", "--json", "--no-cache", "-p", str(home / "page.txt"))))
    return [[program, "insert", "papers.db", "papers", str(rows)]]


def listing(desk: Desk, peer: str) -> list[str]:
    """The command by which a peer lists its library as a table, or what it has for one."""
    program = desk.installed(peer)
    shown = "{doc[year]} {doc[ref]} {doc[title]} {doc[author]}"
    columns = [word for field in ("position", "key", "date", "category", "title", "authors") for word in ("-c", field)]
    return {
        "papis": [program, "list", "--all", "--format", shown],
        "pubs": [program, "list"],
        "cobib": [program, "list"],
        "sqlite-utils": [program, "rows", "papers.db", "papers", "-t", *columns],
    }[peer]


def warm(desk: Desk, bound: Bound, runs: int) -> float:
    """The time of pubcli listing a page read before, as a part of the peer's for its own library."""
    home = desk.home(bound.peer)
    environment = desk.environment(home)
    for command in imports(desk, bound.peer, home, bound.size):
        run(command, environment, home)
    (home / "page.txt").write_text(generate.page(bound.size))
    ours = pubcli("list", "--color", "always", "-q", "-p", "page.txt")
    commands = ours, listing(desk, bound.peer)
    own, other = medians(runs, *(partial(run, command, environment, home) for command in commands))
    return own / other


def first(desk: Desk, bound: Bound, runs: int) -> float:
    """The time of pubcli listing a page never seen, as a part of the peer's for importing and listing its records."""
    home = desk.home(bound.peer)
    environment = desk.environment(home)
    (home / "page.txt").write_text(generate.page(bound.size))
    ours = pubcli("list", "--color", "always", "-q", "-p", "page.txt")
    caches = [{**environment, "PUBCLI_CACHE_DIR": str(home / f"cache{number}")} for number in range(runs)]
    fresh = statistics.median(seconds(partial(run, ours, cache, home)) for cache in caches)
    commands = [*imports(desk, bound.peer, home, bound.size), listing(desk, bound.peer)]
    return fresh / sum(seconds(partial(run, command, environment, home)) for command in commands)


def main() -> None:
    """Print the ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    with tempfile.TemporaryDirectory(prefix="peers-") as folder:
        desk = Desk(Path(folder))
        print(", ".join(f"{peer} {desk.version(peer)}" for peer in PACKAGES), flush=True)
        for question, bounds, measure in (("warm list", WARM, warm), ("first question", FIRST, first)):
            for bound in bounds:
                found = measure(desk, bound, runs if bound.size <= 1_000 else 3)
                print(f"{question:15} {bound.size:7,} {found:6.3f} of {bound.peer:13} at most {bound.most}", flush=True)


if __name__ == "__main__":
    main()
