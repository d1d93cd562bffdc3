"""Pages into a library: read, stored as snapshots, and reported one by one.

Pages are read outside of transactions and stored many to one, since a commit costs as much as a page. A source
is reported when its pages are safely stored, so a process that is killed loses nothing it has reported.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pubcli.answer import Row
from pubcli.errors import InputError
from pubcli.model import Document
from pubcli.reader import read_source
from pubcli.sources import STDIN, Source, from_file, now
from pubcli.store import schema, snapshots
from pubcli.store.index import Store
from pubcli.store.load import Origin

ADDED_FIELDS = ("source", "profile", "outcome", "as_of", "papers", "shared", "problems")
"""`outcome` is new profile, newer snapshot, older snapshot, unchanged, or not read; `papers` are those that the
page lists, `shared` those of them that others' pages list too, `problems` the places that were not understood."""

_MOST_PAPERS = 8_000
_LONGEST = 1.0
"""Papers, and seconds, after which what was read is stored: the most that a killed process loses."""

Opened = Callable[[], Source]


class _Read(NamedTuple):
    """A source and what it holds."""

    source: Source
    document: Document


def acquire(
    connection: Store, opened: Iterable[Opened], failed: Callable[[InputError], None], *, keep: bool
) -> Iterator[Row]:
    """Add the pages of sources, each opened when its turn comes; yields a row of `ADDED_FIELDS` for each page.

    What cannot be read goes to `failed`, and the rest is added. Unless `keep` is set, everything is only tried.
    """
    pending: list[_Read] = []
    papers, since = 0, time.monotonic()
    for open_ in opened:
        try:
            source = open_()
            pending.append(_Read(source, read_source(source)))
            papers += len(pending[-1].document.papers)
        except InputError as error:
            failed(error)
        if keep and (papers >= _MOST_PAPERS or time.monotonic() - since > _LONGEST):
            yield from _store(connection, pending, keep=True)
            pending, papers, since = [], 0, time.monotonic()
    yield from _store(connection, pending, keep=keep)


def _store(connection: Store, read: Iterable[_Read], *, keep: bool) -> list[Row]:
    with schema.transaction(connection, keep=keep):
        return [row for one in read for row in _add(connection, *one)]


def _add(connection: Store, source: Source, document: Document) -> Iterator[Row]:
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


class Changes(NamedTuple):
    """The files that current pages came from, looked at again."""

    opened: list[Opened]
    """Those that hold something else now."""
    rows: list[Row]
    """A row of `ADDED_FIELDS` for each of the others."""


def changes(connection: sqlite3.Connection, failed: Callable[[InputError], None]) -> Changes:
    """Which files of a library have changed; one that cannot be read goes to `failed`."""
    statement = (
        "SELECT path, coalesce(name, source) AS profile, as_of, digest, "
        "(SELECT count(*) FROM listing WHERE snapshot_id = profile.id) AS papers "
        "FROM profile WHERE path IS NOT NULL GROUP BY path, digest ORDER BY path"
    )
    found = Changes([], [])
    for known in connection.execute(statement):
        outcome = "unchanged"
        try:
            if sha256(from_file(known["path"]).data).digest() != known["digest"]:
                found.opened.append(partial(from_file, known["path"]))
                continue
        except InputError as error:
            failed(error)
            outcome = "not read"
        row = {"source": known["path"], "outcome": outcome, "shared": None, "problems": None}
        found.rows.append(row | {field: known[field] for field in ("profile", "as_of", "papers")})
    return found
