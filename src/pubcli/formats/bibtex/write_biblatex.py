"""Write BibTeX for biblatex and biber: `@online`, one field `date`, `eprinttype`, remarks in `annotation`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from pubcli.answer.answer import Answer, Row
from pubcli.formats import RenderOptions
from pubcli.formats.bibtex import write as bibtex
from pubcli.formats.bibtex.write import BibtexEntry
from pubcli.formats.bibtex.write import read_back as read_back


def write(answer: Answer[Row], fields: Sequence[str], out: TextIO, options: RenderOptions) -> int:
    """Write entries, separated by blank lines, and return how many there are."""
    return bibtex.write_entries(entries(answer.rows, fields, options), out)


def entries(rows: Iterable[Row], fields: Sequence[str], options: RenderOptions) -> Iterator[BibtexEntry]:
    """Yield the entry of each paper."""
    return bibtex.entries(rows, fields, options, "biblatex")
