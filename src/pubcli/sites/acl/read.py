"""Turn the captures of a source into a document. A capture is one copy of a page, or a part of its list."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pubcli.formats.shared import collect
from pubcli.formats.shared.collect import Collector, PageHeader, ParseProblem
from pubcli.formats.shared.page_lines import Line, blocks, joined, page_lines
from pubcli.inputs import encoding
from pubcli.inputs.sources import Source
from pubcli.model import Document
from pubcli.sites.acl import header, lines, records

SITE = "acl"


class _Capture(NamedTuple):
    """What was read from one copy of a page."""

    stated: dict[str, Any]
    """Values by field of `Profile`."""
    collector: Collector
    numbers: list[int]
    """The numbers of the lines that belong to no record."""


def read(source: Source) -> Document:
    """Return a page for each capture. Raise InputError if no line begins a record."""
    page = page_lines(source)
    if not any(lines.is_links(line.text) for line in page):
        raise encoding.wrong_format_error(source, "no list of papers of the ACL Anthology")
    captures: list[_Capture] = []
    for capture in map(_capture, _captures(page)):
        if captures and not (captures[-1].collector.records and capture.collector.records):
            captures.append(_merged(captures.pop(), capture))  # lines without a record do not make a page
        else:
            captures.append(capture)
    pages = (
        collect.page(source, collector, header=PageHeader(stated, tuple(sorted(numbers))))
        for stated, collector, numbers in captures
    )
    return Document(source=source.name, pages=tuple(pages))


def _merged(first: _Capture, second: _Capture) -> _Capture:
    """Merge two captures, of which at most one has records. The header of the capture with records is kept."""
    stated = first.stated if first.collector.records else second.stated
    collector = Collector()
    for part in (first.collector, second.collector):
        collector.extend([*part.records, *part.problems])
    return _Capture(stated, collector, first.numbers + second.numbers)


def _captures(page: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Yield the lines of each capture.

    Each capture after the first begins inside or below the foot of the capture before it. It begins with the first line
    of the site's pages or, if this line was not copied, with the name of the person.
    """
    start, foot, has_records = 0, None, False
    for index, line in enumerate(page):
        if lines.is_links(line.text):
            if foot is not None and has_records:
                begin = _beginning(page, foot, index)
                yield page[start:begin]
                start = begin
            foot, has_records = None, True
        elif foot is None and has_records and (_is_foot(page, index) or lines.begins_page(line.text)):
            foot = index
    yield page[start:]


def _is_foot(page: Sequence[Line], index: int) -> bool:
    """Return whether the foot of a page begins at a line. A title, below the links, may have the same text."""
    return lines.begins_foot(page[index].text) and not (index and lines.is_links(page[index - 1].text))


def _beginning(page: Sequence[Line], foot: int, links: int) -> int:
    """Return the index of the first line of a capture.

    At the index `foot`, the foot of the capture above begins, and at `links`, the first record of this capture.
    """
    for index in range(foot, links):
        if lines.begins_page(page[index].text):
            return index
    for index in range(foot + 1, links):
        if header.is_below_name(page[index].text):
            return index - 1
    has_year = lines.year(page[links - 1].text) is not None
    return max(foot + 1, links - 1 - has_year)


def _capture(capture: Sequence[Line]) -> _Capture:
    first = next(index for index, line in enumerate(capture) if lines.is_links(line.text))
    foot = next((index for index in range(first, len(capture)) if _is_foot(capture, index)), len(capture))
    start = first - 1 if first and lines.year(capture[first - 1].text) else first
    above, listed, below = capture[:start], capture[start:foot], capture[foot:]
    person = header.person(above, listed)
    above, problems = _without_rest_of_record(above)
    collector = Collector()
    collector.extend(problems)
    numbers = [line.number for line in (*above, *below)]
    next_year: int | None = None
    for block in blocks(listed, lines.is_links):
        year = next_year
        if block and lines.year(block[-1].text):
            next_year = lines.year(block[-1].text)
            numbers.append(block[-1].number)
            block = block[:-1]
        if block:
            collector.extend(records.records(block, year, person.spellings))
    variants = tuple(sorted(person.spellings - {person.name})) if person.name else ()
    stated = {"site": SITE, "name": person.name, "name_variants": variants}
    return _Capture(stated, collector, numbers)


def _without_rest_of_record(above: Sequence[Line]) -> tuple[Sequence[Line], list[ParseProblem]]:
    """Separate the lines above a list from the rest of a record, which becomes a problem.

    A copy that begins inside a record has such a rest.
    """
    stray = next((index for index, line in enumerate(above) if len(lines.names(line.text)) > 1), None)
    if stray is None:
        return above, []
    start = max(0, stray - 1)
    rest = above[start:]
    reason, expected = "the beginning of the record is missing", "a line of links such as `pdf bib`"
    return above[:start], [ParseProblem(rest[0].number, rest[-1].number, reason, expected, joined(rest))]
