"""Measure whole processes: their processor time, and their own memory.

A process begins as a copy of the one that starts it, and the system counts the memory of that copy too. So this module
is also a small program that starts the processes; the benchmark that imports the module may be of any size.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

Usage = tuple[float, float]
"""Seconds of processor time, and the greatest memory at any time in MiB."""


def medians(
    runs: int,
    commands: Mapping[str, Sequence[str]],
    environment: Mapping[str, str],
    folder: str,
    *,
    warm_up: bool = True,
) -> dict[str, Usage]:
    """Return the median usage of each command, run in a folder without input.

    The runs alternate; with `warm_up`, there is a first round that is not counted. Raises RuntimeError if a command
    fails.
    """
    from statistics import median

    rounds = runs + warm_up
    task = json.dumps({"rounds": rounds, "commands": commands, "environment": dict(environment), "folder": folder})
    result = subprocess.run([sys.executable, __file__], input=task, capture_output=True, text=True, check=False)
    if result.returncode:
        raise RuntimeError(result.stderr)
    measured = json.loads(result.stdout)[-runs:]
    return {name: tuple(map(median, zip(*(used[name] for used in measured), strict=True))) for name in commands}


def _usage(command: list[str], environment: Mapping[str, str]) -> Usage:
    process = os.fork()
    if not process:
        null = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(null, stream)
        os.execve(command[0], command, environment)  # noqa: S606 - commands of the benchmarks
    _, status, used = os.wait4(process, 0)
    if status:
        raise RuntimeError(f"{' '.join(command)} ended with status {os.waitstatus_to_exitcode(status)}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Run the commands that standard input describes, and print what each used in each round as JSON."""
    task = json.load(sys.stdin)
    os.chdir(task["folder"])
    rounds = [
        {name: _usage(command, task["environment"]) for name, command in task["commands"].items()}
        for _ in range(task["rounds"])
    ]
    json.dump(rounds, sys.stdout)


if __name__ == "__main__":
    main()
