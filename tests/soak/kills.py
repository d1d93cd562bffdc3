"""Kill commands that write, at random moments: the library stays sound, and nothing that was reported is lost."""

import os
import signal
import time

from soak.changes import CHANGES, Scene
from soak.harness import Session


def drive(session: Session) -> None:
    """Kill one command after the other, then run each of them again."""
    scene = Scene(session)
    for trial in session.trials():
        change = trial.random.choice(CHANGES)
        seconds = scene.expected(change).seconds
        scene.restore()
        process = scene.home.start(*change.arguments)
        time.sleep(trial.random.uniform(0.2, 1.1) * seconds)
        os.kill(process.pid, signal.SIGKILL)
        result = scene.home.finish(process, *change.arguments)
        session.tried += 1
        scene.verify_stopped(trial, change, result)
