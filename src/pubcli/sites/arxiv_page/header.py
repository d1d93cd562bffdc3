"""Read the lines above and below a list: whose papers it shows, and how many there are.

Showing 1–50 of 120 results for author: Bow, A        a search
Alice Bow's articles on arXiv                         an author's page
Total of 102 entries : 1-25 26-50                     a listing
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from pubcli.formats.shared.page_lines import Line

_RESULTS = re.compile(
    r"(?:Showing )?([\d,]{1,9}) ?[\u2010-\u2015-] ?([\d,]{1,9}) of ([\d,]{1,9})\+? results?(?: for (.*))?"
)
_PERSON = re.compile(r"(.+)['\u2019]s? articles on arXiv")
_TOTAL = re.compile(r"\[? ?Total of (\d{1,9}) entries", re.IGNORECASE)


class Header(NamedTuple):
    """What the lines around a list state."""

    name: str | None = None
    """The person whose papers the page shows; None if it is not the page of a person.

    A search for a name is not the page of a person, because it shows the papers of all people with this name.
    """
    search: str | None = None
    """What was searched for, as the page states it: `author: Bow, A`."""
    heading: str | None = None
    """The text that the pages of one list share: the search, or the person."""
    first: int | None = None
    """The place of the first result of a search."""
    last: int | None = None
    total: int | None = None
    """The number of papers in the whole list."""


def header(page: Iterable[Line]) -> Header:
    """Return what the lines outside the records state."""
    result = Header()
    for line in page:
        if match := _RESULTS.fullmatch(line.text):
            first, last, total = (int(text.replace(",", "") or 0) for text in match.groups()[:3])
            result = result._replace(search=match[4], heading=match[4], first=first, last=last, total=total)
        elif match := _PERSON.fullmatch(line.text):
            result = result._replace(name=match[1], heading=match[1])
        elif match := _TOTAL.match(line.text):
            result = result._replace(total=int(match[1]))
    return result
