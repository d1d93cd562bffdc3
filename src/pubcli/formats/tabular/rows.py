"""Split the lines of a table into rows of cells."""

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from threading import Lock
from typing import NamedTuple

from pubcli.errors import InputError
from pubcli.formats.shared.collect import ParseProblem
from pubcli.formats.shared.lines import numbered_lines
from pubcli.formats.tabular.headings import has_pubcli_columns
from pubcli.inputs.sources import Source, Stream
from pubcli.text.normalize import counted

_SEPARATOR = re.compile(r"sep=([,;|\t])", re.IGNORECASE)
"""The first line of some files. It states the delimiter for Excel."""
_QUOTED_CELL = re.compile(r'(?:^|\t)"')
_LONGEST_ROW = 1_000
"""The largest number of lines in a row."""
_MISQUOTED = "the quotation marks of the row do not enclose whole cells, so its cells are uncertain"
_LONGEST_CELL = 2**30
"""The largest number of characters in a cell."""
_LIMIT = Lock()
"""Held while a thread changes the limit of the csv module, so that no other thread changes it at the same time."""


class Row(NamedTuple):
    """The cells of a row, with the numbers of its first and last line."""

    line: int
    last_line: int
    cells: list[str]


def rows(source: Source | Stream, delimiters: str) -> Iterator[Row | ParseProblem]:
    """Yield the rows, header first, split at the delimiter that is most frequent in the header.

    Raises InputError if the first line is not a header.
    """
    rest = iter(numbered_lines(source))
    filled = ((number, line) for number, line in rest if line.strip())
    first = next(filled, None)
    separator = _SEPARATOR.fullmatch(first[1].strip()) if first else None
    if separator:
        first = next(filled, None)
    if first is None:
        return
    delimiter = separator[1] if separator else max(delimiters, key=first[1].count)
    for row in _rows(chain([first], rest), delimiter):
        if isinstance(row, ParseProblem) and row.line == first[0]:
            raise InputError(f"{source.display_name}: line {row.line} is not a header: {row.reason}")
        yield row


def _rows(lines: Iterator[tuple[int, str]], delimiter: str) -> Iterator[Row | ParseProblem]:
    """Yield the rows. A row may have fewer or more cells than the header.

    The first line of a malformed row becomes a problem, and the other lines of this row are read again as rows.
    Otherwise an unclosed quotation mark would turn the rest of the file into one cell.
    """
    width, is_from_pubcli = 0, False
    pending: list[tuple[int, str]] = []
    while True:
        row_lines: list[tuple[int, str]] = []
        is_misquoted = False  # between tabs, a quotation mark may be part of the text
        if delimiter == "\t":
            cells = _tabbed_row(pending, lines, row_lines, width, is_from_pubcli=is_from_pubcli)
        else:
            cells, is_misquoted = _csv_row(pending, lines, row_lines, delimiter)
        if not row_lines:
            return
        if cells is not None and not any(cells) and len(row_lines) == 1:
            continue  # a blank line, or a line of delimiters
        if cells and width < len(cells) and width and not any(cells[width:]):
            del cells[width:]  # Web of Science adds an empty cell to each row, spreadsheets add several empty cells
        is_row = cells and (not width or _is_row(cells, row_lines, delimiter, width, is_misquoted=is_misquoted))
        if cells and is_row:
            yield Row(row_lines[0][0], row_lines[-1][0], cells)
        if (is_misquoted and width) or not is_row:
            reason = "the row cannot be parsed" if cells is None else _MISQUOTED
            line = row_lines[0]
            yield ParseProblem(line[0], line[0], reason, counted(width, "cell", "cells"), line[1].rstrip("\n"))
        if not is_row:
            pending[:0] = row_lines[1:]
        elif cells and not width:
            width, is_from_pubcli = len(cells), has_pubcli_columns(cells)


def _is_row(
    cells: Sequence[str], row_lines: Sequence[tuple[int, str]], delimiter: str, width: int, *, is_misquoted: bool
) -> bool:
    """Return whether cells are a row. There may be one reason to doubt it, such as a cell too many, but not two."""
    doubts = [len(cells) != width, is_misquoted, _joins_rows(row_lines, delimiter, width)]
    return sum(doubts) < 2


