"""Read the line that starts a record: category, date and badges, written without anything between them.

LGMar 13, 2022Code      category LG, March 13, 2022, badge Code
CHEM-PHJul 4, 2019      hyphenated category
AIFeb 24Code            no year; `build` assumes one
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from pubcli.biblio import dates
from pubcli.lazy import pattern

_BLANK = rb"(?:[ ]|\xc2\xa0|\xe2\x80\xaf)"
PATTERN = rb"""
    [^\w\n]{0,8}                                       # pasted: byte order mark, blanks
    ( [A-Z]+ (?:-[A-Z]+)* )? %(blank)s?                # category; some pages have none
    ( [ADFJMNOS][a-z][a-z] ) %(blank)s                 # month, if `from_groups` recognises it
    ( \d\d? ) (?: ,%(blank)s? ( \d{4} ) )? (?!\d)
    ( %(blank)s? (?! [\d\s(] ) (?: [^\n,.:;?!\x80-\xff] | [\xc2-\xf4][\x80-\xbf]+ ){1,40} )?  # badges: Code, or others
    (?: [ \t] | \xc2\xa0 | \xe2\x80[\x8b\xaf] | \xef\xbb\xbf )* (?=\n|\Z)
""" % {b"blank": _BLANK}
"""Part of a pattern for `re.VERBOSE` that matches a date line in UTF-8. `from_groups` reads the groups of the match."""

HINT = rb"[^a-z\d\n]*+ [a-z][a-z] %(blank)s \d" % {b"blank": _BLANK}
"""Matches the start of every date line, such as `LGMar 1`, and the start of few other lines."""

_MONTHS = {name.encode(): month for name, month in dates.MONTHS.items()}
_BADGE = pattern(r"[^\s]+?(?=$|\s|(?<=[a-z])[A-Z])")


class DateLine(NamedTuple):
    """The parts of a date line, as written."""

    category: str | None
    day: date | None
    """None if the calendar has no such day. A date without a year is in 2000, a leap year, so 29 February is valid."""
    has_year: bool
    badges: tuple[str, ...]


def from_groups(groups: Sequence[bytes | None]) -> DateLine | None:
    """Return the date line that `PATTERN` matched, from the groups of the match.

    Return None if the matched line is not a date line but, for example, the title `May 24 Revisited`.
    """
    category, name, day, year, badges = groups[:5]
    marks = _badges(badges.decode()) if badges else ()
    if name not in _MONTHS or day is None or (marks and category is None and marks != ("Code",)):
        return None  # "May 24 Revisited" is a title
    return DateLine(category.decode() if category else None, day_of(year, name, day), year is not None, marks)


@lru_cache(maxsize=20_000)  # arXiv has existed for fewer days
def day_of(year: bytes | None, month: bytes, day: bytes) -> date | None:
    """Return the date for a year, a month such as `Mar` and a day; None if the calendar has no such date.

    If `year` is None, the date is in the leap year 2000.
    """
    number = _MONTHS.get(month)
    return dates.day(int(year) if year else None, number, int(day)) if number else None


def _badges(text: str) -> tuple[str, ...]:
    """Split badges that are glued to each other: `CodeDataset` contains the badges Code and Dataset."""
    return ("Code",) if text == "Code" else tuple(_BADGE.findall(text))
