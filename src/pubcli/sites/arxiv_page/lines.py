"""Recognise the lines that begin a record, that name a field, and that belong to the page around the list.

arXiv:2601.01234v1  [pdf, ps, other]  cs.LG math.CO         begins a record of a search
[1] arXiv:2601.01234 (cross-list from cs.AI) [pdf, html]    begins a record of a listing
Comments: 12 pages                                          names a field
Total of 102 entries                                        belongs to the page
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pubcli.biblio.arxiv_categories import NAMES

IDENTIFIER = r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})"
BULLET = "[-\u2022*]"
"""The mark that some programs write before each item of a list."""
_CLASS = r"[a-z-]+(?:\.[A-Za-z-]+)?"
_ENTRY = re.compile(
    rf"(?:{BULLET}\s+)?(?:\[(?P<number>\d{{1,7}})\]\s*|\d{{1,7}}\.\s+)?arXiv:(?P<identifier>{IDENTIFIER})(?:v(?P<version>\d+))?"
    rf"(?P<asides>(?:\s*\([^()]*\))*)(?:\s*\[(?P<formats>[a-z, ]*)\])?(?P<classes>(?:\s+{_CLASS})*)\s*"
)
LABEL = (
    r"(?P<label>Comments?|Journal[- ]ref(?:erence)?|Report[- ](?:number|no)|MSC[- ][Cc]lass(?:es)?"
    r"|ACM[- ][Cc]lass(?:es)?|Subjects?|DOI)\s?:\s*"
)
"""Matches the name of a field at the beginning of a line."""
_LABELLED = re.compile(rf"{LABEL}(?P<value>.*)")
_FIELDS = {
    "com": "comments", "jou": "journal-ref", "rep": "report-no", "msc": "msc-class", "acm": "acm-class",
    "sub": "subjects", "doi": "doi",
}  # fmt: skip
"""Names of fields, as in arXiv's metadata, by the first three letters of the label."""
SUBMITTED = re.compile(r"Submitted (\d{1,2} \w+,? \d{4})(?=[;.]|$)")
_PART_OF_RECORD = re.compile(r"(?:Title|Authors|Abstract|Subjects): ?|Submitted \d{1,2} \w+,? \d{4};")
_CAPTURE = re.compile(
    r"Skip to main content|(?:Showing )?[\d,]+ ?[\u2010-\u2015-] ?[\d,]+ of [\d,]+\+? results?\b.*"
    r"|.+['\u2019]s? articles on arXiv|Showing new listings for .*|arXiv logo > .*",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"\[? ?(?:Total of \d+ entries|Showing (?:up to )?\d+ entries per page).*"
    r"|[^(]*\([^()]*\bshowing [^()]*\d of \d+ entries ?\)"
    r"|(?:New submissions|Cross-lists|Replacements) for \w{3}, \d.*|No updates (?:for|on) .*"
    r"|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} \w{3} \d{2,4}|Links to: ?arXiv.*|Only \d+ pages are available.*"
    r"|The web address for this page .*|See author identifier help.*|Disable MathJax.*|About arXiv.*"
    r"|About|Help|Contact|Subscribe|Donate|Copyright|Previous|Next|Privacy Policy|Web Accessibility Assistance"
    r"|contact arXiv.*|subscribe to arXiv.*|arXiv Operational Status.*|Get status notifications.*"
    r"|\d{1,4}|\u2026",
    re.IGNORECASE,
)
_LONGEST = 200
"""The largest number of characters of a line that is compared with the patterns above, to save time."""
_LONG_LINES = ("The web address for this page ", "Total of ", "[ total of ", "[ Total of ", "Links to:")
"""The beginnings of longer lines that belong to the page."""


class Entry(NamedTuple):
    """The line that begins a record."""

    identifier: str
    version: str | None
    """The number of the version, if the line states it."""
    number: int | None
    """The place in a listing; None for a record of a search."""
    aside: str | None
    """A remark in parentheses: `replaced`, `cross-list from cs.AI`."""
    classes: tuple[str, ...]
    """The arXiv classes; empty in a listing, which shows them below."""


def entry(text: str) -> Entry | None:
    """Return the parts of a line that begins a record; None for any other line."""
    return _entry(text) if "arXiv:" in text[:20] else None


@lru_cache(maxsize=1_000)
def _entry(text: str) -> Entry | None:
    match = _ENTRY.fullmatch(text)
    if match is None or not (match["number"] or match["formats"] or _are_classes(match["classes"].split())):
        return None
    aside = "; ".join(part.strip("() ") for part in match["asides"].split(")") if part.strip())
    number = int(match["number"]) if match["number"] else None
    return Entry(match["identifier"], match["version"], number, aside or None, tuple(match["classes"].split()))


def entry_of_link(text: str) -> Entry | None:
    """Return the identifier and the version in the text of a link, such as `arXiv:2601.01234v1`; None for others."""
    match = _ENTRY.fullmatch(text)
    return Entry(match["identifier"], match["version"], None, None, ()) if match else None


def classes(text: str) -> tuple[str, ...]:
    """Return the classes that a line consists of; an empty tuple for any other line."""
    names = tuple(text.split())
    return names if _are_classes(names) else ()


def _are_classes(names: Sequence[str]) -> bool:
    return bool(names) and all(name in NAMES or name in _ARCHIVES for name in names)


_ARCHIVES = frozenset(name.partition(".")[0] for name in NAMES)
"""Archives that have classes. A paper from before the classes were introduced is in the archive only: cond-mat."""


def labelled(text: str) -> tuple[str, str] | None:
    """Return the name of a field and its value from a line such as `Comments: 12 pages`; None for any other line."""
    match = _LABELLED.fullmatch(text)
    return (_FIELDS[match["label"][:3].lower()], match["value"].strip()) if match else None


def labelled_parts(text: str) -> list[tuple[str, str]]:
    """Return the fields in a line that may name several: `Report number: KITE-1 MSC Class: 68W20 ACM Class: F.2.2`."""
    first = labelled(text)
    if first is None or first[0] not in ("report-no", "msc-class", "acm-class"):
        return [first] if first else []
    starts = [match.start() for match in _CLASSES.finditer(text)]
    parts = (text[start:end].strip() for start, end in zip([0, *starts], [*starts, len(text)], strict=True))
    return [field for part in parts if part and (field := labelled(part))]


_CLASSES = re.compile(r"(?<=\s)(?:MSC|ACM)[- ][Cc]lass(?:es)?:")


def is_part_of_record(text: str) -> bool:
    """Return whether a line can only be a part of a record, because it names one of its main fields."""
    return _PART_OF_RECORD.match(text) is not None


def begins_capture(text: str) -> bool:
    """Return whether a line is at the top of a page, so that another capture begins there."""
    return len(text) <= _LONGEST and _CAPTURE.fullmatch(text) is not None


def is_around_list(text: str) -> bool:
    """Return whether a line belongs to the page around the list: its top, headings, page numbers or its foot."""
    if len(text) > _LONGEST:
        return text.startswith(_LONG_LINES)
    return _PAGE.fullmatch(text) is not None or _CAPTURE.fullmatch(text) is not None
