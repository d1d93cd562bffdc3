"""The sample page, read once for all tests, and the marker of tests that start processes."""

import os
import subprocess
from collections.abc import Iterator
from datetime import date
from typing import NoReturn

import pytest

from pubcli.model import Document
from pubcli.reader import read
from repository import FIXTURES
from thoroughness import choose_profile

CAPTURED = date(2026, 11, 23)

PROCESS_FIXTURES = {"pubcli", "shell", "terminal", "environment", "browser"}
"""Fixtures that start a process, or prepare one."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the tests in tests/soak, which `-m soak` selects."""
    group = parser.getgroup("soak", "long tests under stress: pytest tests/soak -m soak")
    group.addoption("--seconds", type=float, default=60, help="time for all selected drivers together (default: 60)")
    group.addoption("--seed", type=int, default=0, help="seed of the first trial of each driver (default: 0)")
    group.addoption("--faults", metavar="FOLDER", help="save the input and the command of each fault here")


def pytest_configure(config: pytest.Config) -> None:
    """Take few random examples in the fast test loop, `pytest -m "not process"`, and all of them otherwise."""
    choose_profile(is_quick=config.getoption("markexpr") == "not process")


@pytest.fixture(scope="session")
def sample() -> bytes:
    """Return the bytes of the real page."""
    return (FIXTURES / "razaviyayn.txt").read_bytes()


@pytest.fixture(scope="session")
def document(sample: bytes) -> Document:
    """Return the real page, read as of the day of its capture."""
    return read(sample, as_of=CAPTURED)


@pytest.hookimpl(tryfirst=True)  # before -m selects by markers
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests that start a process through a fixture, and leave out those that only `-m soak` selects.

    Those have no time limit, because they run for as long as the user wants.
    """
    for item in items:
        if item.get_closest_marker("soak"):
            item.add_marker(pytest.mark.timeout(0))
        if PROCESS_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("process")
    if "soak" not in config.getoption("markexpr"):
        long_tests = [item for item in items if item.get_closest_marker("soak")]
        config.hook.pytest_deselected(items=long_tests)
        items[:] = [item for item in items if item not in long_tests]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Run a test, with all its fixtures; without the marker `process` it cannot start a process."""
    with pytest.MonkeyPatch.context() as patch:
        if item.get_closest_marker("process") is None:
            patch.setattr(subprocess.Popen, "_execute_child", _refuse)
            for name in ("fork", "posix_spawn", "system"):
                patch.setattr(os, name, _refuse)
        return (yield)


def _refuse(*_: object, **__: object) -> NoReturn:
    raise ProcessRefusedError("this test starts a process; mark it with @pytest.mark.process")


class ProcessRefusedError(OSError):
    """A test without the marker `process` tried to start a process."""
