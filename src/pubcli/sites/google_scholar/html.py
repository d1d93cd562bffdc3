"""Read a saved profile page (HTML), whose elements have had the same names since 2014.

HTML cuts titles, names and venues where the copied text cuts them, too. It adds the identifiers of each paper.
"""

import re
from collections.abc import Iterator
from typing import Any

from pubcli.formats.shared import collect
from pubcli.formats.shared.collect import Collector, PageHeader, Parsed, ParsedRecord, ParseProblem
from pubcli.formats.shared.html_page import Element, HtmlPage, one_line, text_of
from pubcli.formats.shared.lines import number
from pubcli.inputs import encoding
from pubcli.inputs.sources import Source
from pubcli.model import Document
from pubcli.sites.google_scholar import header, lines, records
from pubcli.sites.google_scholar.lines import Counts
from pubcli.sites.google_scholar.list_end import SITE, is_whole_page

_ID = re.compile(r"[?&](citation_for_view|cites)=([\w:,-]{1,200})")
"""Matches the identifier of a paper in an address, or the identifiers of the papers whose citations are counted."""
_NUMBERS = ("citations", "h_index", "i10_index")
_PERSON = ("#gsc_prf_in", ".gsc_prf_il", "#gsc_prf_ivh", "#gsc_rsb_st")
"""The elements of the header: name, affiliation, e-mail address, numbers."""


def read(source: Source) -> Document:
    """Return the papers and the header of a page. Raises InputError if there is no list of papers."""
    page = HtmlPage(source)
    collector = Collector()
    collector.extend(_records(page))
    if not collector.records:
        raise encoding.wrong_format_error(source, "no list of papers of Google Scholar")
    stated: dict[str, Any] = {"site": SITE, "list_cut": _is_cut(page, len(collector.records))} | _header(page)
    stated["name_variants"] = header.spellings_of_owner(stated["name"], collector.records)
    page_header = PageHeader(stated, page.lines_of(_PERSON))
    return Document(source=source.name, pages=(collect.page(source, collector, header=page_header),))


def _records(page: HtmlPage) -> Iterator[Parsed]:
    rows = page.css("tr.gsc_a_tr")
    for row, (first, last) in zip(rows, page.line_ranges(rows, "tr", "gsc_a_tr"), strict=True):
        title = text_of(row.css_first("a.gsc_a_at"))
        if title:
            yield ParsedRecord(first, last, _fields(row, title))
        elif text := one_line(row.text(separator=" ")):
            yield ParseProblem(first, last, "a row of the list without a title", "a title", text)


def _fields(row: Element, title: str) -> dict[str, Any]:
    byline, venue = [text_of(part) for part in [*row.css("div.gs_gray"), None, None][:2]]
    year = text_of(row.css_first(".gsc_a_h"))
    if hidden := text_of(row.css_first("div.gs_gray span.gs_oph")):
        venue = venue.removesuffix(hidden).rstrip()  # the year, which browsers do not show here
    citations = number(text_of(row.css_first("a.gsc_a_ac")).rstrip("*"))
    is_merged = row.css_first(".gsc_a_am") is not None
    counts = Counts(citations, is_merged and citations is not None, number(year) if lines.is_year(year) else None)
    values = records.fields(title, byline, venue, counts)
    addresses = " ".join(link.attributes.get("href") or "" for link in row.css("a.gsc_a_at, a.gsc_a_ac"))
    identifiers = dict(_ID.findall(addresses))
    return values | ({"extra": values.get("extra", {}) | identifiers} if identifiers else {})


def _is_cut(page: HtmlPage, rows: int) -> bool:
    """Return whether there are more rows: the button that shows them can be pressed."""
    button = page.first("#gsc_bpf_more")
    return is_whole_page(rows) if button is None else "disabled" not in button.attributes


def _header(page: HtmlPage) -> dict[str, Any]:
    """Return what the header states, by field of `Profile`."""
    interests = filter(None, map(text_of, page.css("#gsc_prf_int a")))
    stated: dict[str, Any] = {
        "name": text_of(page.first("#gsc_prf_in")) or None,
        "affiliation": text_of(page.first(".gsc_prf_il")) or None,
        "interests": tuple(interests),
    }
    headings = "\t".join(text_of(heading) for heading in page.css("#gsc_rsb_st th"))
    cells = [number(re.sub(r"\D", "", text_of(cell))) for cell in page.css("td.gsc_rsb_std")]
    if len(cells) == 2 * len(_NUMBERS):
        stated["recent_since"] = lines.recent_year(headings)
        stated |= dict(zip(_NUMBERS, cells[::2], strict=True))
        stated |= {f"recent_{field}": cell for field, cell in zip(_NUMBERS, cells[1::2], strict=True)}
    return stated
