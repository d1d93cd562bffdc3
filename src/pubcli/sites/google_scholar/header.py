"""Read the lines above the list of a page.

All      Since 2021
Citations  1429   1002    these three lines are always there, with words in the language of the interface
h-index    17     16
i10-index  26     22
Co-authors                optional; each name twice, as a photo's description and as text
Follow
Alice Bow                 the owner's name, twice for the same reason; above the numbers on pages before 2018
Professor of Kites, Kite University
Verified email at kite.example - Homepage
KitesWalks                interests, without anything between them
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from pubcli.biblio.names import is_same_person
from pubcli.formats.shared.collect import ParsedRecord
from pubcli.sites.google_scholar import lines
from pubcli.sites.google_scholar.lines import Line

_EMAIL = re.compile(r"\S[^@]* [\w-]+(?:\.[\w-]+)+(?: - .*)?|\S*@\S+.*")
"""Matches the line about the e-mail address: some words, the domain of the address, and perhaps a link."""
_BETWEEN_INTERESTS = re.compile(r"(?<=[^\W\d_A-Z)])(?=[A-Z])|(?<=\))(?=\w)|\s*,\s*")
_NUMBERS = ("citations", "h_index", "i10_index")


def values(header: Sequence[Line]) -> dict[str, Any]:
    """Return what a header states, by field of `Profile`. `header` are the lines above the list."""
    start = lines.header_start(header)
    if start is None:
        return {}
    stated: dict[str, Any] = {"recent_since": lines.recent_year(header[start].text)}
    for field, line in zip(_NUMBERS, header[start + 1 :], strict=False):
        stated[field], stated[f"recent_{field}"] = lines.number_and_recent(line.text) or (None, None)
    return stated | _person(header[:start], header[start + 4 :])


def _person(above: Sequence[Line], below: Sequence[Line]) -> dict[str, Any]:
    """Return name, affiliation and interests. The person is above the numbers only on old pages."""
    texts = [line.text for line in below]
    index = max((place for place in range(1, len(texts)) if texts[place] == texts[place - 1]), default=None)
    if index is None:
        texts = [line.text for line in above]
        index = next((place - 2 for place, text in enumerate(texts) if place > 1 and _EMAIL.fullmatch(text)), None)
    if index is None:
        return {}
    stated: dict[str, Any] = {"name": texts[index]}
    rest = texts[index + 1 :]
    email = next((place for place, text in enumerate(rest[:3]) if _EMAIL.fullmatch(text)), None)
    if email is None:
        return stated | {"affiliation": rest[0] if rest else None}
    stated["affiliation"] = " ".join(rest[:email]) or None
    interests = rest[email + 1] if len(rest) > email + 1 and "\t" not in rest[email + 1] else ""
    return stated | {"interests": tuple(filter(None, _BETWEEN_INTERESTS.split(interests)))}


def spellings_of_owner(name: str | None, papers: Sequence[ParsedRecord]) -> tuple[str, ...]:
    """Return the spellings under which the bylines name the owner of the page, most frequent first: `A Bow`.

    All papers of the page are by the owner, so an author with a similar name is the owner. But two such names in one
    byline are two people: then only the more frequent spelling is the owner's.
    """
    if name is None:
        return ()
    bylines = [set(paper.fields.get("authors", ())) for paper in papers]
    frequencies = Counter(author for byline in bylines for author in byline)
    spellings: list[str] = []
    for spelling, _ in sorted(frequencies.items(), key=lambda pair: (-pair[1], pair[0])):
        if spelling == name or not is_same_person(spelling, name):
            continue
        if not any(spelling in byline and not byline.isdisjoint(spellings) for byline in bylines):
            spellings.append(spelling)
    return tuple(spellings)
