"""Read RIS in the variants that Zotero, EndNote, Mendeley, publishers and pubcli write.

This reader does not use the package rispy, which reports no line numbers, drops lines before `TY`, and keeps only the
last value of a tag. This reader never drops a line silently.

`_parse_record` removes the tags that it understands, step by step; see `shared.leftovers`. The remaining tags go to
`extra`.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache
from string import ascii_uppercase, digits
from typing import Any, TypeAlias

from pubcli.biblio import identifiers, name_lists, names, stated_dates
from pubcli.biblio.dates import PartialDate
from pubcli.formats.ris.tags import tags_of
from pubcli.formats.shared import collect
from pubcli.formats.shared.collect import Parsed, ParsedRecord, ParseProblem, is_key
from pubcli.formats.shared.crosswalk import PEOPLE, SERIAL, is_serial_number
from pubcli.formats.shared.kinds import KINDS, kind_types
from pubcli.formats.shared.leftovers import Leftovers
from pubcli.formats.shared.lines import numbered_lines, one_line
from pubcli.formats.shared.notes import date_fields, is_said_by, most_precise, parse_note, with_identifiers
from pubcli.formats.shared.theses import DEGREES_BY_NAME
from pubcli.inputs import encoding
from pubcli.inputs.sources import Source, Stream
from pubcli.model import Document
from pubcli.text.html import plain_text

_LINE = re.compile(r"\ufeff?\s?([A-Z][A-Z0-9]) {1,2}-(?: (.*)|\s*)")
_TAGS = {f"{letter}{other}  - ": letter + other for letter in ascii_uppercase for other in ascii_uppercase + digits}
"""Maps the first six characters of a valid line to the tag."""
_NUMBER = re.compile(r"[A-Z]?\d+[A-Za-z]?(?:[-/]\d+)?")
"""Matches the number of an issue: 3, S2, 12A, 1-2."""
_YEAR_AND_SLASH = re.compile(r"\d{4}/")
_END_OF_FILE = re.compile(r"EF(?: {1,2}-)?\s*")
"""Matches the last line of a file from Web of Science."""
_KINDS = KINDS["ris"]
_KIND_TYPES = kind_types("ris")
_TEXTS = {
    tag: field
    for field in ("title", "abstract", "volume", "issue", "publisher", "org", "url")
    for tag in tags_of(field)
}
_Tags: TypeAlias = Leftovers[list[str]]
_Fields: TypeAlias = dict[str, Any]


def read(source: Source) -> Document:
    """Return the records as one page."""
    return collect.document(source, parse(source))


def parse(source: Source | Stream) -> Iterator[Parsed]:
    """Yield the records and problems in order. Raise InputError if the source has neither records nor problems."""
    parsed = _parse(source)
    first = next(parsed, None)
    if first is None:
        raise encoding.wrong_format_error(source, "no record of RIS")
    yield first
    yield from parsed


def _parse(source: Source | Stream) -> Iterator[Parsed]:
    record: _RisRecord | None = None
    number = 0
    stray: list[tuple[int, str]] = []
    for number, line in numbered_lines(source):
        tag, value = _TAGS.get(line[:6]), line[6:].strip()
        if tag is None:  # not a valid line: try the lenient pattern
            match = _LINE.fullmatch(line.rstrip())
            if match is None:
                _continue(record, stray, number, line.rstrip())
                continue
            tag, value = match[1], (match[2] or "").strip()
        if tag == "TY":
            yield from _stray_lines(stray)
            if record is not None:
                yield from _unfinished(record, number - 1)
            record = _RisRecord(number, value)
        elif record is None:
            stray.append((number, line.rstrip()))
        elif tag == "ER":
            yield from _parse_record(record, number)
            record = None
        else:
            record.add(tag, value)
    yield from _stray_lines(stray)
    if record is not None:
        yield from _unfinished(record, number)


class _RisRecord:
    """A record that is being read. `values` holds the values of each tag so far, in order."""

    __slots__ = ("continuation", "has_blanks", "has_markup", "last", "line", "type", "values")

    def __init__(self, line: int, type_: str) -> None:
        self.line, self.type = line, type_
        self.values: defaultdict[str, list[str]] = defaultdict(list)
        self.last: list[str] = []
        """The values of the most recent tag."""
        self.continuation: list[str] = []
        """The lines that continue the most recent value."""
        self.has_markup = False
        """Whether a value may contain entities or tags of HTML, which web sites write into RIS."""
        self.has_blanks = False
        """Whether the record may have empty values."""

    def add(self, tag: str, value: str) -> None:
        """Add a value of a tag."""
        if self.continuation:
            self.join_lines()
        self.last = self.values[tag]
        self.last.append(value)
        if "&" in value or "<" in value:
            self.has_markup = True
        if not value:  # the value may follow on the next lines
            self.has_blanks = True

    def join_lines(self) -> None:
        """Append the continuation lines to the most recent value."""
        if self.continuation:
            self.last[-1] = " ".join([self.last[-1], *self.continuation]).lstrip()
            self.continuation = []


def _unfinished(record: _RisRecord, last_line: int) -> Iterator[Parsed]:
    yield from _parse_record(record, last_line)
    text = f"TY  - {record.type}"
    yield ParseProblem(
        record.line, last_line, "the record has no end line", 'the line "ER  - " at the end of the record', text
    )


def _continue(record: _RisRecord | None, stray: list[tuple[int, str]], number: int, line: str) -> None:
    """Append a line without a tag to the value above it or, outside of records, to the stray lines."""
    text = line.strip()
    if not text:
        return
    if record and record.last and record.last is record.values.get("KW"):
        record.last.append(text)  # EndNote writes KW once, and then one keyword on each line
    elif record and record.last:
        record.continuation.append(text)
    elif not text.rstrip(".").isdigit():  # some programs number their records
        stray.append((number, line))


def _stray_lines(stray: list[tuple[int, str]]) -> Iterator[ParseProblem]:
    if stray and _END_OF_FILE.fullmatch(stray[-1][1]):
        del stray[-1]
    if stray:
        text = "\n".join(line for _, line in stray)
        reason = "text outside of records"
        yield ParseProblem(stray[0][0], stray[-1][0], reason, 'a line "TY  - " at the start of each record', text)
        stray.clear()


def _parse_record(record: _RisRecord, last_line: int) -> Iterator[Parsed]:
    """Yield the paper of a record, and a problem for each name that may be several people's."""
    record.join_lines()
    if record.has_markup:
        for values in record.values.values():
            values[:] = map(plain_text, values)
    unclear = [name for tag in tags_of("authors") for name in record.values.get(tag, ()) if name_lists.is_unclear(name)]
    tags: _Tags = Leftovers(record.values)
    if record.has_blanks:
        tags = Leftovers({tag: filled for tag, values in tags.items() if (filled := [text for text in values if text])})
    fields: _Fields = {"kind": _KINDS.get(record.type, "other"), "authors": ()}
    for step in _STEPS:
        step(tags, fields)
    extra = {} if record.type in _KIND_TYPES else {"TY": record.type}
    if tags or extra:
        fields["extra"] = extra | {tag: _joined(tag, values) for tag, values in tags.items()}
    if "title" in fields:
        fields["title"] = one_line(fields["title"])
    yield ParsedRecord(record.line, last_line, with_identifiers(fields))
    for name in unclear:
        reason = "a name has too many commas, or a line holds several names"
        yield ParseProblem(record.line, last_line, reason, "one name on each line: AU  - Doe, Jane", name)


