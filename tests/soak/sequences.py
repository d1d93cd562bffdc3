"""Change a library at random, in memory and in a process that is killed: nothing is lost, and undo restores everything.

The same sequence of changes runs twice. In memory, the library is checked after each change. Then a process makes the
same changes in a file until it is killed. The file must have one of the states that followed from a transaction.
"""

import os
import signal
import time
from contextlib import closing
from pathlib import Path
from random import Random

from library_changes import TIME, Sequence, contents
from pubcli.errors import PubcliError
from pubcli.store.library import changes, integrity, library_file
from soak.harness import Session


def drive(session: Session) -> None:
    """Run one sequence after the other."""
    for trial in session.trials():
        with trial.guarded(f"Sequence(library_file.in_memory(), {trial.seed})"):
            try:
                _run_and_kill(trial.seed, trial.random, session.folder / f"{trial.seed}.sqlite")
            except PubcliError as error:  # no step of a sequence may fail
                raise AssertionError(f"{type(error).__name__}: {error}") from error


def _run_and_kill(seed: int, random: Random, path: Path) -> None:
    start = time.monotonic()
    sequence = Sequence(library_file.in_memory(), seed)
    for _ in sequence.run():
        sequence.verify()
    seconds = time.monotonic() - start
    states = list(sequence.states)
    sequence.undo_all()
    library_file.open_or_create(path).close()
    _kill(seed, path, random.uniform(0, 1.2) * seconds)
    assert integrity.findings(path) == []
    with closing(library_file.open_to_change(path)) as library:
        assert contents(library) in states, "a killed process leaves a state that no transaction has left"
        while changes.undo(library, TIME):
            pass
        assert not any(contents(library).values()), "undo does not lead to an empty library"
    assert integrity.findings(path) == []
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()


def _kill(seed: int, path: Path, seconds: float) -> None:
    """Run a sequence in another process, and kill the process after a time."""
    child = os.fork()
    if child == 0:
        try:
            with closing(library_file.open_to_change(path)) as library:
                for _ in Sequence(library, seed).run():
                    pass
        finally:
            os._exit(0)  # without this, the child would go on with the tests
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
