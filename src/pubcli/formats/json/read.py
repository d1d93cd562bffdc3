"""What `pubcli list --json` and its like print: every field is kept, and each profile is a page again."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pubcli.formats.shared import collect, json_stream
from pubcli.formats.shared.collect import Parsed, ParseProblem
from pubcli.formats.shared.json_stream import Element
from pubcli.inputs.sources import Source
from pubcli.model import Document, Paper

_FIELDS = frozenset(Paper.model_fields) - {"last_line"}
_OF_SEARCHES = frozenset({"score", "passage"})
"""What a search adds to papers: true of that question only."""


def read(source: Source) -> Document:
    """The papers in an array, profile by profile, or one paper alone."""
    return collect.document_by_profile(source, parse(source))


def parse(source: Source) -> Iterator[Parsed]:
    """Yield the papers one by one."""
    return records(json_stream.elements(source.data.decode("utf-8-sig")))


def records(elements: Iterable[Element | ParseProblem]) -> Iterator[Parsed]:
    """The papers in values of JSON."""
    return json_stream.records(elements, _said)


def _said(record: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that the record has. One that is null says nothing where a field is never null."""
    said = {field: value for field, value in record.items() if value is not None}
    if _FIELDS.issuperset(said):
        return said
    others = {name: said.pop(name) for name in record if name in said and name not in _FIELDS}
    extra = {name: str(value) for name, value in others.items() if name not in _OF_SEARCHES and value not in ("", [])}
    if extra and isinstance(known := said.get("extra", {}), dict):
        said["extra"] = {**known, **extra}
    return said
