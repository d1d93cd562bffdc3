"""JSON Lines: one record a line, for tools that read a stream."""

from collections.abc import Sequence
from typing import TextIO

from pubcli.answer import Answer
from pubcli.formats import Look
from pubcli.formats.json import encoded


def write(answer: Answer, fields: Sequence[str], out: TextIO, look: Look) -> int:
    """Nothing at all when there is no row."""
    count = 0
    for text in encoded(answer, fields):
        count += 1
        out.write(f"{text}\n")
    return count
