"""Read one record: the lines from one date line to the next.

    LGMar 13, 2022Code                       date line
    Title of the paper
    First Author, Second Author et al. · org-slug
    Abstract, one line

In the compact layout, title and authors are glued together on one line. A page uses one layout, but after pasting and
cutting, some of its records may have the other layout. So each record is read separately. The layout of the page is
used only if the layout of the record is not clear. A date line always ends the record before it, even a broken record.
So a broken record does not affect the next record.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, NotRequired, TypedDict

from pubcli.sites.paperfeed.byline import Byline, Glued, as_byline, parse_byline
from pubcli.sites.paperfeed.dateline import DateLine
from pubcli.sites.paperfeed.lines import Block, Line

_GLUED_LINES, _SEPARATE_LINES = 3, 4
"""Number of non-blank lines in a complete record: first for the compact layout, then for the usual layout."""
_LONGEST_BYLINE = 200
"""Maximum number of characters in a byline; abstracts are longer."""
_NO_AUTHORS = Byline((), False, None)


class RawPaper(TypedDict):
    """A record as written: the fields of a `Paper` that the page contains, under the same names."""

    title: str
    title_guessed: NotRequired[bool]
    authors: tuple[str, ...]
    authors_complete: bool
    org: str | None
    category: str | None
    date: date
    """In the leap year 2000 if the page gives no year."""
    date_assumed: NotRequired[bool]
    """True if the page gives no year, else missing."""
    badges: NotRequired[tuple[str, ...]]
    abstract: str | None
    line: int
    last_line: int


class RawProblem(NamedTuple):
    """Lines that could not be read as a record, with the reason and what was expected."""

    lines: Sequence[Line]
    reason: str
    expected: str


class Reading(NamedTuple):
    """The result of reading a block: the paper, and the lines that do not belong to it; each may be None."""

    paper: RawPaper | None
    problem: RawProblem | None


def as_written(
    dateline: DateLine, title: str, guessed: bool, byline: Byline, abstract: str | None, line: int, last_line: int
) -> RawPaper:
    """Build a record from its parts. Raises ValueError if the date line has no valid day."""
    category, day, has_year, badges = dateline
    if day is None:
        raise ValueError("a record needs a valid day")
    authors, complete, org = byline
    paper: RawPaper = {
        "title": title,
        "authors": authors,
        "authors_complete": complete,
        "org": org,
        "category": category,
        "date": day,
        "abstract": abstract,
        "line": line,
        "last_line": last_line,
    }
    if guessed:
        paper["title_guessed"] = True
    if not has_year:
        paper["date_assumed"] = True
    if badges:
        paper["badges"] = badges
    return paper


def parse(block: Block, dateline: DateLine) -> Reading | None:
    """Read the paper in a block that starts with this date line; a record that cannot be read becomes a problem.

    Returns None if the block alone does not show where title and authors are. `settle` reads such a block when the
    layout of the page is known.
    """
    texts = block.texts
    if dateline.day is None:
        return _problem(block, f"the date in line {block.first} does not exist", "a date such as Mar 13, 2022")
    if len(texts) == 1:
        return _problem(block, "the record ends after its date line", "a title, authors and an abstract")
    if is_single_paper(block):
        return _problem(block, "an arXiv number was found instead of a title", "a title")
    byline = parse_byline(texts[2]) if len(texts) >= _SEPARATE_LINES else None
    return byline and _paper(block, dateline, texts[1], False, byline)


def settle(block: Block, dateline: DateLine, glued: Glued | None, compact: bool) -> Reading:
    """Read the paper in a block for which `parse` returned None.

    `glued` is the title line split into title and byline; None if it cannot be split. `compact` says whether the layout
    of the page is compact. On a compact page, a line that cannot be split is the title. On other pages, the line below
    the title is read as the byline, even if it looks unusual. It is not read as the byline if it is as long as an
    abstract, or if the next line looks like a byline.
    """
    texts = block.texts
    below = parse_byline(texts[2]) if len(texts) == _GLUED_LINES else None
    if compact and not glued and below and (len(below.authors) > 1 or not below.complete):
        return _paper(block, dateline, texts[1], False, below)
    if compact:
        title, byline = glued or (texts[1], _NO_AUTHORS)
        return _paper(block, dateline, title, True, byline)
    if below:
        return _paper(block, dateline, texts[1], False, below)
    if len(texts) >= _SEPARATE_LINES and len(texts[2]) <= _LONGEST_BYLINE and not parse_byline(texts[3]):
        return _paper(block, dateline, texts[1], False, as_byline(texts[2]))
    return _paper(block, dateline, glued.title, True, glued.byline) if glued else _without_authors(block)


def is_single_paper(block: Block) -> bool:
    """Return whether a block begins a page about a single paper, which is the other kind of page on the site."""
    return len(block.texts) > 1 and block.texts[1].startswith("arXiv:")


def _without_authors(block: Block) -> Reading:
    """Return the problem for a record without a line of authors, on a page with title and authors on separate lines."""
    if len(block.texts) == 2:
        return _problem(block, "the record ends after its second line", "a title, authors and an abstract")
    reason = f"line {block.lines()[2].number} is not a list of authors"
    return _problem(block, reason, "authors such as Ada Lovelace, Alan Turing et al.")


def _problem(block: Block, reason: str, expected: str) -> Reading:
    return Reading(None, RawProblem(block.lines(), reason, expected))


def _paper(block: Block, dateline: DateLine, title: str, guessed: bool, byline: Byline) -> Reading:
    """Return the paper in a block, with the line after title and authors as its abstract.

    Any text after the abstract becomes a problem.
    """
    texts = block.texts
    count = _GLUED_LINES if guessed else _SEPARATE_LINES
    abstract = texts[count - 1] if len(texts) >= count else None
    if len(texts) <= count:
        return Reading(as_written(dateline, title, guessed, byline, abstract, block.first, block.last_line()), None)
    lines = block.lines()
    paper = as_written(dateline, title, guessed, byline, abstract, block.first, lines[count - 1].number)
    return Reading(paper, RawProblem(lines[count:], "text follows the abstract", "the date line of the next record"))
