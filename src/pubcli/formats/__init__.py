"""One file per format, each with `write(answer, fields, out, look) -> number of rows`, and the table that names them.

A writer gets rows and the fields to show; it decides how they look and nothing else. Only `table`, with what it
draws (`grid`, `card`), imports Rich.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TextIO, cast

from pubcli.answer import Answer

FORMATS = {
    "table": "pubcli.formats.table",
    "json": "pubcli.formats.json",
    "jsonl": "pubcli.formats.jsonl",
    "csv": "pubcli.formats.csv",
    "tsv": "pubcli.formats.tsv",
    "markdown": "pubcli.formats.markdown",
}
FOR_PEOPLE = ("table", "markdown")
"""Formats that show the columns of an answer, under names for people, and its notes; others show every field."""
SUFFIXES = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".md": "markdown",
    ".txt": "table",
}
"""The format that a file name asks for when no format is given."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the destination can show."""

    width: int | None = None
    """Columns of the terminal; None when it is none: nothing is cut, wrapped or coloured then."""
    color: bool = False
    utf8: bool = True


def write(name: str, answer: Answer, fields: Sequence[str], out: TextIO, look: Look) -> int:
    """Write an answer in the named format and return the number of its rows."""
    return cast(int, import_module(FORMATS[name]).write(answer, fields, out, look))
