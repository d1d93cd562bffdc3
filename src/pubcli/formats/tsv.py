"""Tab-separated values: a header line, one record a line; tabs and line breaks in a value become blanks."""

from collections.abc import Sequence
from typing import TextIO

from pubcli.answer import Answer
from pubcli.formats import Look
from pubcli.formats.cells import cell
from pubcli.text import visible


def write(answer: Answer, fields: Sequence[str], out: TextIO, look: Look) -> int:
    """Values as they are, without any quoting: what `cut` and `awk` expect."""
    out.write("\t".join(fields) + "\n")
    count = 0
    for row in answer.rows:
        count += 1
        out.write("\t".join(visible(cell(row, field)) for field in fields) + "\n")
    return count
