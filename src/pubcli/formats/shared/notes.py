"""Extract fields of a paper from text: from notes that pubcli wrote, and from identifiers, dates and addresses.

`parse_note` is the inverse of `export.doubts`.
"""

import re
from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from pubcli.biblio import dates, identifiers
from pubcli.biblio.dates import truncated_day
from pubcli.biblio.stated_dates import StatedDate
from pubcli.formats.shared.export import ASSUMED, CUT, GUESSED

_MEANINGS: dict[str, tuple[str, Any]] = {
    ASSUMED: ("date_assumed", True),
    GUESSED: ("title_guessed", True),
    CUT: ("authors_complete", False),
}
_precision = attrgetter("precision")
_CITED = re.compile(r"(?:Cited [Bb]y ?:?|Times Cited in Web of Science Core Collection:) {0,3}(\d{1,9})", re.ASCII)
"""A sentence in a note that states the number of citations, as pubcli, Scopus or Web of Science writes it."""


def parse_note(note: str) -> tuple[str, dict[str, Any]]:
    """Return a note without the sentences that pubcli writes into notes, and the fields that these sentences state."""
    rest, fields = [], {}
    for sentence in note.split("; "):
        if sentence in _MEANINGS:
            field, value = _MEANINGS[sentence]
            fields[field] = value
        elif cited := _CITED.fullmatch(sentence):
            fields["citations"] = int(cited[1])
        else:
            rest.append(sentence)
    return "; ".join(rest), fields


def with_subtitle(title: str, subtitle: str | None) -> str:
    """Return title and subtitle as one title, `title: subtitle`; the inverse is `export.subtitle`."""
    if not title or not subtitle:
        return title
    return f"{title} {subtitle}" if title[-1] in "?!:.–—" else f"{title}: {subtitle}"


def date_fields(date: dates.PartialDate | None) -> dict[str, Any]:
    """Return the fields `date` and `date_precision` for a date; an empty dictionary if the date is None."""
    return {"date": date.day, "date_precision": date.precision} if date else {}


def is_said_by(fields: dict[str, Any], stated: StatedDate) -> bool:
    """Return whether the date of a paper expresses everything that a source states in one of its date fields."""
    day = truncated_day(str(fields.get("date", "")), fields.get("date_precision", "day"))
    return stated == StatedDate() or (stated.is_plain and day.startswith(stated.edtf))


def most_precise(candidates: Iterable[dates.PartialDate]) -> dates.PartialDate:
    """Return the most precise date, or the first of equally precise dates. Raise ValueError if there is no date."""
    return min(candidates, key=_precision)  # "day", "month", "year": alphabetical order is the order of precision


def with_identifiers(fields: dict[str, Any]) -> dict[str, Any]:
    """Add a missing DOI from the URL, and a missing arXiv identifier from the DOI or the URL. Return `fields`."""
    if not fields.get("doi") and "doi.org/" in (fields.get("url") or "") and (doi := identifiers.doi(fields["url"])):
        fields["doi"] = doi
    if fields.get("arxiv"):
        return fields
    for field in ("doi", "url"):
        address = fields.get(field)
        if address and "arxiv" in address.lower() and (arxiv := identifiers.arxiv(address)):
            fields["arxiv"] = arxiv
            break
    return fields


def class_fields(arxiv_class: str) -> dict[str, Any]:
    """Return the fields `category` and `classes` for an arXiv class. For cs.LG, they are LG and (cs.LG,)."""
    return {"category": arxiv_class.rpartition(".")[2].upper(), "classes": (arxiv_class,)}
