"""Show a long answer in a pager, as git does. Only an answer that is longer than the screen loads this module."""

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TextIO

_DEFAULT = "less -FRX"
_FOR_LESS = {"LESS": "FRX", "LV": "-c"}
"""Environment variables for pagers, as git sets them: with these, less shows colours, and ends after a short answer."""
_NOT_RUN = (126, 127)
"""The exit statuses of a shell that cannot run a command."""
_REMEMBERED = 1_000_000
"""Maximum number of characters to keep, so that they can still be shown if the pager cannot be run."""


def command(environment: Mapping[str, str], setting: str | None = None) -> str:
    """Return the command of the pager: PUBCLI_PAGER, else the user's setting, else PAGER, else `less -FRX`.

    The setting comes before PAGER, which systems set for all programs. An empty text means that no pager is used: the
    command is empty or `cat`, or less is not installed.
    """
    for text in (environment.get("PUBCLI_PAGER"), setting, environment.get("PAGER")):
        if text is not None:
            return "" if text.strip() == "cat" else text.strip()
    return _DEFAULT if shutil.which("less") else ""


class Pager:
    """A running pager. What is written to it goes to the terminal instead if the pager cannot be run."""

    def __init__(self, command: str, terminal: TextIO, report: Callable[[str], object]) -> None:
        """Start the pager in a shell. `report` is called with a sentence if it cannot be run."""
        self._command, self._terminal, self._report = command, terminal, report
        self._written: list[str] = []
        """The texts so far, at most `_REMEMBERED` characters, in case the pager cannot be run."""
        self._length = 0
        self._process = None
        try:
            if not _may_exist(command):
                raise FileNotFoundError
            self._process = subprocess.Popen(  # noqa: S602 - the user's own setting, which may have options
                command,
                shell=True,
                stdin=subprocess.PIPE,
                encoding=terminal.encoding,
                errors="replace",
                env={**_FOR_LESS, **os.environ},
            )
        except OSError:
            self._report_failure()

    def write(self, text: str) -> None:
        """Pass a text to the pager. Raises BrokenPipeError after the user has quit the pager."""
        if self._process is None or self._process.stdin is None:
            self._terminal.write(text)
            return
        self._length += len(text)
        if self._length <= _REMEMBERED:
            self._written.append(text)
        try:
            self._process.stdin.write(text)
        except BrokenPipeError:
            self._wait()
            if not self._replace():
                raise

    def close(self) -> None:
        """Wait until the user quits the pager. Raises KeyboardInterrupt if Ctrl-C was pressed in it, as git does."""
        if self._process is None or self._process.stdin is None:
            return
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        is_interrupted = self._wait()
        if not self._replace() and is_interrupted:
            raise KeyboardInterrupt

    def _wait(self) -> bool:
        """Wait for the end of the pager, and return whether Ctrl-C was pressed in the meantime.

        Ctrl-C is for the pager, in which it may stop a search. If pubcli ended now, the pager would lose its terminal.
        """
        if self._process is None:
            return False
        interrupts: list[int] = []
        former = signal.signal(signal.SIGINT, lambda number, frame: interrupts.append(number))
        try:
            while True:
                with suppress(KeyboardInterrupt):  # raised by another signal
                    self._process.wait()
                    return bool(interrupts)
        finally:
            signal.signal(signal.SIGINT, former)

    def _replace(self) -> bool:
        """If the shell could not run the pager, write the texts to the terminal. Return whether this was done."""
        if self._process is None or self._process.returncode not in _NOT_RUN or self._length > _REMEMBERED:
            return False
        if self._process.stdin is not None:
            with suppress(BrokenPipeError):
                self._process.stdin.close()
        self._process = None
        self._report_failure()
        self._terminal.writelines(self._written)
        return True

    def _report_failure(self) -> None:
        self._report(f"the pager {self._command!r} cannot be run; set PUBCLI_PAGER, or use --no-pager")


def _may_exist(command: str) -> bool:
    """Return False if the shell certainly cannot run a command: a quotation mark is missing, or there is no program."""
    try:
        first = shlex.split(command)[0]
    except ValueError:
        return False
    is_plain = not set(first) & set("|&;<>()$`=*?[#~%{}!")
    return not is_plain or shutil.which(first) is not None or first in ("command", "exec", "eval", ".", ":")
