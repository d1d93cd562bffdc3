"""Read files and add their pages to a library, with a report for each page.

Pages are read outside of transactions. Several pages are stored together, because a commit takes as long as reading a
page. A source is reported only after its pages are stored. So if the process is killed, the library contains everything
that was reported.

A long file is stored in batches, so that little of it is in memory. All batches are one transaction, so the library
holds the whole file or nothing of it.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pubcli.errors import InputError
from pubcli.formats import READABLE
from pubcli.formats.shared.collect import (
    BATCH,
    PageId,
    Parsed,
    ParsedRecord,
    ParseProblem,
    bare_profile,
    base_key,
    page_id,
    require_title,
    stated_key,
    tie_breaker,
    to_problem,
    validate,
)
from pubcli.inputs.recoding import stream_in_utf8
from pubcli.inputs.sources import NO_OPTIONS, STDIN, ReadOptions, Source, Stream, now, to_add
from pubcli.model import Document, Page, Profile
from pubcli.reader import format_of, parse, read_source
from pubcli.store import index, load, schema
from pubcli.store.database import Store
from pubcli.store.library import snapshots
from pubcli.store.library.snapshots import AddResult
from pubcli.store.library.stream_keys import StreamKeys
from pubcli.store.load import Origin

if TYPE_CHECKING:
    from pubcli.answer.rows import AddedRow

_T = TypeVar("_T")

ADDED_FIELDS = ("source", "profile", "outcome", "as_of", "papers", "shared", "problems", "assumed_encoding")
"""`outcome` is new profile, newer snapshot, older snapshot, unchanged, or not read. `papers` is the number of papers on
the page. `shared` is the number of these papers that other people's pages list too. `problems` is the number of places
that could not be read. `assumed_encoding` is the encoding of a source that is not UTF-8, if it is a guess."""

_MAX_PAPERS = 8_000
_MAX_SECONDS = 1.0
"""When a limit is reached, the pages read so far are stored. So a process that is killed loses few pages."""

OpenSource = Callable[[], Source | Stream]
"""A function that opens a source just before it is read. Raises InputError if the source cannot be opened."""


class _ReadSource(NamedTuple):
    """A source, and the document that was read from it."""

    source: Source
    document: Document


def ingest_sources(
    store: Store, opened: Iterable[OpenSource], failed: Callable[[InputError], None], *, keep: bool
) -> "Iterator[AddedRow]":
    """Add the pages of sources. Yield a row of `ADDED_FIELDS` for each page.

    If a source cannot be read, `failed` is called with the error, and the other sources are added. If `keep` is False,
    the library is not changed.
    """
    pending: list[_ReadSource] = []
    papers, since = 0, time.monotonic()
    for open_ in opened:
        try:
            source = open_()
            if isinstance(source, Stream):
                source = stream_in_utf8(source)
            if isinstance(source, Stream) and READABLE[format_of(source)].is_streamed:
                yield from _store(store, pending, keep=keep)
                pending = []
                yield from _store_stream(store, source, keep=keep)
                continue
            source = source.whole() if isinstance(source, Stream) else source
            pending.append(_ReadSource(source, _require_owner(read_source(source))))
            papers += len(pending[-1].document.papers)
        except InputError as error:
            failed(error)
        if keep and (papers >= _MAX_PAPERS or time.monotonic() - since > _MAX_SECONDS):
            yield from _store(store, pending, keep=True)
            pending, papers, since = [], 0, time.monotonic()
    yield from _store(store, pending, keep=keep)


def _require_owner(document: Document) -> Document:
    """Return the document. Raises InputError if a page has no owner, because the next such page would replace it."""
    if any(page.profile.name is None and page.profile.source == STDIN for page in document.pages):
        raise InputError("standard input does not name the owner of the list; save it to a file and add that file")
    return document


def _store(store: Store, sources: Iterable[_ReadSource], *, keep: bool) -> "list[AddedRow]":
    with schema.transaction(store, keep=keep):
        return [row for source, document in sources for row in _add(store, source, document)]


def _add(store: Store, source: Source, document: Document) -> "Iterator[AddedRow]":
    origin = _origin(source)
    for number, page in enumerate(document.pages):
        added = snapshots.add(store, page, origin._replace(page=number))
        yield _row(source, _PageReport(page.profile, number, added, len(page.papers), added.shared, len(page.problems)))


def _origin(source: Source | Stream) -> Origin:
    path = str(Path(source.name).resolve()) if source.name != STDIN and Path(source.name).is_file() else None
    options = None if source.options == NO_OPTIONS else json.dumps(source.options)
    return Origin(source.digest, 0, path, now(), options)


@dataclass(slots=True)
class _PageReport:
    """The report on a page that has been stored, or is being stored in batches."""

    profile: Profile
    number: int
    added: AddResult | None = None
    papers: int = 0
    shared: int = 0
    problems: int = 0


def _row(source: Source | Stream, page: _PageReport) -> "AddedRow":
    return {
        "source": source.name,
        "profile": page.profile.name or page.profile.source,
        "outcome": page.added.outcome if page.added else None,
        "as_of": page.added.as_of if page.added else None,
        "papers": page.papers,
        "shared": page.shared,
        "problems": page.problems,
        "assumed_encoding": page.profile.assumed_encoding,
    }


def _store_stream(store: Store, source: Stream, *, keep: bool) -> "list[AddedRow]":
    """Add a long file.

    It is read twice: first to assign citation keys, which depend on all papers, then to store the papers.
    """
    origin = _origin(source)
    with closing(StreamKeys()) as keys:
        pages = _pages(source, keys)
        with schema.transaction(store, keep=keep):
            for page in pages.values():
                empty = Page(page.profile, (), ())
                page.added = snapshots.add(store, empty, origin._replace(page=page.number))
            for batch in batched(enumerate(_parsed(source)), BATCH):
                _add_batch(store, source, pages, batch, keys)
                index.catch_up(store)
            return [_row(source, page) for page in pages.values()]


def batched(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """Yield the items in lists of `size`; the last list may be shorter."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _parsed(source: Stream) -> Iterator[Parsed]:
    return map(require_title, parse(source))


