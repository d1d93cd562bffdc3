"""Comma-separated values with a header, pubcli's own and those of other programs."""

from collections.abc import Iterator

from pubcli.inputs.sources import Source, Stream
from pubcli.model import Document
from pubcli.readers import bibliography, columns
from pubcli.readers.bibliography import Found


def read(source: Source) -> Document:
    """A paper from each row; the header names the fields, or --map says which column holds which."""
    return bibliography.by_profile(source, stream(source))


def stream(source: Source | Stream) -> Iterator[Found]:
    """The papers, one by one. Raises InputError when no column can be the title, or a mapped one is not there."""
    return columns.stream(source, ",;\t|")
