"""Turn what the readers of all formats yield into validated records.

A reader yields a `ParsedRecord` for each paper and a `ParseProblem` for each part that it could not parse. This module
assigns citation keys and positions, looks up arXiv classes, and validates records. An invalid record becomes a problem
with its line number; the other records are kept.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import islice
from types import UnionType
from typing import Any, NamedTuple, TypeAlias, TypeVar

from pydantic import TypeAdapter, ValidationError

from pubcli.biblio import arxiv_categories, citation_keys
from pubcli.errors import InputError
from pubcli.inputs import encoding
from pubcli.inputs.sources import Source, Stream
from pubcli.model import HEADER_FIELDS, Document, Page, Paper, Problem, Profile
from pubcli.text.links import links
from pubcli.text.normalize import visible

_PAPERS = TypeAdapter(list[Paper])
BATCH = 100
"""Number of records that are validated at a time."""
_NO_ABSTRACT = ("[No abstract available]", "No abstract available", "No abstract available.")
"""Texts that Scopus and publishers write in place of a missing abstract."""
_LONGEST_TEXT = 2_000
"""The largest number of characters of unparsed text that a problem keeps."""


class ParsedRecord(NamedTuple):
    """A paper as a reader parsed it, before validation."""

    line: int
    last_line: int
    fields: dict[str, Any]
    """Fields of `Paper` by name. A missing field later gets the value that means unknown. Only `title` is required."""


class ParseProblem(NamedTuple):
    """A part of a source that could not be parsed."""

    line: int
    last_line: int
    reason: str
    expected: str
    text: str


_Item = TypeVar("_Item", ParsedRecord, ParseProblem)
Parsed: TypeAlias = ParsedRecord | ParseProblem
PageId: TypeAlias = tuple[str | None, str | None]
"""Identifier of a page: `(owner, None)`, or `(None, source)` if the owner is unknown.

