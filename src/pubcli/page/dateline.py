"""The line that starts a record: category, date and badge, glued.

    LGMar 13, 2022Code      category LG, March 13, 2022, marked Code
    CHEM-PHJul 4, 2019      hyphenated category
    AIFeb 24Code            no year: it is the year of the capture
"""

import re
from typing import NamedTuple

from pubcli.dates import MONTHS

LONGEST = 100
"""Bytes of the longest line that is looked at."""

_DATE_LINE = re.compile(
    r"""
    ( [A-Z]+ (?:-[A-Z]+)* )?? [ ]?    # category; a page may lack it
    ( [A-Z][a-z][a-z] ) [ ]           # month
    ( \d\d? ) (?: ,[ ]? ( \d{4} ) )? (?!\d)
    ( [ ]? [A-Z] [\w -]{0,40} )?      # badges: Code; others may come one day
    """,
    re.VERBOSE | re.ASCII,
)
_BADGE = re.compile(r"[^ ]+?(?=$|[ ]|(?<=[a-z])[A-Z])")


class DateLine(NamedTuple):
    """A date line as written."""

    category: str | None
    year: int | None
    month: int
    day: int
    badges: tuple[str, ...]


def parse(line: str) -> DateLine | None:
    """The parts of a date line; None when the line is something else. The day is not checked against the month."""
    match = _DATE_LINE.fullmatch(line)
    if match is None:
        return None
    category, name, day, year, badges = match.groups()
    month = MONTHS.get(name)
    if month is None or (badges and category is None and badges != "Code"):
        return None  # "May 24 Revisited" is a title
    return DateLine(category, int(year) if year else None, month, int(day), _badges(badges) if badges else ())


def _badges(text: str) -> tuple[str, ...]:
    """Badges are glued to each other as to the date: CodeDataset is two."""
    return ("Code",) if text == "Code" else tuple(_BADGE.findall(text))
