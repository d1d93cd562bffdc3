"""Measure whole pubcli processes on a page of 50 papers, beside a Python process that only imports dependencies.

    python benchmarks/startup.py [RUNS]

RUNS is 21 by default. `pubcli list` without a cache is compared with a process that imports typer, rich's console and
table, sqlite3, and pydantic with one model; `pubcli list --json` with the same process without rich. A warm command
answers from the cache, because an earlier run has read the page. Each line ends with the multiple of `python -c pass`.

The runs alternate, and the ratios divide medians, so a busy machine hardly changes them. The table is rendered in full
(--color always) and discarded.
"""

import os
import subprocess
import sys
import tempfile
from functools import partial

from timing import medians

IMPORTS = """
import typer
import sqlite3
from pydantic import BaseModel
class Paper(BaseModel):
    title: str
    year: int
"""
RICH_IMPORTS = "\nfrom rich.console import Console\nfrom rich.table import Table\n"
PUBCLI = [sys.executable, "-m", "pubcli"]
PYTHON = [sys.executable, "-c"]

COLD, WARM, TABLE = "--no-cache", "--cache", ["--color", "always"]
COMMANDS = {
    "python -c pass": [*PYTHON, "pass"],
    "imports with rich": [*PYTHON, IMPORTS + RICH_IMPORTS],
    "list": [*PUBCLI, "list", COLD, *TABLE],
    "imports": [*PYTHON, IMPORTS],
    "list --json": [*PUBCLI, "list", COLD, "--json"],
    "search privacy": [*PUBCLI, "search", "privacy", COLD, *TABLE],
    "--help": [*PUBCLI, "--help"],
    "list, warm": [*PUBCLI, "list", WARM, *TABLE],
    "list --json, warm": [*PUBCLI, "list", WARM, "--json"],
    "search privacy, warm": [*PUBCLI, "search", "privacy", WARM, *TABLE],
    "report, warm": [*PUBCLI, "report", WARM, "-o", os.devnull],
}
COMPARISONS: dict[str, tuple[str, float | None]] = {
    "list": ("imports with rich", 1.25),
    "list --json": ("imports", 1.25),
    "search privacy": ("imports with rich", None),
    "--help": ("imports", None),
    "list, warm": ("python -c pass", 14),
    "list --json, warm": ("python -c pass", 9),
    "search privacy, warm": ("python -c pass", 14),
    "report, warm": ("list, warm", 3),
}
"""For each command, the one to compare it with and the largest ratio that is acceptable."""


def measure(runs: int) -> dict[str, float]:
    """Return the median seconds of each command."""
    # If this variable were set, every run would compile every module again.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder:
        run = partial(subprocess.run, env={**environment, "PUBCLI_CACHE_DIR": folder}, capture_output=True, check=True)
        times = medians(runs, *(partial(run, command) for command in COMMANDS.values()))
    return dict(zip(COMMANDS, times, strict=True))


def main() -> None:
    """Print the ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    times = measure(runs)
    print(f"medians of {runs} alternating runs")
    for name, (reference, max_ratio) in COMPARISONS.items():
        target = f"(target: at most {max_ratio})" if max_ratio else ""
        ratio = times[name] / times[reference]
        multiple = times[name] / times["python -c pass"]
        print(f"{name:24} {ratio:5.2f} x {reference:20} {target:24} {multiple:5.1f} x python -c pass")


if __name__ == "__main__":
    main()
