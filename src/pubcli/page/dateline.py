"""The line that starts a record: category, date and badge, glued.

LGMar 13, 2022Code      category LG, March 13, 2022, marked Code
CHEM-PHJul 4, 2019      hyphenated category
AIFeb 24Code            no year: it is the year of the capture
"""

import re
from typing import NamedTuple

from pubcli.dates import MONTHS

LONGEST = 100
"""Characters; a longer line is not looked at, so that abstracts cost nothing."""

_DATE_LINE = re.compile(
    r"""
    (?P<category> [A-Z]+ (?:-[A-Z]+)* )? [ ]?     # LG, CHEM-PH; a page may lack it
    (?P<month> Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec ) [ ]
    (?P<day> \d{1,2} ) (?: ,[ ]? (?P<year> \d{4} ) )? (?!\d)
    (?P<badges> [ ]? [A-Z] [\w -]{0,40} )?        # Code; other badges may come one day
    """,
    re.VERBOSE,
)
_BADGE = re.compile(r"[^ ]+?(?=$|[ ]|(?<=[a-z])[A-Z])")


class DateLine(NamedTuple):
    """A date line as written."""

    category: str | None
    month: int
    day: int
    year: int | None
    badges: tuple[str, ...]
    date_text: str


def parse(line: str) -> DateLine | None:
    """The parts of a date line; None when the line is something else. The day is not checked against the month."""
    if len(line) > LONGEST or not (match := _DATE_LINE.fullmatch(line)):
        return None
    category, month, day, year, badges = match.group("category", "month", "day", "year", "badges")
    if category is None and badges is not None and badges.strip() != "Code":
        return None  # "May 24 Revisited" is a title
    date_text = f"{month} {day}" + (f", {year}" if year else "")
    return DateLine(category, MONTHS[month], int(day), int(year) if year else None, _badges(badges), date_text)


def _badges(text: str | None) -> tuple[str, ...]:
    """Badges are glued to each other as to the date: CodeDataset is two."""
    return tuple(_BADGE.findall(text)) if text else ()