def _joined(tag: str, values: list[str]) -> str:
    return names.join_names(list(map(names.given_name_first, values))) if tag in PEOPLE else "; ".join(values)


def _take_first(tags: _Tags, tag: str) -> str:
    """Remove the first value of a tag and return it. Leave the other values."""
    values = tags[tag]
    return values.pop(0) if len(values) > 1 else tags.take(tag)[0]


def _take_texts(tags: _Tags, fields: _Fields) -> None:
    for tag in [tag for tag in tags if tag in _TEXTS]:
        field = _TEXTS[tag]
        if field not in fields:
            fields[field] = _take_first(tags, tag)


def _take_book_title(tags: _Tags, fields: _Fields) -> None:
    if "title" not in fields and "BT" in tags:
        fields["title"] = _take_first(tags, "BT")


def _take_issue(tags: _Tags, fields: _Fields) -> None:
    """Take the number that Zotero writes in SN for a report, or the issue that EndNote writes in M1 for an article."""
    if "issue" in fields:
        return
    if fields["kind"] == "report" and SERIAL in tags and not is_serial_number(tags[SERIAL][0]):
        fields["issue"] = _take_first(tags, SERIAL)
    elif fields["kind"] == "article" and "M1" in tags and _NUMBER.fullmatch(tags["M1"][0]):
        fields["issue"] = _take_first(tags, "M1")


def _take_venue(tags: _Tags, fields: _Fields) -> None:
    """Take the preferred name of the venue. For a book without a title, use this name as the title."""
    for tag in tags_of("venue"):
        if tag in tags:
            is_title = fields["kind"] == "book" and "title" not in fields
            fields["title" if is_title else "venue"] = _take_first(tags, tag)
            break


