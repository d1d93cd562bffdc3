"""What people read. On a terminal a table or cards, drawn by Rich; elsewhere the same as tab-separated lines."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from pubcli.answer.answer import Answer, Row
from pubcli.answer.marks import explanations
from pubcli.display.bars import bar
from pubcli.display.cells import SHARES, column_texts, display_text, percent
from pubcli.display.columns import BARS, CARDS, SPARKLINES, Column, columns, default_columns
from pubcli.display.crosstab import crosstab
from pubcli.display.sparkline import in_ascii, sparkline
from pubcli.display.trend_lines import HEADS, trend_lines
from pubcli.formats import RenderOptions
from pubcli.query.snippets import Span, spans
from pubcli.text.normalize import visible
from pubcli.text.word_diff import ADDED, REMOVED

if TYPE_CHECKING:
    from rich.console import Console

    from pubcli.display.grid import Cell, Grid

_SEARCHED = frozenset({"title", "authors", "abstract", "org", "passage"})
"""Fields in which the words of a question are marked."""
_SHORTEST, _LONGEST = 8, 50
"""Cells of the bar of the largest number."""


def write(answer: Answer[Row], fields: Sequence[str], out: TextIO, options: RenderOptions) -> int:
    """Rows, then what their marks and counts mean. Off a terminal nothing is cut, wrapped or coloured."""
    is_default = tuple(fields) == default_columns(answer)
    crossed = answer.crossing is not None and is_default
    if options.width is None:
        return _write_crosstab(answer, out) if crossed else _write_lines(answer, fields, out)
    from pubcli.display.grid import paragraphs

    rows = list(answer.rows)
    if not rows:
        return 0
    below: Sequence[str] = ()
    if crossed:
        shown, below = fields, _draw_crosstab(answer, rows, out, options)
    elif answer.kind in CARDS and is_default:
        shown = fields
        _print_cards(answer, rows, out, options)
    else:
        shown = _draw_rows(answer, rows, fields, out, options)
    _draw_trend_lines(answer, rows, out, options)
    notes = [*dict.fromkeys((*(below if crossed else explanations(rows, shown)), *answer.notes))]
    if not is_default and len(shown) < len(fields):
        notes.append(f"no room for {', '.join(field for field in fields if field not in shown)}; widen the terminal")
    if notes:
        out.writelines(paragraphs(("", *map(visible, notes)), options.width, "dim", color=options.color))
    return len(rows)


def _write_lines(answer: Answer[Row], fields: Sequence[str], out: TextIO) -> int:
    out.write("\t".join(fields) + "\n")
    count = 0
    for row in answer.rows:
        count += 1
        out.write("\t".join(display_text(answer, row, field) for field in fields) + "\n")
    return count


def _write_crosstab(answer: Answer[Row], out: TextIO) -> int:
    rows = list(answer.rows)
    drawn = crosstab(answer, rows)
    out.write("\t".join([answer.by[0], *(head.header for head in drawn.heads[1:])]) + "\n")
    for line in drawn.lines if rows else ():
        out.write("\t".join(line) + "\n")
    return len(rows)


def _console(out: TextIO, options: RenderOptions) -> "Console":
    from rich.console import Console

    return Console(
        file=out,
        width=options.width,
        height=25,  # of no consequence; without it Rich asks the environment for both
        force_terminal=options.color,
        color_system="standard" if options.color else None,
        no_color=not options.color,
        legacy_windows=False,
        soft_wrap=False,
    )


def _print_cards(answer: Answer[Row], rows: Sequence[Row], out: TextIO, options: RenderOptions) -> None:
    """Print a card for each row."""
    from pubcli.display import card

    console = _console(out, options)
    for number, row in enumerate(rows):
        if number:
            console.print("\n" * 2, end="")
        if answer.kind == "paper_details":
            console.print(card.paper(row), crop=False)
        else:
            console.print(card.profile_heading(row), crop=False)
            _draw(card.profile_facts(row), out, options)


def _draw_rows(
    answer: Answer[Row], rows: Sequence[Row], fields: Sequence[str], out: TextIO, options: RenderOptions
) -> Sequence[str]:
    """Draw rows under columns and return the fields for which there was room."""
    from pubcli.display.grid import GAP, Grid

    width = options.width or 0
    heads, cells = columns(answer, fields), [_cells(answer, rows, field, options) for field in fields]
    grid = Grid(heads, list(zip(*cells, strict=True)))
    fitted = grid.fit(width)
    bars = BARS.get(answer.kind, "")
    if bars in fields and width > _SHORTEST + GAP:
        fitted = grid.fit(width - _SHORTEST - GAP)
        room = min(_LONGEST, width - sum(fitted.values()) - GAP * len(fitted))
        drawn = _bars([row[bars] for row in rows], room, utf8=options.utf8)
        shown = [*(cells[i] for i in fitted), drawn]
        grid = Grid([*(heads[i] for i in fitted), Column("", style="cyan")], list(zip(*shown, strict=True)))
    _draw(grid, out, options)
    return [fields[index] for index in fitted]


def _cells(answer: Answer[Row], rows: Sequence[Row], field: str, options: RenderOptions) -> "Sequence[str | Cell]":
    """A column, with the words that were asked for marked."""
    from pubcli.display.grid import Cell

    if field == SPARKLINES.get(answer.kind):
        return [_drawn_sparkline(row[field], options) for row in rows]
    if field in SHARES:
        return [percent(row[field]) for row in rows]
    texts = column_texts(answer, rows, field)
    if field == "course" and not options.utf8:
        return [in_ascii(text) for text in texts]
    if answer.terms and field in _SEARCHED:
        return [Cell(text, spans(text, answer.terms)) for text in texts]
    return [Cell(text, *_struck(text)) for text in texts] if field == "summary" else texts


def _bars(values: Sequence[object], width: int, *, utf8: bool) -> list[str]:
    numbers = [value if isinstance(value, int | float) else 0 for value in values]
    return [bar(number, max(numbers), width=width, utf8=utf8) for number in numbers]


def _drawn_sparkline(value: object, options: RenderOptions) -> str:
    """A list of numbers as a sparkline that leaves room for what stands beside it."""
    numbers = [None if one is None else float(one) for one in value] if isinstance(value, list) else []
    return sparkline(numbers, width=max(8, (options.width or 0) // 4), utf8=options.utf8)


def _draw_crosstab(answer: Answer[Row], rows: Sequence[Row], out: TextIO, options: RenderOptions) -> list[str]:
    """Draw a crossed answer and return what its marks mean and what is summed up."""
    from pubcli.display.grid import Grid

    drawn = crosstab(answer, rows, width=options.width, zero="·" if options.utf8 else ".")
    _draw(Grid(drawn.heads, list(drawn.lines)), out, options)
    return drawn.notes


def _draw(grid: "Grid", out: TextIO, options: RenderOptions) -> None:
    out.writelines(grid.drawn(options.width or 80, color=options.color, ascii_only=not options.utf8))


def _struck(text: str) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """Where words were removed or added, and the styles of these places."""
    removed = [(match.span(), "red strike") for match in REMOVED.finditer(text)]
    added = [(match.span(), "green") for match in ADDED.finditer(text)]
    return tuple(span for span, _ in removed + added), tuple(style for _, style in removed + added)


def _draw_trend_lines(answer: Answer[Row], rows: Sequence[Row], out: TextIO, options: RenderOptions) -> None:
    """Draw below a table how its numbers went."""
    from pubcli.display.grid import Grid

    lines = trend_lines(answer, rows, options)
    if lines:
        out.write("\n")
        _draw(Grid(HEADS, lines), out, options)
