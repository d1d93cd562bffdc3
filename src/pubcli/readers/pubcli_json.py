"""What `pubcli list --json` and its like print: every field is kept, and each profile is a page again."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pubcli.model import Document, Paper
from pubcli.readers import arrays, bibliography
from pubcli.readers.arrays import Element
from pubcli.readers.bibliography import Found, Gathered, Reference, Unread
from pubcli.sources import Source

_FIELDS = frozenset(Paper.model_fields) - {"last_line"}
_OF_SEARCHES = frozenset({"score", "passage"})
"""What a search adds to papers: true of that question only."""


def read(source: Source) -> Document:
    """The papers in an array, profile by profile, or one paper alone."""
    return pages(source, arrays.elements(source.data.decode("utf-8-sig")))


def pages(source: Source, found: Iterable[Element | Unread]) -> Document:
    """A page for each profile, in the order in which they appear; what was not understood is on the first."""
    owners: dict[tuple[str | None, str | None], Gathered] = {}
    unread: list[Found] = []
    for one in arrays.objects(found):
        if isinstance(one, Unread):
            unread.append(one)
            continue
        reference = Reference(one.line, one.last_line, dict(_said(one.value)))
        name, origin = (one.value.get(field) or None for field in ("profile", "source"))
        owners.setdefault((_text(name), None if name else _text(origin)), Gathered()).take([reference])
    if not owners:
        owners[None, None] = Gathered()
    next(iter(owners.values())).take(unread)
    made = []
    for (name, origin), gathered in owners.items():
        _number(gathered)
        made.append(bibliography.page(source, gathered, name, origin))
    return Document(source=source.name, pages=tuple(made))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


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


def _number(gathered: Gathered) -> None:
    """Positions are kept, unless two papers of a page have the same or one has none."""
    given = [one.said.get("position") for one in gathered.references]
    if len(set(map(str, given))) < len(given) or not all(isinstance(place, int) for place in given):
        for place, one in enumerate(gathered.references, 1):
            one.said["position"] = place
