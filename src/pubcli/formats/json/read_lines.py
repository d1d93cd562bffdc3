"""Read the output of `pubcli list --format jsonl`: one record per line."""

from collections.abc import Iterator

from pubcli.formats.json.read import records
from pubcli.formats.shared import collect, json_stream
from pubcli.formats.shared.collect import Parsed
from pubcli.formats.shared.lines import numbered_lines
from pubcli.inputs.sources import Source, Stream
from pubcli.model import Document


def read(source: Source) -> Document:
    """Read the papers of a JSON Lines source. The papers of each profile form a page."""
    return collect.document_by_profile(source, parse(source))


def parse(source: Source | Stream) -> Iterator[Parsed]:
    """Yield the paper on each line of a JSON Lines source, or a problem if the line contains no paper."""
    return records(json_stream.elements_by_line(numbered_lines(source)))
