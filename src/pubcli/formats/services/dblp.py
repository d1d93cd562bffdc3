"""DBLP as XML: the page of a person, the answer of a search, a single record, or an excerpt of the whole.

The page of a person says whose list it is.
"""

from typing import Any
from xml.etree.ElementTree import Element

from pubcli.biblio import dates, identifiers, names
from pubcli.formats.shared import collect, xml_stream
from pubcli.formats.shared.collect import Parsed, ParsedRecord
from pubcli.formats.shared.lines import non_empty, number
from pubcli.formats.shared.notes import date_fields, with_identifiers
from pubcli.formats.shared.xml_stream import text, texts
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
_USED = frozenset({"author", "editor", "title", "year", "month", "ee", "doi", "type", "access", "authors", "key",
                   "url", *_TEXTS, *_VENUES})  # fmt: skip


def read(source: Source) -> Document:
    """The records as one page; of a person, when the document is that person's page."""
    owners: list[str] = []

    def top(element: Element) -> None:
        if element.tag == "dblpperson" and (name := element.get("name")):
            owners.append(_plain(name))

    found = xml_stream.records(source, (*_KINDS, "hit", "person", "www"), _ROOTS, _record, top)
    return collect.document(source, found, next(iter(owners), None))


def _record(record: Element, line: int, last_line: int) -> Parsed | None:
    """A paper; None for a person, whom DBLP keeps beside the papers."""
    if record.tag in ("person", "www"):
        return None
    if record.tag == "hit":
        info = record.find("info")
        if info is None:
            return ParsedRecord(line, last_line, {})
        kind = _KINDS_OF_HITS.get(text(info.find("type")), "other")
        people = [text(one) for one in info.iterfind("authors/author")]
        authors, editors = ([], people) if text(info.find("type")) == _EDITORSHIP else (people, texts(info, "editor"))
        return ParsedRecord(line, last_line, _said(info, kind, authors, editors, text(info.find("key"))))
    authors, editors = texts(record, "author"), texts(record, "editor")
    return ParsedRecord(line, last_line, _said(record, _KINDS[record.tag], authors, editors, record.get("key", "")))


def _said(record: Element, kind: str, authors: list[str], editors: list[str], key: str) -> dict[str, Any]:
    """The fields of a paper; who edited a volume wrote none of its papers for that, and is no author."""
    said: dict[str, Any] = {
        "title": text(record.find("title")).removesuffix("."),
        "authors": tuple(map(_plain, authors)),
        "kind": kind,
        "venue": next((found for name in _VENUES if (found := text(record.find(name)))), None),
    }
    for name, field in _TEXTS.items():
        said[field] = said.get(field) or text(record.find(name))
    written = text(record.find("year"))
    year, month = number(written), dates.month_number(text(record.find("month")))
    said |= date_fields(None if year is None else dates.partial_date(year, month))
    addresses = [*texts(record, "doi"), *texts(record, "ee")]
    said["doi"] = next(filter(None, map(identifiers.doi, addresses)), None)
    said["url"] = next((address for address in addresses if address.startswith("http")), None)
    volume = said.get("volume") or ""
    if said["venue"] == "CoRR":
        said |= {"kind": "preprint", "arxiv": identifiers.arxiv(volume)}
    extra = {
        "year": written if year is None else "",
        "dblp": key,
        "editor": names.join_names(list(map(_plain, editors))),
    } | {one.tag: text(one) for one in record if one.tag not in _USED}
    if record.tag == "mastersthesis":
        extra["type"] = "Master's thesis"
    said["extra"] = {name: value for name, value in extra.items() if value}
    return with_identifiers(non_empty(said))


def _plain(name: str) -> str:
    return names.without_homonym_number(name)
