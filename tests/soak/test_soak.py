"""Run the drivers in this folder: for a second each in the normal run, and as long as `--seconds` says with `-m soak`.

`make soak` runs all of them. A fault is printed with the command and the seed that reproduce it: `pytest tests/soak -m
soak -k kills --seed 17 --seconds 1`. `--faults FOLDER` saves the inputs.
"""

from collections.abc import Callable, Set
from importlib import import_module
from pathlib import Path

import pytest

from soak.harness import Kind, Session

SHARED = {"changes", "command_server", "conftest", "harness", "inputs", "test_soak"}
"""The modules of this folder that are no drivers."""
DRIVERS = sorted({path.stem for path in Path(__file__).parent.glob("*.py")} - SHARED)


TIMED = {("growth", Kind.HUNG)}
"""Faults that are measured as time. A busy machine must not make a normal run fail because of them."""


def run(session: Session, tolerated: Set[tuple[str, Kind]]) -> None:
    import_module(f"soak.{session.driver}").drive(session)
    assert session.tried > 0
    assert [fault for fault in session.faults if (session.driver, fault.kind) not in tolerated] == []


@pytest.mark.soak
@pytest.mark.process
@pytest.mark.parametrize("driver", DRIVERS)
def test_no_trial_breaks_a_promise(driver: str, session_of: Callable[[str], Session]) -> None:
    run(session_of(driver), set())


@pytest.mark.process
@pytest.mark.parametrize("driver", ["queries", "reading"])  # the others take long to begin
def test_each_driver_runs_for_a_second(driver: str, session_of: Callable[[str], Session]) -> None:
    run(session_of(driver), TIMED)
