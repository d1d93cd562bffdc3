"""What writers of bibliographic formats put into notes, understood again: the inverse of `formats.references`."""

import re
from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from pubcli.biblio import dates, identifiers
from pubcli.formats.shared.export import ASSUMED, CUT, GUESSED

_MEANINGS: dict[str, tuple[str, Any]] = {
    ASSUMED: ("date_assumed", True),
    GUESSED: ("title_guessed", True),
    CUT: ("authors_complete", False),
}
_precision = attrgetter("precision")
_CITED = re.compile(r"Cited by (\d{1,9})|Cited By ?: ?(\d{1,9})", re.ASCII)
"""As pubcli writes it, and as Scopus does."""


def understood(note: str) -> tuple[str, dict[str, Any]]:
    """What a note says beside the doubts that pubcli tells in notes, and those as fields of a paper."""
    rest, fields = [], {}
    for sentence in note.split("; "):
        if sentence in _MEANINGS:
            field, value = _MEANINGS[sentence]
            fields[field] = value
        elif cited := _CITED.fullmatch(sentence):
            fields["citations"] = int(cited[1] or cited[2])
        else:
            rest.append(sentence)
    return "; ".join(rest), fields


def with_subtitle(title: str, subtitle: str | None) -> str:
    """The title as people read it, `title: subtitle`; the inverse is `formats.references.subtitle`."""
    if not title or not subtitle:
        return title
    return f"{title} {subtitle}" if title[-1] in "?!:.–—" else f"{title}: {subtitle}"


def dated(known: dates.Known | None) -> dict[str, Any]:
    """The two fields that hold a date."""
    return {"date": known.day, "date_precision": known.precision} if known else {}


def most_exact(found: Iterable[dates.Known]) -> dates.Known:
    """The date of which most is known, the first of equals. Raises ValueError for none."""
    return min(found, key=_precision)  # day, month, year: in the order of the alphabet too


def identified(said: dict[str, Any]) -> dict[str, Any]:
    """A paper with its DOI and its arXiv identifier, where its address or DOI holds one and nothing else did."""
    if not said.get("doi") and "doi.org/" in (said.get("url") or "") and (doi := identifiers.doi(said["url"])):
        said["doi"] = doi
    if said.get("arxiv"):
        return said
    for field in ("doi", "url"):
        address = said.get(field)
        if address and "arxiv" in address.lower() and (found := identifiers.arxiv(address)):
            said["arxiv"] = found
            break
    return said


def classified(arxiv_class: str) -> dict[str, Any]:
    """The category and the class that an arXiv class such as cs.LG stands for; the category is its last part."""
    return {"category": arxiv_class.rpartition(".")[2].upper(), "classes": (arxiv_class,)}
