r"""Write RIS (Research Information Systems, 2011) for Zotero, EndNote and Mendeley.

Each line holds one value and ends in CRLF. RIS has no escape sequences.

    TY  - UNPD
    ID  - lowy2022private
    AU  - Lowy, Andrew
    TI  - Private Non-Convex Federated Learning Without a Trusted Server
    PY  - 2022
    DA  - 2022/03/13/
    ER  -

`UNPD` (unpublished) is the type of preprints. It is also the type of papers of an unknown kind if they are in arXiv:
profile pages do not state the kind of a paper. Uncertain facts are noted in `N1`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TextIO, TypeAlias

from pubcli.answer.answer import Answer, Row
from pubcli.biblio.names import given_name_first, parts, split_names
from pubcli.formats import RenderOptions
from pubcli.formats.ris.tags import END, INTERPRETED_TAGS, REPEATED, TAG, TAG_OF
from pubcli.formats.shared.crosswalk import PEOPLE
from pubcli.formats.shared.export import (
    date_parts,
    doubts,
    first_and_last_page,
    keywords,
    list_of,
    sentences,
    split_extra,
    with_unique_keys,
)
from pubcli.formats.shared.extra_dates import ris_date, stated_date
from pubcli.formats.shared.kinds import kind_type, likely_kind, record_type
from pubcli.formats.shared.theses import DEGREE_NAMES
from pubcli.text.normalize import harmless
from pubcli.text.styles import plain

RisLines: TypeAlias = list[tuple[str, str]]
"""The tags of a record with their values, in order, without the end of the record."""

_NOT_TEX = frozenset({"UR", "DO", "ID", "L1", "N1"})
"""Tags whose values are addresses, keys or notes, in which a backslash does not begin a macro."""
_SURNAME_FIRST = re.compile(r"\S+, .*")
"""Matches a name with a comma after its first word. `_name` adds no comma to such a name."""


def write(answer: Answer[Row], fields: Sequence[str], out: TextIO, options: RenderOptions) -> int:
    """Write a record for each paper, with blank lines between records, and return the number of records."""
    count = 0
    for count, record in enumerate(entries(answer.rows, fields, options), 1):
        lines = "".join([f"{tag}  - {value}\r\n" for tag, value in record])
        out.write(f"{'' if count == 1 else chr(13) + chr(10)}{lines}{END}  - \r\n")
    return count


def entries(rows: Iterable[Row], fields: Sequence[str], options: RenderOptions) -> Iterator[RisLines]:
    """Yield the lines of the record of each paper."""
    for key, row in with_unique_keys(rows, report=options.report):
        lines = [(tag, _on_one_line(_without_styles(tag, value))) for tag, value in _lines(key, row)]
        yield [line for line in lines if line[1]]


def _without_styles(tag: str, value: str) -> str:
    """Return a value without TeX for styles, because programs print the text of RIS as it stands."""
    return plain(value) if "\\" in value and tag not in _NOT_TEX else value


def _on_one_line(text: str) -> str:
    has_needless_blanks = "  " in text or text.startswith(" ") or text.endswith(" ")
    is_clean = text.isprintable() and not has_needless_blanks  # fast path for most values
    return text if is_clean else " ".join(harmless(text).split())


def _lines(key: str, row: Row) -> Iterator[tuple[str, str]]:
    yield TAG_OF["kind"], record_type(row, "ris") or kind_type(likely_kind(row), "ris")
    yield TAG_OF["key"], key
    for name in list_of(row, "authors"):
        yield TAG_OF["authors"], _name(str(name))
    yield TAG_OF["title"], str(row["title"])
    yield from _date(row)
    yield from _texts(row, "venue", "volume", "issue")
    if row["pages"]:
        yield from zip(("SP", "EP"), first_and_last_page(str(row["pages"])), strict=False)
    yield from _texts(row, "publisher", "doi")
    if row["arxiv"]:
        yield TAG_OF["arxiv"], f"arXiv:{row['arxiv']}"
    for word in keywords(row):
        yield TAG_OF["keywords"], word
    yield from _texts(row, "abstract", "url", "org")
    yield from _extra(row)


def _texts(row: Row, *fields: str) -> Iterator[tuple[str, str]]:
    for field in fields:
        if row[field]:
            yield TAG_OF[field], str(row[field])


def _extra(row: Row) -> Iterator[tuple[str, str]]:
    """Yield the fields in `extra` that have a tag, then notes: uncertain facts, citations and fields without a tag."""
    tags, rest = split_extra(row, "ris", TAG, INTERPRETED_TAGS) if row["extra"] else ({}, {})
    for tag, value in tags.items():
        yield from ((tag, line) for line in _values(tag, value))
    citations = [] if row["citations"] is None else [f"Cited by {row['citations']}"]
    is_degree = row["kind"] == "thesis" and rest.get("entrytype") in DEGREE_NAMES
    degree = [DEGREE_NAMES[rest.pop("entrytype")]] if is_degree else []
    for note in (*doubts(row, cut=True), *citations, *degree, *sentences(rest)):
        yield "N1", note


def _values(tag: str, value: str) -> list[str]:
    """Return the values to write under a tag, one for each line."""
    if tag in PEOPLE:
        return list(map(_name, split_names(value)))
    return value.split("; ") if tag in REPEATED else [value]


def _date(row: Row) -> Sequence[tuple[str, str]]:
    if not row["extra"]:
        return _plain_date(str(row["date"] or ""), str(row.get("date_precision", "day")))
    stated, numbers = stated_date(row), date_parts(row)
    year = [("PY", numbers[0])] if numbers else []
    return [*year, ("DA", ris_date(stated) if stated else _with_slashes(numbers))] if numbers or stated else []


@lru_cache(maxsize=10_000)
def _plain_date(day: str, precision: str) -> Sequence[tuple[str, str]]:
    """Return the lines for the date of a paper without `extra`. Many papers have the same date."""
    numbers = date_parts({"date": day, "date_precision": precision})
    return (("PY", numbers[0]), ("DA", _with_slashes(numbers))) if numbers else ()


def _with_slashes(numbers: Sequence[str]) -> str:
    return "/".join([*numbers, "", "", ""][:3]) + "/"


@lru_cache(maxsize=10_000)
def _name(name: str) -> str:
    """Return the name of a person as `Last, First, Suffix`. Add a comma to the name of an organisation.

    Without a comma, readers would take `Example Group` for a person. As in EndNote, the comma is added at the end. If
    the name contains commas, the first comma is doubled instead. `names.given_name_first` understands both.
    """
    given_names, particle, family, suffix = parts(name)
    last = f"{particle} {family}" if particle else family
    if not given_names and parts(given_name_first(last)).given_name and not _SURNAME_FIRST.fullmatch(last):
        return last.replace(",", ",,", 1) if "," in last else f"{last},"
    return ", ".join([last, given_names, suffix] if suffix else [last, given_names] if given_names else [last]) or name


_LINE = re.compile(rf"({TAG.pattern})  - (.*)")


def read_back(text: str) -> Iterator[RisLines]:
    """Yield the records in a file that `write` wrote. Raise ValueError for an invalid line or an unfinished record."""
    record: RisLines = []
    for line in filter(None, text.split("\r\n")):
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"not a line of RIS: {line[:40]}")
        if match[1] == END:
            yield record
            record = []
        else:
            record.append((match[1], match[2]))
    if record:
        raise ValueError("the last record has no end")
