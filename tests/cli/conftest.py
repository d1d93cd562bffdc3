"""Fixtures that run the program in a process, with and without a terminal.

They return `subprocess.CompletedProcess`, so that tests can annotate them with types of the standard library. Every run
that ends with a traceback, or with the exit status of a bug, fails its test.
"""

import fcntl
import os
import pty
import select
import shlex
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

import pytest

_PROGRAM = (sys.executable, "-m", "pubcli")
_BUG = 70
_TIMEOUT = 60
"""Seconds."""

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
Screen = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, sample: bytes) -> Path:
    """Return the user's home, which contains the sample page; the program runs there unless a test sets `cwd`."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "page.txt").write_bytes(sample)
    return folder


@pytest.fixture(scope="session")
def environment(home: Path) -> dict[str, str]:
    """Return the environment of the program, without variables that change its colours, width or settings."""
    needed = ("PATH", "SYSTEMROOT", "TMPDIR", "COVERAGE_PROCESS_CONFIG")
    inherited = {name: os.environ[name] for name in needed if name in os.environ}
    return {**inherited, "HOME": str(home), "LANG": "C.UTF-8"}


@pytest.fixture(scope="session")
def pubcli(home: Path, environment: dict[str, str]) -> Program:
    """Run the program without a terminal: `pubcli("list", "-n", "1", input=b"...", env={...}, cwd=folder)`.

    Without `input` and `stdin`, standard input is empty. `stdin`, `stdout` and `stderr` are passed to `subprocess.run`.
    """

    def run(
        *arguments: str | bytes | Path,
        input: bytes | None = None,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        stdout: int | IO[bytes] = subprocess.PIPE,
        stderr: int | IO[bytes] = subprocess.PIPE,
        stdin: int | IO[bytes] = subprocess.DEVNULL,
    ) -> "subprocess.CompletedProcess[bytes]":
        result = subprocess.run(
            [*_PROGRAM, *arguments],
            input=input,
            stdin=stdin if input is None else None,
            stdout=stdout,
            stderr=stderr,
            env={**environment, **(env or {})},
            cwd=cwd or home,
            timeout=_TIMEOUT,
            check=False,
        )
        _check(result.returncode, (result.stderr or b"").decode(errors="replace"))
        return result

    return run


@pytest.fixture(scope="session")
def shell(home: Path, environment: dict[str, str]) -> Program:
    """Run a line of bash in which `pubcli` runs the program."""

    def run(line: str, cwd: Path | None = None) -> "subprocess.CompletedProcess[bytes]":
        function = f'pubcli() {{ {shlex.join(_PROGRAM)} "$@"; }}\n'
        result = subprocess.run(
            ["bash", "-c", function + line],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environment,
            cwd=cwd or home,
            timeout=_TIMEOUT,
            check=False,
        )
        _check(result.returncode, result.stderr.decode(errors="replace"))
        return result

    return run


@pytest.fixture(scope="session")
def terminal(home: Path, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Screen:
    """Run the program on a terminal with `columns` columns; `stdout` of the result is everything on the screen.

    Line ends are `\n`; colours and links are escape sequences. Standard error goes to a file and is `stderr`.
    No pager is used unless `env` sets PUBCLI_PAGER.
    """
    errors = tmp_path_factory.mktemp("errors") / "stderr"

    def run(
        *arguments: str | Path, columns: int = 80, env: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> "subprocess.CompletedProcess[str]":
        keyboard, screen = pty.openpty()
        fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        with errors.open("wb") as error_file:
            process = subprocess.Popen(
                [*_PROGRAM, *arguments],
                stdin=screen,
                stdout=screen,
                stderr=error_file,
                env={**environment, "TERM": "xterm-256color", "PUBCLI_PAGER": "", **(env or {})},
                cwd=cwd or home,
                start_new_session=True,
            )
        os.close(screen)
        try:
            output = _read_all(keyboard)
            status = process.wait(_TIMEOUT)
        finally:
            process.kill()
            os.close(keyboard)
        stderr_text = errors.read_text(encoding="utf-8", errors="replace")
        _check(status, stderr_text)
        text = output.decode("utf-8", errors="strict").replace("\r\n", "\n")
        return subprocess.CompletedProcess(process.args, status, text, stderr_text)

    return run


def _read_all(keyboard: int) -> bytes:
    """Read until the program closes the terminal. Raises AssertionError if it neither writes nor ends."""
    pieces: list[bytes] = []
    while True:
        assert select.select([keyboard], [], [], _TIMEOUT)[0], b"".join(pieces).decode(errors="replace")
        try:
            piece = os.read(keyboard, 65_536)
        except OSError:  # EIO: on Linux, no process has the terminal open any more
            break
        if not piece:
            break
        pieces.append(piece)
    return b"".join(pieces)


def _check(status: int, stderr_text: str) -> None:
    assert "Traceback" not in stderr_text, stderr_text
    assert status != _BUG, stderr_text
