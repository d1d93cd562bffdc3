"""Collect the blocks of a source into captures.

A capture is one copy of a page: its header, records and problems, as written.
"""

from collections.abc import Iterator, Sequence

from pubcli.sites.paperfeed import fast_path, header, record
from pubcli.sites.paperfeed.byline import Glued, split_glued
from pubcli.sites.paperfeed.dateline import DateLine
from pubcli.sites.paperfeed.header import Header
from pubcli.sites.paperfeed.lines import Block, Line
from pubcli.sites.paperfeed.record import RawPaper, RawProblem, Reading
from pubcli.sites.paperfeed.split import Splitter


class Capture:
    """The content of one page: its header, its records, and the lines that belong to neither."""

    def __init__(self) -> None:
        self.header = Header({}, (), [])
        self.papers: list[RawPaper] = []
        self.problems: list[RawProblem] = []
        self.has_categories = False
        """Whether a date line begins with a category. Only pages of a paper feed have such lines."""
        self.is_single_paper = False
        self._doubtful: list[tuple[Block, DateLine, Glued | None]] = []

    def add(self, block: Block) -> None:
        """Read a block into the capture. If the layout of a record is in doubt, `finish` reads the record later."""
        if block.dateline is None:
            self._add_header(block.lines())
            if block.is_glued:
                # Most of the first line belongs to the record before, so the line does not count as part of the header.
                self.header = self.header._replace(lines=self.header.lines[1:])
            return
        self.has_categories = self.has_categories or block.dateline.category is not None
        reading = record.parse(block, block.dateline)
        if reading is None:
            self._doubtful.append((block, block.dateline, split_glued(block.texts[1])))
        else:
            self._add_reading(reading)
            self.is_single_paper = self.is_single_paper or record.is_single_paper(block)

    def finish(self) -> None:
        """Read the records whose layout is in doubt, now that the layout of the whole page is known.

        On a compact page, title and authors are glued together. A page is read as compact if it has more records with a
        line that can be split than records with title and authors on separate lines.
        """
        compact = sum(glued is not None for _, _, glued in self._doubtful) > len(self.papers)
        for block, dateline, glued in self._doubtful:
            self._add_reading(record.settle(block, dateline, glued, compact))
        if self._doubtful:
            self.papers.sort(key=lambda paper: paper["line"])
        self.problems.sort(key=lambda problem: problem.lines[0].number)

    def _add_reading(self, reading: Reading) -> None:
        if reading.paper is not None:
            self.papers.append(reading.paper)
        if reading.problem is not None:
            self.problems.append(reading.problem)

    def _add_header(self, lines: Sequence[Line]) -> None:
        start = header.find(lines)
        if start is None:
            self.header = header.parse_without_numbers(lines)
        else:
            self._add_leftover(lines[:start])
            self.header = header.parse(lines[start:])
        for line in self.header.leftover:
            self._add_leftover([line])

    def _add_leftover(self, lines: Sequence[Line]) -> None:
        if lines:
            self.problems.append(RawProblem(lines, "not part of a header or a record", "a header or a date line"))


def captures(data: bytes) -> Iterator[Capture]:
    """Yield the captures in a source, in order.

    After the first block, every header starts a new capture. A capture without a header cannot be separated from the
    capture before it.
    """
    current: Capture | None = None
    splitter = Splitter(data)
    while blocks := splitter.next_blocks():
        for block in blocks:
            if not block.texts:
                continue
            if current is None:
                current = Capture()
            elif block.dateline is None:
                current.finish()
                yield current
                current = Capture()
            current.add(block)
        papers, end = fast_path.papers(splitter.data, splitter.start, splitter.line)
        if papers:
            current = current or Capture()
            current.papers += papers
            current.has_categories = current.has_categories or any(paper["category"] for paper in papers)
            splitter.skip(end, fast_path.LINES * len(papers))
    if current is not None:
        current.finish()
        yield current
