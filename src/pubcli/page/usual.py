"""Usual records, one after the other, read in one go.

Nearly every record of a page is these seven lines and no others, with usual names and no blanks but these:

    LGMar 13, 2022Code
    Title of the paper

    First Author, Second Author et al. · org-slug

    Abstract, one line

Cut at blank lines, such records come three parts each, in a third of the time that it takes to look at every line.
Whatever is not quite like that is left to `split` and `record`, which read usual records too, and just alike.
"""

import re
from typing import NamedTuple

from pubcli.page import dateline, header
from pubcli.page.byline import parse_usual
from pubcli.page.dateline import DateLine
from pubcli.page.lines import text
from pubcli.page.record import RawPaper, as_written

LINES = 7
_NO_START = rb"%b (?! %b )" % (dateline.NONE, header.MARK)
_above_abstract = re.compile(
    rb"(?=[A-Z]) %b (?: \n %b (.+) \n\n (.+) \n\n %b (?=.) )?" % (dateline.PATTERN, _NO_START, _NO_START), re.VERBOSE
).match


class Run(NamedTuple):
    """Usual records that follow each other."""

    papers: list[RawPaper]
    end: int
    """Offset of the record after them."""
    dateline: DateLine | None
    """Of the record after them, with which `split` goes on; None when there are no papers."""


def run(data: bytes, start: int, first: int) -> Run:
    """The usual records from an offset, the start of line `first`, on.

    A record has ended when another one starts, so the last record of a source is never among them.
    """
    papers: list[RawPaper] = []
    count, last, following = 0, start, None
    while match := _above_abstract(data, start):
        groups = match.groups()
        line = dateline.from_groups(groups)
        if line is None:
            break
        count, last, following = len(papers), start, line
        title, names = groups[5:]
        end = data.find(b"\n", match.end())
        if title is None or line.day is None or not data.startswith(b"\n\n", end):
            break
        said, byline, about = text(title), parse_usual(names.decode()), text(data[match.end() : end])
        if not said or not byline or not about or said.startswith("arXiv:"):
            break
        papers.append(as_written(line, said, False, byline, about, first, first + 5))
        first += LINES
        start = end + 2
    return Run(papers[:count], last, following)
