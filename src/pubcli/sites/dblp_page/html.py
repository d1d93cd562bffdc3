"""Read a saved page (HTML), whose elements are labelled in the vocabulary of schema.org.

HTML shows where a title ends, and adds the kind, the key and the address of each record.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pubcli.biblio import identifiers
from pubcli.biblio.venues import fields_with_year
from pubcli.formats.shared import collect
from pubcli.formats.shared.collect import Collector, PageHeader, Parsed, ParsedRecord, ParseProblem
from pubcli.formats.shared.html_page import Element, HtmlPage, one_line, text_of
from pubcli.formats.shared.notes import with_identifiers
from pubcli.inputs import encoding
from pubcli.inputs.sources import Source
from pubcli.model import Document
from pubcli.sites.dblp_page import fields, header
from pubcli.sites.dblp_page.read import SITE

_KINDS = {
    "article": "article", "inproceedings": "inproceedings", "incollection": "chapter", "book": "book",
    "editor": "book", "reference": "book", "informal": "preprint", "data": "dataset", "phdthesis": "thesis",
    "mastersthesis": "thesis",
}  # fmt: skip
"""The kinds of papers for the classes of the elements."""
_PARTS = {
    "volume": "volumeNumber", "issue": "issueNumber", "pages": "pagination", "isbn": "isbn", "year": "datePublished",
    "publisher": "publisher",
}  # fmt: skip
"""Properties of schema.org that hold fields of a paper."""
_NAMED = ("author", "editor", "isPartOf")
"""Properties whose elements contain a name."""
_HEADER = ("#headline", "#info-section", "#record-count", "#record-info")


def read(source: Source) -> Document:
    """Return the records and the header of a page. Raise InputError if there is no list of papers."""
    page = HtmlPage(source)
    collector = Collector()
    collector.extend(_records(page))
    if not collector.has_records:
        raise encoding.wrong_format_error(source, "no list of papers of DBLP")
    stated = {"site": SITE} | _header(page)
    return Document(
        source=source.name,
        pages=(collect.page(source, collector, header=PageHeader(stated, page.lines_of(_HEADER))),),
    )


def _records(page: HtmlPage) -> Iterator[Parsed]:
    entries = page.css("li.entry")
    for entry, (first, last) in zip(entries, page.line_ranges(entries, "li", 'class="entry'), strict=True):
        properties = _properties(entry)
        if text_of(*properties["title"][:1]):
            yield ParsedRecord(first, last, _fields(entry, properties))
        elif text := one_line(entry.text(separator=" ")):
            yield ParseProblem(first, last, "an entry of the list without a title", "a title", text)


def _properties(entry: Element) -> defaultdict[str, list[Element]]:
    """Map each property to the elements of an entry that have it.

    The property of an element `name` is that of the element around it, such as `author` or `isPartOf`. The elements are
    selected only once, because a selection takes more time than looking at an element.
    """
    properties: defaultdict[str, list[Element]] = defaultdict(list)
    named = ""
    for element in entry.css("[itemprop], span.title"):
        attributes = element.attributes
        name = attributes.get("itemprop") or ""
        if "title" in (attributes.get("class") or "").split():
            name, named = "title", ""
        elif name in _NAMED:
            named = name
            continue
        elif name == "name":
            name = named
        elif name == "url" and named:
            continue
        properties[name].append(element)
    return properties


def _fields(entry: Element, properties: Mapping[str, Sequence[Element]]) -> dict[str, Any]:
    title = text_of(properties["title"][0])
    people = [text_of(name) for name in (*properties.get("author", ()), *properties.get("editor", ()))]
    number = text_of(entry.css_first(".nr")).strip("[]")
    values = fields.paper_fields(number, people, title.removesuffix("."), _venue(entry, title, properties))
    classes = (entry.attributes.get("class") or "").split()
    if kind := next((_KINDS[name] for name in classes if name in _KINDS), None):
        values["kind"] = "thesis" if values.get("kind") == "thesis" else kind
    if key := entry.attributes.get("id"):
        values["extra"] = {**values.get("extra", {}), "dblp": key}
    addresses = [link.attributes.get("href") or "" for link in properties.get("url", ())]
    if addresses and addresses[0].startswith("http"):
        values["url"] = addresses[0]
    if doi := next(filter(None, map(identifiers.doi, addresses)), None):
        values["doi"] = doi
    return with_identifiers(values)


def _venue(entry: Element, title: str, properties: Mapping[str, Sequence[Element]]) -> dict[str, Any]:
    """Return the fields of the venue. Values that no element states are read from the text after the title."""
    text = text_of(entry.css_first(".data")).partition(title)[2].strip().removesuffix("[contents]").strip()
    shown = fields_with_year(text) or {}
    stated = {field: text_of(*properties.get(name, ())[:1]) for field, name in _PARTS.items()}
    stated["isbn"] = stated["isbn"].removeprefix("ISBN").strip()
    year = stated["year"]
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        del stated["year"]
    if not stated["publisher"] and "venue" not in shown and "publisher" not in shown:
        stated["venue"] = text_of(*properties.get("isPartOf", ())[:1])
    return shown | {field: value for field, value in stated.items() if value}


def _header(page: HtmlPage) -> dict[str, Any]:
    """Return what the header states, by field of `Profile`."""
    name = text_of(page.first("#headline .primary") or page.first("#headline [itemprop=name]"))
    affiliations = map(text_of, page.css("#info-section [itemprop=affiliation] [itemprop=name]"))
    counts = [text_of(page.first(selector)) for selector in ("#record-count", "#max-record-count")]
    texts = [f"zoomed in on {counts[0]} of {counts[1]} records"]
    return header.stated(name, affiliations, texts)
