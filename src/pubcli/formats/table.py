"""What people read. On a terminal a table or cards, drawn by Rich; elsewhere the same as tab-separated lines."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from pubcli.answer import Answer, Row
from pubcli.formats import Look
from pubcli.formats.cells import explanations, marked
from pubcli.passages import spans

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


def write(answer: Answer, fields: Sequence[str], out: TextIO, look: Look) -> int:
    """Rows, then what their marks and counts mean. Off a terminal nothing is cut, wrapped or coloured."""
    if look.width is None:
        return _write_lines(answer, fields, out)
    rows = list(answer.rows)
    if not rows:
        return 0
    console = _console(out, look, look.width)
    for number, drawing in enumerate(_drawings(answer, rows, fields)):
        if number:
            console.print("\n" * 2, end="")
        console.print(drawing, crop=False)
    notes = [*explanations(rows, fields), *answer.notes]
    if notes:
        console.print("\n" + "\n".join(notes), style="dim", markup=False, highlight=False, emoji=False)
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
        force_terminal=look.color,
        color_system="standard" if look.color else None,
        no_color=not look.color,
        legacy_windows=False,
        soft_wrap=False,
    )


def _drawings(answer: Answer, rows: Sequence[Row], fields: Sequence[str]) -> "list[RenderableType]":
    if answer.layout != "table" and tuple(fields) == answer.columns:
        from pubcli.formats import card

        return [card.paper(row) if answer.layout == "paper" else card.profile(row) for row in rows]
    from pubcli.formats.columns import column
    from pubcli.formats.grid import Cell, Grid

    marks = {"title", "authors", "abstract", "org", "passage"} if answer.terms else set()
    columns = [column(field) for field in fields]
    cells: list[list[str | Cell]] = []
    for row in rows:
        texts = [(field, marked(row, field)) for field in fields]
        cells.append([Cell(text, spans(text, answer.terms)) if field in marks else text for field, text in texts])
    return [Grid(columns, cells)]
