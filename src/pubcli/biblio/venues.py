"""Split the text that states where a paper was published into venue, volume, issue and pages."""

import re
from typing import Any

from pubcli.biblio import identifiers
from pubcli.lazy import pattern

_PLACE = pattern(
    r"""(?P<venue>.*?[^\s,])
    (?:\s(?P<volume>\d{1,4}[A-Za-z]?))?
    (?:\s?\((?P<issue>[^()]{1,30})\))?
    (?:,\s(?P<pages>(?=[^,]*\d)[\w.:/+\u2010-\u2015-]+(?:,\s?[\w\u2010-\u2015-]*\d[\w\u2010-\u2015-]*)*))?""",
    re.VERBOSE,
)
_ARXIV = pattern(r"arXiv(?: preprint)?(?: |$)", re.IGNORECASE)
_PATENT = pattern(r"(?P<jurisdiction>[A-Z]{2}) Patent (?P<number>(?:App\. )?[\w,/. -]*\d)", re.ASCII)
_YEAR = pattern(r"(?:19|20)\d\d")

_NUMBERS = r"[A-Za-z]{0,3}\d[\w.:-]*(?:\s?[-\u2010-\u2015]{1,3}\s?[A-Za-z]{0,3}\d[\w.:]*)?"
_VOLUME = r"(?:(?:vol(?:ume)?\.?|v\.)\s?)?(?P<volume>[A-Z]?\d{1,4}[A-Za-z]?)"
_ISSUE = r"(?:no\.?|issue|number|n\.)\s?(?P<issue>[\w-]+)"
_PAGES = rf"(?:(?:pp?|pages?|id|article(?: no)?)\.?\s?)?(?P<pages>{_NUMBERS})"
_REFERENCES = tuple(
    re.compile(rf"(?P<venue>[^\d\s].{{1,200}}?)[\s,]+{pattern}\.?", re.IGNORECASE)
    for pattern in (
        # 128, 012345 (2022); 12(3), 1-20, 2026; 12:1-20, 2026; vol. 12, no. 3, pp. 1-20, 2026
        rf"{_VOLUME}(?:\s?\((?P<number>\d{{1,3}})\)|,?\s{_ISSUE})?(?:,\s?|:\s?|\s){_PAGES}"
        r"(?:,?\s?\((?:\w{3,9}\.?\s)?(?:19|20)\d\d\)|,\s(?:\w{3,9}\.?\s)?(?:19|20)\d\d)",
        # 12 (2026) 1-20; D46 (1992) 1450-1452; 12, no. 3 (2026), 1--20; 7 (2015), no. 2, 33--58; 12(3) (2026) 1-20
        rf"{_VOLUME}(?:\s?\((?P<number>\d{{1,3}})\)|:(?P<part>\d{{1,3}})|,?\s{_ISSUE})?,?\s?\((?:19|20)\d\d\)"
        rf"(?:,?\s{_ISSUE.replace('issue>', 'later>')})?(?:[,:]?\s{_PAGES})?",
    )
)
"""Patterns of references to a journal, as authors write them. The first pattern requires the year at the end.

The issue is in the group `number`, `part`, `issue` or `later`, depending on its place.
"""
_LONGEST_REFERENCE = 400


def fields_of_reference(text: str) -> dict[str, Any]:
    """Return the fields of a paper in a reference to a journal, as authors write it on arXiv.

    Examples are `J. Kites 12 (2026) 1-20`, `Phys.Rev. D46 (1992) 1450-1452` and `Ann. Wind 128, 012345 (2022)`. The
    year is not a field, because it may differ from the year of the preprint. Any other text becomes the venue.
    """
    if len(text) > _LONGEST_REFERENCE:
        return {"venue": text}
    ends_in_year = text.rstrip(".)")[-4:].isdigit()
    for reference in _REFERENCES if ends_in_year else _REFERENCES[1:]:
        if match := reference.fullmatch(text):
            fields = {field: value for field, value in match.groupdict().items() if value}
            issues = [fields.pop(place) for place in ("number", "part", "later") if place in fields]
            return fields if not issues else {"issue": issues[0], **fields}
    fields = fields_of_venue(text)
    is_split = "venue" in fields and ("issue" in fields or any(dash in fields.get("pages", "") for dash in "-–"))
    return fields if is_split else {"venue": text}


_STATED_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_IN_JOURNAL = pattern(
    r"(?P<venue>\S(?:.{0,300}?\S)??)(?:\s(?P<volume>[\w./+-]{0,40}\d[\w./+-]{0,40}))?(?:\s?\((?P<issue>[^()]{1,40})\))?"
    rf"(?::\s?(?P<pages>\S[^()]{{0,80}}?))?\s\({_STATED_YEAR}\)"
)
_IN_PROCEEDINGS = pattern(
    rf"(?P<venue>\S.{{0,300}}?),?\s{_STATED_YEAR}(?::\s?(?P<pages>\w[\w:.,/ \u2010-\u2015-]{{0,80}}))?"
)
_BOOK = pattern(
    rf"(?:(?P<series>\S.{{0,300}}), )?(?P<publisher>[^\s,][^,]{{0,200}}?),?\s{_STATED_YEAR}"
    r"(?:,\sISBN:?\s(?P<isbn>[\dXx][\dXx -]{8,20}))?(?:,\spp?\.\s(?P<pages>\w[\w.,: \u2010-\u2015-]{0,60}))?"
)
_LONGEST_PLACE = 800


def fields_with_year(text: str) -> dict[str, Any] | None:
    """Return the fields of a paper in a venue with a year, as DBLP writes it; None if the text has another form.

    The forms are `J. Kites 12(3): 1-20 (2023)`, `KITE (2) 2023: 1-10` and `Kite Press 2024, ISBN 978-..., pp. 1-504`.
    Besides fields of papers, the result may have `series` and `isbn`. `year` is a text of four digits.
    """
    if len(text) > _LONGEST_PLACE:
        return None
    is_book = "ISBN" in text or ", pp. " in text
    match = (_BOOK if is_book else _IN_JOURNAL if text.endswith(")") else _IN_PROCEEDINGS).fullmatch(text)
    return {field: value for field, value in match.groupdict().items() if value} if match else None


def fields_of_venue(text: str) -> dict[str, Any]:
    """Return the fields of a paper in a text such as `Journal of Kites 12 (3), 1-20`.

    `arXiv preprint arXiv:2410.03532` gives the identifier, and `US Patent 9,104,700` the number of a patent. A number
    that may be a year is part of the venue unless an issue follows: `KITE 2019, 1-6`.
    """
    if _ARXIV.match(text) and (identifier := identifiers.arxiv(text)):
        return {"arxiv": identifier, "kind": "preprint"}
    if patent := _PATENT.fullmatch(text):
        return {"kind": "other", "extra": {"type": "patent", **patent.groupdict()}}
    place = _PLACE.fullmatch(text)
    if place is None:
        return {"venue": text}
    fields = {field: value for field, value in place.groupdict().items() if value}
    volume = fields.get("volume", "")
    if _YEAR.fullmatch(volume) and "issue" not in fields:
        fields["venue"] += f" {fields.pop('volume')}"
    elif "issue" in fields and not volume:  # a part of the name in parentheses: Proceedings of Kites (KITE)
        return {"venue": text}
    return fields
