"""Read the papers of a job, each with the identifiers that its source has.

The key of a work of OpenAlex or of a record of arXiv is the identifier of the source, such as W2741809807. Other papers
have the citation keys that they state, or keys that are derived from their contents.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from pubcli.answer.batches import batched
from pubcli.biblio import citation_keys
from pubcli.errors import InputError
from pubcli.formats import READABLE
from pubcli.formats.services import arxiv_jsonl, openalex
from pubcli.formats.shared import json_stream
from pubcli.formats.shared.collect import (
    BATCH,
    Parsed,
    ParsedRecord,
    ParseProblem,
    bare_profile,
    base_key,
    require_title,
    to_problem,
    validate,
)
from pubcli.formats.shared.json_stream import Element
from pubcli.inputs.recoding import in_utf8, stream_in_utf8
from pubcli.inputs.sources import Source, Stream, modified, to_add
from pubcli.lake.entries import Identified
from pubcli.lake.sources import Job, open_file
from pubcli.model import Paper, Problem
from pubcli.reader import format_of, parse, read_source
from pubcli.store.library import library_file
from pubcli.text.normalize import visible

if TYPE_CHECKING:
    from typing import BinaryIO

Elements: TypeAlias = Iterable[Element | ParseProblem]


class Report:
    """What the reader of a job finds besides papers."""

    MOST = 20
    """The largest number of problems that are stored; all are counted."""

    def __init__(self) -> None:
        self.problem_count = 0
        self.problems: list[Problem] = []
        """The first parts of the source that were not understood."""
        self.aliases: list[tuple[str, str, str]] = []
        """The rows of the table `aliases`."""

    def add(self, problem: Problem) -> None:
        """Count a problem, and store it if it is one of the first."""
        self.problem_count += 1
        if len(self.problems) < self.MOST:
            self.problems.append(problem)


def read(job: Job, report: Report) -> Iterator[Identified]:
    """Yield the papers of a job, and add what was not understood to a report.

    Raises InputError if the file cannot be read, or is not in a format that pubcli reads.
    """
    return READERS[job.kind](job, report)


class _Keyed(NamedTuple):
    """A record with its key and the identifiers of its source; see `Identified`."""

    record: ParsedRecord
    key: str
    is_source_id: bool = False
    persons: Mapping[str, str] = {}


def _read_file(job: Job, report: Report) -> Iterator[Identified]:
    """Yield the papers of a file in any format. A long file is read line by line if its format allows this."""
    source = to_add(job.name, date.fromisoformat(job.as_of) if job.as_of else None, job.options)
    if isinstance(source, Stream):
        source = stream_in_utf8(source)
        if READABLE[format_of(source)].is_streamed:
            yield from _validated(source, _with_derived_keys(parse(source), source.name, report), report)
            return
        source = source.whole()
    source = in_utf8(source)
    if format_of(source) == "openalex":
        yield from _validated(source, _objects(openalex.works(source), source.name, report, _OPENALEX), report)
        return
    document = read_source(source)
    for problem in document.problems:
        report.add(problem)
    yield from map(Identified, document.papers)


def _with_derived_keys(parsed: Iterable[Parsed], source: str, report: Report) -> Iterator[_Keyed]:
    """Yield records with the keys that they state, or keys derived from their contents."""
    for item in parsed:
        checked = require_title(item)
        if isinstance(checked, ParseProblem):
            report.add(to_problem(checked, source))
        else:
            yield _Keyed(checked, base_key(checked.fields))


class _Service(NamedTuple):
    """A service that names papers by identifiers. The functions take a JSON object."""

    fields_of: Callable[[Mapping[str, Any]], dict[str, Any]]
    identifier: Callable[[Mapping[str, Any]], str]
    """Returns the identifier of the paper; an empty text if the object has none."""
    persons: Callable[[Mapping[str, Any]], Mapping[str, str]]
    """Returns the identifiers of the authors, by name."""


_OPENALEX = _Service(openalex.fields_of, openalex.identifier, openalex.author_identifiers)
_SERVICES = {
    "openalex": _OPENALEX,
    "arxiv-jsonl": _Service(arxiv_jsonl.fields_of, arxiv_jsonl.identifier, lambda _: {}),
}


def _objects(elements: Elements, source: str, report: Report, service: _Service) -> Iterator[_Keyed]:
    """Yield JSON objects as records, with the identifiers of a service."""
    for element in elements:
        [parsed] = json_stream.records([element], service.fields_of)
        checked = require_title(parsed)
        if isinstance(checked, ParseProblem):
            report.add(to_problem(checked, source))
            continue
        value = cast(Element, element).value
        key = service.identifier(value)
        if citation_keys.is_valid(key):
            yield _Keyed(checked, key, is_source_id=True, persons=service.persons(value))
        else:
            yield _Keyed(checked, base_key(checked.fields), persons=service.persons(value))


def _validated(source: Source | Stream, keyed: Iterable[_Keyed], report: Report) -> Iterator[Identified]:
    """Yield validated papers. Records that are not valid become problems."""
    profile = bare_profile(source, None)
    for batch in batched(keyed, BATCH):
        for item in batch:
            item.record.fields["position"] = item.record.line
        invalid: list[ParseProblem] = []
        papers = validate([(item.record, item.key) for item in batch], profile, 0, invalid)
        for problem in invalid:
            report.add(to_problem(problem, source.name))
        rest = iter(batch)
        for paper in papers:  # an invalid record has no paper
            item = next(item for item in rest if item.key == paper.key and item.record.line == paper.line)
            yield Identified(paper, item.is_source_id, item.persons)


def _read_lines(job: Job, report: Report) -> Iterator[Identified]:
    """Yield the papers of a piece of a file with one record per line."""
    with open_file(job.name) as file:
        file.seek(job.start)
        yield from _papers_of_lines(job, _lines(file, job), report)


def _lines(file: BinaryIO, job: Job) -> Iterator[tuple[int, str]]:
    place = job.start
    for number, line in enumerate(file, job.first_line):
        if job.end is not None and place >= job.end:
            return
        place += len(line)
        yield number, _decoded(line, number, job.name)


def _decoded(line: bytes, number: int, name: str) -> str:
    try:
        return line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        place = f"the byte 0x{line[error.start]:02X} in line {number}"
        raise InputError(f"{visible(name)} is not UTF-8 text: {place} does not start a character") from None


def _read_gzip(job: Job, report: Report) -> Iterator[Identified]:
    """Yield the papers of a compressed file with one record per line. Raises InputError if the file is damaged."""
    try:
        with gzip.open(job.name) as file:
            lines = ((number, _decoded(line, number, job.name)) for number, line in enumerate(file, 1))
            yield from _papers_of_lines(job, lines, report)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(f"{visible(job.name)} is damaged: {error}; download it again") from None
    except OSError as error:
        raise InputError(f"{visible(job.name)} cannot be read: {error.strerror}") from None


def _papers_of_lines(job: Job, lines: Iterable[tuple[int, str]], report: Report) -> Iterator[Identified]:
    elements: Elements = json_stream.elements_by_line(lines)
    form = job.kind.partition(" ")[0]
    if form == "openalex":
        elements = map(openalex.require_work, elements)
    yield from _validated(_bare_source(job), _objects(elements, job.name, report, _SERVICES[form]), report)


def _bare_source(job: Job) -> Source:
    """Return the name and the day of a job's file as a source without contents."""
    return Source(job.name, b"", *modified(job.name, date.fromisoformat(job.as_of) if job.as_of else None))


