"""Turn the captures of a source into a document. A capture is one copy of a page, or a part of its list."""

import re
from collections.abc import Callable, Iterator, Sequence

from pubcli.formats.shared import collect
from pubcli.formats.shared.collect import Collector, PageHeader, Parsed, ParsedRecord, ParseProblem
from pubcli.formats.shared.page_lines import Line, blocks, joined, page_lines
from pubcli.inputs import encoding
from pubcli.inputs.sources import Source
from pubcli.model import Document, Page
from pubcli.sites.arxiv_page import formulas, header, lines, list_record, search_record
from pubcli.sites.arxiv_page.header import Header
from pubcli.sites.arxiv_page.lines import Entry

SITE = "arxiv-page"
_GLUED = re.compile(r"\S(?:Comments|Journal-ref|Subjects): \S")
_A_RECORD = "a line such as arXiv:2601.01234 [pdf], a title, authors and subjects"


class _Capture:
    """The lines and the records of one copy of a page."""

    def __init__(self) -> None:
        self.collector = Collector()
        self.around: list[Line] = []
        """The lines that belong to no record."""
        self.header = Header()
        self.entries = 0
        """The number of records, whether they could be read or not."""
        self.first_number: int | None = None
        self.last_number: int | None = None
        """The places of the first and the last record in a numbered list."""

    def continues(self, other: "_Capture") -> bool:
        """Return whether this capture shows the next page of the list that `other` shows."""
        mine, before = self.header, other.header
        if mine.heading != before.heading or mine.total != before.total:
            return False
        if mine.first is not None:
            return before.last is not None and mine.first == before.last + 1
        return self.first_number is not None and other.last_number == self.first_number - 1

    def append(self, other: "_Capture") -> None:
        """Add the records, the problems and the lines of another capture."""
        self.collector.extend([*other.collector.records, *other.collector.problems])
        self.around += other.around
        self.entries += other.entries
        self.last_number = other.last_number or self.last_number
        if other.header.last is not None:
            self.header = self.header._replace(last=other.header.last)


def read(source: Source) -> Document:
    """Return a page for each list. Raise InputError if the source has no record of arXiv.

    Several pages of one list, copied one after another, become one page.
    """
    captures: list[_Capture] = []
    for capture in _captures(page_lines(source)):
        if captures and (capture.continues(captures[-1]) or not capture.collector.records):
            captures[-1].append(capture)
        else:
            if captures and not captures[-1].collector.records:
                capture.append(captures.pop())
            captures.append(capture)
    if not captures[0].entries:
        raise encoding.wrong_format_error(source, "no list of papers of arXiv")
    return Document(source=source.name, pages=tuple(_page(capture, source) for capture in captures))


def _captures(page: Sequence[Line]) -> Iterator[_Capture]:
    """Yield the captures in order. The first one may have no records."""
    above, *records = blocks(page, lines.entry)
    capture = _Capture()
    for block in (above, *records):
        used = 0
        if block and (entry := lines.entry(block[0].text)):
            item, used = _record(entry, block)
            capture.collector.add(item)
            capture.entries += 1
            capture.last_number = entry.number
            capture.first_number = capture.first_number or entry.number
        around, problems = _around_list(block[used:], is_above=block is above)
        start = next((index for index, line in enumerate(around) if lines.begins_capture(line.text)), None)
        capture.around += around[:start]
        if start is not None:
            if capture.entries:
                capture.header = header.header(capture.around)
                yield capture
                capture = _Capture()
            capture.around += around[start:]
        capture.collector.extend(problems)
    capture.header = header.header(capture.around)
    yield capture


def _record(entry: Entry, block: Sequence[Line]) -> tuple[Parsed, int]:
    """Return the record at the beginning of a block, or a problem, and the number of its lines."""
    is_listed = entry.number is not None or (not entry.classes and block[1:] and block[1].text.startswith("Title:"))
    fields, used = (list_record if is_listed else search_record).fields_of(entry, block)
    first, last = block[0].number, block[used - 1].number
    title = fields.get("title", "")
    if title and not (is_listed and _GLUED.search(title)):
        return ParsedRecord(first, last, fields), used
    reason = (
        "the line breaks of the record are lost; copy the page in a browser again"
        if title
        else "the record has no title"
    )
    return ParseProblem(first, last, reason, _A_RECORD, joined(block[:used])), used


def _around_list(block: Sequence[Line], *, is_above: bool) -> tuple[Sequence[Line], list[ParseProblem]]:
    """Return the lines that belong to the page around the list, and problems for all other lines.

    `block` has lines that belong to no record. Above the first record, any line may belong to the page.
    """
    if not block:
        return block, []
    start = 0 if is_above else _index(block, 0, lines.is_around_list)
    end = _index(block, start, lines.is_part_of_record)
    if start < end < len(block) and "arXiv:" in block[end - 1].text:
        end -= 1
    strays = (("a text between two records", block[:start]), ("the beginning of the record is missing", block[end:]))
    return block[start:end], [
        ParseProblem(stray[0].number, stray[-1].number, reason, _A_RECORD, joined(stray))
        for reason, stray in strays
        if stray
    ]


def _index(block: Sequence[Line], start: int, matches: Callable[[str], bool]) -> int:
    """Return the index of the first line that matches, from `start`; the number of lines if there is none."""
    return next((index for index in range(start, len(block)) if matches(block[index].text)), len(block))


def _page(capture: _Capture, source: Source) -> Page:
    stated = {
        "site": SITE,
        "name": capture.header.name,
        "search": capture.header.search,
        "stated_papers": capture.header.total,
        "list_cut": (capture.header.total or 0) > capture.entries,
        "formulas_flattened": formulas.has_traces_in(capture.collector.records),
    }
    numbers = tuple(sorted(line.number for line in capture.around))
    return collect.page(source, capture.collector, header=PageHeader(stated, numbers))
