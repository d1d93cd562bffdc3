"""What happens when a command fails because of a fault in pubcli itself."""

import signal
from collections.abc import Iterator

import pytest

from pubcli.cli.errors import run_program
from pubcli.errors import ExitCode


@pytest.fixture(autouse=True)
def _interrupt_handler() -> Iterator[None]:
    """Restore how Ctrl-C is handled, because the program replaces it."""
    handler = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, handler)


def _faulty_program(*, standalone_mode: bool) -> None:
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
