"""Tab-separated values with a header, without any quoting."""

from pubcli.model import Document
from pubcli.readers import columns
from pubcli.sources import Source


def read(source: Source) -> Document:
    """A paper from each line; the header names the fields, or --map says which column holds which."""
    return columns.read(source, "\t")
