"""How the numbers of an answer went from its first row to its last, one line each."""

from collections.abc import Sequence

from pubcli.answer import Answer, Row
from pubcli.formats import Look
from pubcli.formats.columns import column
from pubcli.sparkline import sparkline

_LONGEST = 60
"""Characters of a sparkline; what else stands on its line takes 30 at most."""


def courses(answer: Answer, rows: Sequence[Row], look: Look) -> list[tuple[str, str, str]]:
    """What is counted, its sparkline, and the first and the last number: `h-index`, `▁▁█`, `61 → 64 (+3)`."""
    width = _LONGEST if look.width is None else max(1, min(_LONGEST, look.width - 40))
    found = []
    for field in answer.courses:
        values = [value if isinstance(value := row[field], int) else None for row in rows]
        known = [value for value in values if value is not None]
        if known:
            arrow = "→" if look.utf8 else "to"
            ends = f"{known[0]:,} {arrow} {known[-1]:,} ({known[-1] - known[0]:+,})"
            found.append((column(field).header, sparkline(values, width=width, utf8=look.utf8), ends))
    return found
