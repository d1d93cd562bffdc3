"""Read the lines above the list of a page.

Nora Quillfeather                     above `export` or `Person information`
affiliation: Kite University          optional; perhaps several
zoomed in on 5 of 120 records         `?? of ??` if a program stored the text without a browser
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from pubcli.biblio import names
from pubcli.formats.shared.page_lines import Line
from pubcli.sites.dblp_page import lines

_BELOW_NAME = re.compile(r"export(?: bibliography)?|\[?[-+]?\]? ?Person information|> Home > Persons", re.IGNORECASE)
_AFFILIATION = re.compile(r"affiliation(?: \(.{1,40}\))?: (\S.*)", re.IGNORECASE)
_ZOOMED = re.compile(r"zoomed in on ([\d,]+) of ([\d,]+) records?")
_ALL = re.compile(r"showing all ([\d,]+) records?")
_LONGEST_NAME = 100


def values(header: Sequence[Line]) -> dict[str, Any]:
    """Return what a header states, by field of `Profile`."""
    texts = [line.text for line in header]
    affiliations = [match[1] for text in texts if (match := _AFFILIATION.fullmatch(text))]
    return stated(_name(texts) or "", affiliations, texts)


def stated(name: str, affiliations: Iterable[str], texts: Iterable[str]) -> dict[str, Any]:
    """Return the fields of `Profile` for a name, affiliations, and texts that may state the number of records."""
    values: dict[str, Any] = {
        "name": names.without_homonym_number(name) or None,
        "affiliation": "; ".join(filter(None, affiliations)) or None,
    }
    for text in texts:
        if match := _ZOOMED.fullmatch(text):
            shown, total = (int(number.replace(",", "") or 0) for number in match.groups())
            values |= {"stated_papers": total, "list_cut": shown < total}
        elif match := _ALL.fullmatch(text):
            values["stated_papers"] = int(match[1].replace(",", "") or 0)
    return values


def _name(texts: Sequence[str]) -> str | None:
    for above, below in pairwise(texts):
        is_name = _BELOW_NAME.fullmatch(below) and not _BELOW_NAME.fullmatch(above) and len(above) <= _LONGEST_NAME
        if is_name and not lines.begins_capture(above) and not above.lower().endswith((" dblp", " search")):
            return above
    return None
