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

    from pubcli.formats.grid import Grid


def write(answer: Answer, fields: Sequence[str], out: TextIO, look: Look) -> int:
    """Rows, then what their marks and counts mean. Off a terminal nothing is cut, wrapped or coloured."""
    if look.width is None:
        return _write_lines(answer, fields, out)
    from pubcli.formats.grid import paragraphs

    rows = list(answer.rows)
    if not rows:
        return 0
    if answer.layout != "table" and tuple(fields) == answer.columns:
        shown = _print_cards(_console(out, look, look.width), answer, rows)
    else:
        grid = _grid(answer, rows, fields)
        _draw(grid, out, look)
        shown = [fields[index] for index in grid.fit(look.width)]
    _draw_courses(answer, rows, out, look)
    notes = [*explanations(rows, shown), *answer.notes]
    if tuple(fields) != answer.columns and len(shown) < len(fields):
        notes.append(f"no room for {', '.join(field for field in fields if field not in shown)}; widen the terminal")
    if notes:
        out.writelines(paragraphs(("", *map(visible, notes)), look.width, "dim", color=look.color))
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


def _grid(answer: Answer, rows: Sequence[Row], fields: Sequence[str]) -> "Grid":
    """Rows under columns, with the words that were asked for marked."""
    from pubcli.formats.columns import columns
    from pubcli.formats.grid import Cell, Grid

    searched = {"title", "authors", "abstract", "org", "passage"} if answer.terms else set()

    def cells(field: str) -> Sequence[str | Cell]:
        texts = [marked(row, field) for row in rows]
        if field in searched:
            return [Cell(text, spans(text, answer.terms)) for text in texts]
        return [Cell(text, *_struck(text)) for text in texts] if field == "summary" else texts

    return Grid(columns(answer, fields), list(zip(*map(cells, fields), strict=True)))


def _draw(grid: "Grid", out: TextIO, look: Look) -> None:
    out.writelines(grid.drawn(look.width or 80, color=look.color, ascii_only=not look.utf8))


def _struck(text: str) -> tuple[tuple[Span, ...], None, tuple[str, ...]]:
    """Where words were removed or added, no link, and the styles of these places."""
    removed = [(match.span(), "red strike") for match in REMOVED.finditer(text)]
    added = [(match.span(), "green") for match in ADDED.finditer(text)]
    return tuple(span for span, _ in removed + added), None, tuple(style for _, style in removed + added)


def _draw_courses(answer: Answer, rows: Sequence[Row], out: TextIO, look: Look) -> None:
    """Draw below a table how its numbers went."""
    from pubcli.formats.grid import Grid

    lines = courses(answer, rows, look)
    if lines:
        out.write("\n")
        _draw(Grid(HEADS, lines), out, look)
