"""Find the owner of a page by name, return the snapshots of a page, and restrict queries to one owner."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import NamedTuple

from pubcli.biblio.dates import parse_capture
from pubcli.errors import UsageError, ambiguous_name
from pubcli.store import index
from pubcli.store.ask import snapshot_papers
from pubcli.store.database import Store
from pubcli.store.match_pages import Side
from pubcli.text.normalize import fold, well_formed


class Snapshot(NamedTuple):
    """A page as it was captured on one day."""

    id: int
    owner: str
    name: str
    """Name of the owner for display."""
    as_of: str
    """ISO day."""
    day_number: int
    """The number of the snapshot among those of its day."""
    is_only_one: bool
    """Whether it is the only snapshot of its day."""
    order_doubt: str | None
    """Why the number is uncertain, as a clause; None if it is certain."""

    @property
    def label(self) -> str:
        """The day, and the number if the page has several snapshots of this day: `2026-11-23#2`."""
        return self.as_of if self.is_only_one else f"{self.as_of}#{self.day_number}"


def find_owner(store: Store, name: str) -> str:
    """Return the id of the owner whose name equals or contains a text. Case and accents are ignored.

    If a page has no header, its source is used as the name. Raises UsageError, with suggestions, if no owner or several
    owners match.
    """
    folded = fold(well_formed(name)).strip()
    names = {
        row[0]: row[1] for row in store.execute("SELECT owner, coalesce(name, source) FROM profile ORDER BY owner")
    }
    if folded in names or not folded:
        matches = [folded] if folded else []
    else:
        matches = [owner for owner in names if folded in fold(owner)]
    if len(matches) == 1:
        return str(matches[0])
    if matches:
        raise ambiguous_name(name, [names[owner] for owner in matches])
    close = [names[owner] for owner in get_close_matches(folded, names, 3)]
    hint = f"did you mean {' or '.join(close)}?" if close else "pubcli profiles lists all pages"
    raise UsageError(f"no page belongs to {name!r}; {hint}")


def snapshots_of(store: Store, owner: str) -> list[Snapshot]:
    """Return all snapshots of an owner's page, oldest first."""
    is_only_one = "count(*) OVER (PARTITION BY as_of) = 1"
    columns = f"id, owner, coalesce(name, source), as_of, day_number, {is_only_one}, order_doubt"
    order = "as_of, day_number, id"
    rows = store.execute(f"SELECT {columns} FROM snapshot WHERE owner = ? ORDER BY {order}", (owner,))
    return [Snapshot(*row) for row in rows]


def matching_snapshots(store: Store, name: str) -> list[Snapshot]:
    """Return all snapshots for `NAME`, or a single snapshot for `NAME@DAY`. Raises UsageError like `find_snapshot`."""
    has_day = "@" in name and not _is_owner(store, name)
    return [find_snapshot(store, name)] if has_day else snapshots_of(store, find_owner(store, name))


def _is_owner(store: Store, name: str) -> bool:
    """Return whether the whole text is the name of an owner, such as a file name that contains @."""
    try:
        return bool(find_owner(store, name))
    except UsageError:
        return False


def find_snapshot(store: Store, name: str) -> Snapshot:
    """Return the newest snapshot for `NAME`; for `NAME@DAY`, the newest snapshot up to that day.

    `NAME@DAY#N` is the snapshot with the number N of exactly that day. Raises UsageError if the name does not match
    exactly one owner, the day is not valid, or there is no such snapshot.
    """
    owner, at, day = name.rpartition("@")
    if not at or _is_owner(store, name):
        return snapshots_of(store, find_owner(store, name))[-1]
    try:
        capture = parse_capture(day)
        if capture.time_of_day is not None:
            raise ValueError(f"a snapshot is named by its day and number, as in {capture.day}#2, not by its time")
        until = capture.day.isoformat()
    except ValueError as error:
        raise UsageError(f"{name}: {error}") from None
    snapshots = snapshots_of(store, find_owner(store, owner))
    if capture.number is not None:
        return _numbered(name, snapshots, until, capture.number)
    earlier = [snapshot for snapshot in snapshots if snapshot.as_of <= until]
    if not earlier:
        oldest = f"the oldest is from {snapshots[0].as_of} (pubcli log {owner!r} lists all)"
        raise UsageError(f"{name}: no snapshot is that old; {oldest}")
    return earlier[-1]


