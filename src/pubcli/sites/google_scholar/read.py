"""Turn the captures of a source into a document. A capture is one copy of a page, or a part of its list."""

from collections.abc import Iterator, Sequence
from typing import Any

from pubcli.formats.shared import collect
from pubcli.formats.shared.collect import Collector, PageHeader
from pubcli.formats.shared.lines import decoded_text
from pubcli.inputs import encoding
from pubcli.inputs.sources import Source
from pubcli.model import Document, Page
from pubcli.sites.google_scholar import header, lines, records
from pubcli.sites.google_scholar.lines import Line
from pubcli.sites.google_scholar.list_end import SITE, is_whole_page


def read(source: Source) -> Document:
    """Return a page for each capture. Raises InputError if no line shows citations or a year."""
    captures = _captures(lines.lines(decoded_text(source)))
    if not any(lines.counts(line.text) for capture in captures for line in capture):
        raise encoding.wrong_format_error(source, "no list of papers of Google Scholar")
    return Document(source=source.name, pages=tuple(_page(capture, source) for capture in captures))


def _captures(page: Sequence[Line]) -> list[Sequence[Line]]:
    """Return the lines of each capture. The next capture begins below the list that is above its header."""
    starts, anchor = [0], lines.header_start(page)
    while anchor is not None and (following := lines.header_start(page, anchor + 4)) is not None:
        ends = [index for index in range(anchor + 4, following) if _ends_list(page[index])]
        starts.append(ends[-1] + 1 if ends else following)
        anchor = following
    return [page[start:end] for start, end in zip(starts, [*starts[1:], len(page)], strict=True)]


def _ends_list(line: Line) -> bool:
    return lines.rows_shown(line.text) is not None or lines.counts(line.text) is not None


def _page(capture: Sequence[Line], source: Source) -> Page:
    anchor = lines.header_start(capture)
    start = 0 if anchor is None else anchor + 4
    headings = lines.list_start(capture[start:])
    has_headings = anchor is not None or headings > 0
    start = records.first(capture, start, start + headings) if anchor is not None else start + headings
    end = next((index for index in range(start, len(capture)) if lines.rows_shown(capture[index].text)), len(capture))
    collector = Collector()
    collector.extend(records.records(capture[start:end], has_headings=has_headings))
    above, below = capture[:start], capture[end:]
    is_cut = bool(below) and is_whole_page(len(collector.records))
    stated: dict[str, Any] = {"site": SITE, "list_cut": is_cut, **header.values(above)}
    stated["name_variants"] = header.spellings_of_owner(stated.get("name"), collector.records)
    numbers = tuple(_numbers([*above, *below]))
    return collect.page(source, collector, header=PageHeader(stated, numbers))


def _numbers(page: Sequence[Line]) -> Iterator[int]:
    for line in page:
        yield from range(line.number, line.last + 1)
