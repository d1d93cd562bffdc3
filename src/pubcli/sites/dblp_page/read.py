"""Turn the captures of a source into a document. A capture is one copy of a page, or a part of its list."""

from collections.abc import Iterator, Sequence

from pubcli.formats.shared import collect
from pubcli.formats.shared.collect import Collector, PageHeader, ParseProblem
from pubcli.formats.shared.page_lines import Line, blocks, page_lines
from pubcli.inputs import encoding
from pubcli.inputs.sources import Source
from pubcli.model import Document, Page
from pubcli.sites.dblp_page import header, lines, records, titles

SITE = "dblp-page"
_A_RECORD = "a number such as [j4], authors, and a line such as Title. J. Kites 12(3): 1-20 (2023)"


class _Capture:
    """The lines and the records of one copy of a page."""

    def __init__(self) -> None:
        self.collector = Collector()
        self.header: list[Line] = []
        self.around: list[Line] = []
        """The lines that belong to no record, among them the header."""


def read(source: Source) -> Document:
    """Return a page for each capture. Raise InputError if the source has no record of DBLP."""
    captures = list(_captures(list(lines.pieces(page_lines(source)))))
    if not any(capture.collector.has_records for capture in captures):
        raise encoding.wrong_format_error(source, "no list of papers of DBLP")
    return Document(source=source.name, pages=tuple(_page(capture, source) for capture in captures))


def _captures(pieces: Sequence[Line]) -> Iterator[_Capture]:
    capture = _Capture()
    for part in blocks(pieces, lines.begins_capture):
        if capture.collector.has_records:
            yield capture
            capture = _Capture()
        _add(capture, part)
    yield capture


def _add(capture: _Capture, part: Sequence[Line]) -> None:
    """Add the lines of a page to a capture.

    The index of co-authors at the foot of the page is split off first, because it also contains numbers of records.
    """
    foot = next((index for index, line in enumerate(part) if line.text.lower() == "coauthor index"), len(part))
    above, *others = blocks(part[:foot], lines.begins_record)
    start = _first_title(above)
    capture.header += above[:start]
    capture.around += above[:start]
    for block in (above[start:], *others):
        if block:
            item, used = records.record(block)
            capture.collector.add(item)
            _add_rest(capture, block[used:])
    capture.around += part[foot:]


def _first_title(above: Sequence[Line]) -> int:
    """Return the index of the first line of a record that was copied without its number.

    If there is no such record, return the number of lines.
    """
    for index in range(1, len(above)):
        if above[index - 1].text.endswith(":") and titles.split(above[index].text):
            return index - 1
    return len(above)


def _add_rest(capture: _Capture, rest: Sequence[Line]) -> None:
    """Add the lines between two records, or below the last one.

    Lines above the foot of the page become problems, unless they are headings or buttons.
    """
    end = next((index for index, line in enumerate(rest) if lines.begins_foot(line.text)), len(rest))
    reason = "a text that belongs to no record"
    for line in rest[:end]:
        if lines.is_heading(line.text) or lines.is_button(line.text):
            capture.around.append(line)
        else:
            capture.collector.add(ParseProblem(line.number, line.number, reason, _A_RECORD, line.text))
    capture.around += rest[end:]


def _page(capture: _Capture, source: Source) -> Page:
    stated = {"site": SITE} | header.values(capture.header)
    collector = capture.collector
    ranges = [(item.line, item.last_line) for item in collector.records]
    ranges += [(item.line, item.last_line) for item in collector.problems]
    in_records = {number for first, last in ranges for number in range(first, last + 1)}
    numbers = sorted({line.number for line in capture.around} - in_records)
    return collect.page(source, capture.collector, header=PageHeader(stated, tuple(numbers)))
