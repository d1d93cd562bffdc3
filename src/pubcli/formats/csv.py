"""Comma-separated values (RFC 4180): CRLF, quotes doubled, a header line; lists joined by `; `."""

import csv
from collections.abc import Sequence
from typing import TextIO

from pubcli.answer import Answer
from pubcli.formats import Look
from pubcli.formats.cells import cell
from pubcli.text import visible


def write(answer: Answer, fields: Sequence[str], out: TextIO, look: Look) -> int:
    """Values as they are, but for line breaks and control characters, which become visible signs."""
    rows = csv.writer(out)
    rows.writerow(fields)
    count = 0
    for row in answer.rows:
        count += 1
        rows.writerow([visible(cell(row, field)) for field in fields])
    return count