def _joins_rows(row_lines: Sequence[tuple[int, str]], delimiter: str, width: int) -> bool:
    """Return whether one of several lines has as many delimiters as the header, which has `width` cells.

    If so, and if the number of cells is not that of the header, a quotation mark has joined two rows.
    """
    return len(row_lines) > 1 and any(line.count(delimiter) >= width - 1 for _, line in row_lines)


def _csv_row(
    pending: list[tuple[int, str]], lines: Iterator[tuple[int, str]], row_lines: list[tuple[int, str]], delimiter: str
) -> tuple[list[str] | None, bool]:
    """Return the cells of the next row, and whether its quotation marks are invalid, so that the cells are a guess."""
    cells = _next_row(pending, lines, row_lines, delimiter, strict=True)
    if cells is not None:
        return cells, False
    pending[:0] = row_lines
    row_lines.clear()
    return _next_row(pending, lines, row_lines, delimiter), True


def _tabbed_row(
    pending: list[tuple[int, str]],
    lines: Iterator[tuple[int, str]],
    row_lines: list[tuple[int, str]],
    width: int,
    *,
    is_from_pubcli: bool,
) -> list[str] | None:
    """Return the cells of the next row. Parse the row as CSV; if it is not valid CSV, split it at tabs.

    Spreadsheets quote whole cells; in other files, a quotation mark is part of the text. So a row is also split at tabs
    if only this yields `width` cells. If `width` is 0, the row is the header, which may have any number of cells. A
    header is always on one line, and so is a row that pubcli wrote.
    """
    first = pending.pop(0) if pending else next(lines, None)
    if first is None:
        return None
    if '"' in first[1] and _QUOTED_CELL.search(first[1]):
        pending.insert(0, first)
        cells = _next_row(pending, lines, row_lines, "\t", strict=True)
        may_be_long = width and not is_from_pubcli
        if cells is not None and (may_be_long or len(row_lines) == 1):
            is_split_better = first[1].count("\t") + 1 == width or _joins_rows(row_lines, "\t", width)
            if len(cells) == (width or len(cells)) or not is_split_better:
                return cells
        pending[:0] = row_lines[1:]
        row_lines.clear()
    row_lines.append(first)
    line = first[1].removesuffix("\n")
    return line.split("\t") if line else []


def _next_row(
    pending: list[tuple[int, str]],
    lines: Iterator[tuple[int, str]],
    row_lines: list[tuple[int, str]],
    delimiter: str,
    *,
    strict: bool = False,
) -> list[str] | None:
    """Return the cells of the next row, or None if its lines cannot be parsed. The lines are added to `row_lines`."""
    try:
        return _parsed_row(pending, lines, row_lines, delimiter, strict=strict)
    except csv.Error:
        if sum(len(text) for _, text in row_lines) <= csv.field_size_limit():
            return None
    pending[:0] = row_lines
    row_lines.clear()
    try:
        with _longer_cells():
            return _parsed_row(pending, lines, row_lines, delimiter, strict=strict)
    except csv.Error:
        return None


@contextmanager
def _longer_cells() -> Iterator[None]:
    """Increase the csv module's limit for the length of a cell, and restore it afterwards.

    The limit applies to the whole process.
    """
    with _LIMIT:
        limit = csv.field_size_limit(_LONGEST_CELL)
        try:
            yield
        finally:
            csv.field_size_limit(limit)


def _parsed_row(
    pending: list[tuple[int, str]],
    lines: Iterator[tuple[int, str]],
    row_lines: list[tuple[int, str]],
    delimiter: str,
    *,
    strict: bool,
) -> list[str]:
    """Return the cells of the next row. Raises csv.Error if the row is malformed or a cell is too long."""

    def fed() -> Iterator[str]:
        while (line := pending.pop(0) if pending else next(lines, None)) is not None:
            row_lines.append(line)
            yield line[1]
            if len(row_lines) > _LONGEST_ROW:
                return

    return next(csv.reader(fed(), delimiter=delimiter, strict=strict), [])
