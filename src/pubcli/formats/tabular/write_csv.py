"""Comma-separated values (RFC 4180): CRLF, quotes doubled, a header line; lists joined by `; `."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from pubcli.answer.answer import Answer, Row
from pubcli.answer.values import cell_text
from pubcli.formats import RenderOptions
from pubcli.formats.tabular.excel import guarded
from pubcli.text.normalize import harmless

BOM = "\ufeff"
"""What tells Excel that a file is UTF-8."""


def write(answer: Answer[Row], fields: Sequence[str], out: TextIO, options: RenderOptions) -> int:
    """Values as they are, but for line breaks and control characters, which become visible signs."""
    out.write(BOM if options.excel else "")
    lines = csv.writer(out)
    count = -1  # the header
    for line in entries(answer.rows, fields, options):
        count += 1
        lines.writerow(line)
    return count


def entries(rows: Iterable[Row], fields: Sequence[str], options: RenderOptions) -> Iterator[list[str]]:
    """The header, then the cells of each row."""
    yield list(fields)
    for row in rows:
        line = [harmless(cell_text(row, field)) for field in fields]
        yield [guarded(text) for text in line] if options.excel else line


def read_back(text: str) -> Iterator[list[str]]:
    """The lines of a file, cell by cell."""
    yield from csv.reader(io.StringIO(text.removeprefix(BOM), newline=""))
