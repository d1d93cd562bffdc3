"""Find the date of a paper as its source stated it, which may be more than the paper's date.

Readers keep such a text in `extra`, under the name that it has in the source. A writer gets the date from `stated_date`
and writes it in its own notation. Then it does not write the texts in `extra` that `written_names` names.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pubcli.biblio.dates import PartialDate, truncated_day
from pubcli.biblio.stated_dates import DatePoint, StatedDate, in_words, parse
from pubcli.formats.shared.csl_dates import from_csl, parse_any, to_csl
from pubcli.formats.shared.kinds import PaperFormat

WHOLE_DATES = (
    "date", "da", "y1", "py", "year", "publication_date", "publication date", "publication year",
    "published", "date published", "pubyear", "created",
)  # fmt: skip
"""Names in `extra` of fields and columns that hold a date or a year, in lower case. The first is preferred."""
_MONTHS = ("month", "pd")
"""Names in `extra` of fields that hold a part of a date, such as `Sep-Oct`. The year is in another field."""
_YEARS = ("year", "py")
_CSL = "issued"
_PREFERENCE = {name: place for place, name in enumerate((*WHOLE_DATES, *_MONTHS, _CSL))}
"""Places of all these names in order of preference. CSL comes last, because it cannot say that a date is uncertain."""


def stated_date(paper: Mapping[str, Any]) -> StatedDate | None:
    """Return the date of a paper as its source stated it; None if `extra` has no such text.

    A text that contradicts the paper's date does not count: somebody has changed the date.
    """
    candidates = [stated for _, stated in _candidates(paper)]
    return min(candidates, key=lambda stated: bool(stated.text)) if candidates else None


def written_names(paper: Mapping[str, Any], form: PaperFormat) -> set[str]:
    """Return the names of the texts in `extra` that need not be written, because the written date expresses them."""
    stated = stated_date(paper)
    if stated is None or (form == "csl-json" and from_csl(to_csl(stated)).edtf != stated.edtf):
        return set()
    return {name for name, candidate in _candidates(paper) if candidate.edtf == stated.edtf}


def _candidates(paper: Mapping[str, Any]) -> Iterator[tuple[str, StatedDate]]:
    """Yield the names of the texts in `extra` that agree with the paper's date, in order of preference."""
    extra = paper.get("extra") or {}
    names = sorted((name for name in extra if name.lower() in _PREFERENCE), key=lambda name: _PREFERENCE[name.lower()])
    if not names:
        return
    paper_date = date_of(paper)
    month = next((extra[name] for name in names if name.lower() in _MONTHS), None)
    year = next((extra[name] for name in names if name.lower() in _YEARS), paper_date and f"{paper_date.day.year:04}")
    in_full = parse(f"{month} {year}") if month and year else StatedDate()
    for name in names:
        is_part = name.lower() in _MONTHS or (name.lower() in _YEARS and month and not in_full.text)
        agreeing = _agreeing(in_full if is_part else parse_any(extra[name]), paper_date)
        if agreeing and not agreeing.is_plain:
            yield name, agreeing


def _agreeing(stated: StatedDate, paper_date: PartialDate | None) -> StatedDate | None:
    """Return a stated date, completed by the month and day of the paper; None if it contradicts the paper's date."""
    if stated.date == paper_date:
        return stated if stated.date or stated.text else None
    if stated.date is None or paper_date is None or stated.start is None or stated.start.season:
        return None
    is_part = truncated_day(paper_date.day.isoformat(), stated.date.precision) == stated.start.edtf()
    return stated._replace(start=DatePoint(paper_date)) if is_part else None


def date_of(paper: Mapping[str, Any]) -> PartialDate | None:
    """Return the date of a paper; None if it has none."""
    day = paper.get("date")
    return PartialDate(date.fromisoformat(str(day)), paper.get("date_precision", "day")) if day else None


def ris_date(stated: StatedDate) -> str:
    """Return a date in RIS: YYYY/MM/DD/other. A range, a season or text is in the last part: `1991///Spring`."""
    first = stated.start or stated.end
    numbers = [] if first is None else truncated_day(first.date.day.isoformat(), first.date.precision).split("-")
    return "/".join([*numbers, "", "", ""][:3]) + "/" + _other_part(stated)


def _other_part(stated: StatedDate) -> str:
    """Return what a date states besides numbers: `Spring`, `September-October`, `circa`, `1950-1955`; else empty."""
    signs = " ".join(["circa"] * stated.is_circa + ["?"] * stated.is_uncertain)
    if stated.text:
        return stated.text
    if words := words_without_year(stated):
        return f"{words} {signs}".strip()
    if stated.is_range:
        ends = (point.edtf() if point else ".." for point in (stated.start, stated.end))
        return f"{' - '.join(ends) if stated.start else '/'.join(ends)} {signs}".strip()
    return stated.edtf if stated.is_unspecified else signs


def words_without_year(stated: StatedDate) -> str:
    """Return a season, or a range of months or seasons of one year, in words; an empty text for any other date."""
    start, end = stated.start, stated.end
    if start is None or stated.text or (stated.is_range and (end is None or end.date.day.year != start.date.day.year)):
        return ""
    names = [in_words(point).rpartition(" ")[0] for point in (start, end) if point]
    is_season, are_months = bool(start.season), start.date.precision == "month"
    is_same_kind = end is None or (bool(end.season), end.date.precision == "month") == (is_season, are_months)
    return "-".join(names) if is_same_kind and (is_season or (are_months and stated.is_range)) else ""
