"""Write the format `table`: a drawn table or cards for people, else tab-separated lines below the field names."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pubcli.answer.answer import Answer, Row
from pubcli.answer.batches import batched
from pubcli.answer.marks import Meanings, explanations
from pubcli.display import theme
from pubcli.display.bars import bar
from pubcli.display.cells import SHARES, column_texts, percent
from pubcli.display.columns import CARDS, SPARKLINES, Column, bar_field, columns, default_columns
from pubcli.display.crosstab import crosstab
from pubcli.display.escape_codes import styled
from pubcli.display.sparkline import in_ascii, sparkline
from pubcli.display.trend_lines import COLUMNS, trend_lines
from pubcli.formats import RenderOptions
from pubcli.lazy import TYPE_CHECKING, cast
from pubcli.query.snippets import Span, applies, spans
from pubcli.text.normalize import visible
from pubcli.text.word_diff import ADDED, REMOVED

if TYPE_CHECKING:
    from typing import TextIO

    from pubcli.answer.rows import PaperRow, ProfileRow
    from pubcli.display.grid import Cell, Grid

_SEARCHED = frozenset({"title", "authors", "abstract", "org", "passage"})
"""Fields in which the words of the query are highlighted."""
_LINKED = frozenset({"key", "doi", "arxiv", "url"})
"""Fields of papers that link to a web page."""
_SHORTEST_BAR, _LONGEST_BAR = 8, 50
"""Minimum and maximum length of the bar of the largest number, in cells of the terminal."""


def write(answer: Answer[Row], fields: Sequence[str], out: TextIO, options: RenderOptions) -> int:
    """Write the rows, then the meanings of their marks and the notes, and return the number of rows.

    Without a width, write tab-separated lines: nothing is cut, wrapped or coloured, and no notes are written.
    """
    is_default = tuple(fields) == default_columns(answer)
    is_crosstab = answer.crossing is not None and is_default
    if options.width is None:
        return _write_crosstab(answer, out) if is_crosstab else _write_lines(answer, fields, out)
    if is_default and "profile" in answer.optional:  # a position is unique only on its page
        fields = [field for field in fields if field != "position"]
    if answer.lists_papers and answer.kind not in CARDS:
        optional = answer.optional if is_default else ()
        count, columns_shown, sentences = _draw_papers(answer, fields, optional, out, options)
        return _write_notes(answer, fields, columns_shown, sentences, count, out, options)
    rows = list(answer.rows)
    if not rows:
        return 0
    columns_shown = fields
    if is_crosstab:
        sentences = _draw_crosstab(answer, rows, out, options)
    elif answer.kind in CARDS and is_default:
        _print_cards(answer, rows, out, options)
        sentences = explanations(rows, fields)
    else:
        columns_shown = _draw_rows(answer, rows, fields, out, options)
        sentences = explanations(rows, columns_shown)
    _draw_trend_lines(answer, rows, out, options)
    return _write_notes(answer, fields, columns_shown, sentences, len(rows), out, options)


def _write_notes(
    answer: Answer[Row],
    fields: Sequence[str],
    columns_shown: Sequence[str],
    sentences: Sequence[str],
    count: int,
    out: TextIO,
    options: RenderOptions,
) -> int:
    """Write the meanings of the marks and the notes below a table, and return the number of its rows."""
    if not count:
        return 0
    notes = [*dict.fromkeys((*sentences, *answer.notes))]
    if missing := [field for field in fields if field not in columns_shown]:
        pronoun = "it" if len(missing) == 1 else "them"
        notes.append(f"no room for {', '.join(missing)}; widen the terminal, or choose {pronoun} with --fields")
    if notes:
        from pubcli.display.wrap import wrap

        style = theme.NOTE if options.color else ""
        for text in ("", *map(visible, notes)):
            out.writelines(f"{styled(line, style)}\n" for _, _, line in wrap(text, options.width or 80))
    return count


def _write_lines(answer: Answer[Row], fields: Sequence[str], out: TextIO) -> int:
    out.write("\t".join(fields) + "\n")
    count = 0
    for batch in batched(answer.rows):
        count += len(batch)
        columns = [column_texts(answer, batch, field) for field in fields]
        out.writelines("\t".join(line) + "\n" for line in zip(*columns, strict=True))
    return count


def _draw_papers(
    answer: Answer[Row], fields: Sequence[str], optional: Collection[str], out: TextIO, options: RenderOptions
) -> tuple[int, Sequence[str], Sequence[str]]:
    """Draw papers as a table. Return their number, the fields for which there is room, and the meanings of the marks.

    `optional` are the fields whose columns are left out if they are empty. Papers are read only once, and only their
    cells are kept until the widths of all columns are known.
    """
    from pubcli.display.grid import Grid

    heads = columns(answer, fields)
    heads = [head._replace(is_omitted_if_empty=field in optional) for head, field in zip(heads, fields, strict=True)]
    grid, meanings, count, divider = Grid(heads), Meanings(fields), 0, None
    for batch in batched(answer.rows):
        grid.add(list(zip(*(_cells(answer, batch, field, options) for field in fields), strict=True)))
        meanings.add(batch)
        divider = divider or _divider(answer, batch, count)
        count += len(batch)
    fitted = [fields[index] for index in grid.fit(options.width or 0)]
    if count:
        _draw(grid, out, options, divider)
    return count, [*fitted, *(fields[index] for index in grid.empty())], meanings.sentences(fitted)


def _write_crosstab(answer: Answer[Row], out: TextIO) -> int:
    rows = list(answer.rows)
    table = crosstab(answer, rows)
    out.write("\t".join([answer.by[0], *(column.header for column in table.columns[1:])]) + "\n")
    for line in table.lines if rows else ():
        out.write("\t".join(line) + "\n")
    return len(rows)


def _print_cards(answer: Answer[Row], rows: Sequence[Row], out: TextIO, options: RenderOptions) -> None:
    """Print a card for each row."""
    from pubcli.display import card

    width = options.width or 80
    for number, row in enumerate(rows):
        if number:
            out.write("\n\n")
        if answer.kind == "paper_details":
            out.writelines(
                card.texts(card.paper(cast("PaperRow", row)), width, color=options.color, links=options.links)
            )
        else:
            profile = cast("ProfileRow", row)
            out.writelines(card.texts(card.profile_heading(profile), width, color=options.color, links=options.links))
            _draw(card.profile_facts(profile), out, options)


def _draw_rows(
    answer: Answer[Row], rows: Sequence[Row], fields: Sequence[str], out: TextIO, options: RenderOptions
) -> Sequence[str]:
    """Draw the rows as a table and return the fields whose columns fit."""
    from pubcli.display.grid import GAP, Grid

    width = options.width or 0
    heads, cells = columns(answer, fields), [_cells(answer, rows, field, options) for field in fields]
    grid = Grid(heads, list(zip(*cells, strict=True)))
    fitted = grid.fit(width)
    field_of_bars = bar_field(answer)
    if field_of_bars in fields and width > _SHORTEST_BAR + GAP:
        fitted = grid.fit(width - _SHORTEST_BAR - GAP)
        room = min(_LONGEST_BAR, width - sum(fitted.values()) - GAP * len(fitted))
        bars = _bars([row[field_of_bars] for row in rows], room, utf8=options.utf8)
        texts = [*(cells[i] for i in fitted), bars]
        grid = Grid([*(heads[i] for i in fitted), Column("", style=theme.CHART)], list(zip(*texts, strict=True)))
    _draw(grid, out, options)
    return [fields[index] for index in fitted]


def _divider(answer: Answer[Row], rows: Sequence[Row], start: int) -> tuple[int, str] | None:
    """Return the index of the first partial match of a search, and the text to show above it.

    Return None if there is no partial match in `rows`, which are the rows from the index `start` on.
    """
    group = answer.partial_matches
    first = next((index for index, row in enumerate(rows, start) if group and row["missing"]), None)
    if group is None or first is None:
        return None
    papers = "no paper has" if not group.full else "1 paper has" if group.full == 1 else f"{group.full:,} papers have"
    words = ("the word", "both words")[group.words - 1] if group.words <= 2 else f"all {group.words} words"
    part = ("", "one of them or ", "some of them or ")[min(group.words, 3) - 1]
    return first, f"{papers} {words}; these have {part}related words"


def _cells(answer: Answer[Row], rows: Sequence[Row], field: str, options: RenderOptions) -> Sequence[str | Cell]:
    """Return the cells of a column, with the words of the query highlighted."""
    from pubcli.display.grid import Cell

    if field == SPARKLINES.get(answer.kind):
        return [_list_as_sparkline(row[field], options) for row in rows]
    if field in SHARES:
        return [percent(row[field]) for row in rows]
    texts = column_texts(answer, rows, field)
    if field == "course" and not options.utf8:
        return [in_ascii(text) for text in texts]
    if answer.terms and field in _SEARCHED:
        searched = [term for term in answer.terms if applies(term, field)]
        return [Cell(text, spans(text, searched)) for text in texts]
    if answer.kind == "changes" and field in ("change", "key", "title"):
        return [_change_cell(text, str(row["change"])) for text, row in zip(texts, rows, strict=True)]
    if options.links and answer.lists_papers and field in _LINKED:
        from pubcli.biblio.web_addresses import field_address

        return [Cell(text, address=field_address(row, field)) for text, row in zip(texts, rows, strict=True)]
    return [Cell(text, *_changes(text)) for text in texts] if field == "summary" else texts


def _change_cell(text: str, change: str) -> Cell:
    """Return a cell of a difference: what is new and what is gone have different colours."""
    from pubcli.display.grid import Cell

    style = {"new": theme.NEW, "gone": theme.GONE}.get(change)
    return Cell(text, ((0, len(text)),), (style,)) if style and text else Cell(text)


def _bars(values: Sequence[object], width: int, *, utf8: bool) -> list[str]:
    numbers = [value if isinstance(value, int | float) else 0 for value in values]
    return [bar(number, max(numbers), width=width, utf8=utf8) for number in numbers]


def _list_as_sparkline(value: object, options: RenderOptions) -> str:
    """Return a list of numbers as a sparkline of at most a quarter of the screen (or 8 characters if this is more)."""
    numbers = [None if number is None else float(number) for number in value] if isinstance(value, list) else []
    return sparkline(numbers, width=max(8, (options.width or 0) // 4), utf8=options.utf8)


def _draw_crosstab(answer: Answer[Row], rows: Sequence[Row], out: TextIO, options: RenderOptions) -> list[str]:
    """Draw pairs as a cross-tabulation and return the sentences to print below it."""
    from pubcli.display.grid import Grid

    table = crosstab(answer, rows, width=options.width, zero="·" if options.utf8 else ".")
    _draw(Grid(table.columns, list(table.lines)), out, options)
    return table.notes


def _draw(grid: Grid, out: TextIO, options: RenderOptions, divider: tuple[int, str] | None = None) -> None:
    out.writelines(grid.lines(options.width or 80, color=options.color, ascii_only=not options.utf8, divider=divider))


def _changes(text: str) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """Return the spans of removed and added words in a summary of changes, and their styles."""
    removed = [(match.span(), theme.REMOVED) for match in REMOVED.finditer(text)]
    added = [(match.span(), theme.ADDED) for match in ADDED.finditer(text)]
    return tuple(span for span, _ in removed + added), tuple(style for _, style in removed + added)


def _draw_trend_lines(answer: Answer[Row], rows: Sequence[Row], out: TextIO, options: RenderOptions) -> None:
    """Draw the trends of an answer's numbers, below its table."""
    lines = trend_lines(answer, rows, options)
    if lines:
        from pubcli.display.grid import Grid

        out.write("\n")
        _draw(Grid(COLUMNS, lines), out, options)
