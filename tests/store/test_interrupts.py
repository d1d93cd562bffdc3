"""Ctrl-C during a long statement."""

import signal
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pubcli.store.database import Store
from pubcli.store.library import library_file

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture(autouse=True)
def interrupts() -> Iterator[None]:
    """Let SIGINT raise KeyboardInterrupt, also if the shell that started the tests ignores it, as after `nohup`."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("kind", ["page", "library"])
def test_a_signal_ends_a_statement_that_would_run_forever(kind: str, tmp_path: Path) -> None:
    store = Store() if kind == "page" else library_file.open_or_create(tmp_path / "library.sqlite")
    timer = threading.Timer(0.1, signal.raise_signal, [signal.SIGINT])
    timer.start()

    with pytest.raises((sqlite3.OperationalError, KeyboardInterrupt)):
        store.execute(ENDLESS).fetchone()

    timer.join()
    assert store.execute("SELECT 1").fetchone()[0] == 1
    store.close()
