"""Whole processes: pubcli beside a program that only imports what pubcli must.

    python benchmarks/startup.py [RUNS]

For 50 records, `pubcli list` of a page never seen stands beside a process that imports typer, rich's console and
table, sqlite3 and pydantic with one model, and `pubcli list --json` beside the same without rich. Of a page that was
read before (warm) the answer comes from the cache. Runs alternate, and the ratio is that of medians, so it holds on a
busy machine. F is `python -c pass` in the same series. The table is drawn in full (--color always) and thrown away.
"""

import os
import subprocess
import sys
import tempfile
from functools import partial

from timing import medians

MUST = """
import typer
import sqlite3
from pydantic import BaseModel
class Paper(BaseModel):
    title: str
    year: int
"""
RICH = "\nfrom rich.console import Console\nfrom rich.table import Table\n"
PUBCLI = [sys.executable, "-m", "pubcli"]
PYTHON = [sys.executable, "-c"]

COLD, WARM, TABLE = "--no-cache", "--cache", ["--color", "always"]
SERIES = {
    "python -c pass": [*PYTHON, "pass"],
    "imports with rich": [*PYTHON, MUST + RICH],
    "list": [*PUBCLI, "list", COLD, *TABLE],
    "imports": [*PYTHON, MUST],
    "list --json": [*PUBCLI, "list", COLD, "--json"],
    "search privacy": [*PUBCLI, "search", "privacy", COLD, *TABLE],
    "--help": [*PUBCLI, "--help"],
    "list, warm": [*PUBCLI, "list", WARM, *TABLE],
    "list --json, warm": [*PUBCLI, "list", WARM, "--json"],
    "search privacy, warm": [*PUBCLI, "search", "privacy", WARM, *TABLE],
    "report, warm": [*PUBCLI, "report", WARM, "-o", os.devnull],
}
BOUNDS: dict[str, tuple[str, float | None]] = {
    "list": ("imports with rich", 1.25),
    "list --json": ("imports", 1.25),
    "search privacy": ("imports with rich", None),
    "--help": ("imports", None),
    "list, warm": ("python -c pass", 14),
    "list --json, warm": ("python -c pass", 9),
    "search privacy, warm": ("python -c pass", 14),
    "report, warm": ("list, warm", 3),
}


def measure(runs: int) -> dict[str, float]:
    """Median seconds of each command."""
    # With this set, every run would compile every module again.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder:
        run = partial(subprocess.run, env={**environment, "PUBCLI_CACHE_DIR": folder}, capture_output=True, check=True)
        found = medians(runs, *(partial(run, command) for command in SERIES.values()))
    return dict(zip(SERIES, found, strict=True))


def main() -> None:
    """Print the ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    times = measure(runs)
    unit = times["python -c pass"]
    print(f"medians of {runs} alternating runs")
    for name, (floor, bound) in BOUNDS.items():
        wanted = f"at most {bound}" if bound else ""
        ratio = times[name] / times[floor]
        print(f"{name:24} {ratio:5.2f} of {floor:20} {times[name] / unit:5.1f} F   {wanted}")


if __name__ == "__main__":
    main()
