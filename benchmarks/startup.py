"""Measure whole pubcli processes on a page of 50 papers, side by side with Python itself and with other programs.

    python benchmarks/startup.py [RUNS]

RUNS is 21 by default. Prints the processor time of each command as a multiple of F, the time of `python -c pass`, and
its memory. Exits with 1 if a goal is missed. A warm command answers from the cache, because an earlier run has read the
page. sqlite-utils and papis are measured if their programs are found in PATH; they list the same 50 papers.

The runs alternate, and the ratios divide medians, so a busy machine hardly changes them. Home, cache and library are in
a temporary folder. pubcli is started as current installers start it (uv, pipx, pip from 25.0 on). The script of an
older pip imports `re`, which adds 0.5 F to the fastest commands; `python -m pubcli` adds 0.3 F.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from processes import Usage, medians

LAUNCHER = "import sys\nfrom pubcli.__main__ import main\nif __name__ == '__main__':\n    sys.exit(main())\n"
PEERS = ("sqlite-utils", "papis")
TABLE = ("--format", "table", "--color", "always")
F = "python -c pass"


class Goal(NamedTuple):
    """A command of pubcli with the largest acceptable time, in F, and memory, in MiB; None for no limit."""

    arguments: tuple[str, ...]
    time: float | None
    mib: float | None = None


GOALS = {
    "--version": Goal(("--version",), 1.3),
    "list --json": Goal(("list", "--json"), 2.5, 15),
    "search --json": Goal(("search", "privacy", "--json"), 2.5, 15),
    "list in a pipe": Goal(("list",), None),
    "list": Goal(("list", *TABLE), 5.5, 20),
    "search": Goal(("search", "privacy", *TABLE), 6.5),
    "show": Goal(("show", "3", *TABLE), 6.5),
    "coauthors": Goal(("coauthors", *TABLE), 6.5),
    "stats": Goal(("stats", *TABLE), 6.5),
    "report": Goal(("report", "-o", os.devnull), None),
    "list --help": Goal(("list", "--help"), None),
    "list, cold": Goal(("list", "--no-cache", *TABLE), 15),
    "list --json, cold": Goal(("list", "--no-cache", "--json"), None),
}
PEER_GOALS = {"sqlite-utils": 0.35, "papis": 0.25}
"""The largest acceptable time of a warm `list`, divided by that of a peer that lists the same papers as a table."""


def peer_commands(folder: Path) -> dict[str, list[str]]:
    """Fill a library of each peer that is installed with 50 papers, and return the commands that list them."""
    import peers

    class Installed(peers.Workspace):
        def install(self, peer: str) -> str:
            return str(shutil.which(peer))

    workspace = Installed(folder)
    for peer in filter(shutil.which, PEERS):
        for command in peers.write_papers(workspace, peer, folder, 50):
            peers.run(command, workspace.environment(folder), folder)
    return {peer: peers.list_command(workspace, peer) for peer in PEERS if shutil.which(peer)}


def measure(runs: int) -> dict[str, Usage]:
    """Return the median usage of each command."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "launch.py").write_text(LAUNCHER)
        pubcli = [sys.executable, str(folder / "launch.py")]
        commands = {F: [sys.executable, "-c", "pass"]}
        commands |= {command: [*pubcli, *goal.arguments] for command, goal in GOALS.items()}
        commands |= peer_commands(folder)
        environment = {"PATH": os.environ["PATH"], "HOME": name, "COLUMNS": "120", "LANG": "C.UTF-8", "TERM": "xterm"}
        return medians(runs, commands, environment, name)


def main() -> int:
    """Print the table, and return the exit status."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    used = measure(runs)
    unit = used[F][0]
    print(f"processor time in F ({unit * 1000:.1f} ms, {used[F][1]:.1f} MiB); medians of {runs} alternating runs")
    print(f"{'command':18} {'time':>6} {'goal':>6} {'MiB':>6} {'goal':>6}")
    missed = 0
    for command, goal in GOALS.items():
        time, mib = used[command][0] / unit, used[command][1]
        is_met = time <= (goal.time or time) and mib <= (goal.mib or mib)
        missed += not is_met
        mark = "" if is_met else "missed"
        print(f"{command:18} {time:6.2f} {goal.time or '':>6} {mib:6.1f} {goal.mib or '':>6}  {mark}")
    for peer, limit in PEER_GOALS.items():
        if peer in used:
            ratio = used["list"][0] / used[peer][0]
            missed += ratio > limit
            print(f"list / {peer:11} {ratio:6.2f} {limit:6}  ({peer}: {used[peer][0] / unit:.1f} F)")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
