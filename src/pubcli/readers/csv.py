"""Comma-separated values with a header, pubcli's own and those of other programs."""

from pubcli.model import Document
from pubcli.readers import columns
from pubcli.sources import Source


def read(source: Source) -> Document:
    """A paper from each row; the header names the fields, or --map says which column holds which."""
    return columns.read(source, ",;\t|")
