"""Read each record of the usual form with a single pattern.

Nearly every record has exactly these six lines and a blank line after them. The names have a simple form, and there are
no additional blanks:

    LGMar 13, 2022Code
    Title of the paper

    First Author, Second Author et al. · org-slug

    Abstract, one line

Reading such a record with one pattern takes a third of the time of reading it line by line. All other records are left
to `split` and `record`. These modules would read the records of the usual form with the same result.
"""

import re

from pubcli.sites.paperfeed import byline, dateline
from pubcli.sites.paperfeed.dateline import day_of
from pubcli.sites.paperfeed.record import RawPaper
from pubcli.text.pasted import without_pasted

LINES = 7
_above_abstract = re.compile(
    rb"""
    ( [A-Z]+ (?:-[A-Z]+)* ) ( [ADFJMNOS][a-z][a-z] ) [ ] ( \d\d? ) (?: ,[ ] ( \d{4} ) )? ( Code )? \n
    (?! %b ) ( .+ ) \n \n
    ( .+ ) \n \n
    (?! %b )
    """
    % (dateline.HINT, dateline.HINT),
    re.VERBOSE,
).match
_byline = byline.COMMON_BYLINE.fullmatch


def papers(data: bytes, start: int, first: int) -> tuple[list[RawPaper], int]:
    """Return the consecutive records of the usual form from offset `start` on, and the offset at which they end.

    `first` is the number of the line that begins at `start`. The last of these records is not returned, because the
    next lines may belong to this record.
    """
    records: list[RawPaper] = []
    last = start
    while match := _above_abstract(data, start):
        above = match.end()
        end = data.find(b"\n", above)
        category, month, day, year, code, title_bytes, names = match.groups()
        if not data.startswith(b"\n\n", end):
            break
        published = day_of(year, month, day)
        title, abstract = title_bytes.decode().strip(), data[above:end].decode().strip()
        authors = _byline(names.decode())
        if not (title.isascii() and abstract.isascii()):
            title, abstract = without_pasted(title), without_pasted(abstract)
        if not published or not authors or not title or not abstract or title.startswith("arXiv:"):
            break
        names, et_al, org = authors.groups()
        paper: RawPaper = {
            "title": title,
            "authors": tuple(names.split(", ")),
            "authors_complete": et_al is None,
            "org": org,
            "category": category.decode(),
            "date": published,
            "abstract": abstract,
            "line": first,
            "last_line": first + 5,
        }
        if not year:
            paper["date_assumed"] = True
        if code:
            paper["badges"] = ("Code",)
        records.append(paper)
        first += LINES
        last, start = start, end + 2
    return records[:-1], last
