"""What people read. On a terminal a table or cards, drawn by Rich; elsewhere the same as tab-separated lines."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from pubcli.answer import Answer, Row
from pubcli.formats import Look
from pubcli.formats.cells import explanations, marked
from pubcli.formats.courses import HEADS, courses
from pubcli.passages import Span, spans
from pubcli.text import visible
from pubcli.wording import ADDED, REMOVED

if TYPE_CHECKING:
    from rich.console import Console


def write(answer: Answer, fields: Sequence[str], out: TextIO, look: Look) -> int:
    """Rows, then what their marks and counts mean. Off a terminal nothing is cut, wrapped or coloured."""
    if look.width is None:
        return _write_lines(answer, fields, out)
    rows = list(answer.rows)
    if not rows:
        return 0
    console = _console(out, look, look.width)
    if answer.layout != "table" and tuple(fields) == answer.columns:
        shown = _print_cards(console, answer, rows)
    else:
        shown = _print_grid(console, answer, rows, fields, look.width)
    _print_courses(console, answer, rows, look)
    notes = [*explanations(rows, shown), *answer.notes]
    if tuple(fields) != answer.columns and len(shown) < len(fields):
        notes.append(f"no room for {', '.join(field for field in fields if field not in shown)}; widen the terminal")
    if notes:
        console.print("\n" + "\n".join(map(visible, notes)), style="dim", markup=False, highlight=False, emoji=False)
    return len(rows)


def _write_lines(answer: Answer, fields: Sequence[str], out: TextIO) -> int:
    out.write("\t".join(fields) + "\n")
    count = 0
    for row in answer.rows:
        count += 1
        out.write("\t".join(marked(row, field) for field in fields) + "\n")
    return count


def _console(out: TextIO, look: Look, width: int) -> "Console":
    from rich.console import Console

    return Console(
        file=out,
        width=width,
        height=25,  # of no consequence; without it Rich asks the environment for both
        force_terminal=look.color,
        color_system="standard" if look.color else None,
        no_color=not look.color,
        legacy_windows=False,
        soft_wrap=False,
    )


def _print_cards(console: "Console", answer: Answer, rows: Sequence[Row]) -> Sequence[str]:
    """Print everything about each row and return the fields that were shown."""
    from pubcli.formats import card

    for number, row in enumerate(rows):
        if number:
            console.print("\n" * 2, end="")
        console.print(card.paper(row) if answer.layout == "paper" else card.profile(row), crop=False)
    return answer.columns


def _print_grid(
    console: "Console", answer: Answer, rows: Sequence[Row], fields: Sequence[str], width: int
) -> Sequence[str]:
    """Print rows under columns and return the fields for which there was room."""
    from pubcli.formats.columns import columns
    from pubcli.formats.grid import Cell, Grid

    searched = {"title", "authors", "abstract", "org", "passage"} if answer.terms else set()

    def cell(row: Row, field: str) -> str | Cell:
        text = marked(row, field)
        if field in searched:
            return Cell(text, spans(text, answer.terms))
        return Cell(text, *_struck(text)) if field == "summary" else text

    grid = Grid(columns(answer, fields), [[cell(row, field) for field in fields] for row in rows])
    console.print(grid, crop=False)
    return [fields[index] for index in grid.fit(width)]


def _struck(text: str) -> tuple[tuple[Span, ...], None, tuple[str, ...]]:
    """Where words were removed or added, no link, and the styles of these places."""
    removed = [(match.span(), "red strike") for match in REMOVED.finditer(text)]
    added = [(match.span(), "green") for match in ADDED.finditer(text)]
    return tuple(span for span, _ in removed + added), None, tuple(style for _, style in removed + added)


def _print_courses(console: "Console", answer: Answer, rows: Sequence[Row], look: Look) -> None:
    """Print below a table how its numbers went."""
    from pubcli.formats.grid import Grid

    lines = courses(answer, rows, look)
    if lines:
        console.print()
        console.print(Grid(HEADS, lines), crop=False)
