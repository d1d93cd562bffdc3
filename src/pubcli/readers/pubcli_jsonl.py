"""What `pubcli list --format jsonl` prints: a record on each line."""

from pubcli.model import Document
from pubcli.readers import arrays, pubcli_json
from pubcli.readers.text import numbered
from pubcli.sources import Source


def read(source: Source) -> Document:
    """The papers, profile by profile."""
    return pubcli_json.pages(source, arrays.lines(numbered(source)))
