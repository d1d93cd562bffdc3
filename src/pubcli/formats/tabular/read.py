"""Read the rows of a table as papers."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pubcli.answer.values import split_pairs, split_values
from pubcli.biblio import identifiers, name_lists, names, stated_dates
from pubcli.formats import MAPPABLE_FIELDS
from pubcli.formats.shared.collect import Parsed, ParsedRecord, ParseProblem
from pubcli.formats.shared.extra_dates import WHOLE_DATES
from pubcli.formats.shared.lines import number, one_line
from pubcli.formats.shared.notes import date_fields, is_said_by, most_precise, with_identifiers
from pubcli.formats.tabular import headings
from pubcli.formats.tabular.excel import guarded
from pubcli.formats.tabular.headings import Header
from pubcli.formats.tabular.rows import Row, rows
from pubcli.inputs.sources import Source, Stream
from pubcli.text.html import plain_text
from pubcli.text.normalize import counted, fold

_PARTS = ("full_names", "authors", "run_together", "date", "early_date", "month")
"""Fields, and parts of fields, that several columns of a table may hold."""
DERIVED_COLUMNS = frozenset({"date_precision", "score", "passage"})
"""Columns of pubcli's own tables that are not read. They follow from other columns, or are valid for one query only."""
_PUBLICATION_KINDS = {"J": "article", "B": "book", "P": "other"}
"""The kind of paper for each publication type of Web of Science. It is used if no other column states the kind."""
_KINDS = {
    "journalarticle": "article", "conferencepaper": "inproceedings", "booksection": "chapter", "thesis": "thesis",
    "article": "article", "preprint": "preprint", "inproceedings": "inproceedings", "book": "book",
    "chapter": "chapter", "report": "report", "dataset": "dataset", "software": "software", "other": "other",
    "conference paper": "inproceedings", "book chapter": "chapter", "review": "article", "data paper": "article",
    "proceedings paper": "inproceedings", "article; proceedings paper": "inproceedings",
    "article; book chapter": "chapter", "article; early access": "article", "review; early access": "article",
    "journal article": "article", "conference proceedings article": "inproceedings", "proceeding": "inproceedings",
    "chapter conferencepaper": "inproceedings", "dissertation": "thesis",
    "monograph": "book", "edited book": "book",
    "book-chapter": "chapter", "letter": "article", "editorial": "article", "erratum": "article",
    "ieee conferences": "inproceedings", "ieee journals": "article", "ieee magazines": "article",
}  # fmt: skip
_CHECKED_FIELDS = ("date", "doi", "arxiv", "citations", "kind")
_BAR, _SEMICOLON, _COMMA = re.compile(r"\|+"), re.compile("[;；]"), re.compile("[,，、]")


def parse(source: Source | Stream, delimiters: str) -> Iterator[Parsed]:
    """Yield a paper from each row. Raises InputError if no column has titles, or if a mapped column is missing."""
    header: Header | None = None
    for row in rows(source, delimiters):
        if isinstance(row, ParseProblem):
            yield row
        elif header is None:
            header = headings.header(row.cells, source)
        elif len(row.cells) == len(header.names):
            yield _paper(row, header)
        else:
            yield from _uneven(row, header)


def _uneven(row: Row, header: Header) -> Iterator[Parsed]:
    """Yield the paper in a row that has fewer or more cells than the header, and perhaps a problem.

    Programs omit the empty cells at the end of a row, so missing cells alone are not a problem. But a row may also be
    only a part of a row that is broken in two: then it usually has a single cell, or a value in a wrong column. Surplus
    cells go to `extra`; they are always a problem, because the cells before them may be in wrong columns.
    """
    width, cells = len(header.names), row.cells
    surplus = [cell.strip() for cell in cells[width:] if cell.strip()]
    full = Row(row.line, row.last_line, [*cells[:width], *[""] * (width - len(cells))])
    paper = _paper(full, header)
    if surplus:
        _add_extra(paper.fields.setdefault("extra", {}), "", "; ".join(surplus))
    has_title = "title" in paper.fields
    if has_title:
        yield paper
    is_clear = len(cells) > 1 and not any(name in paper.fields.get("extra", {}) for name in _checked_columns(header))
    if len(cells) > width or not has_title or not is_clear:
        reason = f"the row has {counted(len(cells), 'cell', 'cells')}, but the header has {width:,}"
        text = "; ".join(surplus if surplus and has_title else filter(None, map(str.strip, cells)))
        yield ParseProblem(row.line, row.last_line, reason, counted(width, "cell", "cells"), text)


