"""Read the file of all arXiv metadata: one record per line, several gigabytes in all.

    {"id":"0704.0001","authors":"C. Bal\\'azs, ...","title":"...","categories":"hep-ph","versions":[...], ...}

The date of a paper is the date of its first version.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pubcli.biblio import identifiers, names, stated_dates
from pubcli.formats.bibtex.from_tex import text
from pubcli.formats.shared import collect, json_stream
from pubcli.formats.shared.collect import Parsed
from pubcli.formats.shared.lines import as_text, non_empty, numbered_lines, one_line
from pubcli.formats.shared.notes import class_fields, date_fields
from pubcli.inputs.sources import Source, Stream
from pubcli.model import Document

_TIME = re.compile(r" \d\d:\d\d:\d\d GMT$")
"""Matches the time of day in a text like `Mon, 2 Apr 2007 19:18:42 GMT`. It is not kept."""
_USED = frozenset("id title authors authors_parsed abstract categories doi versions".split())


def read(source: Source) -> Document:
    """Return the records as one page."""
    return collect.document(source, parse(source))


def parse(source: Source | Stream) -> Iterator[Parsed]:
    """Yield the records one by one."""
    return json_stream.records(json_stream.elements_by_line(numbered_lines(source)), fields_of)


def fields_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of `Paper` that a record has."""
    fields: dict[str, Any] = {
        "title": one_line(as_text(record.get("title"))),
        "authors": tuple(_authors(record)),
        "arxiv": identifiers.arxiv(as_text(record.get("id"))),
        "doi": identifiers.doi((as_text(record.get("doi")).split() or [""])[0]),
        "abstract": one_line(as_text(record.get("abstract"))),
        "kind": "preprint",
    }
    classes = as_text(record.get("categories")).split()
    if classes:
        fields |= class_fields(classes[0])
        fields["keywords"] = tuple(dict.fromkeys(classes[1:]))
    first_version, stated = _first_version(record)
    fields |= date_fields(stated.date)
    extra = {name: one_line(as_text(value)) for name, value in record.items() if value and _is_left(name, value)}
    if record.get("doi") and (not fields["doi"] or " " in as_text(record["doi"])):
        extra["doi"] = as_text(record["doi"])
    if not stated.is_plain and first_version:
        extra["created"] = first_version
    fields["extra"] = extra
    return non_empty(fields)


def identifier(record: Mapping[str, Any]) -> str:
    """Return arXiv's identifier of a record, such as 0704.0001; an empty text if it has none."""
    return identifiers.arxiv(as_text(record.get("id"))) or ""


def _is_left(name: str, value: object) -> bool:
    """Return whether a value goes to `extra`, because its name is unknown or because arXiv uses another type for it."""
    if name not in ("authors_parsed", "versions"):
        return name not in _USED or not isinstance(value, str)
    items = value if isinstance(value, list) else []
    return not items or not all(map(_is_name if name == "authors_parsed" else _is_version, items))


def _is_name(value: object) -> bool:
    return isinstance(value, list) and not any(value[3:])  # affiliations may follow the name


def _is_version(value: object) -> bool:
    return isinstance(value, dict) and value.keys() <= {"version", "created"}


def _authors(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of the authors.

    `authors_parsed` has a list for each name: surname, given names, suffix, perhaps affiliations. Without these lists,
    split the text in the field `authors`.
    """
    parsed = record.get("authors_parsed")
    if not isinstance(parsed, list) or not parsed:
        yield from filter(
            None, (text(name) for name in as_text(record.get("authors")).replace(" and ", ", ").split(", "))
        )
        return
    for name_parts in parsed:
        if isinstance(name_parts, list) and name_parts:
            family, given_name, suffix, *_ = map(as_text, [*name_parts, "", ""])
            name = names.full_name(given_name, "", family, suffix)
            if "\\" in name:
                name = names.full_name(text(given_name), "", text(family), text(suffix))
            if name:
                yield name


def _first_version(record: Mapping[str, Any]) -> tuple[str, stated_dates.StatedDate]:
    """Return the time at which the first version was submitted, as text and as a date.

    If the text is not a date, return the date of the last change in place of this date.
    """
    versions = record.get("versions")
    first = versions[0] if isinstance(versions, list) and versions else None
    created = as_text(first.get("created")) if isinstance(first, dict) else ""
    stated = stated_dates.parse(_TIME.sub("", created))
    if stated.date is None:
        stated = stated._replace(start=stated_dates.parse(as_text(record.get("update_date"))).start)
    return created, stated
