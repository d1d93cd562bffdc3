r"""RIS (Research Information Systems, 2011), for Zotero, EndNote and Mendeley: one line a value, CRLF, no escapes.

    TY  - UNPD
    ID  - lowy2022private
    AU  - Lowy, Andrew
    TI  - Private Non-Convex Federated Learning Without a Trusted Server
    PY  - 2022
    DA  - 2022/03/13/
    ER  -

`UNPD`, unpublished, is what readers take a preprint for; papers of a page, which does not say, are taken for one too.
What is not certain stands in `N1`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TextIO

from pubcli.answer.answer import Answer, Row
from pubcli.biblio.names import given_name_first, parts, split_names
from pubcli.formats import RenderOptions
from pubcli.formats.shared.crosswalk import PEOPLE, SERIAL
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
from pubcli.formats.shared.kinds import record_type
from pubcli.formats.shared.theses import DEGREE_NAMES
from pubcli.text.normalize import harmless

Entry = list[tuple[str, str]]
"""Tags with their values, in order, without the end."""

TYPES = {
    "article": "JOUR", "inproceedings": "CONF", "book": "BOOK", "chapter": "CHAP", "thesis": "THES",
    "report": "RPRT", "dataset": "DATA", "software": "COMP", "other": "GEN",
}  # fmt: skip
"""The type for each kind of paper. CPAPER would be a conference's too, but several programs do not know it."""
UNKNOWN = "UNPD"
"""The type for a paper of which the kind is not known, and for preprints."""
_TAG = re.compile(r"[A-Z][A-Z0-9]")
_SURNAME_FIRST = re.compile(r"\S+, .*")
"""A name that stands so in a row, where it is whole; but a person's is likelier than a group's."""
_OURS = frozenset("TY ID AU TI T2 PY DA VL IS SP EP PB DO AN KW AB ER".split())
_REPEATED = frozenset((SERIAL, *"UR AD L1 L2 L3 L4 LK H1 H2".split()))
"""Tags that may stand several times, people aside; a paper has a field for the first address and affiliation."""


def write(answer: Answer[Row], fields: Sequence[str], out: TextIO, options: RenderOptions) -> int:
    """Records with a blank line between them; nothing at all when there is no paper."""
    count = 0
    for count, entry in enumerate(entries(answer.rows, fields, options), 1):
        lines = "".join([f"{tag}  - {value}\r\n" for tag, value in entry])
        out.write(f"{'' if count == 1 else chr(13) + chr(10)}{lines}ER  - \r\n")
    return count


def entries(rows: Iterable[Row], fields: Sequence[str], options: RenderOptions) -> Iterator[Entry]:
    """The lines of each paper."""
    for key, row in with_unique_keys(rows):
        lines = [(tag, _on_one_line(value)) for tag, value in _lines(key, row)]
        yield [line for line in lines if line[1]]


def _on_one_line(text: str) -> str:
    return (
        text if text.isprintable() and "  " not in text and text == text.strip() else " ".join(harmless(text).split())
    )


def _lines(key: str, row: Row) -> Iterator[tuple[str, str]]:
    yield "TY", record_type(row, "ris") or TYPES.get(str(row["kind"]), UNKNOWN)
    yield "ID", key
    for name in list_of(row, "authors"):
        yield "AU", _name(str(name))
    yield "TI", str(row["title"])
    yield from _date(row)
    yield from _where(row)
    for word in keywords(row):
        yield "KW", word
    if row["abstract"]:
        yield "AB", str(row["abstract"])
    if row["url"]:
        yield "UR", str(row["url"])
    if row["org"]:
        yield "AD", str(row["org"])
    held, said = split_extra(row, "ris", _TAG, _OURS) if row["extra"] else ({}, {})
    for tag, value in held.items():
        yield from ((tag, one) for one in _several(tag, value))
    citations = [] if row["citations"] is None else [f"Cited by {row['citations']}"]
    is_degree = row["kind"] == "thesis" and said.get("entrytype") in DEGREE_NAMES
    degree = [DEGREE_NAMES[said.pop("entrytype")]] if is_degree else []
    for note in (*doubts(row, cut=True), *citations, *degree, *sentences(said)):
        yield "N1", note


def _several(tag: str, value: str) -> list[str]:
    """The values of a tag that stands a line for each."""
    if tag in PEOPLE:
        return list(map(_name, split_names(value)))
    return value.split("; ") if tag in _REPEATED else [value]


def _date(row: Row) -> Iterator[tuple[str, str]]:
    known = date_parts(row)
    if known:
        yield "PY", known[0]
        yield "DA", "/".join([*known, "", "", ""][:3]) + "/"


def _where(row: Row) -> Iterator[tuple[str, str]]:
    for tag, field in ("T2", "venue"), ("VL", "volume"), ("IS", "issue"):
        if row[field]:
            yield tag, str(row[field])
    if row["pages"]:
        yield from zip(("SP", "EP"), first_and_last_page(str(row["pages"])), strict=False)
    for tag, field in ("PB", "publisher"), ("DO", "doi"):
        if row[field]:
            yield tag, str(row[field])
    if row["arxiv"]:
        yield "AN", f"arXiv:{row['arxiv']}"


@lru_cache(maxsize=10_000)
def _name(name: str) -> str:
    """`Last, First, Suffix`; a group that would be read as a person has its commas as in EndNote, see `in_order`."""
    given, particle, family, suffix = parts(name)
    last = f"{particle} {family}" if particle else family
    if not given and parts(given_name_first(last)).given and not _SURNAME_FIRST.fullmatch(last):
        return last.replace(",", ",,", 1) if "," in last else f"{last},"
    return ", ".join([last, given, suffix] if suffix else [last, given] if given else [last]) or name


_LINE = re.compile(r"([A-Z][A-Z0-9])  - (.*)")


def read_back(text: str) -> Iterator[Entry]:
    """The records in a file. Raises ValueError for a line that is none."""
    entry: Entry = []
    for line in filter(None, text.split("\r\n")):
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"no line of RIS: {line[:40]}")
        if match[1] == "ER":
            yield entry
            entry = []
        else:
            entry.append((match[1], match[2]))
    if entry:
        raise ValueError("the last record has no end")