def _checked_columns(header: Header) -> Iterator[str]:
    """Yield the columns whose values have a certain form, such as dates. Invalid values of these go to `extra`."""
    for name, field in zip(header.names, header.fields, strict=True):
        if field in _CHECKED_FIELDS:
            yield name


def record(line: int, last_line: int, cells: Mapping[str, str]) -> ParsedRecord:
    """Return the paper in one row of a table. `cells` maps column names of another program to cells."""
    return _paper(Row(line, last_line, list(cells.values())), headings.header_of(cells))


class _Cell(NamedTuple):
    """A cell for a field that several columns of a table may hold, such as the date: its column, text and value."""

    column: str
    text: str
    value: Any


def _paper(row: Row, header: Header) -> ParsedRecord:
    fields: dict[str, Any] = {"classes": ()} if header.is_from_pubcli else {}
    extra: dict[str, str] = {}
    cells: dict[str, list[_Cell]] = {name: [] for name in _PARTS}
    for name, field, cell in zip(header.names, header.fields, row.cells, strict=True):
        text = _unguarded(cell) if header.is_guarded else cell
        if not text or not text.strip() or (header.is_from_pubcli and name in DERIVED_COLUMNS):
            continue
        if not header.is_from_pubcli and ("&" in text or "<" in text):
            text = plain_text(text)
        if field is None or fields.get(field):  # the first column with a value provides the field
            if field is None or fields[field] != text.strip():
                _add_extra(extra, name, _people(text) if name in header.people else text.strip())
            continue
        value = _VALUES[field](text if header.is_from_pubcli else text.strip(), header.is_from_pubcli)
        if value is None or (field == "arxiv" and not identifiers.is_only_arxiv(text)):
            _add_extra(extra, name, text.strip())
        if field in cells and value is not None:
            cells[field].append(_Cell(name, text.strip(), value))
        elif value is not None:
            fields[field] = value
    fields |= _byline([*cells["full_names"], *cells["authors"], *cells["run_together"]], extra)
    fields |= _date_fields(cells, extra)
    _join_parts(fields, extra)
    if extra := _with_cell_of_extra(extra, fields.pop("extra", {})):
        fields["extra"] = extra
    return ParsedRecord(row.line, row.last_line, with_identifiers(fields))


def _join_parts(fields: dict[str, Any], extra: Mapping[str, str]) -> None:
    """Replace parts of fields, such as the last page, by the fields. Add the kind if Web of Science states only PT."""
    if last_page := fields.pop("last_page", None):
        fields["pages"] = "-".join(dict.fromkeys((*filter(None, [fields.get("pages")]), last_page)))
    if fields.pop("authors_truncated", False):
        fields["authors_complete"] = False
    if kind := _PUBLICATION_KINDS.get(extra.get("PT", "")):
        fields.setdefault("kind", kind)


def _unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that protects it from being read as a formula."""
    return cell[1:] if cell.startswith("'") and guarded(cell[1:]) == cell else cell


def _with_cell_of_extra(extra: dict[str, str], cell: Mapping[str, str]) -> dict[str, str]:
    """Return `extra` with the fields that a cell in the column `extra` holds."""
    for name, text in cell.items():
        if extra.get(name) != text:
            _add_extra(extra, name, text)
    return extra


def _add_extra(extra: dict[str, str], name: str, text: str) -> None:
    """Store in `extra` a text that no field can hold. Texts of columns with the same name are joined."""
    name = name or "unnamed"
    extra[name] = f"{extra[name]}; {text}" if name in extra else text


def _people(text: str) -> str:
    listed, is_cut = name_lists.split_cell(text.strip())
    return names.join_names([*listed, "others"] if is_cut else listed)


def _byline(cells: Sequence[_Cell], extra: dict[str, str]) -> dict[str, Any]:
    """Return the fields for the authors of a paper. `cells` are the cells of a row that list the authors.

    The authors are taken from the cell with the most names, or from the first such cell. The other cells go to `extra`.
    A cell of another column is left out if it lists the same people in other spellings.
    """
    if not cells:
        return {}
    names_, cut = cells[0].value
    if len(cells) > 1:
        best = max(cells, key=lambda cell: len(cell.value[0]))
        names_, cut = best.value
        for cell in cells:
            if not _are_same_people(cell.value[0], names_) or (cell.column == best.column and cell.value != best.value):
                _add_extra(extra, cell.column, cell.text)
    return {"authors": names_, "authors_complete": False} if cut else {"authors": names_}


def _are_same_people(listed: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether two lists name the same people: surnames and first initials are equal."""
    return len(listed) == len(others) and all(map(_are_same, listed, others))


