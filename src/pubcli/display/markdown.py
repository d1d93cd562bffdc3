"""A table in Markdown as GitHub reads it, for issues, wikis and notes.

Every text is escaped, so that what is rendered is what stands on the page, and nothing on a page becomes a link, an
image, HTML or a table of its own.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TextIO

from pubcli.answer.answer import Answer, Row
from pubcli.answer.marks import explanations, marked_text
from pubcli.display.cells import SHARES, display_text, percent
from pubcli.display.columns import CARDS, Column, columns, default_columns
from pubcli.display.crosstab import crosstab
from pubcli.display.trend_lines import HEADS, trend_lines
from pubcli.formats import RenderOptions
from pubcli.text.normalize import visible

_INLINE = re.compile(r"[\\`*_\[\]<>|&~$#]")
"""What means something anywhere in a line."""
_OPENING = re.compile(r"(?:[-+=]|\d+(?=[.)]))")
"""What means something at the beginning of a line that is no table."""


_MOST = 20
"""Columns of a cross-tabulation, before the rest is summed up."""


def write(answer: Answer[Row], fields: Sequence[str], out: TextIO, options: RenderOptions) -> int:
    """A table, or one for each record where a terminal shows cards; below, what marks and counts mean."""
    rows = list(answer.rows)
    heads = columns(answer, fields)
    below = explanations(rows, fields)
    is_default = tuple(fields) == default_columns(answer)
    if answer.crossing and is_default:
        drawn = crosstab(answer, rows, most=_MOST)
        below = drawn.notes
        out.writelines(_table(drawn.heads, drawn.lines if rows else ()))
    elif answer.kind in CARDS and is_default and rows:
        out.write("\n".join("".join(_card(row, fields, heads)) for row in rows))
    else:
        out.writelines(_table(heads, ([_cell(answer, row, field) for field in fields] for row in rows)))
    if rows and (lines := trend_lines(answer, rows, options)):
        out.write("\n")
        out.writelines(_table(HEADS, lines))
    for note in dict.fromkeys((*below, *answer.notes)):
        out.write(f"\n{_paragraph(note)}\n")
    return len(rows)


def _cell(answer: Answer[Row], row: Row, field: str) -> str:
    return percent(row[field]) if field in SHARES else display_text(answer, row, field)


def _card(row: Row, fields: Sequence[str], heads: Sequence[Column]) -> Iterable[str]:
    """What the record says; a field without a heading of its own goes by its name."""
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
    """One line of text that is rendered as it is."""
    return _INLINE.sub(r"\\\g<0>", visible(text).strip())


def _paragraph(text: str) -> str:
    """The same for a line that stands alone, whose beginning might be taken for that of a list or a heading."""
    escaped = _escaped(text)
    opening = _OPENING.match(escaped)
    if opening is None:
        return escaped
    end = opening.end() if opening[0].isdecimal() else 0
    return f"{escaped[:end]}\\{escaped[end:]}"
