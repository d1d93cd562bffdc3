"""Read tab-separated values with a header, with or without quoted cells. Spreadsheets quote cells as in CSV."""

from collections.abc import Iterator

from pubcli.formats.shared import collect
from pubcli.formats.shared.collect import Parsed
from pubcli.formats.tabular import read as table
from pubcli.inputs.sources import Source, Stream
from pubcli.model import Document


def read(source: Source) -> Document:
    """Read a paper from each row. The header, or the option --map, assigns columns to fields."""
    return collect.document_by_profile(source, parse(source))


def parse(source: Source | Stream) -> Iterator[Parsed]:
    """Yield the paper in each row of the table, or a problem for a row that cannot be parsed.

    Raises InputError if no column has titles, or if a mapped column is missing.
    """
    return table.parse(source, "\t")
