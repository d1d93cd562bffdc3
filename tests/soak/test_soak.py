"""Run the drivers in this folder: for a second each in the normal run, and as long as `--seconds` says with `-m soak`.

`make soak` runs all of them. A fault is printed with the command and the seed that reproduce it: `pytest tests/soak -m
soak -k kills --seed 17 --seconds 1`. `--faults FOLDER` saves the inputs.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from soak.harness import Session

SHARED = {"changes", "conftest", "harness", "inputs", "test_soak"}
"""The modules of this folder that are no drivers."""
DRIVERS = sorted({path.stem for path in Path(__file__).parent.glob("*.py")} - SHARED)


def run(session: Session) -> None:
    import_module(f"soak.{session.driver}").drive(session)
    assert session.tried > 0
    assert session.faults == []


@pytest.mark.soak
@pytest.mark.process
@pytest.mark.parametrize("driver", DRIVERS)
def test_no_trial_breaks_a_promise(driver: str, session_of: Callable[[str], Session]) -> None:
    run(session_of(driver))


@pytest.mark.process
@pytest.mark.parametrize("driver", DRIVERS)
def test_the_drivers_run(driver: str, session_of: Callable[[str], Session]) -> None:
    run(session_of(driver))
