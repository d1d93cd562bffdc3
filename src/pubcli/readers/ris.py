"""RIS, as Zotero, EndNote, Mendeley, publishers and pubcli write it.

Line by line, without a library: rispy tells no lines, drops what stands before `TY` and keeps the last of two values
of a tag; here nothing is dropped in silence.
"""

import re
from collections.abc import Iterator
from typing import Any

from pubcli import dates, identifiers, names
from pubcli.model import Document
from pubcli.readers import bibliography
from pubcli.readers.bibliography import Found, Reference, Unread, is_key
from pubcli.readers.notes import dated, identified, understood
from pubcli.readers.text import numbered, one_line
from pubcli.sources import Source, Stream

_LINE = re.compile(r"\ufeff?\s?([A-Z][A-Z0-9]) {1,2}-(?: (.*)|\s*)")
_KINDS = {
    "JOUR": "article", "JFULL": "article", "MGZN": "article", "NEWS": "article", "EJOUR": "article",
    "CPAPER": "inproceedings", "CONF": "inproceedings", "BOOK": "book", "EBOOK": "book", "CHAP": "chapter",
    "ECHAP": "chapter", "THES": "thesis", "RPRT": "report", "DATA": "dataset", "COMP": "software", "UNPB": "preprint",
    "UNPD": "preprint", "GEN": "other",
}  # fmt: skip
_WRITTEN = frozenset("JOUR CPAPER BOOK CHAP THES RPRT DATA COMP UNPD GEN".split())
"""Types that are written back as they are; the others are kept in `extra`."""
_TEXTS = {
    "TI": "title", "T1": "title", "CT": "title", "BT": "title", "AB": "abstract", "N2": "abstract", "VL": "volume",
    "IS": "issue", "CP": "issue", "PB": "publisher", "AD": "org",
}  # fmt: skip
_VENUES = ("T2", "JO", "JF", "JA", "J2", "BT")
"""The first that is there is the venue; an abbreviation is kept beside it."""
_AUTHORS = frozenset(("AU", "A1"))
_DATES = ("DA", "Y1", "PY")


def read(source: Source) -> Document:
    """The records as one page."""
    return bibliography.document(source, stream(source))


def stream(source: Source | Stream) -> Iterator[Found]:
    """The records, one by one."""
    entry: list[tuple[str, str]] = []
    start = number = 0
    stray: list[tuple[int, str]] = []
    for number, line in numbered(source):
        match = _LINE.fullmatch(line)
        if match is None:
            _continue(entry, stray, number, line)
            continue
        tag, value = match[1], (match[2] or "").strip()
        if tag == "TY":
            yield from _stray(stray)
            if entry:
                yield _reference(entry, start, number - 1)
                yield Unread(
                    start, number - 1, "the record has no end", "ER  - behind its last line", f"TY  - {entry[0][1]}"
                )
            entry, start = [(tag, value)], number
        elif tag == "ER":
            if entry:
                yield _reference(entry, start, number)
            elif not stray:
                stray.append((number, line))
            yield from _stray(stray)
            entry = []
        elif entry:
            entry.append((tag, value))
        else:
            stray.append((number, line))
    yield from _stray(stray)
    if entry:
        yield _reference(entry, start, number)
        yield Unread(start, number, "the record has no end", "ER  - behind its last line", f"TY  - {entry[0][1]}")


def _continue(entry: list[tuple[str, str]], stray: list[tuple[int, str]], number: int, line: str) -> None:
    """A line without a tag goes on with the value before it; outside of records it is told."""
    if not line.strip():
        return
    if entry:
        tag, value = entry[-1]
        entry[-1] = tag, f"{value} {line.strip()}".strip()
    elif not line.strip().rstrip(".").isdigit():  # some programs number their records
        stray.append((number, line))


def _stray(stray: list[tuple[int, str]]) -> Iterator[Unread]:
    if stray:
        text = "\n".join(line for _, line in stray)
        reason = "this stands in no record"
        yield Unread(stray[0][0], stray[-1][0], reason, "TY  - before the first line of a record", text)
        stray.clear()


def _reference(entry: list[tuple[str, str]], line: int, last_line: int) -> Reference:
    values: dict[str, list[str]] = {}
    for tag, value in entry:
        if value:
            values.setdefault(tag, []).append(value)
    said: dict[str, Any] = {}
    type_ = "".join(values.pop("TY", []))
    said["kind"] = _KINDS.get(type_, "other")
    extra = {} if type_ in _WRITTEN else {"TY": type_}
    said["authors"] = tuple(names.in_order(name) for tag, name in entry if tag in _AUTHORS and name)
    for tag in _AUTHORS:
        values.pop(tag, None)
    _take_texts(values, said)
    _take_numbers(values, said)
    _take_notes(values, said)
    if said["authors"][-1:] in (("others",), ("et al.",)) and "authors_complete" not in said:
        said["authors"], said["authors_complete"] = said["authors"][:-1], False
    extra |= {tag: "; ".join(some) for tag, some in values.items()}
    if extra:
        said["extra"] = extra
    return Reference(line, last_line, identified(said))


def _take_texts(values: dict[str, list[str]], said: dict[str, Any]) -> None:
    for tag, field in _TEXTS.items():
        if field not in said and tag in values:
            text, *others = values.pop(tag)
            said[field] = one_line(text)
            if others:
                values[tag] = others
    venue = next((tag for tag in _VENUES if tag in values), None)
    if venue:
        said["venue"] = values.pop(venue)[0]
    if said["kind"] == "book" and "venue" in said and "title" not in said:
        said["title"] = said.pop("venue")
    if pages := dict.fromkeys([*values.pop("SP", []), *values.pop("EP", [])]):
        said["pages"] = "-".join(pages)
    if "UR" in values:
        said["url"], *others = values.pop("UR")
        if others:
            values["UR"] = others
    if "KW" in values:
        said["keywords"] = tuple(dict.fromkeys(values.pop("KW")))


def _take_numbers(values: dict[str, list[str]], said: dict[str, Any]) -> None:
    """Identifiers and the date: the most exact of those that are given."""
    known = [(tag, found) for tag in _DATES for text in values.get(tag, [])[:1] if (found := dates.parse_known(text))]
    if known:
        best = min(known, key=lambda one: ("day", "month", "year").index(one[1].precision))
        said |= dated(best[1])
        for tag, found in known:
            if tag == best[0] or (found.day.year == best[1].day.year and found.precision == "year"):
                del values[tag]
    if doi := identifiers.doi(values.get("DO", [""])[0]):
        said["doi"] = doi
        del values["DO"]
    for tag in ("AN", "M1"):
        text = values.get(tag, [""])[0]
        if text.lower().startswith("arxiv") and (arxiv := identifiers.arxiv(text)):
            said["arxiv"] = arxiv
            del values[tag]
    if is_key(values.get("ID", [""])[0]):
        said["key"] = values.pop("ID")[0]


def _take_notes(values: dict[str, list[str]], said: dict[str, Any]) -> None:
    rest = []
    for note in values.pop("N1", []):
        text, fields = understood(note)
        said |= fields
        if text:
            rest.append(text)
    if rest:
        values["N1"] = rest
