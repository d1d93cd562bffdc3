"""Read responses of arXiv's API: an Atom feed with one entry per paper."""

import re
from typing import Any
from xml.etree.ElementTree import Element

from pubcli.biblio import identifiers, stated_dates
from pubcli.formats.shared import collect, xml_stream
from pubcli.formats.shared.collect import Parsed, ParsedRecord, ParseProblem
from pubcli.formats.shared.lines import non_empty
from pubcli.formats.shared.notes import class_fields, date_fields
from pubcli.formats.shared.xml_stream import text, texts, unread
from pubcli.inputs.sources import Source
from pubcli.model import Document

_TIME = re.compile(r"T\d\d:\d\d:\d\dZ$")
"""Matches the time of day at which a version was submitted. It is not kept."""


def read(source: Source) -> Document:
    """Return the entries as one page."""
    return collect.document(source, xml_stream.records(source, ("entry",), ("feed",), _entry, lambda _: None))


def _entry(entry: Element, line: int, last_line: int) -> Parsed:
    address = text(entry.find("id"))
    if "/api/errors" in address:
        message = text(entry.find("summary"))
        return ParseProblem(line, last_line, f"arXiv answered with an error: {message}", "a paper", address)
    return ParsedRecord(line, last_line, _fields_of(entry, address))


def _fields_of(entry: Element, address: str) -> dict[str, Any]:
    authors = [name for author in entry.iterfind("author") if (name := text(author.find("name")))]
    fields: dict[str, Any] = {
        "title": text(entry.find("title")),
        "authors": tuple(authors),
        "abstract": text(entry.find("summary")),
        "arxiv": identifiers.arxiv(address),
        "doi": identifiers.doi(text(entry.find("doi"))),
        "url": address,
        "kind": "preprint",
    }
    published = text(entry.find("published"))
    stated = stated_dates.parse(_TIME.sub("", published))
    fields |= date_fields(stated.date)
    terms = [term for category in entry.iterfind("category") if (term := category.get("term"))]
    primary = entry.find("primary_category")
    class_ = (primary.get("term") if primary is not None else None) or next(iter(terms), None)
    if class_:
        fields |= class_fields(class_)
        fields["keywords"] = tuple(term for term in dict.fromkeys(terms) if term != class_)
    affiliations = dict.fromkeys(
        category for author in entry.iterfind("author") for category in texts(author, "affiliation")
    )
    held = {*map(str, fields.values()), *map(_read_part, entry.iterfind("author")), text(entry.find("doi"))}
    held |= {published} if stated.is_plain else set()
    extra = unread(entry, held if fields["doi"] else held - {text(entry.find("doi"))}, ())
    extra["affiliation"] = "; ".join(affiliations)
    fields["extra"] = {name: value for name, value in extra.items() if value}
    return non_empty(fields)


def _read_part(author: Element) -> str:
    """Return the part of an author's text that the reader uses: the name and the affiliations."""
    return " ".join(filter(None, [text(author.find("name")), *texts(author, "affiliation")]))