def _pages(source: Stream, keys: StreamKeys) -> dict[PageId, _PageReport]:
    """Read a long file and assign the citation keys of its papers. Return the pages of the file, without their papers.

    A file without papers counts as one page.
    """
    pages: dict[PageId, _PageReport] = {}
    for batch in batched(enumerate(_parsed(source)), BATCH):
        papers = []
        for number, item in batch:
            if isinstance(item, ParsedRecord):
                new = _PageReport(bare_profile(source, *page_id(item)), len(pages))
                page = pages.setdefault(page_id(item), new)
                content = None if stated_key(item.fields) else tie_breaker(item.fields)
                papers.append((number, page.number, base_key(item.fields), content))
        keys.add(papers)
    keys.settle()
    return pages or {(None, None): _PageReport(bare_profile(source, None), 0)}


def _add_batch(
    store: Store,
    source: Stream,
    pages: dict[PageId, _PageReport],
    batch: Sequence[tuple[int, Parsed]],
    keys: StreamKeys,
) -> None:
    """Store a batch of what was parsed. Each paper is stored with its page.

    All problems are stored with the first page of the file, because a parsed problem does not name its page.
    """
    problems: list[ParseProblem] = []
    records: dict[PageId, list[tuple[ParsedRecord, str]]] = {}
    for number, item in batch:
        if isinstance(item, ParseProblem):
            problems.append(item)
        else:
            item.fields.pop("position", None)
            records.setdefault(page_id(item), []).append((item, keys.key(number)))
    for id_, keyed_records in records.items():
        page = pages[id_]
        papers = validate(keyed_records, page.profile, page.papers, problems)
        page.papers += len(papers)
        if page.added and page.added.outcome != "unchanged" and papers:
            page.shared += snapshots.extend(store, page.added, papers)
    first = next(iter(pages.values()))
    first.problems += len(problems)
    if first.added and first.added.outcome != "unchanged":
        rows = [to_problem(problem, source.name) for problem in problems]
        load.add_problems(store, first.added.snapshot_id, rows)


class FileChanges(NamedTuple):
    """The files from which a library's current pages were read, divided into changed files and all other files."""

    opened: list[OpenSource]
    """Functions that open the files whose content has changed."""
    rows: "list[AddedRow]"
    """A row of `ADDED_FIELDS` for each file that is unchanged or cannot be read."""


def changed_files(store: Store, failed: Callable[[InputError], None]) -> FileChanges:
    """Return which files have changed since a library's current pages were read from them.

    If a file cannot be read, `failed` is called with the error.
    """
    statement = (
        "SELECT path, coalesce(name, source) AS profile, as_of, digest, read_options, "
        "(SELECT count(*) FROM listing WHERE snapshot_id = profile.id) AS papers "
        "FROM profile WHERE path IS NOT NULL GROUP BY path, digest ORDER BY path"
    )
    changes = FileChanges([], [])
    for page in store.execute(statement):
        outcome = "unchanged"
        try:
            options = _options(page["read_options"])
            if to_add(page["path"], options=options).digest != page["digest"]:
                changes.opened.append(partial(to_add, page["path"], options=options))
                continue
        except InputError as error:
            failed(error)
            outcome = "not read"
        changes.rows.append(
            {
                "source": page["path"],
                "profile": page["profile"],
                "outcome": outcome,
                "as_of": page["as_of"],
                "papers": page["papers"],
                "shared": None,
                "problems": None,
                "assumed_encoding": None,
            }
        )
    return changes


def replaced_owners(store: Store) -> list[tuple[str, str]]:
    """Return the files that now contain another person's page, each with the owner of the earlier page."""
    statement = (
        "SELECT path, coalesce(name, source) FROM profile AS old WHERE EXISTS (SELECT 1 FROM profile AS new "
        "WHERE new.path = old.path AND new.digest <> old.digest AND new.id > old.id) ORDER BY path, id"
    )
    return [(path, name) for path, name in store.execute(statement)]


def _options(text: str | None) -> ReadOptions:
    """Return the reading options that the user set for a file.

    `text` is the JSON in which a snapshot stores these options; None if the user set no options. Snapshots of libraries
    before version 9 have no encoding.
    """
    form, columns, encoding = [*json.loads(text), None][:3] if text else (None, (), None)
    return ReadOptions(form, tuple((str(field), str(column)) for field, column in columns), encoding)
