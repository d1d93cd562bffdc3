"""Show the trend of each numeric field of an answer in one line, from the first row to the last."""

from collections.abc import Sequence

from pubcli.answer.answer import Answer, Row
from pubcli.display import theme
from pubcli.display.columns import Column, columns
from pubcli.display.sparkline import sparkline
from pubcli.formats import RenderOptions

COLUMNS = (Column("Number"), Column("Trend", style=theme.CHART), Column("First and last", minimum=8, weight=1))
"""The columns of the table of trends."""
_WIDEST = 60
"""Maximum number of characters in a sparkline."""
_GAP = 2
"""Blanks between two columns."""


def trend_lines(answer: Answer[Row], rows: Sequence[Row], options: RenderOptions) -> list[tuple[str, str, str]]:
    """Return a line for each of `answer.trends`: label, sparkline and change (`h-index`, `▁▁█`, `61 → 64 (+3)`)."""
    numbers = [[value if isinstance(value := row[field], int) else None for row in rows] for field in answer.trends]
    labels = [head.header for head in columns(answer, answer.trends)]
    ends = [_first_and_last(values, "→" if options.utf8 else "to") for values in numbers]
    other_columns = max(map(len, labels), default=0) + max(map(len, ends), default=0) + 2 * _GAP
    width = _WIDEST if options.width is None else max(1, min(_WIDEST, options.width - other_columns))
    lines = [sparkline(values, width=width, utf8=options.utf8) for values in numbers]
    return list(zip(labels, lines, ends, strict=True))


def _first_and_last(values: Sequence[int | None], arrow: str) -> str:
    numbers = [value for value in values if value is not None]
    return f"{numbers[0]:,} {arrow} {numbers[-1]:,} ({numbers[-1] - numbers[0]:+,})" if numbers else ""
