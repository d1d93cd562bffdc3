"""RIS, as Zotero, EndNote, Mendeley, publishers and pubcli write it.

Line by line, without a library: rispy tells no lines, drops what stands before `TY` and keeps the last of two values
of a tag; here nothing is dropped in silence.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from string import ascii_uppercase, digits
from typing import Any

from pubcli.biblio import dates, identifiers, names
from pubcli.formats.ris.write import TYPES, UNKNOWN
from pubcli.formats.shared import collect
from pubcli.formats.shared.collect import Parsed, ParsedRecord, ParseProblem, is_key
from pubcli.formats.shared.crosswalk import PEOPLE, SERIAL, is_serial
from pubcli.formats.shared.kinds import KINDS
from pubcli.formats.shared.lines import numbered_lines, one_line
from pubcli.formats.shared.notes import date_fields, most_precise, parse_note, with_identifiers
from pubcli.formats.shared.theses import DEGREES_BY_NAME
from pubcli.inputs import encoding
from pubcli.inputs.sources import Source, Stream
from pubcli.model import Document

_LINE = re.compile(r"\ufeff?\s?([A-Z][A-Z0-9]) {1,2}-(?: (.*)|\s*)")
_TAGS = {f"{letter}{other}  - ": letter + other for letter in ascii_uppercase for other in ascii_uppercase + digits}
"""What a line by the book begins with."""
_NUMBER = re.compile(r"[A-Z]?\d+[A-Za-z]?(?:[-/]\d+)?")
"""Of an issue: 3, S2, 12A, 1-2."""
_END_OF_FILE = re.compile(r"EF(?: {1,2}-)?\s*")
"""As Web of Science has it."""
_KINDS = KINDS["ris"]
_WRITTEN = frozenset((*TYPES.values(), UNKNOWN))
"""Types that the kind of a paper tells; the others are kept in `extra`."""
_TEXTS = {
    "TI": "title", "T1": "title", "CT": "title", "AB": "abstract", "N2": "abstract", "VL": "volume",
    "IS": "issue", "CP": "issue", "PB": "publisher", "AD": "org",
    "UR": "url",
}  # fmt: skip
_MAY_BE_DOI = ("DO", "M3", "L3")
"""Nature and JabRef have it in M3, older files of EndNote in L3."""
_VENUES = ("T2", "JF", "JO", "JA", "J2", "BT")
"""The first that is there is the venue; an abbreviation is kept beside it."""
_DATES = ("DA", "Y1", "PY")


def read(source: Source) -> Document:
    """The records as one page."""
    return collect.document(source, parse(source))


def parse(source: Source | Stream) -> Iterator[Parsed]:
    """The records, one by one. Raises InputError when nothing is there but numbers."""
    found = _records(source)
    first = next(found, None)
    if first is None:
        raise encoding.of_another_format(source, "no record of RIS")
    yield first
    yield from found


def _records(source: Source | Stream) -> Iterator[Parsed]:
    entry: _Entry | None = None
    number = 0
    stray: list[tuple[int, str]] = []
    for number, line in numbered_lines(source):
        tag, value = _TAGS.get(line[:6]), line[6:].strip()
        if tag is None:  # what is not by the book is looked at more closely
            match = _LINE.fullmatch(line.rstrip())
            if match is None:
                _continue(entry, stray, number, line.rstrip())
                continue
            tag, value = match[1], (match[2] or "").strip()
        if tag == "TY":
            yield from _stray(stray)
            if entry is not None:
                yield from _unended(entry, number - 1)
            entry = _Entry(number, value)
        elif entry is None:
            stray.append((number, line.rstrip()))
        elif tag == "ER":
            yield _reference(entry, number)
            entry = None
        else:
            entry.complete()
            entry.last = some = entry.values[tag]
            some.append(value)
            if not value:  # perhaps only so far: its text may stand below
                entry.has_blanks = True
    yield from _stray(stray)
    if entry is not None:
        yield from _unended(entry, number)


class _Entry:
    """The lines of a record so far: the values of each tag, in order."""

    __slots__ = ("further", "has_blanks", "last", "line", "type", "values")

    def __init__(self, line: int, type_: str) -> None:
        self.line, self.type = line, type_
        self.values: defaultdict[str, list[str]] = defaultdict(list)
        self.last: list[str] = []
        """The values of the tag that was read last."""
        self.further: list[str] = []
        """The lines below the last of them that go on with it."""
        self.has_blanks = False
        """Whether some value may have stayed empty."""

    def complete(self) -> None:
        """Put the lines of the value that was read last together."""
        if self.further:
            self.last[-1] = " ".join([self.last[-1], *self.further]).lstrip()
            self.further = []


def _unended(entry: _Entry, last_line: int) -> Iterator[Parsed]:
    yield _reference(entry, last_line)
    text = f"TY  - {entry.type}"
    yield ParseProblem(entry.line, last_line, "the record has no end", "ER  - behind its last line", text)


def _continue(entry: _Entry | None, stray: list[tuple[int, str]], number: int, line: str) -> None:
    """A line without a tag goes on with the value before it; outside of records it is told."""
    text = line.strip()
    if not text:
        return
    if entry and entry.last and entry.last is entry.values.get("KW"):
        entry.last.append(text)  # EndNote writes the tag before the first keyword alone
    elif entry and entry.last:
        entry.further.append(text)
    elif not text.rstrip(".").isdigit():  # some programs number their records
        stray.append((number, line))


def _stray(stray: list[tuple[int, str]]) -> Iterator[ParseProblem]:
    if stray and _END_OF_FILE.fullmatch(stray[-1][1]):
        del stray[-1]
    if stray:
        text = "\n".join(line for _, line in stray)
        reason = "this stands in no record"
        yield ParseProblem(stray[0][0], stray[-1][0], reason, "TY  - before the first line of a record", text)
        stray.clear()


def _reference(entry: _Entry, last_line: int) -> ParsedRecord:
    entry.complete()
    values: dict[str, list[str]] = entry.values
    if entry.has_blanks:
        values = {tag: kept for tag, some in values.items() if (kept := [value for value in some if value])}
    people = values.pop("A1", []) + values.pop("AU", [])
    said: dict[str, Any] = {
        "kind": _KINDS.get(entry.type, "other"),
        "authors": tuple(map(names.given_name_first, people)),
    }
    extra = {} if entry.type in _WRITTEN else {"TY": entry.type}
    _take_texts(values, said)
    _take_numbers(values, said)
    _take_notes(values, said)
    if people and people[-1] in ("others", "et al.") and "authors_complete" not in said:
        said["authors"], said["authors_complete"] = said["authors"][:-1], False
    if values or extra:
        said["extra"] = extra | {tag: _together(tag, some) for tag, some in values.items()}
    if "title" in said:
        said["title"] = one_line(said["title"])
    return ParsedRecord(entry.line, last_line, with_identifiers(said))


def _together(tag: str, values: list[str]) -> str:
    return names.join_names(list(map(names.given_name_first, values))) if tag in PEOPLE else "; ".join(values)


def _first(values: dict[str, list[str]], tag: str) -> str:
    """Take the first value of a tag that is there; the others stay."""
    some = values[tag]
    return some.pop(0) if len(some) > 1 else values.pop(tag)[0]


def _take_texts(values: dict[str, list[str]], said: dict[str, Any]) -> None:
    for tag in [tag for tag in values if tag in _TEXTS]:
        field = _TEXTS[tag]
        if field not in said:
            said[field] = _first(values, tag)
    if "title" not in said and "BT" in values:  # of a book; beside a title it is the book that a chapter is in
        said["title"] = _first(values, "BT")
    if "issue" not in said and (number := _number(values, said["kind"])):
        said["issue"] = _first(values, number)
    for tag in _VENUES:
        if tag in values:
            said["venue"] = _first(values, tag)
            break
    if said["kind"] == "book" and "venue" in said and "title" not in said:
        said["title"] = said.pop("venue")
    if pages := _pages(values, said["kind"]):
        said["pages"] = pages
    if "KW" in values:
        said["keywords"] = tuple(dict.fromkeys(values.pop("KW")))


def _pages(values: dict[str, list[str]], kind: str) -> str:
    """First and last page, or the number of an article without pages, which Scopus and EndNote have in C7."""
    if "SP" in values or "EP" in values:
        last = values.pop("EP", []) or values.pop("LP", [])  # as some journals call it
        return "-".join(dict.fromkeys(values.pop("SP", []) + last))
    return _first(values, "C7") if kind == "article" and "C7" in values else ""


def _number(values: dict[str, list[str]], kind: str) -> str | None:
    """The tag that holds a number, without a tag of its own: of a report by Zotero, of a journal by EndNote."""
    if kind == "report" and SERIAL in values and not is_serial(values[SERIAL][0]):
        return SERIAL
    return "M1" if kind == "article" and "M1" in values and _NUMBER.fullmatch(values["M1"][0]) else None


def _take_numbers(values: dict[str, list[str]], said: dict[str, Any]) -> None:
    """Identifiers and the date: the most exact of those that are given."""
    known = {tag: found for tag in _DATES if tag in values and (found := dates.parse_date(values[tag][0]))}
    if known:
        best = most_precise(known.values())
        said |= date_fields(best)
        for tag, found in known.items():
            if found is best or (found.precision == "year" and found.day.year == best.day.year):
                _first(values, tag)
    for tag in _MAY_BE_DOI:
        if "doi" not in said and tag in values and (doi := identifiers.doi(values[tag][0])):
            said["doi"] = doi
            _first(values, tag)
    for tag in ("AN", "M1"):
        is_given = "arxiv" not in said and tag in values and values[tag][0].lower().startswith("arxiv")
        if is_given and (arxiv := identifiers.arxiv(values[tag][0])):
            said["arxiv"] = arxiv
            _first(values, tag)
    if "ID" in values and is_key(values["ID"][0]):
        said["key"] = _first(values, "ID")


def _take_notes(values: dict[str, list[str]], said: dict[str, Any]) -> None:
    rest = []
    for note in values.pop("N1", []):
        text, fields = parse_note(note)
        said |= fields
        if text in DEGREES_BY_NAME and said["kind"] == "thesis":
            values["entrytype"] = [DEGREES_BY_NAME[text]]
        elif "doi" not in said and text.lower().startswith("doi:") and (doi := identifiers.doi(text)):
            said["doi"] = doi  # as Wiley had it
        elif text:
            rest.append(text)
    if rest:
        values["N1"] = rest
