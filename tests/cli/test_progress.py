"""The line on a terminal that shows how far a long question is."""

import io
import os
import re
from collections.abc import Iterator

import pytest

from pubcli.cli import output, progress
from pubcli.cli.progress import ProgressLine


class Terminal(io.StringIO):
    """Standard error as a terminal: what is written to it and to its file descriptor goes into one pipe."""

    encoding = "utf-8"

    def __init__(self) -> None:
        super().__init__()
        self._screen, self._writer = os.pipe()

    def fileno(self) -> int:
        return self._writer

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        return os.write(self._writer, text.encode())

    def drawn(self, until: str = "") -> str:
        """Return what was written since the last call; wait until there is something that contains `until`."""
        text = os.read(self._screen, 10_000).decode()
        while until not in text:
            text += os.read(self._screen, 10_000).decode()
        return text

    def hang_up(self) -> None:
        os.close(self._screen)
        os.close(self._writer)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    yield terminal
    progress.stop()
    terminal.hang_up()


def test_a_line_is_drawn_until_it_is_stopped_and_then_removed(terminal: Terminal) -> None:
    line = ProgressLine(terminal.fileno(), utf8=True, delay=0)
    assert re.match(r"\rworking: \d+ s \(Ctrl-C stops\)", terminal.drawn())
    line.stop()
    assert re.search("\r +\r$", terminal.drawn())


def test_a_bar_shows_which_part_of_the_papers_was_read(terminal: Terminal) -> None:
    line = ProgressLine(terminal.fileno(), utf8=True, delay=0)
    line.update(15_000, 60_000)
    text = terminal.drawn(until="papers")
    line.stop()
    assert text.endswith("\r━━━━━─────────────── 15,000 of 60,000 papers")


def test_a_message_replaces_the_line(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", terminal)  # not in the fixture, because pytest replaces it after the fixture
    monkeypatch.setattr(progress, "_DELAY", 0)
    progress.start()
    assert terminal.drawn().startswith("\rworking")
    output.say("a message")
    assert re.search("\r +\ra message\n", terminal.drawn(until="\n"))


def test_a_quick_answer_draws_no_line(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", terminal)
    progress.start()
    progress.stop()
    output.say("done")
    assert terminal.drawn() == "done\n"


@pytest.mark.parametrize("name", ["dumb", ""])
def test_a_terminal_that_cannot_move_its_cursor_shows_no_progress(
    name: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", name)
    progress.start()
    assert progress._line is None


def test_off_a_terminal_there_is_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", io.StringIO())
    progress.start()
    assert progress._line is None


def test_a_terminal_that_is_gone_does_no_harm(terminal: Terminal) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    os.close(writer)
    ProgressLine(writer, utf8=True, delay=0).stop()
