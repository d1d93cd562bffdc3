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
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from pubcli import paths
from pubcli.answer.batches import batched
from pubcli.biblio.dates import CaptureDay
from pubcli.biblio.same_paper import title_digest
from pubcli.errors import InputError, SkippedError
from pubcli.formats import READABLE, exports
from pubcli.formats.bibtex.macros import EarlierMacros
from pubcli.formats.shared.collect import (
    BATCH,
    PageId,
    Parsed,
    ParsedRecord,
    ParseProblem,
    bare_profile,
    base_key,
    no_record_error,
    page_id,
    require_title,
    stated_key,
    tie_breaker,
    to_problem,
    validate,
    without_page,
)
from pubcli.inputs.recoding import stream_in_utf8
from pubcli.inputs.sources import (
    NO_FILES,
    NO_OPTIONS,
    ReadOptions,
    Source,
    Stream,
    display_name,
    now,
    time_written,
    to_add,
)
from pubcli.model import Document, Page, Profile
from pubcli.reader import format_of, parse, read_to_add, require_content
from pubcli.store import index, load, schema
from pubcli.store.database import Store
from pubcli.store.library import listings, predecessors, snapshots
from pubcli.store.library.page_changes import stored_digests
from pubcli.store.library.snapshots import AddResult
from pubcli.store.library.stream_keys import StreamKeys
from pubcli.store.load import Origin

if TYPE_CHECKING:
    from pubcli.answer.rows import AddedRow


ADDED_FIELDS = ("source", "profile", "outcome", "as_of", "papers", "shared", "problems", "assumed_encoding")
"""`outcome` is new profile, newer snapshot, older snapshot, unchanged, not read, or refused: the page lacks most papers
of the current snapshot, or its header. `papers` is the number of papers on the page. `shared` is the number of these
papers that other people's pages list too. `problems` is the number of places that could not be read.
`assumed_encoding` is the encoding of a source that is not UTF-8, if it is a guess."""

_MOST_NEW_TITLES = 10_000
"""If a long file has more papers with new titles than this, renamed papers are not recognised, to limit memory."""
_MAX_PAPERS = 8_000
_MAX_SECONDS = 1.0
"""When a limit is reached, the pages read so far are stored. So a process that is killed loses few pages."""


class SourceToAdd(NamedTuple):
    """A source that is opened just before it is read."""

    name: str
    open: Callable[[], Source | Stream]
    """Raises InputError if the source cannot be opened."""
    is_named: bool = True
    """Whether the user named the file; False for a file in a folder. There, pubcli's own exports are skipped."""


class _ReadSource(NamedTuple):
    """A source, and the document that was read from it."""

    source: Source
    document: Document
    may_be_export: bool = False
    """Whether the file is skipped if the library already has all its papers."""


Readable: TypeAlias = _ReadSource | Stream
"""A source whose document was read, or a long file, which is read while it is stored."""


def read_sources(sources: Iterable[SourceToAdd], failed: Callable[[InputError], None]) -> Iterator[Readable]:
    """Read sources. If a source cannot be read, or is an export in a folder, `failed` is called with the error.

    Files that may be exports of pubcli come last, because only the other pages show whether they are.
    """
    doubtful = []
    macros = EarlierMacros()
    for file in sources:
        try:
            source = file.open()
        except InputError as error:
            failed(error)
            continue
        try:
            read = _read(source, macros, is_named=file.is_named)
        except InputError as error:
            failed(error if file.is_named or isinstance(error, SkippedError) else SkippedError(str(error)))
            continue
        if isinstance(read, _ReadSource) and read.may_be_export:
            doubtful.append(read)
        else:
            yield read
    yield from doubtful


def _read(source: Source | Stream, macros: EarlierMacros, *, is_named: bool) -> Readable:
    """Read a source. Return a long file unread if its format is streamed.

    Raises SkippedError for a file in a folder that is an export, and InputError for a source that cannot be read.
    """
    if isinstance(source, Stream):
        source = stream_in_utf8(source)
    if not is_named and exports.is_export(source):
        raise exports.error(source)
    form = format_of(source)
    if isinstance(source, Stream):
        if READABLE[form].is_streamed:
            return source
        source = source.whole()
    source = macros.provide(source)
    document = _require_owner(read_to_add(source))
    if not is_named:
        require_content(document)
    return _ReadSource(source, document, not is_named and exports.may_be_export(source, form))


