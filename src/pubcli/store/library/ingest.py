"""Pages into a library: read, stored as snapshots, and reported one by one.

Pages are read outside of transactions and stored many to one, since a commit costs as much as a page. A source
is reported when its pages are safely stored, so a process that is killed loses nothing it has reported.

A long file goes through in pieces, with little of it in memory at a time, and in one transaction: all of it is in the
library afterwards, or nothing.
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
    tie_breaker,
    to_problem,
    validate,
)
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

ADDED_FIELDS = ("source", "profile", "outcome", "as_of", "papers", "shared", "problems")
"""`outcome` is new profile, newer snapshot, older snapshot, unchanged, or not read; `papers` are those that the
page lists, `shared` those of them that others' pages list too, `problems` the places that were not understood."""

_MOST_PAPERS = 8_000
_LONGEST = 1.0
"""Papers, and seconds, after which what was read is stored: the most that a killed process loses."""

Opened = Callable[[], Source | Stream]


class _Read(NamedTuple):
    """A source and what it holds."""

    source: Source
    document: Document


def ingest_sources(
    connection: Store, opened: Iterable[Opened], failed: Callable[[InputError], None], *, keep: bool
) -> "Iterator[AddedRow]":
    """Add the pages of sources, each opened when its turn comes; yields a row of `ADDED_FIELDS` for each page.

    What cannot be read goes to `failed`, and the rest is added. Unless `keep` is set, everything is only tried.
    """
    pending: list[_Read] = []
    papers, since = 0, time.monotonic()
    for open_ in opened:
        try:
            source = open_()
            if isinstance(source, Stream) and READABLE[format_of(source)].is_streamed:
                yield from _store(connection, pending, keep=keep)
                pending = []
                yield from _store_stream(connection, source, keep=keep)
                continue
            source = source.whole() if isinstance(source, Stream) else source
            pending.append(_Read(source, _with_owner(read_source(source))))
            papers += len(pending[-1].document.papers)
        except InputError as error:
            failed(error)
        if keep and (papers >= _MOST_PAPERS or time.monotonic() - since > _LONGEST):
            yield from _store(connection, pending, keep=True)
            pending, papers, since = [], 0, time.monotonic()
    yield from _store(connection, pending, keep=keep)


def _with_owner(document: Document) -> Document:
    """The document. Raises InputError for a page of which nothing tells whose it is: the next would take its place."""
    if any(page.profile.name is None and page.profile.source == STDIN for page in document.pages):
        raise InputError("standard input holds no name that tells whose list it is; save it to a file and add that")
    return document


def _store(connection: Store, read: Iterable[_Read], *, keep: bool) -> "list[AddedRow]":
    with schema.transaction(connection, keep=keep):
        return [row for one in read for row in _add(connection, *one)]


def _add(connection: Store, source: Source, document: Document) -> "Iterator[AddedRow]":
    origin = _origin(source)
    for number, page in enumerate(document.pages):
        added = snapshots.add(connection, page, origin._replace(page=number))
        yield _row(source, _Page(page.profile, number, added, len(page.papers), added.shared, len(page.problems)))


def _origin(source: Source | Stream) -> Origin:
    path = str(Path(source.name).resolve()) if source.name != STDIN and Path(source.name).is_file() else None
    told = None if source.options == NO_OPTIONS else json.dumps(source.options)
    return Origin(source.digest, 0, path, now(), told)


@dataclass(slots=True)
class _Page:
    """A page that is stored, perhaps while it is read."""

    profile: Profile
    number: int
    added: AddResult | None = None
    papers: int = 0
    shared: int = 0
    problems: int = 0


def _row(source: Source | Stream, page: _Page) -> "AddedRow":
    return {
        "source": source.name,
        "profile": page.profile.name or page.profile.source,
        "outcome": page.added.outcome if page.added else None,
        "as_of": page.added.as_of if page.added else None,
        "papers": page.papers,
        "shared": page.shared,
        "problems": page.problems,
    }


def _store_stream(connection: Store, source: Stream, *, keep: bool) -> "list[AddedRow]":
    """Add a long file, read twice: for the keys, which depend on all papers, and for the papers."""
    origin = _origin(source)
    with closing(StreamKeys()) as keys:
        pages = _pages(source, keys)
        with schema.transaction(connection, keep=keep):
            for page in pages.values():
                empty = Page(page.profile, (), ())
                page.added = snapshots.add(connection, empty, origin._replace(page=page.number))
            for batch in batched(enumerate(_checked(source)), BATCH):
                _extend(connection, source, pages, batch, keys)
                index.catch_up(connection)
            return [_row(source, page) for page in pages.values()]


