"""Split what a page shows about where a paper was published into venue, volume, issue and pages."""

import re
from typing import Any

from pubcli.biblio import identifiers

_PLACE = re.compile(
    r"""(?P<venue>.*?[^\s,])
    (?:\s(?P<volume>\d{1,4}[A-Za-z]?))?
    (?:\s?\((?P<issue>[^()]{1,30})\))?
    (?:,\s(?P<pages>(?=[^,]*\d)[\w.:/+\u2010-\u2015-]+(?:,\s?[\w\u2010-\u2015-]*\d[\w\u2010-\u2015-]*)*))?""",
    re.VERBOSE,
)
_ARXIV = re.compile(r"arXiv(?: preprint)?(?: |$)", re.IGNORECASE)
_PATENT = re.compile(r"(?P<jurisdiction>[A-Z]{2}) Patent (?P<number>(?:App\. )?[\w,/. -]*\d)", re.ASCII)
_YEAR = re.compile(r"(?:19|20)\d\d")


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