def _take_pages(tags: _Tags, fields: _Fields) -> None:
    """Take the first and the last page, or the number of an article without pages."""
    if "SP" in tags or "EP" in tags:
        last = tags.pop("EP", []) or tags.pop("LP", [])
        fields["pages"] = "-".join(dict.fromkeys(tags.pop("SP", []) + last))
    elif fields["kind"] == "article" and "C7" in tags:
        fields["pages"] = _take_first(tags, "C7")


def _take_keywords(tags: _Tags, fields: _Fields) -> None:
    if "KW" in tags:
        fields["keywords"] = tuple(dict.fromkeys(tags.take("KW")))


def _take_date(tags: _Tags, fields: _Fields) -> None:
    """Take the most precise date. Leave the values that state more than this date, such as `2001///Spring`."""
    date, taken = _date_of_tags(tuple((tag, tags[tag][0]) for tag in tags_of("date") if tag in tags))
    fields |= date_fields(date)
    for tag in taken:
        _take_first(tags, tag)


@lru_cache(maxsize=10_000)
def _date_of_tags(values: tuple[tuple[str, str], ...]) -> tuple[PartialDate | None, tuple[str, ...]]:
    """Return the most precise date in tags with their values, and the tags that state no more than this date."""
    stated = {tag: _stated_date(text) for tag, text in values}
    dates = [date.date for date in stated.values() if date.date]
    if not dates:
        return None, ()
    best = most_precise(dates)
    return best, tuple(tag for tag, date in stated.items() if is_said_by(date_fields(best), date))


def _stated_date(text: str) -> stated_dates.StatedDate:
    """Return the date in a value. A slash after the year (`2001/`) does not begin an open range, as it does in EDTF."""
    return stated_dates.parse(text.rstrip("/") if _YEAR_AND_SLASH.fullmatch(text) else text)


def _take_doi(tags: _Tags, fields: _Fields) -> None:
    for tag in tags_of("doi"):
        if tag in tags and (doi := identifiers.doi(tags[tag][0])):
            fields["doi"] = doi
            _take_first(tags, tag)
            break


def _take_arxiv(tags: _Tags, fields: _Fields) -> None:
    for tag in tags_of("arxiv"):
        is_labeled = tag in tags and tags[tag][0].lower().startswith("arxiv")
        if is_labeled and (arxiv := identifiers.arxiv(tags[tag][0])):
            fields["arxiv"] = arxiv
            if identifiers.is_only_arxiv(tags[tag][0]):
                _take_first(tags, tag)
            break


def _take_key(tags: _Tags, fields: _Fields) -> None:
    if "ID" in tags and is_key(tags["ID"][0]):
        fields["key"] = _take_first(tags, "ID")


def _take_notes(tags: _Tags, fields: _Fields) -> None:
    """Take the values that pubcli writes into notes, and the DOI that Wiley writes into a note. Keep the other text."""
    rest = []
    for note in tags.pop("N1", []):
        text, stated = parse_note(note)
        fields |= stated
        if text in DEGREES_BY_NAME and fields["kind"] == "thesis":
            tags["entrytype"] = [DEGREES_BY_NAME[text]]
        elif "doi" not in fields and text.lower().startswith("doi:") and (doi := identifiers.doi(text)):
            fields["doi"] = doi
        elif text:
            rest.append(text)
    if rest:
        tags["N1"] = rest


def _take_authors(tags: _Tags, fields: _Fields) -> None:
    listed = [name for tag in tags_of("authors") for name in tags.pop(tag, [])]
    people = [person for name in listed for person in name_lists.people_on_line(name)]
    if "authors_complete" not in fields:
        people, is_cut = name_lists.without_et_al(people)
        if is_cut:
            fields["authors_complete"] = False
    fields["authors"] = tuple(map(names.given_name_first, people))


_STEPS: tuple[Callable[[_Tags, _Fields], None], ...] = (
    _take_texts,
    _take_book_title,  # after the texts: BT becomes the title only if no other tag holds a title
    _take_issue,  # after the texts, which include the tag for the issue
    _take_venue,  # after the step for book titles, which may take BT
    _take_pages,
    _take_keywords,
    _take_date,
    _take_doi,
    _take_arxiv,  # after the issue: M1 may hold an issue or an arXiv identifier
    _take_key,
    _take_notes,  # after the DOI: a DOI in a note counts only if no tag holds a DOI
    _take_authors,  # after the notes: if a note states that the list is incomplete, "others" may be a name
)
"""The steps that take tags from a record, in order. Tags that no step takes go to `extra`."""
