"""Comma-separated values with a header, pubcli's own and those of other programs."""

from collections.abc import Iterator

from pubcli.formats.shared import collect
from pubcli.formats.shared.collect import Parsed
from pubcli.formats.tabular import read as table
from pubcli.inputs.sources import Source, Stream
from pubcli.model import Document


def read(source: Source) -> Document:
    """A paper from each row; the header names the fields, or --map says which column holds which."""
    return collect.document_by_profile(source, parse(source))


def parse(source: Source | Stream) -> Iterator[Parsed]:
    """The papers, one by one. Raises InputError when no column can be the title, or a mapped one is not there."""
    return table.parse(source, ",;\t|")
