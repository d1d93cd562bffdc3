"""Write a table in GitHub's Markdown, for issues, wikis and notes.

Every text is escaped, so it is rendered unchanged: no text becomes a link, an image, HTML or a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pubcli.answer.answer import Answer, Row
from pubcli.answer.marks import explanations, marked_text
from pubcli.display.cells import SHARES, display_text, percent
from pubcli.display.columns import CARDS, Column, columns, default_columns
from pubcli.display.crosstab import crosstab
from pubcli.display.trend_lines import COLUMNS, trend_lines
from pubcli.formats import RenderOptions
from pubcli.lazy import TYPE_CHECKING, pattern
from pubcli.text.normalize import visible

if TYPE_CHECKING:
    from typing import TextIO

_INLINE = pattern(r"[\\`*_\[\]<>|&~$#]")
"""Characters that have a meaning anywhere in a line of Markdown."""
_OPENING = pattern(r"(?:[-+=]|\d+(?=[.)]))")
"""Characters that have a meaning at the beginning of a line outside a table."""


_MOST_COLUMNS = 20
"""Maximum number of columns that a cross-tabulation shows; one more column sums up the others."""


def write(answer: Answer[Row], fields: Sequence[str], out: TextIO, options: RenderOptions) -> int:
    """Write a table, then the meanings of its marks and the notes. Return the number of rows.

    Profiles, and papers with all details, are written as one table for each row, with a line for each field, because
    a terminal shows them as cards. Chosen fields are always written as a single table.
    """
    rows = list(answer.rows)
    heads = columns(answer, fields)
    sentences = explanations(rows, fields)
    is_default = tuple(fields) == default_columns(answer)
    if answer.crossing and is_default:
        table = crosstab(answer, rows, most=_MOST_COLUMNS)
        sentences = table.notes
        out.writelines(_table(table.columns, table.lines if rows else ()))
    elif answer.kind in CARDS and is_default and rows:
        out.write("\n".join("".join(_card(row, fields, heads)) for row in rows))
    else:
        out.writelines(_table(heads, ([_cell(answer, row, field) for field in fields] for row in rows)))
    if rows and (lines := trend_lines(answer, rows, options)):
        out.write("\n")
        out.writelines(_table(COLUMNS, lines))
    for note in dict.fromkeys((*sentences, *answer.notes)):
        out.write(f"\n{_paragraph(note)}\n")
    return len(rows)


def _cell(answer: Answer[Row], row: Row, field: str) -> str:
    return percent(row[field]) if field in SHARES else display_text(answer, row, field)


def _card(row: Row, fields: Sequence[str], heads: Sequence[Column]) -> Iterable[str]:
    """Return a table with the fields of a row. A field without a heading is labelled with its name."""
    labels = (
        field.replace("_", " ").capitalize() if head.header == field else head.header
        for field, head in zip(fields, heads, strict=True)
    )
    lines = ((label, marked_text(row, field)) for label, field in zip(labels, fields, strict=True))
    return _table([Column("Field"), Column("Value")], (line for line in lines if line[1]))


def _table(heads: Sequence[Column], rows: Iterable[Sequence[str]]) -> Iterable[str]:
    yield _line(head.header for head in heads)
    yield f"| {' | '.join('---:' if head.justify == 'right' else '---' for head in heads)} |\n"
    for row in rows:
        yield _line(row)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(_escaped, cells))} |\n"


def _escaped(text: str) -> str:
    """Return one line of text, escaped so that it is rendered as it is."""
    return _INLINE.sub(r"\\\g<0>", visible(text).strip())


def _paragraph(text: str) -> str:
    """Escape a line outside a table: in addition to the usual escapes, it must not begin a list or a heading."""
    escaped = _escaped(text)
    opening = _OPENING.match(escaped)
    if opening is None:
        return escaped
    end = opening.end() if opening[0].isdecimal() else 0
    return f"{escaped[:end]}\\{escaped[end:]}"
