"""Measure whole pubcli processes that list papers, beside papis, pubs, cobib and sqlite-utils listing the same papers.

    python benchmarks/peers.py [RUNS]

RUNS is 11 by default. Each of these peers gets its own virtual environment, home and library in a temporary folder.

Warm list: pubcli lists a page that it has read before; a peer lists the papers that are already in its library. The
times are medians of alternating runs. First list: pubcli reads and lists a new page of 1,000 papers; a peer imports the
same papers and lists them. The time of pubcli is a median, but a peer runs once, because it takes minutes. All programs
print for a terminal of 120 columns. The ratios divide the time of pubcli by that of the peer.
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


class Target(NamedTuple):
    """The largest acceptable ratio of the time of pubcli to that of a peer."""

    peer: str
    papers: int
    max_ratio: float


WARM_TARGETS = (
    Target("papis", 50, 0.25),
    Target("pubs", 50, 0.5),
    Target("cobib", 50, 0.2),
    Target("sqlite-utils", 50, 0.35),
    Target("sqlite-utils", 1_000, 0.75),
    Target("sqlite-utils", 10_000, 0.7),
)
FIRST_TARGETS = (Target("pubs", 1_000, 0.05), Target("cobib", 1_000, 0.03))


class Workspace:
    """A folder for virtual environments, homes and libraries."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def install(self, peer: str) -> str:
        """Install a peer, unless it is already installed, and return the path of its program."""
        environment = self.folder / f"{peer}-env"
        program = environment / "bin" / peer
        if not program.exists():
            run([sys.executable, "-m", "venv", str(environment)])
            run([str(environment / "bin" / "pip"), "install", "-q", *PACKAGES[peer]])
        return str(program)

    def version(self, peer: str) -> str:
        """Return the version of an installed peer."""
        self.install(peer)
        packages = run([str(self.folder / f"{peer}-env" / "bin" / "pip"), "list", "--format", "json"])
        return next(package["version"] for package in json.loads(packages) if package["name"] == peer)

    def create_home(self, name: str) -> Path:
        """Create a home with a page of one paper."""
        path = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.folder))
        (path / "page.txt").write_text(generate.page(1))
        return path

    def environment(self, home: Path) -> dict[str, str]:
        """Return the environment variables of a program: its home, 120 columns, and none of the user except PATH."""
        return {"PATH": os.environ["PATH"], "HOME": str(home), "COLUMNS": "120", "LANG": "C.UTF-8", "TERM": "xterm"}


def run(command: list[str], environment: dict[str, str] | None = None, folder: Path | None = None) -> str:
    """Run a command and return its output."""
    process = subprocess.run(command, env=environment, cwd=folder, capture_output=True, check=True, text=True)
    return process.stdout


def pubcli_command(*arguments: str) -> list[str]:
    # `python -m` imports modules that the program itself does not need.
    return [sys.executable, "-c", "from pubcli.__main__ import main; main()", *arguments]


def write_papers(workspace: Workspace, peer: str, home: Path, size: int) -> list[list[str]]:
    """Write the papers into a home, and return the commands that import them into the library of a peer."""
    program = workspace.install(peer)
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
    rows.write_text(run(pubcli_command("list", "-q", "--json", "--no-cache", "-p", str(home / "page.txt"))))
    return [[program, "insert", "papers.db", "papers", str(rows)]]


def list_command(workspace: Workspace, peer: str) -> list[str]:
    """Return the command of a peer that lists its library, as a table if it can print one."""
    program = workspace.install(peer)
    template = "{doc[year]} {doc[ref]} {doc[title]} {doc[author]}"
    columns = [word for field in ("position", "key", "date", "category", "title", "authors") for word in ("-c", field)]
    return {
        "papis": [program, "list", "--all", "--format", template],
        "pubs": [program, "list"],
        "cobib": [program, "list"],
        "sqlite-utils": [program, "rows", "papers.db", "papers", "-t", *columns],
    }[peer]


def warm_list_ratio(workspace: Workspace, target: Target, runs: int) -> float:
    """Return the time of pubcli for a page that it has read, divided by the time of a peer for its library."""
    home = workspace.create_home(target.peer)
    environment = workspace.environment(home)
    for command in write_papers(workspace, target.peer, home, target.papers):
        run(command, environment, home)
    (home / "page.txt").write_text(generate.page(target.papers))
    pubcli_list = pubcli_command("list", "--color", "always", "-q", "-p", "page.txt")
    commands = pubcli_list, list_command(workspace, target.peer)
    pubcli_time, peer_time = medians(runs, *(partial(run, command, environment, home) for command in commands))
    return pubcli_time / peer_time


def first_list_ratio(workspace: Workspace, target: Target, runs: int) -> float:
    """Return the time of pubcli for a new page, divided by the time of a peer to import and list the same papers."""
    home = workspace.create_home(target.peer)
    environment = workspace.environment(home)
    (home / "page.txt").write_text(generate.page(target.papers))
    pubcli_list = pubcli_command("list", "--color", "always", "-q", "-p", "page.txt")
    caches = [{**environment, "PUBCLI_CACHE_DIR": str(home / f"cache{number}")} for number in range(runs)]
    pubcli_time = statistics.median(seconds(partial(run, pubcli_list, cache, home)) for cache in caches)
    commands = [*write_papers(workspace, target.peer, home, target.papers), list_command(workspace, target.peer)]
    peer_time = sum(seconds(partial(run, command, environment, home)) for command in commands)
    return pubcli_time / peer_time


def main() -> None:
    """Print the ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    with tempfile.TemporaryDirectory(prefix="peers-") as folder:
        workspace = Workspace(Path(folder))
        print(", ".join(f"{peer} {workspace.version(peer)}" for peer in PACKAGES), flush=True)
        for task, targets, measure in (
            ("warm list", WARM_TARGETS, warm_list_ratio),
            ("first list", FIRST_TARGETS, first_list_ratio),
        ):
            for target in targets:
                ratio = measure(workspace, target, runs if target.papers <= 1_000 else 3)
                comparison = f"{ratio:6.3f} x {target.peer:13} (target: at most {target.max_ratio})"
                print(f"{task:10} {target.papers:7,} papers {comparison}", flush=True)


if __name__ == "__main__":
    main()