`source` is the source from which the page was first read; None if it is unknown too.
"""


def document(source: Source, parsed: Iterable[Parsed], owner: str | None = None) -> Document:
    """Return a document with all records of a source on one page.

    `owner` is the owner of the page, if the format states it.
    """
    collector = Collector()
    collector.extend(parsed)
    return Document(source=source.name, pages=(page(source, collector, owner),))


def list_document(source: Source, parsed: Iterable[Parsed]) -> Document:
    """Return a document with a single page, which has all records of a source. The owner of the page is the file.

    Records may state the pages from which they were exported, and their places on these pages; both are ignored.
    """
    return document(source, map(without_page, parsed))


def without_page(item: Parsed) -> Parsed:
    """Return a record without the fields that state its page and its place there; return a problem unchanged."""
    if isinstance(item, ParsedRecord):
        for field in _PAGE_FIELDS:
            item.fields.pop(field, None)
    return item


_PAGE_FIELDS = ("profile", "source", "position", "line", "also_on", "shown_by")


def document_by_profile(source: Source, parsed: Iterable[Parsed]) -> Document:
    """Return a document with a page for each distinct `page_id` of the records. All problems go to the first page."""
    pages: defaultdict[PageId, Collector] = defaultdict(Collector)
    problems: list[Parsed] = []
    for item in parsed:
        if isinstance(item, ParseProblem):
            problems.append(item)
        else:
            pages[page_id(item)].add(item)
    if not pages:
        pages[None, None] = Collector()
    next(iter(pages.values())).extend(problems)
    for collector in pages.values():
        _number(collector.records)
    built = (page(source, collector, owner, origin) for (owner, origin), collector in pages.items())
    return Document(source=source.name, pages=tuple(built))


def page_id(record: ParsedRecord) -> PageId:
    """Return the page to which a record belongs, as a pair of its owner and its source (see `PageId`).

    The record states the owner in its field `profile`. If it does not, its field `source` states the source.
    """
    owner, origin = record.fields.get("profile"), record.fields.get("source")
    if isinstance(owner, str) and owner:
        return owner, None
    return None, origin if isinstance(origin, str) else None


def _number(records: Sequence[ParsedRecord]) -> None:
    """Give the records of a page the positions 1, 2, 3, ..., unless each record already has a unique position."""
    positions = [record.fields.get("position") for record in records]
    are_unique = len(set(map(str, positions))) == len(positions)
    if not are_unique or not all(isinstance(position, int) and position > 0 for position in positions):
        for position, record in enumerate(records, 1):
            record.fields["position"] = position


class Collector:
    """Collect records and problems separately."""

    def __init__(self) -> None:
        self.records: list[ParsedRecord] = []
        self.problems: list[ParseProblem] = []
        self.has_records = False
        """Whether the source has a record. A record without a title counts too."""

    def extend(self, parsed: Iterable[Parsed]) -> None:
        """Add everything that a reader yields."""
        for item in parsed:
            self.add(item)

    def add(self, item: Parsed) -> None:
        """Add a record or a problem. A record without a title is added as a problem."""
        self.has_records = self.has_records or isinstance(item, ParsedRecord)
        checked = require_title(item)
        if isinstance(checked, ParsedRecord):
            self.records.append(checked)
        else:
            self.problems.append(checked)

    def renumber(self, line_number: Callable[[int], int]) -> None:
        """Replace the line numbers of all records and problems by the results of `line_number`."""
        self.records = [_renumbered(item, line_number) for item in self.records]
        self.problems = [_renumbered(item, line_number) for item in self.problems]


def _renumbered(item: _Item, line_number: Callable[[int], int]) -> _Item:
    return item._replace(line=line_number(item.line), last_line=line_number(item.last_line))


_EXPECTED_TYPES: Mapping[str, type | UnionType] = {
    "authors": list | tuple,
    "badges": list | tuple,
    "category": str,
    "abstract": str,
    "line": int,
    "position": int,
    "date": object,
}
"""Types of the fields that this module uses before validation, to derive the citation key and other fields."""
_MOST_LINES = 2**31


def require_title(item: Parsed) -> Parsed:
    """Return the record or problem unchanged; for a record without a title, return a problem."""
    if isinstance(item, ParseProblem) or (isinstance(title := item.fields.get("title"), str) and title.strip()):
        return item
    return missing_title(item)


def missing_title(record: ParsedRecord) -> ParseProblem:
    """Return the problem for a record that has no title."""
    return ParseProblem(record.line, record.last_line, "the record has no title", "a title", _summary(record))


def _summary(record: ParsedRecord) -> str:
    """Return all values of a record as one text, for a problem that takes the place of the record."""
    return "; ".join(f"{field}: {value}" for field, value in record.fields.items() if value)


def check_types(record: ParsedRecord) -> Parsed:
    """Return the record unchanged; return a problem if a value has the wrong type or is out of range.

    Records from JSON need this check, because a JSON value may have any type.
    """
    for field, type_ in _EXPECTED_TYPES.items():
        value = record.fields.get(field)
        if value is not None and not (isinstance(value, type_) and _is_in_range(field, value)):
            reason = f"{field}: invalid value {value!r}"
            return ParseProblem(record.line, record.last_line, reason, f"a value of {field}", _summary(record))
    return record


def _is_in_range(field: str, value: Any) -> bool:
    """Return whether a value is in the range of its field. The value already has the right type."""
    if field == "authors":
        return {str}.issuperset(map(type, value))
    if field == "date":
        return str(value)[:4].isdecimal()
    return (field != "line" or 0 < value < _MOST_LINES) and (field != "position" or value < _MOST_LINES)


class PageHeader(NamedTuple):
    """What a page states above its list."""

    values: Mapping[str, Any] = {}
    """Values by field of `Profile`."""
    lines: tuple[int, ...] = ()
    """The numbers of the lines that belong to no record."""


def page(
    source: Source,
    collector: Collector,
    owner: str | None = None,
    origin: str | None = None,
    header: PageHeader = PageHeader(),  # noqa: B008 - immutable
) -> Page:
    """Return collected records as a page.

    `origin` is the source that the records state for the page. It may differ from `source`: a file `papers.json` that
    pubcli wrote may contain a page that was read from `page.txt`. If `origin` is None, the source of the page is
    `source`. Raise InputError if there are problems but no record.
    """
    if collector.problems and not collector.has_records:
        raise no_record_error(source, min(collector.problems, key=lambda problem: problem.line))
    profile = bare_profile(source, owner, origin, _assumed_year(collector.records), header)
    problems = list(collector.problems)
    papers: list[Paper] = []
    keyed = zip(collector.records, _keys(collector.records), strict=True)
    while batch := list(islice(keyed, BATCH)):
        papers += validate(batch, profile, len(papers), problems)
    in_order = sorted(problems, key=lambda problem: problem.line)
    return Page(
        profile=profile, papers=tuple(papers), problems=tuple(to_problem(problem, source.name) for problem in in_order)
    )


def no_record_error(source: Source | Stream, problem: ParseProblem) -> InputError:
    """Return the error for a source without a readable record. `problem` is its first problem."""
    place = f"line {problem.line}: {visible(problem.reason)}"
    return encoding.wrong_format_error(source, f"no readable record ({place})")


def bare_profile(
    source: Source | Stream,
    owner: str | None,
    origin: str | None = None,
    assumed_year: int | None = None,
    header: PageHeader = PageHeader(),  # noqa: B008 - immutable
) -> Profile:
    """Return a profile with the owner's name and the values of the header, if the source has one.

    `owner` is None if the name is unknown.
    """
    values: dict[str, Any] = {**dict.fromkeys(HEADER_FIELDS), "name": owner, **header.values}
    return Profile(
        **values,
        source=origin or source.name,
        as_of=source.as_of,
        as_of_reason=source.as_of_reason,
        assumed_year=assumed_year,
        assumed_encoding=source.assumed_encoding,
        fitting_years=() if assumed_year is None else (assumed_year,),
        lines=header.lines,
    )


def _assumed_year(records: Iterable[ParsedRecord]) -> int | None:
    """Return the year that all days without a year share; None if the years differ or no such year is assumed.

    An assumed month, which was found in an arXiv identifier, does not count: the identifier states its year.
    """
    years = {
        str(record.fields.get("date"))[:4]
        for record in records
        if record.fields.get("date_assumed") is True and record.fields.get("date_precision", "day") == "day"
    }
    year = years.pop() if len(years) == 1 else ""
    return int(year) if year.isdecimal() else None


def validate(
    batch: Sequence[tuple[ParsedRecord, str]], profile: Profile, offset: int, problems: list[ParseProblem]
) -> list[Paper]:
    """Return the valid records as papers, and append a problem for each invalid record to `problems`.

    `batch` contains records and their citation keys. `offset` is the number of papers on the page before the batch.
    """
    rows = [paper_values(record, key, position, profile) for position, (record, key) in enumerate(batch, offset + 1)]
    try:
        return _PAPERS.validate_python(rows)
    except ValidationError:
        pass  # the loop below validates each record alone, to find the invalid records
    papers: list[Paper] = []
    for (record, _), row in zip(batch, rows, strict=True):
        position = record.fields.get("position", offset + len(papers) + 1)
        try:
            papers.append(Paper.model_validate({**row, "position": position}))
        except ValidationError as error:
            problems.append(_invalid(record, error))
    return papers


def _invalid(record: ParsedRecord, error: ValidationError) -> ParseProblem:
    first = error.errors(include_url=False, include_context=False)[0]
    place = ".".join(map(str, first["loc"]))
    reason = f"{place}: {first['msg']}"
    return ParseProblem(record.line, record.last_line, reason, f"a value of {place}", _summary(record))


_UNKNOWN: Mapping[str, Any] = {
    "authors": (),
    "authors_complete": True,
    "org": None,
    "category": None,
    "classes": (),
    "date": None,
    "abstract": None,
}
"""Values that mean unknown, for fields that have no default in `Paper`."""


def paper_values(record: ParsedRecord, key: str, position: int, profile: Profile) -> dict[str, Any]:
    """Return the values of a paper before validation, by field. Fields that keep their default value are left out."""
    place = {"position": position, "profile": profile.name, "source": profile.source, "line": record.line}
    values = {**_UNKNOWN, **place, **record.fields, "key": key}
    if stated := record.fields.get("key"):
        if stated_key(record.fields):
            values["key_stated"] = True
        elif isinstance(extra := values.get("extra", {}), dict):
            values["extra"] = {"citekey": str(stated), **extra}
    values["last_line"] = max(record.last_line, values["line"])
    if (category := values["category"]) and "classes" not in record.fields:
        values["classes"] = arxiv_categories.classes(category)
    if values["abstract"] in _NO_ABSTRACT:
        values["abstract"] = None
    if "links" not in values and (addresses := links(values["abstract"])):
        values["links"] = addresses
    if "code" not in values and "Code" in values.get("badges", ()):
        values["code"] = True
    return values


def _keys(records: Sequence[ParsedRecord]) -> list[str]:
    """Return a unique citation key for each record, derived from the key or the content of the record."""
    stated = {index for index, record in enumerate(records) if stated_key(record.fields)}
    bases = [base_key(record.fields) for record in records]
    return citation_keys.assign(bases, lambda index: tie_breaker(records[index].fields), stated)


def base_key(fields: Mapping[str, Any]) -> str:
    """Return the key that a record states, or else a derived key. Other records may have the same key."""
    if key := stated_key(fields):
        return key
    return citation_keys.base_key(fields.get("authors", ()), _year(fields.get("date")), fields["title"])


def _year(day: Any) -> int | None:
    """Return the year of a date, which is a text in some formats; None if there is no date."""
    if isinstance(day, date):
        return day.year
    return int(str(day)[:4]) if day else None


def stated_key(fields: Mapping[str, Any]) -> str | None:
    """Return the citation key that a record states; None if it states no key, or if the key is not valid."""
    key = fields.get("key")
    return key if isinstance(key, str) and citation_keys.is_valid(key) else None


def is_key(text: object) -> bool:
    """Return whether the identifier of a record in RIS or CSL-JSON is a citation key.

    Many programs number their records, and Zotero writes an address. A citation key contains a letter
    (`2020A&A...641A...6P` from ADS) or a slash (a DOI from ACM), or it begins with five digits (a number from IEEE
    Xplore). So a short number, which may be a position or a year, is not mistaken for the key of a paper.
    """
    if not isinstance(text, str) or not citation_keys.is_valid(text):
        return False
    if not text[0].isalnum() or "//" in text:
        return False
    return "/" in text or any(map(str.isalpha, text)) or (len(text) >= 5 and text[:5].isdigit())


def tie_breaker(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the values by which records with equal citation keys are sorted before letters are added to the keys."""
    others = (fields.get(field) or "" for field in ("date", "category", "doi", "arxiv", "venue", "pages"))
    return fields["title"], *fields.get("authors", ()), *map(str, others)


def to_problem(problem: ParseProblem, source: str) -> Problem:
    """Return a reader's problem as a `Problem` of the data model, with its text shortened."""
    text = problem.text if len(problem.text) <= _LONGEST_TEXT else f"{problem.text[:_LONGEST_TEXT]}…"
    lines = "\n".join(line for line in text.splitlines() if line.strip())
    return Problem(
        source=source,
        line=problem.line,
        last_line=max(problem.line, problem.last_line),
        reason=problem.reason,
        expected=problem.expected,
        text=lines.encode("utf-8", "replace").decode(),
    )
