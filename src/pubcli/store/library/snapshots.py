"""Add, replace and remove the snapshots of people's pages in a library.

`grouping` handles the papers that the snapshots list. The caller begins and ends transactions.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pubcli.inputs.sources import SET_BY_USER
from pubcli.model import HEADER_FIELDS, Page, Paper, Profile
from pubcli.store import load
from pubcli.store.ask import snapshot_papers
from pubcli.store.database import Store
from pubcli.store.library import captures, grouping
from pubcli.store.library.page_changes import PageChanges, page_changes
from pubcli.store.load import Origin
from pubcli.store.records import as_json


class AddResult(NamedTuple):
    """The result of adding a page to a library: the outcome, and the snapshot in which the page is stored."""

    outcome: str
    """new profile, newer snapshot, older snapshot, unchanged or refused."""
    shared: int
    """Number of papers on the page that other people's pages list too; 0 unless the snapshot is current."""
    as_of: str
    """ISO day of the snapshot; for an unchanged page, the day of the stored snapshot."""
    snapshot_id: int
    is_current: bool
    changes: PageChanges | None = None
    """How the page differs from the snapshot that it replaces, or would replace; None if it replaces none."""
    order_doubt: str | None = None
    """Why the order of this snapshot and others of the same day is uncertain, as a clause; None if it is certain."""

    @property
    def is_stored(self) -> bool:
        """Whether the page was stored as a snapshot."""
        return self.outcome not in ("unchanged", "refused")


def add(store: Store, page: Page, origin: Origin, *, allow_loss: bool = True, digests: Sequence[int] = ()) -> AddResult:
    """Store a page as a snapshot, unless it is stored already. The newest snapshot of an owner is current.

    Unless `allow_loss` is true, a page that lacks most papers of the current snapshot, or its header, is refused:
    nothing is stored. `digests` are the digests of all titles if the papers of a long page are added later.
    """
    as_of, owner = page.profile.as_of.isoformat(), load.owner_id(page.profile, origin.path)
    current = _current(store, owner)
    if unchanged := _same_source(store, page.profile, origin) or _same_content(store, page, origin, current):
        if unchanged.as_of != as_of or not captures.is_moved(store, unchanged.snapshot_id, origin):
            return unchanged
        remove(store, unchanged.snapshot_id)  # it is stored again, at the place that the user states
        current, allow_loss = _current(store, owner), True
    number, doubt = captures.place(store, owner, page, origin)
    if current and (as_of, number) <= (current["as_of"], current["day_number"]):
        captures.make_room(store, owner, as_of, number)
        origin = origin._replace(day_number=number, order_doubt=doubt)
        older = load.add_snapshot(store, page, origin, is_current=False)
        grouping.list_older_snapshot(store, older, page.papers)
        return AddResult("older snapshot", 0, as_of, older, False, order_doubt=doubt)
    changes = page_changes(store, current, page.profile, page.papers, digests) if current else None
    if current and changes and changes.is_loss and not allow_loss:
        return AddResult("refused", 0, as_of, current["id"], False, changes)
    old_snapshot: int | None = current["id"] if current else None
    if old_snapshot is not None and not page.papers:
        # A long file adds its papers later, in batches. The old page may be long too, so it is emptied in batches.
        grouping.remove_papers(store, old_snapshot)
    store.execute("UPDATE snapshot SET is_current = FALSE WHERE id = ?", (old_snapshot,))
    new_snapshot = load.add_snapshot(
        store, page, origin._replace(day_number=number, order_doubt=doubt), is_current=True
    )
    shared = grouping.replace_papers(store, old_snapshot, new_snapshot, page.papers)
    outcome = "newer snapshot" if current else "new profile"
    return AddResult(outcome, shared, as_of, new_snapshot, True, changes, doubt)


def current_id(store: Store, owner: str) -> int | None:
    """Return the id of the current snapshot of an owner; None if the library has no page of the owner."""
    current = _current(store, owner)
    return int(current["id"]) if current else None


def _current(store: Store, owner: str) -> sqlite3.Row | None:
    statement = "SELECT * FROM snapshot WHERE owner = ? AND is_current"
    snapshot: sqlite3.Row | None = store.execute(statement, (owner,)).fetchone()
    return snapshot


