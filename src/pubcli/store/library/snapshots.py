"""Snapshots of people's pages in a library: added, replaced by newer ones, taken out.

What becomes of the papers that they list is for `grouping`. The caller begins and ends transactions.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pubcli.inputs.sources import GIVEN
from pubcli.model import HEADER_FIELDS, Page, Paper, Profile
from pubcli.store import load
from pubcli.store.ask import snapshot_papers
from pubcli.store.database import Store
from pubcli.store.library import grouping
from pubcli.store.load import Origin


class AddResult(NamedTuple):
    """What became of a page."""

    outcome: str
    """new profile, newer snapshot, older snapshot or unchanged."""
    shared: int
    """Its papers that other people's pages list too; 0 for one that is not current, and so not compared."""
    as_of: str
    """ISO day; of a page that was there already, the day that is recorded."""
    snapshot_id: int
    is_current: bool


def add(connection: Store, page: Page, origin: Origin) -> AddResult:
    """Store a page as a snapshot of its owner's; the newest is current. The same page twice changes nothing."""
    as_of = page.profile.as_of.isoformat()
    before = _current(connection, load.owner_id(page.profile, origin.path))
    if found := _known(connection, page.profile, origin) or _repeated(connection, page, origin, before):
        return found
    if before and as_of < before["as_of"]:
        past = load.add_snapshot(connection, page, origin, is_current=False)
        grouping.list_older_snapshot(connection, past, page.papers)
        return AddResult("older snapshot", 0, as_of, past, False)
    leaving: int | None = before["id"] if before else None
    if leaving is not None and not page.papers:  # what comes in pieces leaves in pieces
        grouping.remove_papers(connection, leaving)
    connection.execute("UPDATE snapshot SET is_current = FALSE WHERE id = ?", (leaving,))
    arriving = load.add_snapshot(connection, page, origin, is_current=True)
    shared = grouping.replace_papers(connection, leaving, arriving, page.papers)
    return AddResult("newer snapshot" if before else "new profile", shared, as_of, arriving, True)


def _current(connection: Store, owner: str) -> sqlite3.Row | None:
    newest = "SELECT * FROM snapshot WHERE owner = ? AND is_current"
    found: sqlite3.Row | None = connection.execute(newest, (owner,)).fetchone()
    return found


def _known(connection: Store, profile: Profile, origin: Origin) -> AddResult | None:
    """The snapshot of the same page of the same source; None when there is none, or when this is a new one.

    It is when the user says that it was captured on another day, and when a file goes back to what it said before.
    """
    statement = "SELECT * FROM snapshot WHERE digest = ? AND page = ? ORDER BY is_current, as_of"
    found = connection.execute(statement, (origin.digest, origin.page)).fetchall()
    as_of = profile.as_of.isoformat()
    if not found or _goes_back(origin, as_of, _current(connection, found[-1]["owner"])):
        return None
    for one in found:
        if one["as_of"] == as_of:
            return _unchanged(one)
    return None if profile.as_of_reason == GIVEN else _unchanged(found[-1])


def _goes_back(origin: Origin, as_of: str, current: sqlite3.Row | None) -> bool:
    """Whether a file says again what it said before the snapshot that is current, which is of this file too."""
    if current is None or origin.path is None:
        return False
    is_of_this = current["path"] == origin.path and current["digest"] != origin.digest
    return bool(is_of_this and as_of >= current["as_of"])


def _repeated(connection: Store, page: Page, origin: Origin, current: sqlite3.Row | None) -> AddResult | None:
    """The current snapshot, where the page says the same, pasted with other blanks or among other pages.

    It remembers how its file is now, so that nobody reads that again.
    """
    if current is None or not page.papers or page.profile.as_of_reason == GIVEN:
        return None
    header = page.profile.model_dump(include=set(HEADER_FIELDS))
    if any(current[field] != value for field, value in header.items()):
        return None
    said = [json.loads(load.as_json(paper)) for paper in page.papers]
    kept = snapshot_papers(connection, current["id"])
    if list(map(_content, said)) != list(map(_content, kept)):
        return None
    if origin.path == current["path"]:
        known = (origin.digest, origin.page, current["id"])
        connection.execute("UPDATE snapshot SET digest = ?, page = ? WHERE id = ?", known)
    return _unchanged(current)


def _content(record: Mapping[str, Any]) -> dict[str, Any]:
    """What a record says, wherever it stands."""
    return {field: value for field, value in record.items() if field not in ("source", "line")}


def _unchanged(found: sqlite3.Row) -> AddResult:
    return AddResult("unchanged", 0, found["as_of"], found["id"], bool(found["is_current"]))


def extend(connection: Store, added: AddResult, papers: Sequence[Paper]) -> int:
    """Add further papers to the page of a snapshot; return how many of them other people's pages list too."""
    if added.is_current:
        return grouping.replace_papers(connection, None, added.snapshot_id, papers)
    grouping.list_older_snapshot(connection, added.snapshot_id, papers)
    return 0


def remove(connection: Store, id_: int) -> None:
    """Take out a snapshot. When it was the current one, the newest that is left takes its place."""
    row = connection.execute("SELECT owner, is_current FROM snapshot WHERE id = ?", (id_,)).fetchone()
    if row["is_current"]:
        newest = "SELECT id FROM snapshot WHERE owner = ? AND id <> ? ORDER BY as_of DESC, id DESC LIMIT 1"
        found = connection.execute(newest, (row["owner"], id_)).fetchone()
        arriving = found and int(found["id"])
        connection.execute("UPDATE snapshot SET is_current = (id IS ?) WHERE id IN (?, ?)", (arriving, arriving, id_))
        grouping.restore_snapshot(connection, id_, arriving)
    connection.execute("DELETE FROM listing WHERE snapshot_id = ?", (id_,))
    connection.execute("DELETE FROM problem WHERE profile_id = ?", (id_,))
    connection.execute("DELETE FROM snapshot WHERE id = ?", (id_,))
