"""Long answers on a terminal are shown in a pager, as git does."""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from pubcli.cli import pager

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
Start = Callable[..., "Session"]
_TIMEOUT = 30
"""Seconds."""


class Session:
    """The program on a terminal of 24 lines and 80 columns, which its processes control as in a shell."""

    def __init__(self, arguments: tuple[str, ...], environment: Mapping[str, str], home: Path, errors: Path | None):
        self.keyboard, screen = pty.openpty()
        fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.error_file = errors
        with (errors or Path(os.devnull)).open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _WITH_TERMINAL, *arguments],
                stdin=screen,
                stdout=screen,
                stderr=file if errors else screen,
                env=environment,
                cwd=home,
                start_new_session=True,
            )
        os.close(screen)
        self.text = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def type(self, keys: str) -> None:
        os.write(self.keyboard, keys.encode())

    def read_until(self, pattern: str) -> str:
        """Read the screen until a pattern matches; return all text so far without escape codes."""
        end = time.monotonic() + _TIMEOUT
        while not re.search(pattern, self.plain) and self._has_more(end) and self._read():
            pass
        assert re.search(pattern, self.plain), self.text
        return self.plain

    def finish(self) -> str:
        """Read until the program ends, and return all text without escape codes."""
        end = time.monotonic() + _TIMEOUT
        while self._has_more(end) and self._read():
            pass
        self.process.wait(max(0.0, end - time.monotonic()))
        return self.plain

    def quit_less(self) -> str:
        """Press q until the program ends, because less discards keys that come while it handles Ctrl-C."""
        end = time.monotonic() + _TIMEOUT
        while self.process.poll() is None and time.monotonic() < end:
            self.type("q")
            if select.select([self.keyboard], [], [], 0.2)[0]:
                self._read()
        return self.finish()

    @property
    def plain(self) -> str:
        return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\]8;[^\x1b]*\x1b\\|\x1b[>=]", "", self.text).replace("\r\n", "\n")

    def stderr(self) -> str:
        return self.error_file.read_text(encoding="utf-8") if self.error_file else ""

    def _has_more(self, end: float) -> bool:
        """Wait until there is something to read, or the terminal is closed. Raises AssertionError at the time `end`."""
        is_ready = select.select([self.keyboard], [], [], max(0.0, end - time.monotonic()))[0]
        assert is_ready, f"the program neither writes nor ends; so far:\n{self.plain}"
        return True

    def _read(self) -> bool:
        try:
            piece = os.read(self.keyboard, 65_536)
        except OSError:  # EIO: no process has the terminal open any more
            return False
        self.text += self._decoder.decode(piece)
        return bool(piece)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.keyboard)


_WITH_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from pubcli.__main__ import main
sys.argv[0] = "pubcli"
try:
    main()
finally:
    if os.environ.get("PRINT_MODULES"):
        print(*sys.modules)
