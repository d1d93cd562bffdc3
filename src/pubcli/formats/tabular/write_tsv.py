"""Write tab-separated values: a header line, then one record per line. Tabs and line breaks in values become blanks."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import TextIO

from pubcli.answer.answer import Answer, Row
from pubcli.formats import RenderOptions
from pubcli.formats.tabular.write_csv import BOM, write_lines
from pubcli.formats.tabular.write_csv import entries as entries


def write(answer: Answer[Row], fields: Sequence[str], out: TextIO, options: RenderOptions) -> int:
    """Write values without quotes, as `cut` and `awk` expect. Quote only values that begin with a quotation mark.

    Without quotes around such a value, spreadsheets, pandas and Python's excel_tab would search for the closing
    quotation mark in later lines.
    """
    out.write(BOM if options.excel else "")
    return write_lines(entries(answer.rows, fields, options), out, _line)


def _line(cells: Sequence[str]) -> str:
    return "\t".join(map(_quoted, cells)) + "\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if cell.startswith('"') else cell


def read_back(text: str) -> Iterator[list[str]]:
    """Yield a list of cells for each line in the text of a file that `write` wrote."""
    yield from csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), csv.excel_tab)
