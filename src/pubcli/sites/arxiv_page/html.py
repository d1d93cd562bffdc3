"""Read a saved page of arXiv (HTML), which has what a copy loses: formulas in TeX, and whole abstracts of a search."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from pubcli.formats.shared import collect
from pubcli.formats.shared.collect import Collector, PageHeader, Parsed, ParsedRecord, ParseProblem
from pubcli.formats.shared.html_page import Element, HtmlPage, LineRange, one_line, text_of
from pubcli.formats.shared.page_lines import Line
from pubcli.inputs import encoding
from pubcli.inputs.sources import Source
from pubcli.model import Document
from pubcli.sites.arxiv_page import fields, header, lines
from pubcli.sites.arxiv_page.list_record import without_title_label
from pubcli.sites.arxiv_page.read import SITE
from pubcli.sites.arxiv_page.search_record import without_label

_RESULT = "li.arxiv-result"
_HEADINGS = "h1, .paging"
_LINE_BREAK = "\u2028"
_RENDERED = frozenset("MathJax MathJax_Preview MathJax_Display MathJax_CHTML MathJax_SVG".split())
"""The classes of elements in which MathJax 2 displays formulas."""
_SOURCE = 'script[type^="math/tex"]'
_MOST_NESTED = 100
"""Elements nested more deeply are not formulas that MathJax has written."""
_WITHOUT_SOURCE = "mjx-container, math"
"""Formulas of MathJax 3 and of browsers, which do not contain TeX."""


def read(source: Source) -> Document:
    """Return the papers and the header of a page. Raise InputError if there is no list of papers."""
    page = HtmlPage(source)
    if "math/tex" in page.text:
        _restore_tex(page)
    collector = Collector()
    collector.extend(_results(page) if page.first(_RESULT) else _listed(page))
    if not collector.records:
        raise encoding.wrong_format_error(source, "no list of papers of arXiv")
    stated = header.header(Line(1, text_of(element)) for element in page.css(_HEADINGS))
    values = {
        "site": SITE,
        "name": stated.name,
        "search": stated.search,
        "stated_papers": stated.total,
        "list_cut": (stated.total or 0) > len(collector.records) + len(collector.problems),
        "formulas_flattened": page.first(_WITHOUT_SOURCE) is not None,
    }
    heading = page.text.find("<h1")
    numbers = (page.line_at(heading),) if heading >= 0 else ()
    return Document(source=source.name, pages=(collect.page(source, collector, header=PageHeader(values, numbers)),))


def _restore_tex(page: HtmlPage) -> None:
    """Put the TeX of formulas in place of what MathJax 2 displays. A browser saves both."""
    # Selectors ignore case in pages without a document type, and arXiv's own elements have the class `mathjax`.
    elements = page.css(", ".join(f".{name}" for name in sorted(_RENDERED)))
    rendered = [part for part in elements if not _RENDERED.isdisjoint((part.attributes.get("class") or "").split())]
    for element in _outermost(rendered):
        element.decompose()
    for script in page.css(_SOURCE):
        sign = "$$" if "display" in (script.attributes.get("type") or "") else "$"
        script.replace_with(f"{sign}{script.text()}{sign}")


def _outermost(elements: Sequence[Element]) -> list[Element]:
    """Return the elements that no other of the elements contains. `elements` are in the order of the page."""
    outermost: list[Element] = []
    removed: set[int] = set()
    for element in elements:
        parent, depth = element.parent, 0
        while parent is not None and parent.mem_id not in removed and depth < _MOST_NESTED:
            parent, depth = parent.parent, depth + 1
        if parent is None:
            outermost.append(element)
            removed.add(element.mem_id)
    return outermost


def _results(page: HtmlPage) -> Iterator[Parsed]:
    """Yield the records of a search."""
    results = page.css(_RESULT)
    for result, place in zip(results, page.line_ranges(results, "li", "arxiv-result"), strict=True):
        parts = _parts(result, "p")
        link = parts["list-title"][0].css_first("a") if "list-title" in parts else None
        entry = lines.entry_of_link(text_of(link))
        title = text_of(parts["title"][0]) if "title" in parts else ""
        if entry is None or not title:
            yield _problem(place, result)
            continue
        classes, dois = _tags(result)
        texts = [text_of(paragraph) for paragraph in parts["is-size-7"]]
        labelled = dict(field for text in texts for field in lines.labelled_parts(text))
        yield _record(
            place,
            fields.entry_fields(entry._replace(classes=classes)),
            {"title": title},
            _authors(*parts["authors"]),
            _abstract_of_result(*parts["abstract"]),
            *(fields.submitted(text) for text in texts if lines.SUBMITTED.match(text)),
            fields.further_fields(labelled),
            fields.dois(dois),
        )


def _parts(element: Element, tag: str) -> defaultdict[str, list[Element]]:
    """Group the elements that have a certain tag, inside an element, by class. An element may be in several groups.

    The elements are selected only once, because a selection takes more time than reading the class of an element.
    """
    parts: defaultdict[str, list[Element]] = defaultdict(list)
    for part in element.css(tag):
        for name in (part.attributes.get("class") or "").split():
            parts[name].append(part)
    return parts


def _tags(result: Element) -> tuple[tuple[str, ...], list[str]]:
    """Return the arXiv classes and the DOIs of a result, which are in elements of one kind."""
    classes, dois = [], []
    for tag in result.css("span.tag"):
        if "data-tooltip" in tag.attributes:
            classes.append(text_of(tag))
        elif (text := text_of(tag)) != "doi":
            dois.append(text)
    return tuple(classes), dois


def _abstract_of_result(*paragraphs: Element) -> dict[str, Any]:
    """Return the whole abstract, which a search hides, or the shortened one if the whole one is missing."""
    whole = paragraphs[0].css_first(".abstract-full") if paragraphs else None
    if whole and (abstract := one_line(whole.text().strip().removesuffix(fields.LESS))):
        return {"abstract": abstract}
    shortened = text_of(paragraphs[0].css_first(".abstract-short")) if paragraphs else ""
    return fields.abstract(shortened) if shortened else {}


def _listed(page: HtmlPage) -> Iterator[Parsed]:
    """Yield the records of a listing, each in the elements `dt` and `dd`."""
    terms, descriptions = page.css("dl dt"), page.css("dl dd")
    starts, ends = page.line_ranges(terms, "dt", ""), page.line_ranges(descriptions, "dd", "")
    for term, description, start, end in zip(terms, descriptions, starts, ends, strict=False):
        place = LineRange(start.first, max(end.last, start.first))
        entry = lines.entry(text_of(term))
        parts = _parts(description, "div")
        title = without_title_label(text_of(parts["list-title"][0])) if "list-title" in parts else ""
        if entry is None or not title:
            yield _problem(place, term, description)
            continue
        others = (name for name in parts if name.startswith("list-") and name not in ("list-title", "list-authors"))
        texts = [text_of(part) for name in others for part in parts[name]]
        yield _record(
            place,
            fields.entry_fields(entry),
            {"title": title},
            _authors(*parts["list-authors"]),
            fields.further_fields(dict(field for text in texts for field in lines.labelled_parts(text))),
            {"abstract": _paragraphs(description.css_first("p"))},
            fields.assumed_date(entry.identifier),
        )


def _authors(*elements: Element) -> dict[str, Any]:
    """Return the fields for authors. Each name is a link, so that a comma may be a part of a name."""
    text = without_label(text_of(elements[0])) if elements else ""
    linked = tuple(filter(None, map(text_of, elements[0].css("a")))) if elements else ()
    if linked and ", ".join(linked) == text:
        return {"authors": linked}
    people = tuple(name for name in linked if not name.startswith(("et al", "(")))
    return fields.authors(text) | ({"authors": people} if people else {})


def _paragraphs(element: Element | None) -> str:
    """Return the text of an element, with a line for each paragraph."""
    if element is None:
        return ""
    breaks = element.css("br")
    for line_break in breaks:
        line_break.replace_with(_LINE_BREAK)
    paragraphs = element.text().split(_LINE_BREAK) if breaks else (element.text(),)
    return "\n".join(filter(None, map(one_line, paragraphs)))


def _record(place: LineRange, *parts: dict[str, Any]) -> ParsedRecord:
    return ParsedRecord(place.first, place.last, fields.merged(*parts))


def _problem(place: LineRange, *elements: Element) -> ParseProblem:
    text = one_line(" ".join(element.text(separator=" ") for element in elements))
    expected = "an identifier such as arXiv:2601.01234, and a title"
    return ParseProblem(place.first, place.last, "a record without an identifier or a title", expected, text)
