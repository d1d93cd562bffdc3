"""One record: what stands between two date lines.

    LGMar 13, 2022Code                       date line
    Title of the paper
    First Author, Second Author et al. · org-slug
    Abstract, one line

In the compact layout title and authors share a line, glued. A page uses one layout, but pasting and cutting may
leave records of the other shape, so every record is looked at by itself and the page's layout only settles doubt.
A date line ends any record before it, however broken: that is the whole rule of recovery.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pubcli.dates import day
from pubcli.page.byline import Byline, parse_byline, split_glued
from pubcli.page.dateline import DateLine
from pubcli.page.lines import Line

_NO_AUTHORS = Byline((), False, None)


class RawPaper(NamedTuple):
    """A record as written: strings, and the lines on which it stands."""

    dateline: DateLine
    title: str
    title_guessed: bool
    byline: Byline
    abstract: str | None
    line: int
    last_line: int


class RawProblem(NamedTuple):
    """Lines that are no record, with what would have been one."""

    lines: Sequence[Line]
    reason: str
    expected: str


def parse(dateline: DateLine, lines: Sequence[Line]) -> tuple[RawPaper | None, RawProblem | None]:
    """The paper in a date line and what follows it, and the lines that do not belong to it.

    `lines` starts with the date line. A record that cannot be read is all problem; neither paper nor problem
    means that title and authors were not found, which `keep_whole` or `unread` settles once the layout is known.
    """
    if day(dateline.year, dateline.month, dateline.day) is None:
        reason = f"the date of line {lines[0].number} is no day of the calendar"
        return None, RawProblem(lines, reason, "a date such as Mar 13, 2022")
    if len(lines) == 1:
        return None, RawProblem(lines, "the record ends after its date line", "a title, authors and an abstract")
    if is_single_paper(lines):
        return None, RawProblem(lines, "an arXiv number stands where the title should", "a title")
    return _separate(dateline, lines) or _glued(dateline, lines) or (None, None)


def is_single_paper(lines: Sequence[Line]) -> bool:
    """Whether these are the first lines of the site's other kind of page, the one about a single paper."""
    return len(lines) > 1 and lines[1].text.startswith("arXiv:")


def _separate(dateline: DateLine, lines: Sequence[Line]) -> tuple[RawPaper, RawProblem | None] | None:
    """Title and authors on lines of their own; the abstract may be missing."""
    byline = parse_byline(lines[2].text) if len(lines) > 2 else None
    if byline is None or (len(lines) == 3 and split_glued(lines[1].text)):
        return None
    return _paper(dateline, lines, lines[1].text, False, byline)


def _glued(dateline: DateLine, lines: Sequence[Line]) -> tuple[RawPaper, RawProblem | None] | None:
    """Title and authors on one line; the abstract may be missing."""
    glued = split_glued(lines[1].text)
    return glued and _paper(dateline, lines, glued.title, True, glued.byline)


def keep_whole(dateline: DateLine, lines: Sequence[Line]) -> tuple[RawPaper, RawProblem | None]:
    """A record of a compact page in which no join was found: the whole line is the title, without authors."""
    return _paper(dateline, lines, lines[1].text, True, _NO_AUTHORS)


def _paper(
    dateline: DateLine, lines: Sequence[Line], title: str, guessed: bool, byline: Byline
) -> tuple[RawPaper, RawProblem | None]:
    before_abstract = 2 if guessed else 3
    used = lines[: before_abstract + 1]
    abstract = used[before_abstract].text if len(used) > before_abstract else None
    paper = RawPaper(dateline, title, guessed, byline, abstract, used[0].number, used[-1].number)
    return paper, _surplus(lines[len(used) :])


def _surplus(lines: Sequence[Line]) -> RawProblem | None:
    return RawProblem(lines, "text follows the abstract", "the date line of the next record") if lines else None


def unread(lines: Sequence[Line]) -> RawProblem:
    """A record of a page with title and authors on separate lines, when there are no such lines."""
    if len(lines) == 2:
        return RawProblem(lines, "the record ends after its second line", "a title, authors and an abstract")
    reason = f"line {lines[2].number} is no list of authors"
    return RawProblem(lines, reason, "authors such as Ada Lovelace, Alan Turing et al.")