def _same_source(store: Store, profile: Profile, origin: Origin) -> AddResult | None:
    """Return `unchanged` with the stored snapshot if this page of a source with the same bytes is stored already.

    Otherwise, return None. Also return None for the same bytes if the user sets another capture date, or if the file
    has changed and then changed back.
    """
    statement = "SELECT * FROM snapshot WHERE digest = ? AND page = ? ORDER BY is_current, as_of"
    snapshots = store.execute(statement, (origin.digest, origin.page)).fetchall()
    as_of = profile.as_of.isoformat()
    if not snapshots or _returns_to_earlier_content(origin, as_of, _current(store, snapshots[-1]["owner"])):
        return None
    for snapshot in snapshots:
        if snapshot["as_of"] == as_of:
            return _unchanged(snapshot)
    return None if profile.as_of_reason == SET_BY_USER else _unchanged(snapshots[-1])


def _returns_to_earlier_content(origin: Origin, as_of: str, current: sqlite3.Row | None) -> bool:
    """Return whether a file that is added has changed back to content that it had before the current snapshot.

    This is so if the current snapshot was read from the same file, but from other bytes, and is not newer than `as_of`,
    the capture date of the page that is added.
    """
    if current is None or origin.path is None:
        return False
    has_changed = current["path"] == origin.path and current["digest"] != origin.digest
    return bool(has_changed and as_of >= current["as_of"])


def _same_content(store: Store, page: Page, origin: Origin, current: sqlite3.Row | None) -> AddResult | None:
    """Return `unchanged` with the owner's current snapshot if it has the same header and papers as the page; else None.

    The bytes of the file may still differ, for example in blanks or in other pages of the file. If the page was read
    from the same file as before, the new digest of the file is stored, so that `refresh` does not read it again.
    """
    if current is None or not page.papers or page.profile.as_of_reason == SET_BY_USER:
        return None
    header = page.profile.model_dump(include=set(HEADER_FIELDS))
    if any(current[field] != value for field, value in header.items()):
        return None
    if current["site_fields"] != load.site_fields(page.profile):
        return None
    new = [json.loads(as_json(paper)) for paper in page.papers]
    stored = snapshot_papers(store, current["id"])
    if list(map(_content, new)) != list(map(_content, stored)):
        return None
    if origin.path == current["path"]:
        values = (origin.digest, origin.page, current["id"])
        store.execute("UPDATE snapshot SET digest = ?, page = ? WHERE id = ?", values)
    return _unchanged(current)


def _content(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record without the source and the line from which it was read."""
    return {field: value for field, value in record.items() if field not in ("source", "line")}


def _unchanged(snapshot: sqlite3.Row) -> AddResult:
    return AddResult("unchanged", 0, snapshot["as_of"], snapshot["id"], bool(snapshot["is_current"]))


def extend(store: Store, added: AddResult, papers: Sequence[Paper]) -> int:
    """Add more papers to a snapshot that `add` stored.

    Return how many of these papers are also listed on the pages of other people.
    """
    if added.is_current:
        return grouping.replace_papers(store, None, added.snapshot_id, papers)
    grouping.list_older_snapshot(store, added.snapshot_id, papers)
    return 0


def remove(store: Store, id_: int) -> None:
    """Remove a snapshot. If it was current, the newest other snapshot of the owner becomes current.

    Do nothing if there is no such snapshot: another process may have removed it while the user was asked.
    """
    snapshot = store.execute("SELECT owner, is_current FROM snapshot WHERE id = ?", (id_,)).fetchone()
    if snapshot is None:
        return
    if snapshot["is_current"]:
        statement = (
            "SELECT id FROM snapshot WHERE owner = ? AND id <> ? ORDER BY as_of DESC, day_number DESC, id DESC LIMIT 1"
        )
        newest = store.execute(statement, (snapshot["owner"], id_)).fetchone()
        new_snapshot = newest and int(newest["id"])
        store.execute(
            "UPDATE snapshot SET is_current = (id IS ?) WHERE id IN (?, ?)", (new_snapshot, new_snapshot, id_)
        )
        grouping.restore_snapshot(store, id_, new_snapshot)
    store.execute("DELETE FROM listing WHERE snapshot_id = ?", (id_,))
    store.execute("DELETE FROM problem WHERE profile_id = ?", (id_,))
    store.execute("DELETE FROM snapshot WHERE id = ?", (id_,))
