"""Recognise the lines that begin a record, and the lines around the records.

[j4]                            begins a record; [c5]Alice Bow, Carol Day: in a stored text
view, export, ask others        the buttons of a record
2020 – today, 2024              headings
Coauthor Index                  begins the foot of the page

A stored text glues records: Title. J. Kites 12(3): 101-140 (2024) - [c5]Alice Bow, Carol Day:
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pubcli.formats.shared.page_lines import Line

_GLUE = re.compile(r"\s+-\s+(?=\[[a-z]\d{1,5}\])|(?<=[\d)\]])\s+-\s+(?=(?:19|20)\d\d$)")
_BULLETS = "-\u2022\u2013*"
_BULLET = re.compile(rf"^[{_BULLETS}]\s+(?=\S)")
NUMBER = re.compile(r"\[([a-z])(\d{1,5})\](?!\s*\[)\s*")
_BUTTONS = re.compile(
    r"view|export|share|ask others|(?:export|share) (?:record|bibliography)|electronic edition.*|unpaywalled version"
    r"|references & citations|details & citations|no references & citations available|authority control:|Wikidata|ORCID"
    r"|BibTeX|RIS|RDF.*|XML|dblp key:|(?:journals|conf|books|phd|reference|series|homepages|data)/\S+"
    r"|Google(?: Scholar)?|Semantic Scholar|Internet Archive Scholar|CiteSeerX|PubPeer|Twitter"
    r"|Bluesky|Mastodon|Reddit|BibSonomy|LinkedIn|Mendeley|persistent URL:|https?://dblp\.\S+",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"(?:19|20)\d\d(?:\s*[\u2010-\u2015-]\s*(?:(?:19|20)\d\d|today))?|Books and Theses|Journal Articles"
    r"|Conference and Workshop Papers|Parts in Books or Collections|Editorship|Reference Works|Preprints?"
    r"|Informal(?: and Other)? Publications|Data and Artifacts|\[[-+\u2212]\] .{1,60}",
    re.IGNORECASE,
)
_FOOT = re.compile(
    r"Coauthor Index|data released under .*|last updated on .*|manage site settings|see FAQ|SPARQL queries"
    r"|to protect your privacy.*|all settings here will be stored.*|add open access links.*|Unpaywalled article links"
    r"|Imprint",
    re.IGNORECASE,
)
_CAPTURE = re.compile(r"default search action|dblp computer science bibliography|dblp: .{1,100}", re.IGNORECASE)


def pieces(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the parts of lines that glue several records, without bullets. A part has the number of its line."""
    for line in lines:
        if " - " not in line.text and line.text[0] not in _BULLETS:  # fast path for nearly all lines
            yield line
            continue
        for part in _GLUE.split(line.text):
            yield Line(line.number, _BULLET.sub("", part, count=1).strip())


def begins_record(text: str) -> bool:
    """Return whether a line begins with the number of a record.

    A line that begins with several numbers is part of the index of co-authors.
    """
    return text.startswith("[") and NUMBER.match(text) is not None


@lru_cache(maxsize=1_000)
def is_button(text: str) -> bool:
    """Return whether a line is a button of a record, or an entry of its menus."""
    return _BUTTONS.fullmatch(text) is not None


def is_heading(text: str) -> bool:
    """Return whether a line is a heading between records."""
    return _HEADING.fullmatch(text) is not None


def begins_foot(text: str) -> bool:
    """Return whether a line is the first below the list."""
    return _FOOT.fullmatch(text) is not None


def begins_capture(text: str) -> bool:
    """Return whether a line is at the top of a page."""
    return _CAPTURE.fullmatch(text) is not None