def _are_same(name: str, other: str) -> bool:
    if name == other:
        return True
    first, second = names.parts(name), names.parts(other)
    is_initial = len(first.given_name.rstrip(".")) < 2 or first.given_name.replace(".", "").isupper()
    return (
        is_initial
        and fold(first.family) == fold(second.family)
        and fold(first.given_name[:1]) == fold(second.given_name[:1])
    )


def _date_fields(cells: Mapping[str, Sequence[_Cell]], extra: dict[str, str]) -> dict[str, Any]:
    """Return the fields for the date of a paper: the most precise date in the cells of a row.

    If this date has no month, take it from the first cell with a month. Without any date, take the date of early
    access. Text that states more than this date goes to `extra`.
    """
    dates, months = cells["date"] or cells["early_date"], cells["month"]
    best = most_precise(cell.value.date for cell in dates) if dates else None
    in_full = _in_full(months[0].text, best.day.year) if months and best else stated_dates.StatedDate()
    if best and best.precision == "year" and in_full.date:
        best = in_full.date
    fields = date_fields(best)
    for cell in months:
        if not best or not is_said_by(fields, _in_full(cell.text, best.day.year)):
            _add_extra(extra, cell.column, cell.text)
    for cell in cells["date"]:
        if not is_said_by(fields, cell.value):
            _add_extra(extra, cell.column if cell.column.lower() in WHOLE_DATES else WHOLE_DATES[0], cell.text)
    for cell in cells["early_date"]:
        _add_extra(extra, cell.column, cell.text)
    return fields


def _in_full(month: str, year: int) -> stated_dates.StatedDate:
    """Return the date that a year and a month such as MAR, MAR 15 or JAN-FEB state together.

    The text of the month may have a year of its own: MAR 2011. If the texts do not state a date, the result has none.
    """
    for text in month, f"{month} {year:04}":
        stated = stated_dates.parse(text)
        if stated.date and not stated.text and stated.date.day.year == year:
            return stated
    return stated_dates.StatedDate(text=month)


def _list(text: str, is_from_pubcli: bool) -> tuple[str, ...]:
    if is_from_pubcli:
        return tuple(split_values(text))
    separator = _BAR if "|" in text else _SEMICOLON if _SEMICOLON.search(text) else _COMMA
    parts = separator.split(text)
    return tuple(dict.fromkeys(filter(None, map(str.strip, parts))))


def _cut(text: str, is_from_pubcli: bool) -> tuple[str, ...] | None:
    fields = _list(text, is_from_pubcli)
    return fields if {"title", "venue", "abstract"}.issuperset(fields) else None


def _authors(text: str, is_from_pubcli: bool) -> tuple[tuple[str, ...], bool]:
    return (tuple(split_values(text)), False) if is_from_pubcli else name_lists.split_cell(text)


def _date(text: str, _: bool) -> stated_dates.StatedDate | None:
    stated = stated_dates.parse(text)
    return stated if stated.date else None


def _truth(text: str, _: bool) -> bool | None:
    return {"true": True, "false": False, "yes": True, "no": False, "1": True, "0": False}.get(text.lower())


def _number(text: str, _: bool) -> int | None:
    return number(text.replace(",", "").removesuffix(".0"))


def _text(text: str, is_from_pubcli: bool) -> str:
    return text if is_from_pubcli else one_line(text)


_VALUES: Mapping[str, Callable[[str, bool], Any]] = {
    **dict.fromkeys(MAPPABLE_FIELDS, _text),
    "abstract": lambda text, _: text,
    "title_guessed": _truth,
    **dict.fromkeys(("authors", "full_names"), _authors),
    "run_together": lambda text, _: (name_lists.run_together(text), False),
    "last_page": _text,
    "month": _text,
    **dict.fromkeys(("authors_complete", "authors_truncated"), _truth),
    "classes": _list,
    "badges": _list,
    "cut": _cut,
    **dict.fromkeys(("links", "also_on", "shown_by"), _list),
    **dict.fromkeys(("profile", "source"), _text),
    "code": _truth,
    "keywords": _list,
    **dict.fromkeys(("date", "early_date"), _date),
    "date_assumed": _truth,
    "kind": lambda text, _: _KINDS.get(text.lower()),
    "doi": lambda text, _: identifiers.doi(text),
    "arxiv": lambda text, _: identifiers.arxiv(text),
    **dict.fromkeys(("citations", "position", "line"), _number),
    "extra": lambda text, is_from_pubcli: split_pairs(text if is_from_pubcli else "; ".join(text.splitlines())),
}
"""Functions that convert a cell to the value of a field. They return None for invalid text, which goes to `extra`."""
