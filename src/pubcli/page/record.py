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

from pubcli.page.byline import Byline, parse_byline, split_glued
from pubcli.page.dateline import DateLine
from pubcli.page.lines import Line
from pubcli.page.split import Block

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


class Reading(NamedTuple):
    """What a block gives: a paper, and the lines that do not belong to it."""

    paper: RawPaper | None
    problem: RawProblem | None


def parse(block: Block, dateline: DateLine) -> Reading | None:
    """The paper in a block that starts with this date line. A record that cannot be read is all problem.

    None means that title and authors were not found, which `keep_whole` or `unread` settles once the layout of the
    page is known.
    """
    texts = block.texts
    if dateline.day is None:
        return _problem(block, f"the date of line {block.first} is no day of the calendar", "a date: Mar 13, 2022")
    if len(texts) == 1:
        return _problem(block, "the record ends after its date line", "a title, authors and an abstract")
    if is_single_paper(block):
        return _problem(block, "an arXiv number stands where the title should", "a title")
    return _separate(block, dateline) or _glued(block, dateline)


def is_single_paper(block: Block) -> bool:
    """Whether these are the first lines of the site's other kind of page, the one about a single paper."""
    return len(block.texts) > 1 and block.texts[1].startswith("arXiv:")


def _separate(block: Block, dateline: DateLine) -> Reading | None:
    """Title and authors on lines of their own; the abstract may be missing."""
    texts = block.texts
    byline = parse_byline(texts[2]) if len(texts) > 2 else None
    if byline is None or (len(texts) == 3 and split_glued(texts[1])):
        return None
    return _paper(block, dateline, texts[1], False, byline)


def _glued(block: Block, dateline: DateLine) -> Reading | None:
    """Title and authors on one line; the abstract may be missing."""
    glued = split_glued(block.texts[1])
    return glued and _paper(block, dateline, glued.title, True, glued.byline)


def keep_whole(block: Block, dateline: DateLine) -> Reading:
    """A record of a compact page in which no join was found: the whole line is the title, without authors."""
    return _paper(block, dateline, block.texts[1], True, _NO_AUTHORS)


def unread(block: Block) -> Reading:
    """A record of a page with title and authors on separate lines, when there are no such lines."""
    if len(block.texts) == 2:
        return _problem(block, "the record ends after its second line", "a title, authors and an abstract")
    reason = f"line {block.lines()[2].number} is no list of authors"
    return _problem(block, reason, "authors such as Ada Lovelace, Alan Turing et al.")


def _problem(block: Block, reason: str, expected: str) -> Reading:
    return Reading(None, RawProblem(block.lines(), reason, expected))


def _paper(block: Block, dateline: DateLine, title: str, guessed: bool, byline: Byline) -> Reading:
    """The paper, when its abstract is the line after title and authors; what follows that line is a problem."""
    texts = block.texts
    count = 3 if guessed else 4
    abstract = texts[count - 1] if len(texts) >= count else None
    if len(texts) <= count:
        return Reading(RawPaper(dateline, title, guessed, byline, abstract, block.first, block.last_line()), None)
    lines = block.lines()
    paper = RawPaper(dateline, title, guessed, byline, abstract, block.first, lines[count - 1].number)
    return Reading(paper, RawProblem(lines[count:], "text follows the abstract", "the date line of the next record"))
