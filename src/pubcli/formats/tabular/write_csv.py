"""Write comma-separated values (RFC 4180) with a header line. The items of a list are joined by `; `."""

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
"""Byte order mark; Excel needs it to recognise UTF-8."""


def write(answer: Answer[Row], fields: Sequence[str], out: TextIO, options: RenderOptions) -> int:
    """Write the header and the rows. Line breaks and tabs in values become blanks."""
    out.write(BOM if options.excel else "")
    lines = csv.writer(out)
    count = -1  # the first line is the header, which is not a row
    for line in entries(answer.rows, fields, options):
        count += 1
        lines.writerow(line)
    return count


def entries(rows: Iterable[Row], fields: Sequence[str], options: RenderOptions) -> Iterator[list[str]]:
    """Yield the header, then the cells of each row."""
    yield list(fields)
    for row in rows:
        line = [harmless(cell_text(row, field)) for field in fields]
        yield [guarded(text) for text in line] if options.excel else line


def read_back(text: str) -> Iterator[list[str]]:
    """Yield a list of cells for each line in the text of a file that `write` wrote."""
    yield from csv.reader(io.StringIO(text.removeprefix(BOM), newline=""))
