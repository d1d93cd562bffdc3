"""Read MEDLINE, the format for citation managers that PubMed saves: lines with tags, and continuation lines.

    PMID- 99000101
    TI  - Paper kites in the wards: a randomised trial of flying and its effect on
          the mood of patients.
    FAU - Quillfeather, Nora
    AU  - Quillfeather N
    DP  - 2026 Jan 5

The tags are described in PubMed's help, "MEDLINE/PubMed data element (field) descriptions".
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from pubcli.biblio import identifiers, names, nlm_citations, nlm_names, stated_dates
from pubcli.formats.shared import collect
from pubcli.formats.shared.collect import Parsed, ParsedRecord, ParseProblem
from pubcli.formats.shared.leftovers import Leftovers
from pubcli.formats.shared.lines import non_empty, numbered_lines
from pubcli.formats.shared.notes import date_fields, with_identifiers
from pubcli.inputs import encoding
from pubcli.inputs.sources import Source, Stream
from pubcli.model import Document
from pubcli.text.html import plain_text

_LINE = re.compile(
    r"[\ufeff\u200b\u2060\u00a0]*([A-Z][A-Z0-9](?=  -)|[A-Z][A-Z0-9]{2}(?= -)|[A-Z][A-Z0-9]{3}(?=-)) *-(?: (.*)|\s*$)"
)
"""Matches a tag, filled up with blanks to four characters, and its value."""
_TAGS = {
    f"{tag:<4}- ": tag
    for tag in (
        "PMID OWN STAT DCOM LR IS ISBN VI IP DP TI BTI PG LID AB CI FAU AU AUID AD LA SI PT DEP PL TA JT JID SB RN MH"
        " OT OTO PMC EDAT MHDA CRDT PHST AID PST SO GR COIS CN FED ED TT CTI PB EN IR FIR OAB CIN CON EIN EFR SSN"
    ).split()
}
"""Maps the first six characters of a line to the tag, for the tags that most files have."""
_ABOUT_PEOPLE = frozenset(("FAU", "AU", "FED", "ED", "AD", "AUID"))
_ONCE = frozenset(("PMID", "OWN", "STAT", "TI", "BTI"))
"""Tags that a record has at most once: the next such tag is in the next record."""
_FIRST = frozenset(("UI", "PMC"))
"""Tags that may precede PMID: PMC in files of PubMed Central, UI in old files."""
_KINDS = {
    "Preprint": "preprint", "Dataset": "dataset", "Technical Report": "report", "Academic Dissertation": "thesis",
    "Thesis": "thesis", "Book Chapter": "chapter", "Book": "book", "Books": "book", "Monograph": "book",
}  # fmt: skip
"""The kind of a paper, by publication type."""
_ARTICLE = "Journal Article"
_NAMES = {
    "PMID": "pmid", "PMC": "pmcid", "IS": "issn", "ISBN": "isbn", "LA": "language", "PL": "place", "EN": "edition",
    "CTI": "series", "TA": "shortjournal", "PT": "publication types", "CN": "collective authors",
    "RN": "registry numbers", "PS": "personal names as subjects", "AD": "affiliations", "DP": "date",
}  # fmt: skip
"""Names in `extra` for tags that other formats have too, under other names, or that mean something else in RIS."""
_EDITORS = "editor"
_MOST_INITIALS = 4
_NO_TITLE = "[Not Available]"
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
        raise encoding.wrong_format_error(source, "no record of MEDLINE")
    yield first
    yield from parsed


def _parse(source: Source | Stream) -> Iterator[Parsed]:
    record: _MedlineRecord | None = None
    for number, line in numbered_lines(source):
        tag = _TAGS.get(line[:6])
        if tag:
            value = line[6:].strip()
        elif tagged := None if line.startswith("      ") else _LINE.match(line):  # a tag that is not in the table
            tag, value = tagged[1], (tagged[2] or "").strip()
        else:  # a continuation line
            if text := line.strip():
                if record is None:
                    yield _stray(number, text)
                else:
                    record.values[-1].append(text)
                    record.last_line = number
            continue
        if record is None:
            record = _MedlineRecord(number)
        elif tag in _ONCE and record.is_complete_at(tag):
            following = record.next_record(tag, number)
            yield _paper(record)
            record = following
        record.values.append([tag, value])
        record.line_before, record.latest_line, record.last_line = record.last_line, number, number
    if record is not None:
        yield _paper(record)


def _stray(number: int, text: str) -> ParseProblem:
    reason = "this line is outside of a record"
    return ParseProblem(number, number, reason, 'a line "PMID- " at the start of each record', text)


class _MedlineRecord:
    """A record that is being read."""

    __slots__ = ("last_line", "latest_line", "line", "line_before", "values")

    def __init__(self, line: int) -> None:
        self.line = self.last_line = self.line_before = line
        self.latest_line = line
        """The line on which the most recent value begins."""
        self.values: list[list[str]] = []
        """For each value, in order, a list of its tag and its lines."""

    def is_complete_at(self, tag: str) -> bool:
        """Return whether a line with a tag of `_ONCE` begins the next record."""
        if tag == "PMID":
            return any(value[0] not in _FIRST for value in self.values)
        return any(value[0] == tag for value in self.values)

    def next_record(self, tag: str, line: int) -> "_MedlineRecord":
        """Return the record that begins at a tag. Move a value that precedes its PMID into this record."""
        if tag != "PMID" or len(self.values) < 2 or self.values[-1][0] not in _FIRST:
            return _MedlineRecord(line)
        following = _MedlineRecord(self.latest_line)
        following.values.append(self.values.pop())
        self.last_line = self.line_before
        return following


def _paper(record: _MedlineRecord) -> ParsedRecord:
    tags: _Tags = Leftovers()
    people = _People()
    for value in record.values:
        tag, text, *further = value
        if further:
            text = " ".join(filter(None, value[1:]))
        if "&" in text or "<" in text:
            text = plain_text(text)
        if not text:
            continue
        if tag in _ABOUT_PEOPLE:
            people.take(tag, text)
        elif tag in tags:
            tags[tag].append(text)
        else:
            tags[tag] = [text]
    fields: _Fields = {"authors": tuple(people.authors)}
    for step in _STEPS:
        step(tags, fields)
    left = {_NAMES.get(tag, tag): values[0] if len(values) == 1 else "; ".join(values) for tag, values in tags.items()}
    fields["extra"] = fields.get("extra", {}) | people.extra() | left
    return ParsedRecord(record.line, record.last_line, with_identifiers(non_empty(fields)))


class _People:
    """The people of a record, and what the record states about each of them.

    FAU is the full name of an author. AU, after it, repeats the name with initials, and AD is an affiliation.
    """

    def __init__(self) -> None:
        self.authors: list[str] = []
        self._extra: dict[str, list[str]] = {}
        self._latest = ""
        """The name of the most recent person, with the given names first."""
        self._full_name = ""
        """The value of FAU or FED in the line above; else empty."""

    def extra(self) -> dict[str, str]:
        """Return what the record states about people besides the names of authors."""
        return {
            name: (names.join_names if name == _EDITORS else "; ".join)(values) for name, values in self._extra.items()
        }

    def take(self, tag: str, value: str) -> None:
        """Add a name, or what the record states about the person above. The tag is in `_ABOUT_PEOPLE`."""
        full_name, self._full_name = self._full_name, ""
        if tag in ("FAU", "FED"):
            self._add(tag, value)
            self._full_name = value
        elif tag in ("AU", "ED"):
            if not full_name:
                self._add(tag, value)
            elif not _is_short_form(value, full_name):
                self._add_extra(tag, value)
        else:
            self._add_extra(_NAMES.get(tag, tag), f"{self._latest}: {value}" if self._latest else value)

    def _add(self, tag: str, value: str) -> None:
        self._latest = nlm_names.given_name_first(value)
        if tag.endswith("AU"):
            self.authors.append(self._latest)
        else:
            self._add_extra(_EDITORS, self._latest)

    def _add_extra(self, name: str, text: str) -> None:
        self._extra.setdefault(name, []).append(text)  # joined once, because a record may have thousands


def _is_short_form(short: str, full: str) -> bool:
    """Return whether a name with initials, such as `Quillfeather N`, says no more than `Quillfeather, Nora`."""
    family, _, given_name = full.partition(",")
    initials, _, suffix = short.removeprefix(family).strip().partition(" ")
    is_initial = len(initials) <= _MOST_INITIALS and initials[:1] == given_name.strip()[:1].upper()
    return short.startswith(family) and is_initial and suffix in ("", given_name.rpartition(" ")[2])


def _take_title(tags: _Tags, fields: _Fields) -> None:
    """Take the title of a paper, a chapter or a book. For a chapter, also take the title of its book, as the venue."""
    if "BTI" in tags:
        fields["kind"] = "chapter" if "TI" in tags else "book"
        fields["venue" if "TI" in tags else "title"] = _take_first(tags, "BTI").removesuffix(".")
    if "TI" in tags:
        fields["title"] = _take_first(tags, "TI").removesuffix(".")
    title, is_translated = nlm_citations.without_brackets(fields.get("title", ""))
    if is_translated and fields["title"] == _NO_TITLE and "TT" in tags:
        title = _take_first(tags, "TT").removesuffix(".")
    elif is_translated:
        fields["extra"] = {"translated": "yes"}
    fields["title"] = title


def _take_groups(tags: _Tags, fields: _Fields) -> None:
    """Take the groups as authors if the record names no person as an author."""
    if not fields["authors"] and "CN" in tags:
        fields["authors"] = tuple(tags.take("CN"))


def _take_venue(tags: _Tags, fields: _Fields) -> None:
    for tag in "JT", "TA":
        if tag in tags and "venue" not in fields:
            fields["venue"] = _take_first(tags, tag)
    if tags.get("TA") == [fields.get("venue")]:
        tags.discard("TA")
    for tag, field in ("VI", "volume"), ("IP", "issue"), ("PG", "pages"), ("PB", "publisher"), ("AB", "abstract"):
        if tag in tags:
            fields[field] = _take_first(tags, tag)


def _take_kind(tags: _Tags, fields: _Fields) -> None:
    """Take the kind from the publication types. Other types, such as Review, are kinds of articles."""
    types = tags.get("PT", [])
    default = fields.get("kind") or ("article" if fields.get("venue") else "other")
    fields["kind"] = next((_KINDS[type_] for type_ in types if type_ in _KINDS), default)
    if types == [_ARTICLE] and fields["kind"] == "article":
        tags.discard("PT")


def _take_date(tags: _Tags, fields: _Fields) -> None:
    """Take the date. Leave a text that says more, such as a season."""
    if "DP" in tags:
        stated = stated_dates.parse(tags["DP"][0])
        fields |= date_fields(stated.date)
        if stated.is_plain:
            _take_first(tags, "DP")


def _take_identifiers(tags: _Tags, fields: _Fields) -> None:
    """Take the DOI from `LID - 10.1000/x [doi]` or from AID, which repeats it. Leave other identifiers."""
    listed = [(tag, value) for tag in ("LID", "AID") for value in tags.pop(tag, [])]
    rest: dict[str, str] = {}
    for tag, value in listed:
        doi = identifiers.doi(value.removesuffix("[doi]")) if value.endswith("[doi]") else None
        if doi and fields.setdefault("doi", doi) == doi:
            continue
        rest.setdefault(value, tag)
    for value, tag in rest.items():
        tags.setdefault(tag, []).append(value)


def _take_keywords(tags: _Tags, fields: _Fields) -> None:
    """Take MeSH headings and other terms. A star marks a major topic; the terms with a star also stay in `extra`."""
    words: list[str] = []
    for tag in "MH", "OT", "KW":
        listed = tags.pop(tag, [])
        words += (word.replace("*", "") for word in listed)
        if starred := [word for word in listed if "*" in word]:
            tags[tag] = starred
    fields["keywords"] = tuple(dict.fromkeys(filter(None, words)))


def _take_first(tags: _Tags, tag: str) -> str:
    """Remove the first value of a tag and return it. Leave the other values."""
    values = tags[tag]
    return values.pop(0) if len(values) > 1 else tags.take(tag)[0]


_STEPS: tuple[Callable[[_Tags, _Fields], None], ...] = (
    _take_title,
    _take_groups,
    _take_venue,  # after the title: a chapter's venue is its book
    _take_kind,  # after the title and the venue: without a type, a paper in a journal is an article
    _take_date,
    _take_identifiers,
    _take_keywords,
)
"""The steps that take tags from a record, in order. Tags that no step takes go to `extra`."""
