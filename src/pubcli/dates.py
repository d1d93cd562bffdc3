"""Dates that may lack their year.

The site leaves the year out when it is the year of the capture, so all year-less dates of one page share one
year. It is later than every year written on the page, and none of the dates lies after the as-of date. Several
years may fit; the latest is taken, and marked as assumed wherever it shows.
"""

from collections.abc import Collection
from datetime import date

MONTHS = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}
FIRST_YEAR = 1991
"""arXiv opened in 1991: without any written year, nothing earlier is considered."""
_LEAP_YEAR = 2000
_KNOWN = {"day": 10, "month": 7, "year": 4}
"""Characters of an ISO day that a precision stands for."""


def day(year: int | None, month: int, day_of_month: int) -> date | None:
    """The calendar day, or None when there is none; without a year, whether some year has such a day."""
    try:
        return date(_LEAP_YEAR if year is None else year, month, day_of_month)
    except (ValueError, OverflowError):
        return None


def known_part(day: str, precision: str) -> str:
    """What is known of an ISO day: `2022-03-13`, `2022-03` or `2022`, by the precision day, month or year."""
    return day[: _KNOWN[precision]]


def fitting_years(days: Collection[tuple[int, int]], latest_written: int | None, as_of: date) -> tuple[int, ...]:
    """Years that all year-less days of a page can share, oldest first; empty when none fits.

    `days` are (month, day) pairs; `latest_written` is the latest year that stands on the page, None when none does.
    """
    if not days:
        return ()
    earliest = FIRST_YEAR if latest_written is None else latest_written + 1
    return tuple(
        year
        for year in range(earliest, as_of.year + 1)
        if all((found := day(year, *pair)) is not None and found <= as_of for pair in days)
    )


def parse_day(text: str) -> date:
    """A day as typed after `--as-of`: `2026-11-23`.

    Raises ValueError with a sentence for the user.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text!r} is not a day such as 2026-11-23") from None