def store_sources(
    store: Store,
    sources: Iterable[Readable],
    failed: Callable[[InputError], None],
    *,
    keep: bool,
    allow_loss: bool = True,
    capture: CaptureDay | None = None,
) -> "Iterator[AddedRow]":
    """Add the pages of sources that were read. Yield a row of `ADDED_FIELDS` for each page.

    If a long file cannot be read to its end, or a file is an export, `failed` is called with the error, and the other
    sources are added. If `keep` is False, the library is not changed. Unless `allow_loss` is true, a page that lacks
    most papers of the current snapshot, or its header, is refused. `capture` is what the user states about the day, the
    time or the number of the captures.
    """
    batch = _Batch(store, failed, keep, allow_loss, capture)
    papers, since = 0, time.monotonic()
    for source in sources:
        if isinstance(source, Stream):
            yield from batch.store_pending()
            yield from batch.store_stream(source)
            continue
        batch.pending.append(source)
        papers += len(source.document.papers)
        if keep and (papers >= _MAX_PAPERS or time.monotonic() - since > _MAX_SECONDS):
            yield from batch.store_pending()
            papers, since = 0, time.monotonic()
    yield from batch.store_pending()


def ingest_sources(
    store: Store,
    sources: Iterable[SourceToAdd],
    failed: Callable[[InputError], None],
    *,
    keep: bool,
    allow_loss: bool = True,
    capture: CaptureDay | None = None,
) -> "Iterator[AddedRow]":
    """Read sources and add their pages, as `read_sources` and `store_sources` do."""
    read = read_sources(sources, failed)
    return store_sources(store, read, failed, keep=keep, allow_loss=allow_loss, capture=capture)


def _require_owner(document: Document) -> Document:
    """Return the document. Raises InputError if a page has no owner, because the next such page would replace it."""
    name = document.source
    if name in NO_FILES and any(page.profile.name is None and page.profile.source == name for page in document.pages):
        raise InputError(
            f"{display_name(name)} does not name the owner of the list; save it to a file and add that file"
        )
    return document


@dataclass
class _Batch:
    """Sources that are stored together, and how they are stored."""

    store: Store
    failed: Callable[[InputError], None]
    keep: bool
    allow_loss: bool
    capture: CaptureDay | None
    pending: list[_ReadSource] = field(default_factory=list)

    def store_pending(self) -> "list[AddedRow]":
        """Store the pending sources in one transaction. Return a row for each of their pages."""
        sources, self.pending = self.pending, []
        with schema.transaction(self.store, keep=self.keep):
            return [row for source in sources for row in self._add(source)]

    def _add(self, read: _ReadSource) -> "Iterator[AddedRow]":
        source, document, may_be_export = read
        origin = _origin(source, self.capture)
        same_keys = may_be_export and exports.states_keys(format_of(source))
        if may_be_export and listings.has_all(self.store, document.papers, origin.path, same_keys=same_keys):
            self.failed(exports.error(source))
            return
        for number, page in enumerate(document.pages):
            added = snapshots.add(self.store, page, origin._replace(page=number), allow_loss=self.allow_loss)
            report = _PageReport(page.profile, number, added, len(page.papers), added.shared, len(page.problems))
            yield _row(source, report)

    def store_stream(self, source: Stream) -> "list[AddedRow]":
        """Add a long file, or nothing of it if it cannot be read to its end. Return a row for each of its pages."""
        try:
            return self._add_stream(source)
        except InputError as error:
            self.failed(error)
            return []

    def _add_stream(self, source: Stream) -> "list[AddedRow]":
        """Add a long file.

        It is read twice: first to assign citation keys, which depend on all papers, then to store the papers.
        """
        origin = _origin(source, self.capture)
        with closing(StreamKeys()) as keys:
            pages, digests = _pages(source, keys, _NewTitles(self.store, origin.path))
            with schema.transaction(self.store, keep=self.keep):
                for page in pages.values():
                    empty = Page(page.profile, (), ())
                    page.added = snapshots.add(
                        self.store,
                        empty,
                        origin._replace(page=page.number),
                        allow_loss=self.allow_loss,
                        digests=digests,
                    )
                for batch in batched(enumerate(_parsed(source)), BATCH):
                    _add_batch(self.store, source, pages, batch, keys)
                    index.catch_up(self.store)
                return [_row(source, page) for page in pages.values()]


def _origin(source: Source | Stream, capture: CaptureDay | None) -> Origin:
    is_file = source.name not in NO_FILES and paths.is_file(source.name)
    path = str(paths.resolved(source.name)) if is_file else None
    options = None if source.options == NO_OPTIONS else json.dumps(source.options)
    origin = Origin(source.digest, 0, path, now(), options)
    if capture and (capture.time_of_day is not None or capture.number is not None):
        stated_time = None if capture.time_of_day is None else capture.time_of_day.isoformat()
        return origin._replace(
            captured_time=stated_time, time_is_stated=stated_time is not None, stated_number=capture.number
        )
    return origin._replace(captured_time=path and time_written(path, source.as_of))


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
        "changes": page.added.changes if page.added else None,
        "order_doubt": page.added.order_doubt if page.added else None,
    }