def _numbered(name: str, snapshots: Sequence[Snapshot], day: str, number: int) -> Snapshot:
    of_day = [snapshot for snapshot in snapshots if snapshot.as_of == day]
    for snapshot in of_day:
        if snapshot.day_number == number:
            return snapshot
    labels = ", ".join(f"{day}#{snapshot.day_number}" for snapshot in of_day) or "none of that day"
    raise UsageError(f"{name}: there is no snapshot with this number; the library has {labels}")


def page_at(store: Store, snapshot: Snapshot) -> Side:
    """Return the header and the papers of a snapshot, with the keys that papers have in the library."""
    header = store.execute("SELECT * FROM snapshot WHERE id = ?", (snapshot.id,)).fetchone()
    statement = "SELECT listing.position, key FROM listing JOIN paper ON paper.id = paper_id WHERE snapshot_id = ?"
    keys = dict(store.execute(statement, (snapshot.id,)).fetchall())
    papers = snapshot_papers(store, snapshot.id)
    return Side(dict(header), [paper | {"key": keys.get(paper["position"], paper["key"])} for paper in papers])


_PAGE_COLUMNS = ("line", "title_guessed", "org", "category", "date", "date_assumed", "code")
"""Columns of a paper whose values on the owner's page may differ from the values in the library."""
_LIBRARY_COLUMNS = ("key", "filed_under", "authors_complete")
_MAX_INDEXED = 20_000
"""An owner with more than this number of papers gets no separate text index."""


def narrow(store: Store, owner: str) -> None:
    """Restrict all later queries to the page of one owner, with the papers as this page lists them.

    Temporary views hide the tables of the same names, so the queries need no change. If other pages list some of the
    papers too, the owner's page gets a separate text index. However, a page of more than 20,000 papers uses the index
    of the library.
    """
    rows = store.execute("SELECT id FROM profile WHERE owner = ?", (owner,)).fetchall()
    ids = ", ".join(str(int(row[0])) for row in rows)
    page_columns = ", ".join(f"iif(added IS NULL, {name}, written ->> '$.{name}') AS {name}" for name in _PAGE_COLUMNS)
    # If a page lists a paper several times, because the user has merged its records, the first place counts.
    listings = f"main.listing WHERE snapshot_id IN ({ids}) GROUP BY paper_id HAVING position = min(position)"
    papers, shared = store.execute(f"SELECT count(*), count(added) FROM (SELECT * FROM {listings})").fetchone()
    views = {
        "profile": f"SELECT * FROM main.snapshot WHERE id IN ({ids})",
        "paper": f"""
            SELECT id, snapshot_id AS profile_id, own.position AS position, {page_columns},
                {", ".join(_LIBRARY_COLUMNS)}, iif(added IS NULL, folded_title, folded_title(written)) AS folded_title
            FROM (SELECT * FROM {listings}) AS own JOIN main.paper ON id = paper_id""",
        "record": f"""
            SELECT paper_id, iif(added IS NULL, json, json_patch(written, added)) AS json,
                iif(added IS NULL, record.checksum, NULL) AS checksum
            FROM (SELECT * FROM {listings}) JOIN main.record USING (paper_id)""",
    }
    for name, selection in views.items():  # executescript would end the transaction
        store.execute(f"CREATE TEMP VIEW {name} AS {selection}")
    if index.is_missing(store) or (shared and papers <= _MAX_INDEXED):
        index.hide(store)