def batched(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """The items in lists of that length, the last one perhaps shorter."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _checked(source: Stream) -> Iterator[Parsed]:
    return map(require_title, parse(source))


def _pages(source: Stream, keys: StreamKeys) -> dict[PageId, _Page]:
    """The pages that a file holds, with the keys of their papers in the keys; at least one page."""
    pages: dict[PageId, _Page] = {}
    for batch in batched(enumerate(_checked(source)), BATCH):
        noted = []
        for number, one in batch:
            if isinstance(one, ParsedRecord):
                page = pages.setdefault(page_id(one), _Page(bare_profile(source, *page_id(one)), len(pages)))
                noted.append((number, page.number, base_key(one.fields), tie_breaker(one.fields)))
        keys.add(noted)
    keys.settle()
    return pages or {(None, None): _Page(bare_profile(source, None), 0)}


def _extend(
    connection: Store,
    source: Stream,
    pages: dict[PageId, _Page],
    batch: Sequence[tuple[int, Parsed]],
    keys: StreamKeys,
) -> None:
    """Store a batch of what was found, each paper on its page; problems are the first page's."""
    unread: list[ParseProblem] = []
    listed: dict[PageId, list[tuple[ParsedRecord, str]]] = {}
    for number, one in batch:
        if isinstance(one, ParseProblem):
            unread.append(one)
        else:
            one.fields.pop("position", None)
            listed.setdefault(page_id(one), []).append((one, keys.key(number)))
    for mine, some in listed.items():
        page = pages[mine]
        papers = validate(some, page.profile, page.papers, unread)
        page.papers += len(papers)
        if page.added and page.added.outcome != "unchanged" and papers:
            page.shared += snapshots.extend(connection, page.added, papers)
    first = next(iter(pages.values()))
    first.problems += len(unread)
    if first.added and first.added.outcome != "unchanged":
        load.add_problems(connection, first.added.snapshot_id, [to_problem(one, source.name) for one in unread])


class FileChanges(NamedTuple):
    """The files that current pages came from, looked at again."""

    opened: list[Opened]
    """Those that hold something else now."""
    rows: "list[AddedRow]"
    """A row of `ADDED_FIELDS` for each of the others."""


def changed_files(connection: Store, failed: Callable[[InputError], None]) -> FileChanges:
    """Which files of a library have changed; one that cannot be read goes to `failed`."""
    statement = (
        "SELECT path, coalesce(name, source) AS profile, as_of, digest, told, "
        "(SELECT count(*) FROM listing WHERE snapshot_id = profile.id) AS papers "
        "FROM profile WHERE path IS NOT NULL GROUP BY path, digest ORDER BY path"
    )
    found = FileChanges([], [])
    for known in connection.execute(statement):
        outcome = "unchanged"
        try:
            options = ReadOptions(*_options(known["told"]))
            if to_add(known["path"], options=options).digest != known["digest"]:
                found.opened.append(partial(to_add, known["path"], options=options))
                continue
        except InputError as error:
            failed(error)
            outcome = "not read"
        found.rows.append(
            {
                "source": known["path"],
                "profile": known["profile"],
                "outcome": outcome,
                "as_of": known["as_of"],
                "papers": known["papers"],
                "shared": None,
                "problems": None,
            }
        )
    return found


def replaced_owners(connection: Store) -> list[tuple[str, str]]:
    """Files from which another person's page came since, each with whose page it held before."""
    statement = (
        "SELECT path, coalesce(name, source) FROM profile AS old WHERE EXISTS (SELECT 1 FROM profile AS new "
        "WHERE new.path = old.path AND new.digest <> old.digest AND new.id > old.id) ORDER BY path, id"
    )
    return [(path, name) for path, name in connection.execute(statement)]


def _options(text: str | None) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    """Return the arguments of ReadOptions that a snapshot stores as JSON; without JSON, the defaults."""
    form, columns = json.loads(text) if text else (None, ())
    return form, tuple((str(field), str(column)) for field, column in columns)
