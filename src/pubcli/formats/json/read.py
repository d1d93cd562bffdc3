"""Read the output of `pubcli list --json` and similar commands. The papers of each profile form a page.

All fields of the papers are kept, except the fields that a search adds.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pubcli.biblio import identifiers
from pubcli.formats.shared import collect, json_stream
from pubcli.formats.shared.collect import Parsed, ParseProblem
from pubcli.formats.shared.json_stream import Element
from pubcli.inputs.sources import Source
from pubcli.model import Document, Paper

_FIELDS = frozenset(name for name, field in Paper.model_fields.items() if not field.exclude)
_SEARCH_FIELDS = frozenset({"score", "passage"})
"""Fields that a search adds to papers. They are valid only for that search, so they are not read."""


def read(source: Source) -> Document:
    """Read a JSON array of papers, or the JSON object of a single paper. The papers of each profile form a page."""
    return collect.document_by_profile(source, parse(source))


def parse(source: Source) -> Iterator[Parsed]:
    """Yield each paper of a JSON source, and a problem for each part of the source that is not a paper."""
    return records(json_stream.elements(source.data.decode("utf-8-sig")))


def records(elements: Iterable[Element | ParseProblem]) -> Iterator[Parsed]:
    """Yield the paper in each JSON value, or a problem if the value is not a paper."""
    return json_stream.records(elements, _fields_of)


def _fields_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a record that are not null. Fields that `Paper` does not have go to `extra`."""
    fields = {field: value for field, value in record.items() if value is not None}
    if isinstance(fields.get("doi"), str):
        fields["doi"] = identifiers.doi(fields["doi"]) or fields["doi"]
    if _FIELDS.issuperset(fields):
        return fields
    others = {name: fields.pop(name) for name in record if name in fields and name not in _FIELDS}
    extra = {name: str(value) for name, value in others.items() if name not in _SEARCH_FIELDS and value not in ("", [])}
    if extra:
        stated = fields.get("extra", {})
        fields["extra"] = {**(stated if isinstance(stated, dict) else {"extra": str(stated)}), **extra}
    return fields
