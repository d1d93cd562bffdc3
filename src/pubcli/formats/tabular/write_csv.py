"""Write comma-separated values (RFC 4180) with a header line. The items of a list are joined by `; `."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence

from pubcli.answer.answer import Answer, Row
from pubcli.answer.batches import batched
from pubcli.answer.values import column_texts
from pubcli.formats import RenderOptions
from pubcli.formats.tabular.excel import guarded
from pubcli.lazy import TYPE_CHECKING
from pubcli.text.normalize import harmless

if TYPE_CHECKING:
    from typing import TextIO

BOM = "\ufeff"
"""Byte order mark; Excel needs it to recognise UTF-8."""


def write(answer: Answer[Row], fields: Sequence[str], out: TextIO, options: RenderOptions) -> int:
    """Write the header and the rows. Line breaks and tabs in values become blanks."""
    out.write(BOM if options.excel else "")
    return write_lines(entries(answer.rows, fields, options), out, _line)


def write_lines(cells: Iterable[Sequence[str]], out: TextIO, line: Callable[[Sequence[str]], str]) -> int:
    """Write the header and the rows, many lines at once, and return the number of rows. `line` converts a row."""
    count = -1  # the first line is the header, which is not a row
    for batch in batched(cells):
        count += len(batch)
        out.write("".join(map(line, batch)))
    return count


def _line(cells: Sequence[str]) -> str:
    """Return a line of the file. The result is that of `csv.writer`, which takes eight times as long for long texts.

    Cells have no line breaks, because `harmless` replaces them.
    """
    quoted = ['"' + cell.replace('"', '""') + '"' if "," in cell or '"' in cell else cell for cell in cells]
    return ",".join(quoted) + "\r\n" if len(quoted) > 1 or quoted[0] else '""\r\n'


def entries(rows: Iterable[Row], fields: Sequence[str], options: RenderOptions) -> Iterator[list[str]]:
    """Yield the header, then the cells of each row. Many rows are converted at once, column by column."""
    yield list(fields)
    for batch in batched(rows):
        columns = [_on_one_line(column_texts(batch, field)) for field in fields]
        for line in map(list, zip(*columns, strict=True)):
            yield [guarded(text) for text in line] if options.excel else line


def _on_one_line(texts: list[str]) -> list[str]:
    return texts if "".join(texts).isprintable() else list(map(harmless, texts))


def read_back(text: str) -> Iterator[list[str]]:
    """Yield a list of cells for each line in the text of a file that `write` wrote."""
    yield from csv.reader(io.StringIO(text.removeprefix(BOM), newline=""))
