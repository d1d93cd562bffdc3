"""What `pubcli list --format jsonl` prints: a record on each line."""

from collections.abc import Iterator

from pubcli.formats.json.read import references
from pubcli.formats.shared import collect, json_stream
from pubcli.formats.shared.collect import Found
from pubcli.formats.shared.lines import numbered
from pubcli.inputs.sources import Source, Stream
from pubcli.model import Document


def read(source: Source) -> Document:
    """The papers, profile by profile."""
    return collect.by_profile(source, stream(source))


def stream(source: Source | Stream) -> Iterator[Found]:
    """The papers, one by one."""
    return references(json_stream.lines(numbered(source)))