def _read_parquet(job: Job, report: Report) -> Iterator[Identified]:
    """Yield the works of a file of OpenAlex's snapshot in Parquet, in which abstracts are JSON in a string."""
    from pubcli.lake import parquet

    elements = (_work_in_row(number, text) for number, text in enumerate(parquet.rows_as_json(job.name), 1))
    yield from _validated(_bare_source(job), _objects(elements, job.name, report, _OPENALEX), report)


def _work_in_row(number: int, text: str) -> Element | ParseProblem:
    work = json.loads(text)
    abstract = work.get("abstract_inverted_index")
    if isinstance(abstract, str):
        try:
            work["abstract_inverted_index"] = json.loads(abstract)
        except (ValueError, RecursionError):
            reason = "the abstract is not valid JSON"
            return ParseProblem(number, number, reason, "words with their positions, as JSON", abstract[:80])
    return openalex.require_work(Element(number, number, work))


def _read_library(job: Job, report: Report) -> Iterator[Identified]:
    """Yield the papers of a library, and report the names of people who have several names."""
    statement = "SELECT json FROM record JOIN paper ON paper.id = paper_id ORDER BY profile_id, position"
    with closing(library_file.open_to_read(Path(job.name))) as store:
        report.aliases += [tuple(row) for row in store.execute("SELECT folded, head, name FROM alias ORDER BY folded")]
        for (text,) in store.execute(statement):
            record = json.loads(text)
            yield Identified(Paper.model_validate({**record, "last_line": record["line"]}))


READERS: Mapping[str, Callable[[Job, Report], Iterator[Identified]]] = {
    "file": _read_file,
    "library": _read_library,
    "openalex parquet": _read_parquet,
    **dict.fromkeys(_SERVICES, _read_lines),
    **{f"{form} gzip": _read_gzip for form in _SERVICES},
}
"""The functions that read jobs, by their kinds."""
