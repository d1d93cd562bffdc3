"""The program as its users meet it: a process, off a terminal and on one.

Results are `subprocess.CompletedProcess`, so a test annotates the fixtures with the standard library alone. Every
run is watched: a traceback or the exit status of a bug fails the test, whatever it is about.
"""

import fcntl
import os
import pty
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
_PATIENCE = 60

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
Screen = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory, sample: bytes) -> Path:
    """The folder in which the program runs unless told otherwise: the user's home, with the real page in it."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "page.txt").write_bytes(sample)
    return folder


@pytest.fixture(scope="session")
def environment(desk: Path) -> dict[str, str]:
    """The least that a process needs: no variable that colours, sizes or configures anything."""
    needed = ("PATH", "SYSTEMROOT", "TMPDIR", "COVERAGE_PROCESS_CONFIG")
    kept = {name: os.environ[name] for name in needed if name in os.environ}
    return {**kept, "HOME": str(desk), "LANG": "C.UTF-8"}


@pytest.fixture(scope="session")
def pubcli(desk: Path, environment: dict[str, str]) -> Program:
    """Run the program off a terminal: `pubcli("list", "-n", "1", input=b"...", env={...}, cwd=folder)`.

    Without `input` standard input is empty. `stdout` and `stderr` take what `subprocess.run` takes.
    """

    def run(
        *arguments: str | bytes | Path,
        input: bytes | None = None,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        stdout: int | IO[bytes] = subprocess.PIPE,
        stderr: int | IO[bytes] = subprocess.PIPE,
    ) -> "subprocess.CompletedProcess[bytes]":
        result = subprocess.run(
            [*_PROGRAM, *arguments],
            input=input,
            stdin=subprocess.DEVNULL if input is None else None,
            stdout=stdout,
            stderr=stderr,
            env={**environment, **(env or {})},
            cwd=cwd or desk,
            timeout=_PATIENCE,
            check=False,
        )
        _watch(result.returncode, (result.stderr or b"").decode(errors="replace"))
        return result

    return run


@pytest.fixture(scope="session")
def shell(desk: Path, environment: dict[str, str]) -> Program:
    """Run a line of bash in which `pubcli` is the program."""

    def run(line: str, cwd: Path | None = None) -> "subprocess.CompletedProcess[bytes]":
        function = f'pubcli() {{ {shlex.join(_PROGRAM)} "$@"; }}\n'
        result = subprocess.run(
            ["bash", "-c", function + line],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environment,
            cwd=cwd or desk,
            timeout=_PATIENCE,
            check=False,
        )
        _watch(result.returncode, result.stderr.decode(errors="replace"))
        return result

    return run


@pytest.fixture(scope="session")
def terminal(desk: Path, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Screen:
    """Run the program on a terminal of so many columns and return, as `stdout`, all that it sends to the screen.

    Line ends are plain, colours and links are still codes. Standard error goes elsewhere and is `stderr`.
    """
    errors = tmp_path_factory.mktemp("errors") / "stderr"

    def run(
        *arguments: str | Path, columns: int = 80, env: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> "subprocess.CompletedProcess[str]":
        keyboard, screen = pty.openpty()
        fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        with errors.open("wb") as unlucky:
            process = subprocess.Popen(
                [*_PROGRAM, *arguments],
                stdin=screen,
                stdout=screen,
                stderr=unlucky,
                env={**environment, "TERM": "xterm-256color", **(env or {})},
                cwd=cwd or desk,
                start_new_session=True,
            )
        os.close(screen)
        try:
            seen = _everything(keyboard)
            status = process.wait(_PATIENCE)
        finally:
            process.kill()
            os.close(keyboard)
        stderr_text = errors.read_text(encoding="utf-8", errors="replace")
        _watch(status, stderr_text)
        text = seen.decode("utf-8", errors="strict").replace("\r\n", "\n")
        return subprocess.CompletedProcess(process.args, status, text, stderr_text)

    return run


def _everything(keyboard: int) -> bytes:
    """What arrives until the other side hangs up."""
    pieces = []
    while True:
        try:
            piece = os.read(keyboard, 65_536)
        except OSError:  # EIO: how Linux says that nobody holds the screen any more
            break
        if not piece:
            break
        pieces.append(piece)
    return b"".join(pieces)


def _watch(status: int, stderr_text: str) -> None:
    assert "Traceback" not in stderr_text, stderr_text
    assert status != _BUG, stderr_text
