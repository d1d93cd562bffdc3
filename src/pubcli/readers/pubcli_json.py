"""What `pubcli list --json` and its like print: every field is kept, and each profile is a page again."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pubcli.model import Document, Paper
from pubcli.readers import arrays, bibliography
from pubcli.readers.arrays import Element
from pubcli.readers.bibliography import Found, Unread
from pubcli.sources import Source

_FIELDS = frozenset(Paper.model_fields) - {"last_line"}
_OF_SEARCHES = frozenset({"score", "passage"})
"""What a search adds to papers: true of that question only."""


def read(source: Source) -> Document:
    """The papers in an array, profile by profile, or one paper alone."""
    return bibliography.by_profile(source, references(arrays.elements(source.data.decode("utf-8-sig"))))


def references(found: Iterable[Element | Unread]) -> Iterator[Found]:
    """The papers in values of JSON."""
    return arrays.references(found, lambda record: dict(_said(record)))


def _said(record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The fields that the record has. One that is null says nothing where a field is never null."""
    extra = {}
    for field, value in record.items():
        if field in _FIELDS:
            if value is not None:
                yield field, value
        elif field not in _OF_SEARCHES and value not in (None, "", []):
            extra[field] = str(value)
    if extra:
        known = record.get("extra")
        yield "extra", {**(known if isinstance(known, dict) else {}), **extra}
