"""Read a saved page of a person in the ACL Anthology (HTML), which has the abstracts and the identifiers of papers."""

from collections.abc import Iterator
from typing import Any

from pubcli.biblio.dates import partial_date
from pubcli.formats.shared import collect
from pubcli.formats.shared.collect import Collector, PageHeader, Parsed, ParsedRecord, ParseProblem
from pubcli.formats.shared.html_page import Element, HtmlPage, one_line, text_of
from pubcli.formats.shared.lines import non_empty
from pubcli.formats.shared.notes import date_fields
from pubcli.inputs import encoding
from pubcli.inputs.sources import Source
from pubcli.model import Document
from pubcli.sites.acl import lines
from pubcli.sites.acl.header import ALSO, other_spellings
from pubcli.sites.acl.read import SITE
from pubcli.sites.acl.records import kind_of

_ADDRESS = "https://aclanthology.org/"
_NAME = "#title .fw-bold, #title .font-weight-bold"
"""The surname of a person. Other pages with lists of papers have no such element in their title."""
_LINKS = ("pdf", "bib", "abs")


def read(source: Source) -> Document:
    """Return the papers and the header of a page. Raise InputError if there is no list of papers."""
    page = HtmlPage(source)
    collector = Collector()
    collector.extend(_records(page))
    if not collector.records:
        raise encoding.wrong_format_error(source, "no list of papers of the ACL Anthology")
    name = text_of(page.first("#title")) if page.first(_NAME) else None
    others = next((text for text in map(text_of, page.css("p")) if text.startswith(ALSO)), "")
    stated = {"site": SITE, "name": name, "name_variants": tuple(sorted(other_spellings(others) - {name}))}
    header = PageHeader(stated, page.lines_of(("#title",)))
    return Document(source=source.name, pages=(collect.page(source, collector, header=header),))


def _records(page: HtmlPage) -> Iterator[Parsed]:
    rows = page.css(".list-button-row")
    places = iter(page.line_ranges(rows, rows[0].tag or "div", "list-button-row")) if rows else iter(())
    abstracts = {element.attributes.get("id"): text_of(element) for element in page.css(".abstract-collapse")}
    year: int | None = None
    for element in page.css("h4, .list-button-row"):
        if element.tag == "h4":
            year = lines.year(text_of(element))
            continue
        first, last = next(places)
        record = element.parent
        values = _fields(record, abstracts, year) if record else {}
        if values.get("title"):
            yield ParsedRecord(first, last, values)
        elif record and (text := one_line(record.text(separator=" "))):
            yield ParseProblem(first, last, "a record without a title", "a title", text)


def _fields(record: Element, abstracts: dict[str | None, str], year: int | None) -> dict[str, Any]:
    title = record.css_first("strong a")
    identifier = _last_part(title)
    venue = text_of(record.css_first('a[href*="/volumes/"]'))
    badges = (text_of(badge) or badge.attributes.get("title") or "" for badge in record.css(".list-button-row a.badge"))
    abstract = record.css_first('a[href*="#abstract-"]')
    place = (abstract.attributes.get("href") or "").partition("#")[2] if abstract else None
    return non_empty(
        {
            "title": text_of(title),
            "authors": tuple(text_of(link) for link in record.css('a[href*="/people/"]') if text_of(link)),
            "venue": venue,
            "kind": kind_of(venue),
            "badges": tuple(badge for badge in badges if badge not in _LINKS),
            "abstract": abstracts.get(place, "") if place else "",
            "url": f"{_ADDRESS}{identifier}/" if identifier else "",
            "extra": {"id": identifier} if identifier else {},
            **date_fields(partial_date(year) if year else None),
        }
    )


def _last_part(link: Element | None) -> str:
    """Return the identifier in the address of a paper: `2025.acl-long.1` in `/2025.acl-long.1/`."""
    address = (link.attributes.get("href") or "") if link else ""
    return address.partition("#")[0].rstrip("/").rpartition("/")[2]
