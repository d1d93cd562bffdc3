"""Show on the terminal that a long question is being answered, and how many papers have been read.

`start` is called where a command opens its pages, and `stop` where the answer is written, so that commands need no code
for this. The line appears only after a second, on standard error, and is removed before anything else is written.

A thread draws the line, so that it moves whatever takes long: a statement of SQLite, or a loop over all papers. It
writes to the terminal directly, without the locks of Python's streams, which a thread must not hold when Python exits.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from pubcli.lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Self

_DELAY = 1.0
"""Seconds until the line appears."""
_INTERVAL = 0.2
"""Seconds between two drawings."""
_BAR = 20
"""Number of cells of the bar."""
_line: ProgressLine | None = None
"""The line of this process. There is one, because there is one terminal."""


class ProgressLine:
    """A line of the terminal that a thread redraws until `stop` is called."""

    def __init__(self, terminal: int, *, utf8: bool, delay: float) -> None:
        """Start to draw on the terminal with this file descriptor, after `delay` seconds."""
        import _thread  # part of the interpreter; `threading` would have to be loaded
        from time import monotonic

        self._terminal, self._delay, self._clock = terminal, delay, monotonic
        self._full, self._rest = ("━", "─") if utf8 else ("#", ".")
        self._started, self._drawn = monotonic(), ""
        self._papers = 0, 0
        self._is_stopped = False
        self._writing, self._running = _thread.allocate_lock(), _thread.allocate_lock()
        self._running.acquire()
        _thread.start_new_thread(self._draw_until_stopped, ())

    def update(self, papers: int, total: int) -> None:
        """Show that this number of papers has been read, of `total`."""
        self._papers = papers, total

    def stop(self) -> None:
        """Remove the line, and draw it no more."""
        with self:
            if not self._is_stopped:
                self._is_stopped = True
                self._running.release()

    def __enter__(self) -> Self:
        """Remove the line, so that something else can be written."""
        self._writing.acquire()
        self._write("")
        return self

    def __exit__(self, *_: object) -> None:
        """Let the thread draw the line again."""
        self._writing.release()

    def _draw_until_stopped(self) -> None:
        wait = self._delay
        while not self._running.acquire(timeout=wait):
            with self._writing:
                if self._is_stopped:
                    return
                self._write(self._text())
            wait = _INTERVAL

    def _text(self) -> str:
        papers, total = self._papers
        if not 0 < papers < total:
            return f"working: {self._clock() - self._started:.0f} s (Ctrl-C stops)"
        cells = _BAR * papers // total
        return f"{self._full * cells}{self._rest * (_BAR - cells)} {papers:,} of {total:,} papers"

    def _write(self, text: str) -> None:
        """Replace the line. Do nothing if the terminal is gone."""
        if text == self._drawn:
            return
        blanks = " " * (len(self._drawn) - len(text))
        self._drawn = text
        with suppress(OSError):
            os.write(self._terminal, f"\r{text}{blanks}".encode() + (b"" if text else b"\r"))


def start() -> None:
    """Begin to show the progress, unless it is shown already, or standard error is not a terminal for it."""
    global _line
    stream = sys.stderr
    if _line is not None or stream is None or not stream.isatty() or os.environ.get("TERM") in (None, "", "dumb"):
        return
    _line = ProgressLine(stream.fileno(), utf8=stream.encoding.lower().replace("-", "") == "utf8", delay=_DELAY)


def update(papers: int, total: int) -> None:
    """Show that this number of papers has been read, of `total`. Do nothing if no progress is shown."""
    if _line is not None:
        _line.update(papers, total)


def stop() -> None:
    """Remove the line, if there is one, until `start` is called again."""
    global _line
    if _line is not None:
        _line.stop()
        _line = None


def write(text: str) -> None:
    """Write a text to standard error, above the line if there is one. Raises OSError if it cannot be written."""
    if _line is None:
        sys.stderr.write(text)
        sys.stderr.flush()
        return
    with _line:
        sys.stderr.write(text)
        sys.stderr.flush()
