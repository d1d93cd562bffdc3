"""Number the lines of a page, and recognise the lines that show where a list begins and where its records end.

The words of a page depend on the language of the interface, so the lines are recognised by their tabs and numbers:

    All      Since 2021       the columns of the numbers
    h-index  17       16      a number and its recent value
    194      2006             citations and year of a record; Firefox begins these lines with a tab
    Articles 1–20             the range of rows that the page shows
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

_BLANKS = str.maketrans("\u00a0\u202f\u2007", "   ")
_COUNTS = re.compile(r"(?P<is_firefox>\t)?(?P<citations>\d+)?(?P<merged>\*)?(?P<tab>\t)?(?P<year>\d{4})?")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_COLUMNS = re.compile(r"[^\t]*\t(?:[^\t]+\t){0,2}[^\t\d]*((?:19|20)\d\d)[^\t\d]*")
_NUMBERS = re.compile(r"[^\t]+\t([\d., ]+)\t([\d., ]+)")
_RANGE = re.compile(r"[^\d\t]+ 1 ?[\u2010-\u2015-] ?(\d+)[^\d\t]*")


class Line(NamedTuple):
    """A line that is not blank."""

    number: int
    text: str
    """With its tabs, but without blanks at either end."""
    last: int
    """The number of the last line of the source that belongs to this line."""


class Counts(NamedTuple):
    """The end of a record: its number of citations and its year, as the line shows them."""

    citations: int | None
    is_merged: bool
    """Whether a star shows that the citations of several versions were added."""
    year: int | None


def lines(page: str) -> list[Line]:
    """Return the lines that are not blank. A star on a line of its own is joined with the lines around it."""
    result: list[Line] = []
    previous = ""
    for number, raw in enumerate(page.split("\n"), 1):
        text = raw.strip(" ") if raw.isascii() else raw.translate(_BLANKS).strip(" \u200b\u2060\ufeff")
        if not text:
            continue
        is_star = text == "*" and previous.strip("\t").isdecimal()
        if is_star or (previous.endswith("*") and counts(previous + text)):
            text = previous.rstrip("\t") + text
            result[-1] = Line(result[-1].number, text, number)
        else:
            result.append(Line(number, text, number))
        previous = text
    return result


def counts(text: str) -> Counts | None:
    """Return the citations and the year in a line that ends a record; None for any other line.

    A year alone is the year of a paper without citations.
    """
    match = _COUNTS.fullmatch(text)
    if match is None or not (match["tab"] or match["citations"] or match["year"]):
        return None
    citations, year = match["citations"], match["year"]
    if not match["tab"]:  # Chromium copies `2018` for a paper of 2018 without citations
        if year or match["merged"] or match["is_firefox"] or not _YEAR.fullmatch(citations or ""):
            return None
        citations, year = None, citations
    return Counts(int(citations) if citations else None, bool(match["merged"]), int(year) if year else None)


def is_year(text: str) -> bool:
    """Return whether a text is a year in which papers can have been published."""
    return _YEAR.fullmatch(text) is not None


def recent_year(text: str) -> int | None:
    """Return the year from which the recent numbers count, in the line above the numbers; None for other lines."""
    match = _COLUMNS.fullmatch(text) if "\t" in text else None
    return int(match[1]) if match else None


def number_and_recent(text: str) -> tuple[int, int] | None:
    """Return a number of the header and its recent value; None for any other line."""
    match = _NUMBERS.fullmatch(text)
    if match is None:
        return None
    digits = [re.sub(r"\D", "", part) for part in match.groups()]
    return (int(digits[0]), int(digits[1])) if all(0 < len(part) < 10 for part in digits) else None


def rows_shown(text: str) -> int | None:
    """Return the number of rows in a line such as `Articles 1–20` below a list; None for any other line."""
    match = _RANGE.fullmatch(text) if " 1" in text else None
    return int(match[1]) if match else None


def list_start(page: Sequence[Line]) -> int:
    """Return the index of the first line below the headings of a list, which have tabs; 0 if there are no headings."""
    for index, line in enumerate(page):
        if "\t" not in line.text or counts(line.text) or _is_of_numbers(line.text):
            continue
        has_more_headings = line.text.endswith("\t") and line.text.strip("\t")  # Title, Cited by, Year: a line each
        return min(index + (3 if has_more_headings else 1), len(page))
    return 0


def _is_of_numbers(text: str) -> bool:
    """Return whether a line belongs to the numbers of a header, which may be copied in part."""
    return number_and_recent(text) is not None or recent_year(text) is not None


def header_start(page: Sequence[Line], start: int = 0) -> int | None:
    """Return the index of the line above the three numbers of a header; None if no header follows `start`."""
    for index in range(start, len(page) - 3):
        if recent_year(page[index].text) and all(number_and_recent(line.text) for line in page[index + 1 : index + 4]):
            return index
    return None
