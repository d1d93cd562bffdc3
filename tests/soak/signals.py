"""Stop commands that write with SIGINT, SIGTERM and SIGHUP at random moments: they clean up, and their status says it.

A command that had finished returns 0. One that was stopped before Python had started pubcli dies from the signal.
"""

import os
import signal
import time
from pathlib import Path

import pubcli
from pubcli.errors import ExitCode
from soak.changes import CHANGES, Scene
from soak.harness import Kind, Result, Session, Trial

_STATUS = {
    signal.SIGINT: ExitCode.INTERRUPTED,
    signal.SIGTERM: ExitCode.TERMINATED,
    signal.SIGHUP: ExitCode.HUNG_UP,
}
_SOURCE = str(Path(pubcli.__file__).parent).encode()
"""The folder that occurs in each traceback of pubcli, and in none of Python's own start."""


def drive(session: Session) -> None:
    """Stop one command after the other, then run each of them again."""
    scene = Scene(session)
    for trial in session.trials():
        change = trial.random.choice(CHANGES)
        number = trial.random.choice(list(_STATUS))
        seconds = scene.expected(change).seconds
        scene.restore()
        process = scene.home.start(*change.arguments)
        time.sleep(trial.random.uniform(0.2, 1.1) * seconds)
        os.kill(process.pid, number)
        result = scene.home.finish(process, *change.arguments)
        _verify_stopped(trial, number, result)
        if left := scene.home.unfinished_files():
            trial.report(Kind.WRONG, f"{number.name} leaves {left}", result.command)
        scene.verify_stopped(trial, change, result)


def _verify_stopped(trial: Trial, number: signal.Signals, result: Result) -> None:
    """Report a wrong status or a traceback, unless Python had not started pubcli yet."""
    is_starting = result.stdout == b"" and (b"KeyboardInterrupt" in result.stderr or result.stderr == b"")
    if is_starting and result.status in (-number, ExitCode.NOTHING) and _SOURCE not in result.stderr:
        trial.session.tried += 1
    else:
        trial.check(result, (ExitCode.DONE, _STATUS[number]))
