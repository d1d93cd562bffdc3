"""Build dates, which may be partly known, and find the year of dates that a page writes without a year.

`stated_dates` parses the dates that bibliographies state.

The paper feed omits the year if it is the year of the capture, so all year-less dates of a page share one year. This
year is later than every year written on the page, and no date of the page is later than the as-of date. If several
years fit, the latest year is used. The year is marked as assumed wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time

from pubcli.lazy import TYPE_CHECKING, NamedTuple, pattern

if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    Precision: TypeAlias = Literal["day", "month", "year"]


MONTHS = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}
FIRST_YEAR = 1991
"""arXiv opened in 1991; on a page without any written year, earlier years are not considered."""
_LEAP_YEAR = 2000
_LENGTHS = {"day": 10, "month": 7, "year": 4}
"""The length of the known part of an ISO date, by precision."""


def day(year: int | None, month: int, day_of_month: int) -> date | None:
    """Return the date of a day of a month; None if the calendar has no such day, as for 30 February.

    If `year` is None, the date is in the year 2000. This is a leap year, so 29 February is accepted.
    """
    try:
        return date(_LEAP_YEAR if year is None else year, month, day_of_month)
    except (ValueError, OverflowError):
        return None


def truncated_day(day: str, precision: str) -> str:
    """Return the known part of an ISO date: `2022-03-13`, `2022-03` or `2022` for precision day, month or year."""
    return day[: _LENGTHS[precision]]


def fitting_years(days: Collection[tuple[int, int]], latest_written: int | None, as_of: date) -> tuple[int, ...]:
    """Return the years that all year-less dates of a page can share, oldest first; empty if no year fits.

    `days` are pairs (month, day). `latest_written` is the latest year written on the page; None if no year is written.
    """
    if not days:
        return ()
    earliest = FIRST_YEAR if latest_written is None else latest_written + 1
    return tuple(
        year
        for year in range(earliest, as_of.year + 1)
        if all((candidate := day(year, *pair)) is not None and candidate <= as_of for pair in days)
    )


def parse_day(text: str) -> date:
    """Return the day that a user typed, such as `2026-11-23`. Raises ValueError with a message for the user."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text!r} is not a valid day; use a date such as 2026-11-23") from None


class CaptureDay(NamedTuple):
    """The day on which a page was captured, and its place among the captures of that day, if the user states it."""

    day: date
    time_of_day: time | None = None
    number: int | None = None
    """Counted from 1 for the first capture of the day."""


MAX_CAPTURES = 10_000
"""The greatest number that a capture of one day can have."""


def parse_capture(text: str) -> CaptureDay:
    """Return the capture that a user typed: a day, optionally with a time or a number.

    Examples are `2026-11-23`, `2026-11-23T14:30` and `2026-11-23#2`. Raises ValueError with a message for the user.
    """
    day_text, mark, number = text.partition("#")
    if mark:
        if not (number.isascii() and number.isdigit() and 0 < int(number[:9]) <= MAX_CAPTURES):
            raise ValueError(f"{text!r} has no valid number; number the captures of a day from 1, as in 2026-11-23#2")
        return CaptureDay(parse_day(day_text), None, int(number))
    if not _TIME.search(text):
        return CaptureDay(parse_day(text))
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text!r} is not a valid time; write the day and the time as 2026-11-23T14:30") from None
    return CaptureDay(moment.date(), moment.time())


_TIME = pattern(r"\d[T ]\d")
"""Matches the sign between a day and a time."""


class PartialDate(NamedTuple):
    """A date whose day, or whose month and day, may be unknown."""

    day: date
    """The earliest possible day."""
    precision: Precision


def partial_date(year: int, month: int | None = None, day_of_month: int | None = None) -> PartialDate | None:
    """Return the date that consists of the given numbers; None if the year is invalid.

    The precision of the date is `day` if all numbers are valid. If the day is missing or invalid, it is `month`. If the
    month is missing or invalid, it is `year`.
    """
    if month and day_of_month and (whole := day(year, month, day_of_month)):
        return PartialDate(whole, "day")
    if month and (first := day(year, month, 1)):
        return PartialDate(first, "month")
    first = day(year, 1, 1)
    return PartialDate(first, "year") if first else None
