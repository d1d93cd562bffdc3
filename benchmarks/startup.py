"""Whole processes: pubcli beside a program that only imports what pubcli must.

    python benchmarks/startup.py [RUNS]

For 50 records, `pubcli list` of a page never seen stands beside a process that imports typer, rich's console and
table, sqlite3 and pydantic with one model, and `pubcli list --json` beside the same without rich. Of a page that was
read before (warm) the answer comes from the cache. Runs alternate, and the ratio is that of medians, so it holds on a
busy machine. F is `python -c pass` in the same series. The table is drawn in full (--color always) and thrown away.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

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
    """Median seconds of each command, over alternating runs; the first round is not counted."""
    # With this set, every run would compile every module again.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder:
        return _medians(runs, {**environment, "PUBCLI_CACHE_DIR": folder})


def _medians(runs: int, environment: dict[str, str]) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in SERIES}
    for number in range(runs + 1):
        for name, command in SERIES.items():
            started = time.perf_counter()
            subprocess.run(command, env=environment, capture_output=True, check=True)
            if number:
                times[name].append(time.perf_counter() - started)
    return {name: statistics.median(series) for name, series in times.items()}


def main() -> None:
    """Print the ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    medians = measure(runs)
    unit = medians["python -c pass"]
    print(f"medians of {runs} alternating runs")
    for name, (floor, bound) in BOUNDS.items():
        wanted = f"at most {bound}" if bound else ""
        ratio = medians[name] / medians[floor]
        print(f"{name:24} {ratio:5.2f} of {floor:20} {medians[name] / unit:5.1f} F   {wanted}")


if __name__ == "__main__":
    main()
