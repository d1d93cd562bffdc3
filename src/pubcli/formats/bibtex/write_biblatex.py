"""Write entries for biblatex and biber, with `@online`, `date`, `eprinttype`, and remarks in `annotation`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from pubcli.answer.answer import Answer, Row
from pubcli.formats import RenderOptions
from pubcli.formats.bibtex import write as bibtex
from pubcli.formats.bibtex.write import BibtexEntry
from pubcli.formats.bibtex.write import read_back as read_back


def write(answer: Answer[Row], fields: Sequence[str], out: TextIO, options: RenderOptions) -> int:
    """Write an entry for each paper, with blank lines between entries, and return the number of entries."""
    return bibtex.write_entries(entries(answer.rows, fields, options), out)


def entries(rows: Iterable[Row], fields: Sequence[str], options: RenderOptions) -> Iterator[BibtexEntry]:
    """Yield the entry of each paper."""
    return bibtex.entries(rows, fields, options, "biblatex")
