"""What happens when a command fails because of a fault in pubcli itself, or when a signal stops it."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pubcli.cli.errors import run_program
from pubcli.errors import ExitCode
from pubcli.store.library import library_file
from pubcli.unfinished import unfinished_file

SIGNALS = [signal.SIGHUP, signal.SIGINT, signal.SIGTERM]
IN_EVAL = """
import signal, sys
from pubcli.cli.errors import run_program
signal.signal({number}, signal.SIG_DFL)
if __name__ == "__main__":
    sys.exit(run_program(lambda: eval("signal.raise_signal({number})")))
"""


@pytest.fixture(autouse=True)
def _signal_handlers() -> Iterator[None]:
    """Set the handlers of a new process, because pytest has its own, and the program replaces them."""
    handlers = {number: signal.getsignal(number) for number in [*SIGNALS, signal.SIGALRM]}
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)


def _faulty_program() -> None:
    raise RuntimeError("no such state")


def test_a_fault_in_pubcli_becomes_one_sentence_and_its_own_exit_status(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PUBCLI_DEBUG", raising=False)
    assert run_program(_faulty_program) == ExitCode.BUG
    output = capsys.readouterr()
    assert output.out == ""
    assert "this is a bug in pubcli (RuntimeError: no such state)" in output.err
    assert "PUBCLI_DEBUG=1" in output.err


def test_with_pubcli_debug_a_fault_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBCLI_DEBUG", "1")
    with pytest.raises(RuntimeError, match="no such state"):
        run_program(_faulty_program)


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_removes_unfinished_files_and_sets_the_exit_status(tmp_path: Path, number: signal.Signals) -> None:
    def write_slowly() -> None:
        with unfinished_file(tmp_path / "report.html") as path:
            path.write_text("half")
            signal.raise_signal(number)

    assert run_program(write_slowly) == 128 + number
    assert list(tmp_path.iterdir()) == []


@pytest.mark.process
@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_during_eval_sets_the_exit_status(tmp_path: Path, number: signal.Signals) -> None:
    # After `python -m`, Python sends itself SIGINT at exit if KeyboardInterrupt has passed through eval or exec.
    (tmp_path / "program.py").write_text(IN_EVAL.format(number=int(number)))
    result = subprocess.run([sys.executable, "-m", "program"], cwd=tmp_path, capture_output=True, check=False)
    assert (result.returncode, result.stderr) == (128 + number, b"")


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
def test_a_signal_stops_the_program_also_if_it_comes_during_a_destructor(capfd: pytest.CaptureFixture[str]) -> None:
    class Resource:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGTERM)

    def program() -> None:
        resource = Resource()
        del resource
        for _ in range(1_000):
            time.sleep(0.01)

    start = time.monotonic()
    assert run_program(program) == ExitCode.TERMINATED
    assert time.monotonic() < start + 5, "the program was not stopped"
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_after_the_end_of_a_command_changes_nothing(number: signal.Signals) -> None:
    assert run_program(lambda: None) == ExitCode.DONE
    signal.raise_signal(number)


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does

    def finish() -> None:
        signal.raise_signal(signal.SIGHUP)

    assert run_program(finish) == ExitCode.DONE


def test_a_fault_that_a_damaged_library_causes_is_reported_as_damage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PUBCLI_DEBUG", raising=False)
    path = tmp_path / "library.sqlite"
    with closing(library_file.open_or_create(path)) as library:
        library.execute("DROP INDEX paper_by_key")

    def read_damaged_library() -> None:
        with closing(library_file.open_to_read(path)) as store:
            raise KeyError(store.execute("SELECT 3").fetchone()[0])

    assert run_program(read_damaged_library) == ExitCode.INPUT
    assert f"pubcli: {path} is damaged or is not a library (paper_by_key is missing; KeyError: 3)" in (
        capsys.readouterr().err
    )
