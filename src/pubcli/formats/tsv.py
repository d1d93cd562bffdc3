"""Tab-separated values: a header line, one record a line; tabs and line breaks in a value become blanks."""

from collections.abc import Iterator, Sequence
from typing import TextIO

from pubcli.answer import Answer
from pubcli.formats import Look
from pubcli.formats.csv import BOM
from pubcli.formats.csv import entries as entries


def write(answer: Answer, fields: Sequence[str], out: TextIO, look: Look) -> int:
    """Values as they are, without any quoting: what `cut` and `awk` expect."""
    out.write(BOM if look.excel else "")
    count = -1  # the header
    for line in entries(answer.rows, fields, look):
        count += 1
        out.write("\t".join(line) + "\n")
    return count


def reread(text: str) -> Iterator[list[str]]:
    """The lines of a file, cell by cell."""
    yield from (line.split("\t") for line in text.removeprefix(BOM).removesuffix("\n").split("\n"))