def _parsed(source: Stream) -> Iterator[Parsed]:
    return map(without_page, map(require_title, parse(source)))


def _pages(source: Stream, keys: StreamKeys, new_titles: "_NewTitles") -> tuple[dict[PageId, _PageReport], list[int]]:
    """Read a long file and assign the citation keys of its papers.

    Return the pages of the file, without their papers, and the digests of all titles. A file without papers counts as
    one page. Raise InputError if there are problems but no record.
    """
    pages: dict[PageId, _PageReport] = {}
    digests = []
    problem: ParseProblem | None = None
    for batch in batched(enumerate(_parsed(source)), BATCH):
        papers = []
        for number, item in batch:
            if isinstance(item, ParseProblem):
                problem = problem or item
                continue
            new = _PageReport(bare_profile(source, *page_id(item)), len(pages))
            page = pages.setdefault(page_id(item), new)
            digests.append(title_digest(item.fields["title"]))
            content = None if stated_key(item.fields) else tie_breaker(item.fields)
            papers.append((number, page.number, base_key(item.fields), content))
            new_titles.add(number, page, item, digests[-1])
        keys.add(papers)
    if problem and not pages:
        raise no_record_error(source, problem)
    new_titles.keep_keys(keys, digests)
    keys.settle()
    return pages or {(None, None): _PageReport(bare_profile(source, None), 0)}, digests


@dataclass
class _NewTitles:
    """The papers of a long file whose titles the current snapshot of their page lacks. Some may be renamed papers."""

    store: Store
    path: str | None
    pages: dict[int, tuple[_PageReport, int | None, set[int]]] = field(default_factory=dict)
    """For each page, by its number: its report, its current snapshot (or None), and the digests of the titles in it."""
    records: dict[int, tuple[int, ParsedRecord]] | None = field(default_factory=dict)
    """For each paper, by its number in the file: the number of its page, and its record. None if there are too many."""

    def add(self, number: int, page: _PageReport, record: ParsedRecord, digest: int) -> None:
        """Add a paper, unless the current capture of its page has the title."""
        if page.number not in self.pages:
            snapshot = snapshots.current_id(self.store, load.owner_id(page.profile, self.path))
            self.pages[page.number] = page, snapshot, set(stored_digests(self.store, snapshot))
        _, snapshot, digests = self.pages[page.number]
        if snapshot is None or digest in digests or self.records is None:
            return
        self.records[number] = page.number, record
        if len(self.records) > _MOST_NEW_TITLES:
            self.records = None

    def keep_keys(self, keys: StreamKeys, digests: Sequence[int]) -> None:
        """Give renamed papers the keys that they have in the library. `digests` are those of all titles in the file."""
        for page, snapshot, _ in self.pages.values():
            papers = {
                number: paper
                for number, (page_number, record) in (self.records or {}).items()
                if page_number == page.number
                for paper in validate([(record, base_key(record.fields))], page.profile, 0, [])
            }
            if snapshot is not None and papers:
                for number, match in predecessors.renamed(self.store, snapshot, digests, papers).items():
                    keys.keep(number, match.key)


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
        if page.added and page.added.is_stored and papers:
            page.shared += snapshots.extend(store, page.added, papers)
    first = next(iter(pages.values()))
    first.problems += len(problems)
    if first.added and first.added.is_stored:
        rows = [to_problem(problem, source.name) for problem in problems]
        load.add_problems(store, first.added.snapshot_id, rows)


class FileChanges(NamedTuple):
    """The files from which a library's current pages were read, divided into changed files and all other files."""

    sources: list[SourceToAdd]
    """The files whose content has changed."""
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
                changes.sources.append(SourceToAdd(page["path"], partial(to_add, page["path"], options=options)))
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
                "changes": None,
                "order_doubt": None,
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
    """Return the options with which a file was read.

    `text` is the JSON in which a snapshot stores these options; None if all have their defaults. Options that an older
    version of pubcli did not store get their defaults, too.
    """
    stored = json.loads(text) if text else []
    options: list[Any] = [*stored, *NO_OPTIONS[len(stored) :]]
    form, columns, encoding, macros = options
    return ReadOptions(form, _pairs(columns), encoding, _pairs(macros))


def _pairs(stored: Iterable[Iterable[object]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in stored)
