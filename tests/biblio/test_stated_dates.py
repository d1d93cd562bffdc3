"""Dates as sources state them: days, months, years, ranges, seasons, uncertain dates, and text that is no date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.biblio.dates import PartialDate
from pubcli.biblio.stated_dates import DatePoint, StatedDate, in_words, parse, plain
from thoroughness import examples

PLAIN = {
    "2022-03-13": "2022-03-13 2022/3/13/ 2022-3-13 20220313 2022.03.13 13.03.2022 13.3.2022 03/13/2022 13/03/2022"
    " 13-03-2022 13-Mar-2022 2022/Mar/13 2022/Mar/13/ 2022年3月13日",
    "2022-03": "2022-03 2022/03/ 2022/3 2022/03// 03/2022 03.2022 2022/Mar Mar-2022 2022年3月",
    "2022": "2022 2022// 2022/// 2022年 2022/00/00/",
}  # fmt: skip
PLAIN_IN_WORDS = {
    "2022-03-13": (
        "13 March 2022", "13th March 2022", "13th of March, 2022", "March 13, 2022", "Mar. 13, 2022", "Mar 13 2022",
        "2022 Mar 13", "2022, March 13", "13. März 2022", "13 mars 2022", "13 de marzo de 2022", "MAR 13 2022",
        "Sun, 13 Mar 2022", "2022-03-13T00:00:00Z", "2022-03-13 00:00",
    ),
    "2022-03": ("March 2022", "Mar. 2022", "März 2022", "mars 2022", "2022 March", "marzo de 2022"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "edtf"),
    [(text, edtf) for edtf, texts in PLAIN.items() for text in texts.split()]
    + [(text, edtf) for edtf, texts in PLAIN_IN_WORDS.items() for text in texts],
)
def test_a_date_is_read_in_many_notations(text: str, edtf: str) -> None:
    stated = parse(text)
    assert (stated.edtf, stated.is_plain, stated.text) == (edtf, True, "")


MORE_THAN_A_DATE = {
    # ranges
    "1950/1955": ("1950", "1950/1955"),
    "1950--1955": ("1950", "1950/1955"),
    "1950–1955": ("1950", "1950/1955"),
    "1950-1955": ("1950", "1950/1955"),
    "1996_2004": ("1996", "1996/2004"),
    "1950 to 1955": ("1950", "1950/1955"),
    "1950/": ("1950", "1950/.."),
    "1950/..": ("1950", "1950/.."),
    "1999/open": ("1999", "1999/.."),
    "1998/unknown": ("1998", "1998/.."),
    "1950-": ("1950", "1950/.."),
    "../1955": ("1955", "../1955"),
    "/1955": ("1955", "../1955"),
    "2001-03/2002-05": ("2001-03", "2001-03/2002-05"),
    "2001-03-04/2001-03-09": ("2001-03-04", "2001-03-04/2001-03-09"),
    "2001-03-04 - 2001-03-09": ("2001-03-04", "2001-03-04/2001-03-09"),
    "Sep-Oct 2001": ("2001-09", "2001-09/2001-10"),
    "Sep--Oct 2001": ("2001-09", "2001-09/2001-10"),
    "2001/Sep-Oct": ("2001-09", "2001-09/2001-10"),
    "2001 Sep-Oct": ("2001-09", "2001-09/2001-10"),
    "2001/09//Sep-Oct": ("2001-09", "2001-09/2001-10"),
    "2001///Sep-Oct": ("2001-09", "2001-09/2001-10"),
    "January/February 2001": ("2001-01", "2001-01/2001-02"),
    "January and February 2001": ("2001-01", "2001-01/2001-02"),
    "JAN-FEB 2011": ("2011-01", "2011-01/2011-02"),
    "December 2010 - January 2011": ("2010-12", "2010-12/2011-01"),
    "3-5 March 2020": ("2020-03-03", "2020-03-03/2020-03-05"),
    "March 3-5, 2020": ("2020-03-03", "2020-03-03/2020-03-05"),
    "JAN 15-31 2011": ("2011-01-15", "2011-01-15/2011-01-31"),
    "30 March-2 April 2020": ("2020-03-30", "2020-03-30/2020-04-02"),
    "March 30 - April 2, 2020": ("2020-03-30", "2020-03-30/2020-04-02"),
    "December 31, 1999 - January 1, 2000": ("1999-12-31", "1999-12-31/2000-01-01"),
    "199X": ("1990", "1990/1999"),
    "19XX": ("1900", "1900/1999"),
    # seasons
    "1991-21": ("1991", "1991-21"),
    "Spring 1991": ("1991", "1991-21"),
    "1991 Spring": ("1991", "1991-21"),
    "1991///Spring": ("1991", "1991-21"),
    "Herbst 1991": ("1991", "1991-23"),
    "FAL 1991": ("1991", "1991-23"),
    "Fall/Winter 1991": ("1991", "1991-23/1991-24"),
    "Winter 1991 - Spring 1992": ("1991", "1991-24/1992-21"),
    # uncertain dates
    "1723~": ("1723", "1723~"),
    "c. 1723": ("1723", "1723~"),
    "c.1723": ("1723", "1723~"),
    "ca 1723": ("1723", "1723~"),
    "circa March 2010": ("2010-03", "2010-03~"),
    "um 1723": ("1723", "1723~"),
    "2010/03//circa": ("2010-03", "2010-03~"),
    "1723?": ("1723", "1723?"),
    "2001///?": ("2001", "2001?"),
    "1723%": ("1723", "1723%"),
    "c. 1723?": ("1723", "1723%"),
    "c. 1950-1955": ("1950", "1950~/1955~"),
    # months and days that the source does not specify
    "2004-XX": ("2004", "2004-XX"),
    "2004-06-XX": ("2004-06", "2004-06-XX"),
}


@pytest.mark.parametrize(("text", "date_", "edtf"), [(text, *values) for text, values in MORE_THAN_A_DATE.items()])
def test_more_than_a_date_is_understood(text: str, date_: str, edtf: str) -> None:
    stated = parse(text)
    assert (stated.edtf, stated.is_plain, stated.text) == (edtf, False, "")
    assert stated.date is not None
    assert DatePoint(stated.date).edtf() == date_


@pytest.mark.parametrize("edtf", sorted({edtf for _, edtf in MORE_THAN_A_DATE.values()}))
def test_edtf_is_read_as_the_same_date(edtf: str) -> None:
    assert parse(edtf).edtf == edtf


NOT_UNDERSTOOD = {
    "2020-02-30": "2020-02",
    "31 April 2010": "2010-04",
    "2020-13": "2020",
    "2020-00": "2020",
    "2001/13//": "2001",
    "13/2022": "2022",
    "3/4/2022": "2022",  # in March or in April
    "2010/11": "2010",  # November, or two years
    "2022-03-13T10:00:00Z": "2022-03-13",
    "Mon, 2 Apr 2007 19:18:42 GMT": "2007-04-02",
    "2010a": "2010",
    "c2010": "2010",
    "[2010]": "2010",
    "2010 [1950]": "2010",
    "2010, reprinted 2012": "2010",
    "forthcoming 2011": "2011",
    "Michaelmas 2001": "2001",
    "2005-2001": "2005",
    "2001-33": "2001",
    "2010 or 2011": "2010",
    "in 1999 or 2000": None,
    "in press": None,
    "n.d.": None,
    "0000": None,
    "-0044": None,
    "-1550-03": None,
    "Y17000": None,
    "13/03/22": None,
    "/": None,
    "~": None,
    "2 0 1 0": None,
}


@pytest.mark.parametrize(("text", "date_"), NOT_UNDERSTOOD.items())
def test_of_other_text_only_the_certain_part_is_a_date_and_the_text_is_kept(text: str, date_: str | None) -> None:
    stated = parse(text)
    assert (stated.text, stated.edtf, stated.is_plain) == (text, text, False)
    assert (stated.date and DatePoint(stated.date).edtf()) == date_


def test_the_last_part_of_a_date_in_ris_may_be_any_text() -> None:
    assert parse("2001///Michaelmas") == parse("2001")._replace(text="Michaelmas 2001")
    assert parse("2001/03/04/revised 2002") == parse("2001-03-04")._replace(text="revised 2002 2001-03-04")
    assert parse("///in press") == StatedDate(text="in press")
    assert parse("///") == parse("") == StatedDate()


def test_dates_are_written_in_words() -> None:
    texts = ["2022-03-13", "2022-03", "2022", "1991-24"]
    assert [in_words(point) for text in texts if (point := parse(text).start)] == [
        "13 March 2022", "March 2022", "2022", "Winter 1991"
    ]  # fmt: skip


@given(st.dates(date(1000, 1, 1)), st.sampled_from(["day", "month", "year"]))
def test_every_plain_date_is_read_again(day: date, precision: str) -> None:
    first = day.replace(day=1 if precision != "day" else day.day, month=1 if precision == "year" else day.month)
    stated = plain(PartialDate(first, precision))  # type: ignore[arg-type]

    assert parse(stated.edtf) == stated
    assert stated.start is not None
    assert parse(in_words(stated.start)) == stated


SIGNS = "0123456789 -/.,~?%XTZ:年月日[]()–\n\x00éä"
any_text = st.text(st.characters() | st.sampled_from(SIGNS)) | st.lists(
    st.sampled_from(
        ("2001", "1999", "03", "31", "Mar", "April", "Spring", "c.", "?", "~", "-", "/", "..", "to", "x", ",")
    )
).map(" ".join)


@examples(500)
@given(any_text)
def test_any_text_is_either_understood_or_kept(text: str) -> None:
    stated = parse(text)

    assert stated == StatedDate() or stated.text or parse(stated.edtf) == stated
    assert stated.is_plain or stated.text or stated.edtf or not "".join(text.replace("/", "").split())
