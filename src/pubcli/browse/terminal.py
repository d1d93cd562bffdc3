"""Draw on the terminal even if standard output is a pipe, as in `pubcli cite $(pubcli browse --print privacy)`.

Textual reads from standard input, draws on standard error, and asks standard output for the size of the screen. While
the browser runs, all three are the terminal that controls the process (/dev/tty), whatever they were before.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from pubcli.errors import UsageError

_STREAMS = (0, 1, 2)


def require_terminal(command: str, *, may_pipe_output: bool) -> None:
    """Raise UsageError unless there is a terminal to draw on.

    With `may_pipe_output`, standard output may be a pipe or a file. If no stream is a terminal, nobody is
    watching, even if a terminal controls the process.
    """
    remedy = "pubcli list and pubcli search print papers without one"
    if not may_pipe_output and not (sys.stdout is not None and sys.stdout.isatty()):
        raise UsageError(f"{command} needs a terminal; {remedy}")
    try:
        if not any(map(_is_terminal, _STREAMS)):
            raise OSError("no stream is a terminal")
        os.close(_opened())
    except OSError:
        raise UsageError(f"{command} needs a terminal; {remedy}") from None
    if os.environ.get("TERM", "") in ("", "dumb"):
        raise UsageError(f"{command} cannot draw on a terminal of the type {os.environ.get('TERM', '')!r}; {remedy}")


def _is_terminal(number: int) -> bool:
    """Return whether a stream is a terminal; False if it is closed."""
    return os.isatty(number)


def _opened() -> int:
    return os.open("/dev/tty", os.O_RDWR | getattr(os, "O_NOCTTY", 0))


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        if stream is not None:
            with suppress(OSError, ValueError):
                stream.flush()


@contextmanager
def drawing_on_terminal() -> Iterator[None]:
    """Connect standard input, output and error to the terminal, and restore them at the end."""
    if all(map(_is_terminal, _STREAMS)):
        yield
        return
    _flush()
    terminal = _opened()
    saved = [os.dup(number) for number in _STREAMS]
    try:
        for number in _STREAMS:
            os.dup2(terminal, number)
        yield
    finally:
        _flush()
        for number, copy in zip(_STREAMS, saved, strict=True):
            os.dup2(copy, number)
            os.close(copy)
        os.close(terminal)
