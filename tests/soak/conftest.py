"""The sessions of the drivers, and the table that is printed at the end."""

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import cast

import pytest

from soak.harness import MOST_SAVED, Kind, Session

_COUNTS = "soak counts"
"""The property of a test report that has a row of the table, as a list of cells."""
_FAULTS = "soak faults"
"""The property with a text for each fault."""
_SHARE = pytest.StashKey[float]()


@pytest.hookimpl(trylast=True)  # after -m and -k have selected
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Share the time equally among the drivers that run."""
    drivers = sum(item.get_closest_marker("soak") is not None for item in items)
    config.stash[_SHARE] = config.getoption("seconds") / max(1, drivers)


@pytest.fixture
def session_of(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
    caplog: pytest.LogCaptureFixture,
) -> Iterable[Callable[[str], Session]]:
    """Make the session of a driver; its counts become a row of the table."""
    sessions: list[Session] = []
    caplog.set_level(logging.CRITICAL, "bibtexparser")

    def make(driver: str) -> Session:
        is_soak = request.node.get_closest_marker("soak") is not None
        seconds = request.config.stash[_SHARE] if is_soak else 1.0
        seed = request.config.getoption("seed") if is_soak else 0
        faults = request.config.getoption("faults")
        folder = Path(faults) if faults else None
        sessions.append(Session(driver, tmp_path, seconds=seconds, seed=seed, faults_folder=folder))
        return sessions[-1]

    yield make
    for session in sessions:
        row = [session.driver, session.tried, *(session.count(kind) for kind in Kind)]
        record_property(_COUNTS, row)
        record_property(_FAULTS, [str(fault) for fault in session.faults[:MOST_SAVED]])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the faults, then the table: driver, tried, and the number of faults of each kind."""
    if "soak" not in cast(str, config.getoption("markexpr")):
        return
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    properties = [
        item for report in reports if getattr(report, "when", None) == "teardown" for item in report.user_properties
    ]
    terminalreporter.section("soak")
    for text in (text for name, texts in properties if name == _FAULTS for text in texts):
        terminalreporter.write_line(text.encode("ascii", "backslashreplace").decode())
    rows = sorted(row for name, row in properties if name == _COUNTS)
    for driver, *counts in [["driver", "tried", *Kind], *rows]:
        terminalreporter.write_line(f"{driver:<14}" + "".join(f"{count!s:>10}" for count in counts))
