"""Pages into a library: read, stored as snapshots, and reported one by one.

Pages are read outside of transactions and stored many to one, since a commit costs as much as a page. A source
is reported when its pages are safely stored, so a process that is killed loses nothing it has reported.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pubcli.answer import Row
from pubcli.errors import InputError
from pubcli.model import Document
from pubcli.reader import read_source
from pubcli.sources import STDIN, Source, now
from pubcli.store import library, snapshots
from pubcli.store.load import Origin

ADDED_FIELDS = ("source", "profile", "outcome", "as_of", "papers", "shared", "problems")
"""`outcome` is new profile, newer snapshot, older snapshot, unchanged, gone, or not read; `papers` are those that the
page lists, `shared` those of them that others' pages list too, `problems` the places that were not understood."""

_MOST_PAPERS = 2_000
_LONGEST = 1.0
"""Seconds and papers after which what was read is stored: other processes wait as long for the library."""

Opened = Callable[[], Source]


class _Read(NamedTuple):
    """A source with its document, or with why there is none."""

    source: Source
    document: Document


def acquire(
    connection: sqlite3.Connection, opened: Iterable[Opened], failed: Callable[[InputError], None], *, keep: bool
) -> Iterator[Row]:
    """Add the pages of sources, each opened when its turn comes; yields a row of `ADDED_FIELDS` for each page.

    What cannot be read goes to `failed`, and the rest is added. Unless `keep` is set, everything is only tried.
    """
    pending: list[_Read] = []
    since = time.monotonic()
    for open_ in opened:
        try:
            source = open_()
            pending.append(_Read(source, read_source(source)))
        except InputError as error:
            failed(error)
        papers = sum(len(one.document.papers) for one in pending)
        if keep and (papers >= _MOST_PAPERS or time.monotonic() - since > _LONGEST):
            yield from _store(connection, pending, keep=True)
            pending, since = [], time.monotonic()
    yield from _store(connection, pending, keep=keep)


def _store(connection: sqlite3.Connection, read: Iterable[_Read], *, keep: bool) -> list[Row]:
    with library.transaction(connection, keep=keep):
        return [row for one in read for row in _add(connection, *one)]


def _add(connection: sqlite3.Connection, source: Source, document: Document) -> Iterator[Row]:
    digest, when = sha256(source.data).digest(), now()
    path = str(Path(source.name).resolve()) if source.name != STDIN and Path(source.name).is_file() else None
    for number, page in enumerate(document.pages):
        added = snapshots.add(connection, page, Origin(digest, number, path, when))
        yield {
            "source": source.name,
            "profile": page.profile.name or page.profile.source,
            "outcome": added.outcome,
            "as_of": added.as_of,
            "papers": len(page.papers),
            "shared": added.shared,
            "problems": len(page.problems),
        }


class Known(NamedTuple):
    """The newest snapshot of an owner whose page came from a file."""

    path: str
    profile: str
    as_of: str
    digest: bytes
    papers: int


def known(connection: sqlite3.Connection) -> list[Known]:
    """The files that current pages came from, by name."""
    statement = (
        "SELECT path, coalesce(name, source), as_of, digest, "
        "(SELECT count(*) FROM listing WHERE snapshot_id = profile.id) FROM profile WHERE path IS NOT NULL "
        "GROUP BY path, digest ORDER BY path"
    )
    return [Known(*row) for row in connection.execute(statement)]


def untouched(one: Known, outcome: str) -> Row:
    """The row of a file that is not read anew."""
    values = (one.path, one.profile, outcome, one.as_of, one.papers, None, None)
    return dict(zip(ADDED_FIELDS, values, strict=True))


def is_changed(one: Known, source: Source) -> bool:
    """Whether a file holds something else than what was read from it."""
    return sha256(source.data).digest() != one.digest
