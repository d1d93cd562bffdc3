"""Write a workbook of Excel with one sheet. Numbers are numbers, flags are flags, everything else is text.

Dates are text too (2022-03-13, 2022-03 or 2022), because often only the month or the year is known, and Excel would
turn these into the first day. Texts that look like formulas stay text. Items of a list are joined by `; `.
"""

from __future__ import annotations

import datetime
from contextlib import closing

from pubcli.answer.batches import batched
from pubcli.answer.values import column_texts
from pubcli.errors import UsageError
from pubcli.formats.shared.scratch import scratch_file
from pubcli.lazy import TYPE_CHECKING
from pubcli.text.normalize import harmless

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, BinaryIO

    from pubcli.answer.answer import Answer, Row
    from pubcli.formats import RenderOptions

_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 16_384
_LONGEST_TEXT = 32_767
"""Excel's limits for a sheet, and for the text of a cell in UTF-16 code units."""
_MOST_LINKS = 65_530
_LONGEST_ADDRESS = 2_079
"""Excel's limits for the links of a sheet and the length of an address."""
_EXACT = 2**53
"""Excel stores numbers with 53 bits; larger integers are written as text, so that no digit is lost."""
_WIDTHS = {"title": 60, "abstract": 60, "authors": 40, "venue": 30, "topic": 30, "name": 25}
"""Widths of columns in characters, by field; other columns have Excel's usual width or the width of their name."""
_USUAL_WIDTH = 10
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "max_url_length": _LONGEST_ADDRESS,
}
_CREATED = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""The time in the properties of a workbook: the same answer gives the same bytes."""


def write(answer: Answer[Row], fields: Sequence[str], out: BinaryIO, options: RenderOptions) -> int:
    """Write a header and all rows, and return the number of rows; write nothing if there are none.

    Report each column with texts that are cut. Raises UsageError if XlsxWriter is not installed, or if the rows do not
    fit into a sheet.
    """
    if len(fields) > _MOST_COLUMNS:
        raise UsageError(f"a sheet of Excel has at most {_MOST_COLUMNS:,} columns; name fewer with --fields")
    try:
        import xlsxwriter  # type: ignore[import-untyped]
    except ImportError:
        raise UsageError("xlsx needs XlsxWriter; type pip install 'pubcli[xlsx]'") from None
    with scratch_file(out) as path:
        book = xlsxwriter.Workbook(path, {**_OPTIONS, "tmpdir": str(path.parent)})
        book.set_properties({"created": _CREATED})
        try:
            with closing(_Sheet(book, answer.kind, fields)) as sheet:
                sheet.add(answer)
                if sheet.rows:
                    sheet.finish()
                    _close(book)
        finally:
            book.fileclosed = True  # else the destructor would write the workbook
    for field, count in sheet.cut.items():
        cells = "one cell" if count == 1 else f"{count:,} cells"
        options.report(f"{field}: {cells} cut after {_LONGEST_TEXT:,} characters, which is Excel's limit")
    return sheet.rows


def _close(book: Any) -> None:
    """Write a workbook. Raises OSError, for example if the disk is full."""
    from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

    try:
        book.close()
    except FileCreateError as error:
        raise error.args[0] from None


class _Sheet:
    """The sheet of a workbook, to which rows are added one after the other."""

    def __init__(self, book: Any, name: str, fields: Sequence[str]) -> None:
        self.rows = 0
        self.cut: dict[str, int] = {}
        """The number of texts that are cut, by field."""
        self._fields = fields
        self._links = 0
        self._sheet = book.add_worksheet(name.replace("_", " "))
        self._link_format = book.get_default_url_format()
        heading = book.add_format({"bold": True})
        for column, field in enumerate(fields):
            self._sheet.set_column(column, column, _WIDTHS.get(field, max(_USUAL_WIDTH, min(len(field) + 3, 40))))
            self._sheet.write_string(0, column, field[:_LONGEST_TEXT], heading)
        self._sheet.freeze_panes(1, 0)

    def add(self, answer: Answer[Row]) -> None:
        """Add the rows of an answer. Raises UsageError if there are too many for a sheet."""
        for batch in batched(answer.rows):
            texts = {field: column_texts(batch, field) for field in self._fields}
            for index, row in enumerate(batch):
                self.rows += 1
                if self.rows >= _MOST_ROWS:
                    raise UsageError(
                        f"a sheet of Excel has at most {_MOST_ROWS:,} rows, and the answer has more; use csv, parquet "
                        "or sqlite, or show fewer with --limit"
                    )
                for column, field in enumerate(self._fields):
                    self._write(column, field, row[field], texts[field][index])

    def finish(self) -> None:
        """Add the filters of the header."""
        self._sheet.autofilter(0, 0, self.rows, len(self._fields) - 1)

    def close(self) -> None:
        """Close the temporary file that holds the rows of a workbook until it is written."""
        self._sheet.row_data_fh.close()

    def _write(self, column: int, field: str, value: object, text: str) -> None:
        if isinstance(value, bool):
            self._sheet.write_boolean(self.rows, column, value)
        elif _is_number(value):
            self._sheet.write_number(self.rows, column, value)
        elif text:
            self._write_text(column, field, harmless(text))

    def _write_text(self, column: int, field: str, text: str) -> None:
        short = _fitting(text)
        if short != text:
            self.cut[field] = self.cut.get(field, 0) + 1
        address = _address(field, text)
        if address and self._links < _MOST_LINKS:
            self._links += 1
            self._sheet.write_url(self.rows, column, address, self._link_format, short)
        else:
            self._sheet.write_string(self.rows, column, short)


def _is_number(value: object) -> bool:
    """Return whether Excel can store a value as a number without losing digits. It has neither infinity nor NaN."""
    if isinstance(value, int):
        return -_EXACT <= value <= _EXACT
    return isinstance(value, float) and value - value == 0


def _address(field: str, text: str) -> str | None:
    """Return the address to which a cell links; None for other cells, and for an address that is not one of the web."""
    address = f"https://doi.org/{text}" if field == "doi" else text if field in ("url", "address") else ""
    is_web = address.startswith(("https://", "http://")) and address.isascii() and address.isprintable()
    return address if is_web and " " not in address and len(address) <= _LONGEST_ADDRESS else None


def _fitting(text: str) -> str:
    """Return the beginning of a text that fits into a cell. Characters beyond U+FFFF count as two."""
    if len(text) * 2 <= _LONGEST_TEXT:
        return text
    units = text.encode("utf-16-le")
    return text if len(units) <= 2 * _LONGEST_TEXT else units[: 2 * _LONGEST_TEXT].decode("utf-16-le", "ignore")
