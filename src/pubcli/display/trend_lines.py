"""How the numbers of an answer went from its first row to its last, one line each."""

from collections.abc import Sequence

from pubcli.answer.answer import Answer, Row
from pubcli.display.columns import Column, column
from pubcli.display.sparkline import sparkline
from pubcli.formats import RenderOptions

HEADS = (Column("Number"), Column("Trend", style="cyan"), Column("First and last", minimum=8, weight=1))
"""Columns for them."""
_LONGEST = 60
"""Characters of a sparkline."""
_GAP = 2
"""Blanks between two columns."""


def trend_lines(answer: Answer[Row], rows: Sequence[Row], options: RenderOptions) -> list[tuple[str, str, str]]:
    """What is counted, its sparkline, and the first and the last number: `h-index`, `▁▁█`, `61 → 64 (+3)`."""
    numbers = [[value if isinstance(value := row[field], int) else None for row in rows] for field in answer.trends]
    labels = [column(field).header for field in answer.trends]
    ends = [_ends(values, "→" if options.utf8 else "to") for values in numbers]
    beside = max(map(len, labels), default=0) + max(map(len, ends), default=0) + 2 * _GAP
    width = _LONGEST if options.width is None else max(1, min(_LONGEST, options.width - beside))
    lines = [sparkline(values, width=width, utf8=options.utf8) for values in numbers]
    return list(zip(labels, lines, ends, strict=True))


def _ends(values: Sequence[int | None], arrow: str) -> str:
    known = [value for value in values if value is not None]
    return f"{known[0]:,} {arrow} {known[-1]:,} ({known[-1] - known[0]:+,})" if known else ""