"""


@pytest.fixture
def start(home: Path, environment: dict[str, str], tmp_path: Path) -> Iterator[Start]:
    """Start the program on a terminal: `start("list", PUBCLI_PAGER="cat")`."""
    sessions: list[Session] = []

    def run(*arguments: str, has_errors: bool = False, **variables: str) -> Session:
        env = {**environment, "TERM": "xterm", **variables}
        session = Session((*arguments, "-p", "page.txt"), env, home, None if has_errors else tmp_path / "errors")
        sessions.append(session)
        return session

    yield run
    for session in sessions:
        session.close()


FAKE = "sed 's/^/PAGED /'"
needs_less = pytest.mark.skipif(pager.command({}) == "", reason="less is not installed")


@pytest.mark.parametrize("variables", [{"PUBCLI_PAGER": FAKE}, {"PAGER": FAKE}, {"PUBCLI_PAGER": FAKE, "PAGER": "cat"}])
def test_a_long_answer_goes_through_the_pager_that_a_variable_names(start: Start, variables: dict[str, str]) -> None:
    session = start("list", **variables)
    lines = session.finish().splitlines()
    assert len(lines) > 50
    assert all(line.startswith("PAGED ") for line in lines)
    assert session.process.returncode == 0
    assert session.stderr() == ""


@pytest.mark.parametrize(
    ("arguments", "variables"),
    [
        (("list", "-n", "2"), {"PUBCLI_PAGER": FAKE}),
        (("list", "--no-pager"), {"PUBCLI_PAGER": FAKE}),
        (("list",), {"PUBCLI_PAGER": "", "PAGER": FAKE}),
        (("list",), {"PUBCLI_PAGER": "cat", "PAGER": FAKE}),
        (("list",), {"PUBCLI_PAGER": FAKE, "TERM": "dumb"}),
        (("list", "-o", "answer.tsv"), {"PUBCLI_PAGER": FAKE}),
    ],
    ids=["short", "--no-pager", "empty", "cat", "dumb", "file"],
)
def test_no_pager_is_used(start: Start, arguments: tuple[str, ...], variables: dict[str, str]) -> None:
    session = start(*arguments, **variables)
    assert "PAGED" not in session.finish()
    assert session.process.returncode == 0


def test_a_short_answer_loads_nothing_for_a_pager(start: Start) -> None:
    modules = start("list", "-n", "2", PRINT_MODULES="1").finish().split()
    assert "pubcli.cli.output" in modules
    assert {"pubcli.cli.pager", "subprocess", "shutil", "shlex"}.isdisjoint(modules)


def test_off_a_terminal_no_pager_is_used(pubcli: Program) -> None:
    assert b"PAGED" not in pubcli("list", env={"PUBCLI_PAGER": FAKE, "TERM": "xterm"}).stdout


def test_every_line_of_the_answer_reaches_the_pager(start: Start) -> None:
    paged = start("list", "--fields", "key,abstract", PUBCLI_PAGER=FAKE).finish()
    plain = start("list", "--fields", "key,abstract", "--no-pager").finish()
    assert paged.replace("PAGED ", "").splitlines() == plain.splitlines()


@pytest.mark.parametrize("command", ["head -2", "true", "head -c 1; exit 3"])
def test_a_pager_that_is_quit_early_causes_no_message(start: Start, command: str) -> None:
    session = start("list", "--fields", "key,title,abstract,authors", PUBCLI_PAGER=command)
    session.finish()
    assert session.process.returncode == 0
    assert session.stderr() == ""


@pytest.mark.parametrize("command", ["no-such-pager", "no-such-pager -FRX", "./page.txt", "x=1 no-such-pager", "'"])
def test_if_the_pager_cannot_be_run_the_answer_is_printed_with_a_note(start: Start, command: str) -> None:
    session = start("list", PUBCLI_PAGER=command)
    plain = start("list", "--no-pager").finish()
    assert session.finish() == plain
    assert "cannot be run; set PUBCLI_PAGER, or use --no-pager" in session.stderr()
    assert session.process.returncode == 0


def test_the_marks_are_explained_in_the_pager_and_notes_come_after_it(start: Start) -> None:
    session = start("show", "1", "2", "3", "nothing like this", has_errors=True, PUBCLI_PAGER=FAKE)
    lines = session.finish().splitlines()
    [note] = [number for number, line in enumerate(lines) if line.startswith("note: no paper has")]
    assert note > max(number for number, line in enumerate(lines) if line.startswith("PAGED"))


@needs_less
def test_less_shows_one_screen_and_q_quits_it_silently(start: Start) -> None:
    session = start("list", has_errors=True)
    text = session.read_until(r":\Z|: *\Z")
    assert 20 <= len(text.splitlines()) <= 30
    text = session.quit_less()
    assert session.process.returncode == 0
    assert "Broken" not in text
    assert "note" not in text


@needs_less
def test_less_shows_colours_also_if_pager_names_it_without_options(start: Start) -> None:
    session = start("list", PAGER="less")
    session.read_until(r":\Z|: *\Z")
    assert "ESC[" not in session.text
    assert "\x1b[36m" in session.text
    session.quit_less()


@needs_less
def test_ctrl_c_in_less_leaves_it_running_until_it_is_quit(start: Start) -> None:
    statuses: list[int | None] = []
    while 130 not in statuses and len(statuses) < 4:  # on a busy machine, less may take the key without a signal
        session = start("list")
        session.read_until(r":\Z|: *\Z")
        time.sleep(0.5)
        session.type("\x03")
        time.sleep(0.5)
        assert session.process.poll() is None
        text = session.quit_less()
        assert "Traceback" not in text
        assert session.stderr() == ""
        statuses.append(session.process.returncode)
    assert statuses[-1] == 130


def test_a_signal_ends_the_program_after_its_pager(start: Start) -> None:
    session = start("list", PUBCLI_PAGER="cat; sleep 1; echo END")
    session.read_until("no room|explained|the page")
    session.process.send_signal(signal.SIGTERM)
    assert "END" in session.finish()
    assert session.process.returncode == 143


@pytest.mark.parametrize(
    ("environment", "command"),
    [
        ({"PUBCLI_PAGER": "more", "PAGER": "most"}, "more"),
        ({"PAGER": "most -s"}, "most -s"),
        ({"PUBCLI_PAGER": " ", "PAGER": "most"}, ""),
        ({"PAGER": "cat"}, ""),
    ],
)
def test_variables_choose_the_pager(environment: dict[str, str], command: str) -> None:
    assert pager.command(environment) == command


def test_without_less_there_is_no_default_pager(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert pager.command({}) in ("less -FRX", "")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert pager.command({}) == ""
