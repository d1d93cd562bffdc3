"""Read XML of DBLP: a person's page, search results, a single record, or an excerpt of the whole database.

Only a person's page states an owner.
"""

from typing import Any
from xml.etree.ElementTree import Element

from pubcli.biblio import identifiers, names, stated_dates
from pubcli.formats.shared import collect, xml_stream
from pubcli.formats.shared.collect import Parsed, ParsedRecord
from pubcli.formats.shared.lines import non_empty
from pubcli.formats.shared.notes import date_fields, with_identifiers
from pubcli.formats.shared.xml_stream import text, texts, unread
from pubcli.inputs.sources import Source
from pubcli.model import Document

_KINDS = {
    "article": "article", "inproceedings": "inproceedings", "proceedings": "book", "book": "book",
    "incollection": "chapter", "phdthesis": "thesis", "mastersthesis": "thesis", "data": "dataset",
}  # fmt: skip
_EDITORSHIP = "Editorship"
_KINDS_OF_HITS = {
    "Journal Articles": "article", "Conference and Workshop Papers": "inproceedings",
    "Informal Publications": "preprint", "Informal and Other Publications": "preprint", "Books and Theses": "book",
    "Parts in Books or Collections": "chapter", _EDITORSHIP: "book", "Data and Artifacts": "dataset",
    "Reference Works": "book",
}  # fmt: skip
_ROOTS = ("dblp", "dblpperson", "result")
_TEXTS = {"volume": "volume", "number": "issue", "pages": "pages", "publisher": "publisher", "school": "publisher"}
_VENUES = ("journal", "booktitle", "venue", "series")
_IGNORED = frozenset({"type", "access", "authors", "key", "url"})
"""Elements that say how DBLP files a record. The address is a path on DBLP's own pages."""


def read(source: Source) -> Document:
    """Return the records as one page. The page has an owner if the source is a person's page."""
    owners: list[str] = []

    def top(element: Element) -> None:
        if element.tag == "dblpperson" and (name := element.get("name")):
            owners.append(_plain(name))

    records = xml_stream.records(source, (*_KINDS, "hit", "person", "www"), _ROOTS, _record, top)
    return collect.document(source, records, next(iter(owners), None))


def _record(record: Element, line: int, last_line: int) -> Parsed | None:
    """Return a paper. Return None for a record about a person, because DBLP lists persons among the papers."""
    if record.tag in ("person", "www"):
        return None
    if record.tag == "hit":
        info = record.find("info")
        if info is None:
            return ParsedRecord(line, last_line, {})
        kind = _KINDS_OF_HITS.get(text(info.find("type")), "other")
        people = [text(element) for element in info.iterfind("authors/author")]
        authors, editors = ([], people) if text(info.find("type")) == _EDITORSHIP else (people, texts(info, "editor"))
        return ParsedRecord(line, last_line, _fields_of(info, kind, authors, editors, text(info.find("key"))))
    authors, editors = texts(record, "author"), texts(record, "editor")
    return ParsedRecord(
        line, last_line, _fields_of(record, _KINDS[record.tag], authors, editors, record.get("key", ""))
    )


def _fields_of(record: Element, kind: str, authors: list[str], editors: list[str], key: str) -> dict[str, Any]:
    """Return the fields of a paper. Editors go to `extra`, because they are not authors."""
    fields: dict[str, Any] = {
        "title": text(record.find("title")).removesuffix("."),
        "authors": tuple(map(_plain, authors)),
        "kind": kind,
        "venue": next((venue for name in _VENUES if (venue := text(record.find(name)))), None),
    }
    for name, field in _TEXTS.items():
        fields[field] = fields.get(field) or text(record.find(name))
    written = text(record.find("year"))
    month = text(record.find("month"))
    year, in_full = stated_dates.parse(written), stated_dates.parse(f"{month} {written}".strip())
    stated = year if in_full.text else in_full
    fields |= date_fields(stated.date)
    addresses = [*texts(record, "doi"), *texts(record, "ee")]
    fields["doi"] = next(filter(None, map(identifiers.doi, addresses)), None)
    fields["url"] = next((address for address in addresses if address.startswith("http")), None)
    volume = fields.get("volume") or ""
    if fields["venue"] == "CoRR":
        fields |= {"kind": "preprint", "arxiv": identifiers.arxiv(volume)}
    extra = {
        "year": "" if year.is_plain else written,
        "month": "" if in_full.is_plain else month,
        "dblp": key,
        "editor": names.join_names(list(map(_plain, editors))),
    }
    held = {text(record.find("title")), written, month, *authors, *editors, *map(str, fields.values())}
    held |= {address for address in addresses if fields["doi"] and identifiers.doi(address) == fields["doi"]}
    for name, left in unread(record, held, _IGNORED).items():
        extra[name] = f"{extra[name]}; {left}" if extra.get(name) else left
    if record.tag == "mastersthesis":
        extra["type"] = "Master's thesis"
    fields["extra"] = {name: value for name, value in extra.items() if value}
    return with_identifiers(non_empty(fields))


def _plain(name: str) -> str:
    return names.without_homonym_number(name)
