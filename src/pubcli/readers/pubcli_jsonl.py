"""What `pubcli list --format jsonl` prints: a record on each line."""

from collections.abc import Iterator

from pubcli.inputs.sources import Source, Stream
from pubcli.model import Document
from pubcli.readers import arrays, bibliography
from pubcli.readers.bibliography import Found
from pubcli.readers.pubcli_json import references
from pubcli.readers.text import numbered


def read(source: Source) -> Document:
    """The papers, profile by profile."""
    return bibliography.by_profile(source, stream(source))


def stream(source: Source | Stream) -> Iterator[Found]:
    """The papers, one by one."""
    return references(arrays.lines(numbered(source)))
