"""Copy text to the clipboard of the system, in addition to the escape sequence (OSC 52) that the terminal may obey."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress

_SECONDS = 2
"""Time after which a program that has not ended is killed."""


def copy(text: str) -> bool:
    """Pass a text to the first program for the clipboard that accepts it. Return whether any program accepted it."""
    return any(_runs(command, text) for command in _commands())


def _commands() -> Iterator[Sequence[str]]:
    """Yield the commands for the clipboard of this system that are installed, the most suitable one first."""
    candidates: list[Sequence[str]] = []
    if sys.platform == "darwin":
        candidates.append(["pbcopy"])
    if os.environ.get("WAYLAND_DISPLAY"):
        candidates.append(["wl-copy"])
    if os.environ.get("DISPLAY"):
        candidates += [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
    candidates.append(["clip.exe"])  # Windows, and Linux on Windows
    return (command for command in candidates if shutil.which(command[0]))


def _runs(command: Sequence[str], text: str) -> bool:
    """Return whether a command accepted a text. Its output is discarded, because it would spoil the screen."""
    with suppress(OSError, subprocess.SubprocessError):
        run = subprocess.run(  # noqa: S603 - the commands are listed above, and the text is not an argument
            command,
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
        return run.returncode == 0
    return False
