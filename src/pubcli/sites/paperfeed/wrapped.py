"""Join the lines of a page that a mail program or an editor has wrapped at a fixed width, and remove quote marks.

    LGMar 13, 2022Code                        LGMar 13, 2022Code
    A Title That Is Too Long                  A Title That Is Too Long for the Width
    for the Width
                                       ->
    Ada Lovelace, Alan Turing                 Ada Lovelace, Alan Turing et al.
    et al.

Lines were wrapped if no line is longer than some width, and if lines end where the next word did not fit. A page
that was not wrapped has abstracts of several hundred characters on one line. `fold -s`, and mail with format=flowed
(RFC 3676), leave a blank at the end of each broken line; then this blank decides.

Line numbers stay the same: blank lines take the place of the lines that are appended to the line above.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from pubcli.lazy import pattern
from pubcli.sites.paperfeed import dateline

_LONG_LINE = pattern(rb"(?:\A|\n)[^\n]{500}")
"""Matches a line that is longer than any width at which lines are wrapped, also if its characters have three bytes."""
_WIDTHS = range(40, 161)
"""Widths at which lines are wrapped, in characters or bytes."""
_QUOTE = pattern(r"(?:> ?)+")
_DATE_LINE = pattern(dateline.PATTERN, re.VERBOSE)
_DATE_LINE_IN_MAIL = pattern(rb"^((?:>[ ]?)*) %b" % dateline.PATTERN, re.VERBOSE | re.MULTILINE)
_HYPHENATED = pattern(r"[^\W\d_]{2,}-(?=[^\W\d_]{2})")
_SUSPENDED = pattern(r"\s*(?:and|or|to)\b")
"""Matches what follows a hyphen that belongs to a later word: `pre- and post-processing`."""
_END_OF_BYLINE = pattern(r"(?: et al\.| · [\w.-]+)$")
_JOINED = " "
"""Replaces a line that was joined to the line above. It is blank but not empty, so it belongs to the record."""
_FEWEST = 4
"""The fewest broken lines that show that a page was wrapped."""
_WORD = 20
"""The length of a long word, in characters. A broken line is shorter than the width by less than this."""
_TOLERANCE = 0.05
"""The share of lines that may contradict the width, because the page was edited after it was wrapped."""


class WrappedError(Exception):
    """Raised if lines were wrapped and the ends of titles and authors cannot be found; the message has the width."""


def unwrapped(data: bytes) -> bytes:
    """Return a page with broken lines joined and without quote marks; any other page is returned unchanged.

    The line ends of `data` must be line feeds. Raises UnicodeDecodeError if the page is not UTF-8, and WrappedError if
    a page without blank lines was wrapped so that the ends of titles cannot be found.
    """
    is_quoted = data[:1] == b">" and _is_quoted(data)
    if not is_quoted and _LONG_LINE.search(data):
        return data
    lines = data.decode().split("\n")
    if is_quoted:
        lines = _without_quote_marks(lines)
    page = _Page(lines)
    breaks = page.breaks()
    if breaks:
        lines = page.joined(breaks)
    return "\n".join(lines).encode() if breaks or is_quoted else data


def last_lines(data: bytes) -> dict[int, int]:
    """Map the number of each line of an unwrapped page to the number of the last line that was joined to it.

    Lines to which no line was joined are left out.
    """
    ends: dict[int, int] = {}
    start = 0
    for number, line in enumerate(data.split(b"\n"), 1):
        if line == _JOINED.encode():
            ends[start] = number
        else:
            start = number
    return ends


def _is_quoted(data: bytes) -> bool:
    """Return whether all date lines have quote marks. Other lines may lack them: they continue a line."""
    quotes = [match[1] for match in _DATE_LINE_IN_MAIL.finditer(data)]
    return bool(quotes) and all(quotes)


def _without_quote_marks(lines: Sequence[str]) -> list[str]:
    """Remove the quote marks at the start of lines.

    If the page was wrapped after it was quoted, a line without marks continues the line above.
    """
    unquoted: list[str] = []
    width = max(map(len, lines))
    start = 0
    for number, line in enumerate(lines):
        if line.startswith(">") or not line.strip() or not number:
            start = number
            unquoted.append(_QUOTE.sub("", line, count=1))
        else:
            is_in_word = len(lines[number - 1]) == width and " " not in lines[number - 1]
            unquoted[start] = f"{unquoted[start].rstrip()}{'' if is_in_word else ' '}{line.strip()}"
            unquoted.append(_JOINED)
    return unquoted


class _Wrap(NamedTuple):
    """How the lines of a page were wrapped."""

    width: int
    breaks: set[int]
    """The indexes of the lines that were broken."""
    contradictions: list[int]
    """The indexes of the lines in records that were not broken, although another line of text follows."""


class _Page:
    """The lines of a page that may have been wrapped."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.is_start = [_DATE_LINE.fullmatch(line.encode()) is not None for line in lines]
        self.first = self.is_start.index(True) if True in self.is_start else len(lines)
        """The index of the first date line; the header is above it."""
        self.inside = [
            index
            for index, (line, below) in enumerate(pairwise(lines))
            if line.strip() and below.strip() and not self.is_start[index] and not self.is_start[index + 1]
        ]
        """The indexes of the lines that another line of text follows. Only these may have been broken."""
        paragraphs = sum(
            not above.strip() and bool(line.strip()) for above, line in zip(["", *lines], lines, strict=False)
        )
        self.is_compact = paragraphs < 2 * sum(self.is_start)
        """Whether no blank lines separate titles, authors and abstracts."""
        self.width = 0

    def breaks(self) -> set[int]:
        """Return the indexes of the lines that were broken; none if the page was not wrapped."""
        wraps = [wrap for length in (len, _bytes) if (wrap := self._wrap(length))]
        if not wraps:
            return set()
        best = min(wraps, key=lambda wrap: len(wrap.contradictions))
        self.width = best.width
        if self.is_compact:
            return self._without_ends_of_titles(best.breaks)
        # A page with blank lines has no other paragraphs of several lines, apart from short lines of headers.
        return best.breaks | {index for index in best.contradictions if len(self.lines[index]) > best.width - _WORD}

    def _wrap(self, length: Callable[[str], int]) -> "_Wrap | None":
        """Return how lines were wrapped, with `length` as the measure of a line; None if they were not wrapped."""
        longest = [length(line.rstrip()) for line in self.lines if " " in line.strip()]
        width = max((length(self.lines[index].rstrip()) for index in self.inside), default=0)
        if width not in _WIDTHS or max(longest, default=0) > width + 1:
            return None
        full = {index for index in self.inside if self._is_full(index, width, length)}
        for breaks in self._ending_in_blanks(width, length), full:
            whole = [index for index in self.inside if index > self.first and index not in breaks]
            expected = sum(self.is_start) if self.is_compact else 0
            is_paragraph = _longest_run(breaks) >= (2 if self.is_compact else 1)
            if len(breaks) >= _FEWEST and is_paragraph and len(whole) <= expected + _TOLERANCE * len(breaks):
                return _Wrap(width, breaks, whole)
        return None

    def _is_full(self, index: int, width: int, length: Callable[[str], int]) -> bool:
        """Return whether the first word of the next line would not have fitted on this line."""
        word = self.lines[index + 1].split(maxsplit=1)[0]
        return length(self.lines[index].rstrip()) + 1 + length(word) >= width

    def _ending_in_blanks(self, width: int, length: Callable[[str], int]) -> set[int]:
        """Return the indexes of lines that end in a blank, or that one long word fills.

        Return an empty set if the last lines of paragraphs end in blanks too: then pasting has added the blanks.
        """
        inside = set(self.inside)
        last = [line for index, line in enumerate(self.lines) if line.strip() and index not in inside]
        if sum(line.endswith(" ") for line in last) > _TOLERANCE * len(last):
            return set()
        return {
            index
            for index in self.inside
            if (line := self.lines[index]).endswith(" ") or (length(line) >= width and " " not in line)
        }

    def _without_ends_of_titles(self, breaks: set[int]) -> set[int]:
        """Return the broken lines of a compact page, without the lines in which a record's list of authors ends.

        Raises WrappedError unless exactly one such line is found in each record. The line is not found if it is nearly
        full and does not look like the end of a list of authors.
        """
        starts = [index for index, is_start in enumerate(self.is_start) if is_start]
        ends_of_titles: set[int] = set()
        for start, end in zip(starts, [*starts[1:], len(self.lines)], strict=True):
            inside = self.inside[bisect_right(self.inside, start) : bisect_left(self.inside, end)]
            ends = [index for index in inside if index not in breaks]
            ends = ends or [index for index in inside if _END_OF_BYLINE.search(self.lines[index])][:1]
            if inside and len(ends) != 1:
                raise WrappedError(f"the lines are wrapped at {self.width} characters")
            ends_of_titles.update(ends)
        return breaks - ends_of_titles

    def joined(self, breaks: set[int]) -> list[str]:
        """Return the lines, with each broken line joined to the next one. A blank line replaces each appended line."""
        breaks_at_hyphens = self._are_broken_at_hyphens(breaks)
        lines: list[str] = []
        start = 0
        for index, line in enumerate(self.lines):
            if index - 1 not in breaks:
                start = index
                lines.append(line)
                continue
            above = self.lines[index - 1]
            is_suspended = _SUSPENDED.match(line) and not above.endswith("--")
            is_after_hyphen = breaks_at_hyphens and above.endswith("-") and not is_suspended
            is_in_word = is_after_hyphen or (" " not in above and len(above.encode()) >= self.width)
            lines[start] = f"{lines[start].rstrip()}{'' if is_in_word else ' '}{line.lstrip()}"
            lines.append(_JOINED)
        return lines

    def _are_broken_at_hyphens(self, breaks: set[int]) -> bool:
        """Return whether words were broken after hyphens.

        If they were, no part of a word before a hyphen would have fitted on the line above.
        """
        words = ((index, _HYPHENATED.match(self.lines[index + 1].lstrip())) for index in breaks)
        return all(len(self.lines[index].rstrip()) + 1 + len(word[0]) > self.width for index, word in words if word)


def _bytes(text: str) -> int:
    return len(text.encode())


def _longest_run(indexes: set[int]) -> int:
    """Return the length of the longest run of consecutive indexes."""
    longest = run = 0
    for index in sorted(indexes):
        run = run + 1 if index - 1 in indexes else 1
        longest = max(longest, run)
    return longest
