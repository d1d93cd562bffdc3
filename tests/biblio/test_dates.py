"""Dates: calendar days, partly known dates, missing years."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.biblio.dates import MONTHS, day, fitting_years, parse_capture, parse_day

AS_OF = date(2026, 11, 23)

FITTING_YEARS: dict[str, tuple[list[tuple[int, int]], int | None, date, tuple[int, ...]]] = {
    "no dates without year": ([], 2020, AS_OF, ()),
    "one year": ([(5, 24)], 2025, AS_OF, (2026,)),
    "several": ([(5, 24)], 2023, AS_OF, (2024, 2025, 2026)),
    "on the as-of day": ([(11, 23)], 2025, AS_OF, (2026,)),
    "the day after": ([(11, 24)], 2024, AS_OF, (2025,)),
    "the latest date decides": ([(1, 1), (12, 1)], 2023, AS_OF, (2024, 2025)),
    "none fits": ([(12, 1)], 2025, AS_OF, ()),
    "written year after the as-of date": ([(1, 1)], 2030, AS_OF, ()),
    "Feb 29": ([(2, 29)], 2015, AS_OF, (2016, 2020, 2024)),
    "Feb 29 beside other days": ([(2, 29), (12, 1)], 2015, date(2024, 11, 1), (2016, 2020)),
    "Feb 29 in no leap year": ([(2, 29)], 2024, AS_OF, ()),
    "no written year": ([(5, 24)], None, date(1993, 6, 1), (1991, 1992, 1993)),
    "as of before arXiv": ([(5, 24)], None, date(1990, 6, 1), ()),
    "a day in no year": ([(2, 30)], 2020, AS_OF, ()),
}


@pytest.mark.parametrize(
    ("days", "last_written_year", "as_of", "years"), FITTING_YEARS.values(), ids=FITTING_YEARS.keys()
)
def test_fitting_years_follow_written_years_and_the_as_of_date(
    days: list[tuple[int, int]], last_written_year: int | None, as_of: date, years: tuple[int, ...]
) -> None:
    assert fitting_years(days, last_written_year, as_of) == years


@given(
    st.lists(st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda day: (day.month, day.day)), min_size=1),
    st.integers(1995, 2030),
    st.dates(date(1995, 1, 1), date(2030, 12, 31)),
)
def test_fitting_years_are_later_than_written_and_their_days_not_after_the_as_of_date(
    days: list[tuple[int, int]], last_written_year: int, as_of: date
) -> None:
    def fits(year: int) -> bool:
        try:
            return year > last_written_year and all(date(year, *pair) <= as_of for pair in days)
        except ValueError:
            return False

    assert fitting_years(days, last_written_year, as_of) == tuple(filter(fits, range(1980, 2040)))


@pytest.mark.parametrize(
    ("year", "month", "day_of_month", "expected"),
    [
        (2022, 3, 13, date(2022, 3, 13)),
        (2023, 2, 29, None),
        (2022, 13, 1, None),
        (2022, 4, 0, None),
        (10**30, 1, 1, None),
        (None, 2, 29, date(2000, 2, 29)),
        (None, 2, 30, None),
    ],
)
def test_a_date_is_built_only_from_a_day_in_the_calendar(
    year: int | None, month: int, day_of_month: int, expected: date | None
) -> None:
    assert day(year, month, day_of_month) == expected


def test_months_are_numbered_in_calendar_order() -> None:
    assert [date(2000, number, 1).strftime("%m") for number in MONTHS.values()] == [f"{n:02}" for n in range(1, 13)]
    assert (MONTHS["Jan"], MONTHS["Sep"], MONTHS["Dec"]) == (1, 9, 12)


def test_a_day_in_iso_format_is_read() -> None:
    assert parse_day(" 2026-11-23 ") == AS_OF


@pytest.mark.parametrize("text", ["", "today", "2026", "2026-13-01", "2026-02-30", "23.11.2026"])
def test_text_that_is_not_a_day_is_refused_with_a_message(text: str) -> None:
    with pytest.raises(ValueError, match="is not a valid day; use a date such as 2026-11-23") as error:
        parse_day(text)

    assert str(error.value) == f"{text!r} is not a valid day; use a date such as 2026-11-23"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-23", (date(2026, 11, 23), None, None)),
        (" 2026-11-23T14:30 ", (date(2026, 11, 23), time(14, 30), None)),
        ("2026-11-23 14:30:05", (date(2026, 11, 23), time(14, 30, 5), None)),
        ("2026-11-23T00:00", (date(2026, 11, 23), time(0, 0), None)),
        ("2026-11-23#2", (date(2026, 11, 23), None, 2)),
    ],
)
def test_a_capture_is_a_day_with_an_optional_time_or_number(text: str, expected: tuple[object, ...]) -> None:
    assert parse_capture(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "x", "2026", "2026-11-31", "2026-11-23T25:00", "2026-11-23T", "2026-11-23#", "2026-11-23#0", "2026-11-23#-1",
     "2026-11-23#9999999999", "2026-11-23#²", "2026-11-23#1.5", "2026-11-23#2#3", "x#1"],
)  # fmt: skip
def test_an_invalid_capture_is_named_in_the_message(text: str) -> None:
    with pytest.raises(ValueError, match=r"use a date|write the day and the time|number the captures"):
        parse_capture(text)
