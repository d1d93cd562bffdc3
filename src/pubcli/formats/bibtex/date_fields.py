"""Write a date as fields of BibTeX (`year`, `month`, `day`) or of biblatex (`date`).

The styles of BibTeX print `month` and `year` as they are, so both may hold words: `month = {Spring}`,
`year = {c. 1723}`. The styles ignore `date`, which holds what these two fields cannot express. biber reads `date` only
in EDTF; other text, such as `in press`, is in `year`.
"""

import re

from pubcli.answer.answer import Row
from pubcli.biblio.dates import MONTHS
from pubcli.biblio.stated_dates import DatePoint, StatedDate, parse
from pubcli.formats.shared.extra_dates import words_without_year, written_names

MONTH_MACROS = tuple(map(str.lower, MONTHS))
"""The macros that every style of BibTeX defines."""
_DIGITS_AND_SIGNS = re.compile(r"[\dX~?%/.:TZ+-]+", re.ASCII)
"""Matches a text that may be meant as a date in EDTF, valid or not."""
_Field = tuple[str, str]


def biblatex_date(stated: StatedDate, row: Row) -> list[_Field]:
    """Return the field `date`, or `year` if the date is not understood. A date from biblatex is written unchanged."""
    extra: dict[str, str] = row["extra"] or {}  # type: ignore[assignment]
    if "date" in written_names(row, "biblatex") and _DIGITS_AND_SIGNS.fullmatch(extra["date"]):
        return [("date", extra["date"])]
    first = stated.start or stated.end
    if stated.text:
        return [*([("date", first.edtf())] if first else []), ("year", stated.text)]
    return [("date", stated.edtf)]


def bibtex_date(stated: StatedDate) -> list[_Field]:
    """Return `year`, `month` and `day`, and also `date` if they cannot express everything that the source states."""
    first, words = stated.start or stated.end, words_without_year(stated)
    if first is None:
        return [("year", stated.text)]
    year = f"{first.date.day.year:04}"
    if stated.text and not _DIGITS_AND_SIGNS.fullmatch(stated.text):
        in_text = parse(stated.text).date
        is_same_year = in_text is not None and in_text.day.year == first.date.day.year
        return _parts(first, stated.text if is_same_year else f"{year} [{stated.text}]")
    if words:
        return [("year", _doubted(year, stated)), ("month", words.replace("-", "--"))]
    if stated.start and stated.end and stated.end.edtf().isdecimal() and not stated.start.season:
        return _parts(first, _doubted(f"{year}--{stated.end.edtf()}", stated))
    if stated.text or stated.is_unspecified or stated.is_range:
        return [*_parts(first, year), ("date", stated.edtf)]
    return _parts(first, _doubted(year, stated))


def _doubted(year: str, stated: StatedDate) -> str:
    return f"{'c. ' * stated.is_circa}{year}{'?' * stated.is_uncertain}"


def _parts(point: DatePoint, year: str) -> list[_Field]:
    numbers = [] if point.season else point.numbers()[1:]
    texts = [MONTH_MACROS[numbers[0] - 1], *map(str, numbers[1:])] if numbers else []
    return [("year", year), *zip(("month", "day"), texts, strict=False)]
