"""Snapshots of people's pages in a library: added, replaced by newer ones, taken out; and the papers they share.

Whatever happens to a snapshot, the papers it touches are taken apart into their listings and put together again by
`identity.groups`. So what is in a library depends on its snapshots and on what people decided, not on the way there.
The caller begins and ends transactions.
"""

import json
import sqlite3
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from pubcli import identity
from pubcli.identity import Decisions, Listing, Reference, title_digest
from pubcli.model import Page, Paper
from pubcli.store import load
from pubcli.store.load import Origin

_PIECE = 1_000
"""Papers."""


class Added(NamedTuple):
    """What became of a page."""

    outcome: str
    """new profile, newer snapshot, older snapshot or unchanged."""
    shared: int
    """Its papers that other people's pages list too; 0 for one that is not current, and so not compared."""
    as_of: str
    """ISO day; of a page that was there already, the day that is recorded."""
    snapshot_id: int
    is_current: bool


def add(connection: sqlite3.Connection, page: Page, origin: Origin) -> Added:
    """Store a page as a snapshot of its owner's; the newest is current. The same page twice changes nothing."""
    as_of = page.profile.as_of.isoformat()
    if found := known(connection, origin):
        return found
    newest = "SELECT id, as_of FROM snapshot WHERE owner = ? AND is_current"
    before = connection.execute(newest, (load.owner(page.profile, origin.path),)).fetchone()
    if before and as_of < before["as_of"]:
        past = load.add_snapshot(connection, page, origin, is_current=False)
        load.add_listings(connection, past, page.papers, None)
        return Added("older snapshot", 0, as_of, past, False)
    leaving = before and before["id"]
    if before and not page.papers:  # what comes in pieces leaves in pieces
        _leave(connection, leaving)
    connection.execute("UPDATE snapshot SET is_current = FALSE WHERE id = ?", (leaving,))
    arriving = load.add_snapshot(connection, page, origin, is_current=True)
    shared = _exchange(connection, leaving, arriving, page.papers)
    return Added("newer snapshot" if before else "new profile", shared, as_of, arriving, True)


def known(connection: sqlite3.Connection, origin: Origin) -> Added | None:
    """The snapshot of the same page of the same source; None when there is none."""
    statement = "SELECT id, as_of, is_current FROM snapshot WHERE digest = ? AND page = ?"
    found = connection.execute(statement, (origin.digest, origin.page)).fetchone()
    return found and Added("unchanged", 0, found["as_of"], found["id"], bool(found["is_current"]))


def extend(connection: sqlite3.Connection, added: Added, papers: Sequence[Paper]) -> int:
    """Add further papers to the page of a snapshot; return how many of them other people's pages list too."""
    if added.is_current:
        return _exchange(connection, None, added.snapshot_id, papers)
    load.add_listings(connection, added.snapshot_id, papers, None)
    return 0


def _leave(connection: sqlite3.Connection, leaving: int) -> None:
    """Let the papers of a snapshot go, as `_exchange` does, but a piece at a time, for pages of any length."""
    statement = "SELECT paper_id FROM listing WHERE snapshot_id = ? AND paper_id IS NOT NULL LIMIT ?"
    decided = decisions(connection)
    while touched := {row[0] for row in connection.execute(statement, (leaving, _PIECE))}:
        members = _listings(connection, touched, leaving)
        groups = _groups(members, decided)
        ids = _replace(connection, _take_apart(connection, touched), [group.paper for group in groups])
        _place(connection, groups, ids)


def remove(connection: sqlite3.Connection, id_: int) -> None:
    """Take out a snapshot. When it was the current one, the newest that is left takes its place."""
    row = connection.execute("SELECT owner, is_current FROM snapshot WHERE id = ?", (id_,)).fetchone()
    if row["is_current"]:
        newest = "SELECT id FROM snapshot WHERE owner = ? AND id <> ? ORDER BY as_of DESC, id DESC LIMIT 1"
        found = connection.execute(newest, (row["owner"], id_)).fetchone()
        arriving = found and int(found["id"])
        connection.execute("UPDATE snapshot SET is_current = (id IS ?) WHERE id IN (?, ?)", (arriving, arriving, id_))
        past = [_paper(json.loads(text)) for text in _written(connection, arriving)]
        connection.execute("DELETE FROM listing WHERE snapshot_id = ?", (arriving,))
        _exchange(connection, id_, arriving, past)
    connection.execute("DELETE FROM listing WHERE snapshot_id = ?", (id_,))
    connection.execute("DELETE FROM problem WHERE profile_id = ?", (id_,))
    connection.execute("DELETE FROM snapshot WHERE id = ?", (id_,))


def regroup(connection: sqlite3.Connection, papers: Collection[int]) -> None:
    """Put papers together anew, after something was decided about them."""
    groups = _groups(_listings(connection, papers, None), decisions(connection))
    ids = _replace(connection, _take_apart(connection, papers), [group.paper for group in groups])
    _place(connection, groups, ids)


def decide(connection: sqlite3.Connection, one: Reference, other: Reference, *, same: bool, when: str) -> None:
    """Record that two listings are the same paper, or are not, whatever was decided before. `when` is an ISO time."""
    pair = sorted((one, other))
    connection.execute("INSERT OR REPLACE INTO decision VALUES (?, ?, ?, ?, ?, ?)", (*pair[0], *pair[1], same, when))


def listings(connection: sqlite3.Connection, paper: int) -> list[Listing]:
    """Where a paper is listed, the listing that is believed first coming first."""
    return sorted(_listings(connection, [paper], None), key=identity.preference)


def decisions(connection: sqlite3.Connection) -> Decisions:
    """What people decided about pairs of listings."""
    rows = connection.execute("SELECT owner, title_digest, other_owner, other_title_digest, same FROM decision")
    return {frozenset(((row[0], row[1]), (row[2], row[3]))): bool(row[4]) for row in rows}


def _exchange(
    connection: sqlite3.Connection, leaving: int | None, arriving: int | None, papers: Sequence[Paper]
) -> int:
    """Let the papers of one snapshot take the place of another's; return how many of them other pages list too."""
    decided = decisions(connection)
    digests = [title_digest(paper.title) for paper in papers]
    current = "SELECT paper_id FROM listing WHERE snapshot_id = ? AND paper_id IS NOT NULL"
    touched = {row[0] for row in connection.execute(current, (leaving,))}
    touched |= _akin(connection, arriving, digests, decided)
    members = _listings(connection, touched, leaving)
    old = _take_apart(connection, touched)
    akin = {member.reference[1] for member in members} | {digest for pair in decided for _, digest in pair}
    plain = [paper for paper, digest in zip(papers, digests, strict=True) if digest not in akin]
    others = [paper for paper, digest in zip(papers, digests, strict=True) if digest in akin]
    if arriving is not None:
        load.add_listings(connection, arriving, others, None)
        members += [_listing(connection, arriving, load.as_json(paper)) for paper in others]
    groups = _groups(members, decided)
    ids = _replace(connection, old, [*(group.paper for group in groups), *((arriving or 0, paper) for paper in plain)])
    _place(connection, groups, ids[: len(groups)])
    if arriving is not None:
        load.add_listings(connection, arriving, plain, ids[len(groups) :])
    shared = (group.listings for group in groups if len(group.listings) > 1)
    return sum(any(listing.snapshot_id == arriving for listing in listings) for listings in shared)


def _akin(
    connection: sqlite3.Connection, snapshot_id: int | None, digests: Sequence[int], decided: Decisions
) -> set[int]:
    """The papers that some of a snapshot's may be: of the same title, or by decision."""
    same_title = "SELECT paper_id FROM listing WHERE title_digest = ? AND paper_id IS NOT NULL"
    found = {row[0] for digest in digests for row in connection.execute(same_title, (digest,))}
    owner = connection.execute("SELECT owner FROM snapshot WHERE id = ?", (snapshot_id,)).fetchone()
    own = {(owner[0], digest) for digest in digests} if decided else set()
    other = "SELECT paper_id FROM listing JOIN profile ON profile.id = snapshot_id WHERE owner = ? AND title_digest = ?"
    references = {reference for pair in decided if pair & own for reference in pair - own}
    return found | {row[0] for reference in references for row in connection.execute(other, reference)}


def _listings(connection: sqlite3.Connection, papers: Collection[int], leaving: int | None) -> list[Listing]:
    """The listings of papers, but for those of a snapshot that leaves."""
    statement = (
        "SELECT snapshot_id, coalesce(written, json) FROM listing JOIN record USING (paper_id) "
        "WHERE paper_id = ? AND snapshot_id IS NOT ?"
    )
    rows = [row for id_ in papers for row in connection.execute(statement, (id_, leaving)).fetchall()]
    return [_listing(connection, snapshot_id, text) for snapshot_id, text in rows]


def _listing(connection: sqlite3.Connection, snapshot_id: int, text: str) -> Listing:
    named = "SELECT owner, coalesce(name, source) FROM snapshot WHERE id = ?"
    owner, profile = connection.execute(named, (snapshot_id,)).fetchone()
    return Listing(snapshot_id, owner, profile, json.loads(text))


def _written(connection: sqlite3.Connection, snapshot_id: int | None) -> list[str]:
    statement = "SELECT written FROM listing WHERE snapshot_id = ? ORDER BY position"
    return [row[0] for row in connection.execute(statement, (snapshot_id,))]


def _take_apart(connection: sqlite3.Connection, papers: Collection[int]) -> dict[int, Paper]:
    """Detach the listings of papers, each with the record as its page has it; returns the papers, which stay."""
    keep = (
        "UPDATE listing SET written = coalesce(written, (SELECT json FROM record WHERE paper_id = ?1)), "
        "added = NULL, paper_id = NULL WHERE paper_id = ?1"
    )
    connection.executemany(keep, [(id_,) for id_ in papers])
    statement = "SELECT json FROM record WHERE paper_id = ?"
    texts = ((id_, connection.execute(statement, (id_,)).fetchone()[0]) for id_ in sorted(papers))
    return {id_: _paper(json.loads(text)) for id_, text in texts}


class _Group(NamedTuple):
    """Listings of one paper, the most believed first, each with what the others add to it."""

    listings: list[Listing]
    added: list[dict[str, Any]]
    """Empty throughout for a paper on one page."""

    @property
    def paper(self) -> tuple[int, Paper]:
        """The paper they make, with the snapshot on which it is believed first."""
        first = self.listings[0]
        return first.snapshot_id, _paper(first.record | self.added[0])


def _groups(members: Sequence[Listing], decided: Decisions) -> list[_Group]:
    return [_Group(group, _added(group)) for group in identity.groups(members, decided)]


def _added(group: Sequence[Listing]) -> list[dict[str, Any]]:
    if len(group) == 1:
        return [{}]
    authors = identity.united(group)
    known = {"authors": authors.names, "authors_complete": authors.complete, "shown_by": authors.shown_by}
    others = (sorted(other.profile for other in group if other is not listing) for listing in group)
    return [known | {"also_on": profiles} for profiles in others]


def _replace(connection: sqlite3.Connection, old: dict[int, Paper], papers: Sequence[tuple[int, Paper]]) -> list[int]:
    """Store papers, each with its snapshot, in the place of old ones, and return their ids.

    What is indexed alike keeps its id, and the index is left alone: it is what costs most.
    """
    indexed = {load.text_row(id_, paper)[1:]: id_ for id_, paper in old.items()}
    kept = [indexed.pop(load.text_row(0, paper)[1:], None) if indexed else None for _, paper in papers]
    for id_ in sorted(old.keys() - set(kept)):
        load.remove_paper(connection, id_, old[id_])
    for place, (snapshot_id, paper) in zip(kept, papers, strict=True):
        if place is not None:
            load.replace_paper(connection, place, snapshot_id, paper)
    new = [paper for place, paper in zip(kept, papers, strict=True) if place is None]
    fresh = iter(load.add_papers(connection, new))
    return [next(fresh) if place is None else place for place in kept]


def _place(connection: sqlite3.Connection, groups: Sequence[_Group], ids: Sequence[int]) -> None:
    """Tell listings which paper they are of, and what the other listings of it add."""
    statement = (
        "UPDATE listing SET paper_id = ?1, added = ?2, written = iif(?2 IS NULL, NULL, written) "
        "WHERE snapshot_id = ?3 AND position = ?4"
    )
    for id_, group in zip(ids, groups, strict=True):
        for listing, more in zip(group.listings, group.added, strict=True):
            added = json.dumps(more, ensure_ascii=False) if more else None
            connection.execute(statement, (id_, added, listing.snapshot_id, listing.record["position"]))


def _paper(record: dict[str, Any]) -> Paper:
    """The record of a stored paper; where it ended on its page is not stored."""
    return Paper.model_validate({**record, "last_line": record["line"]})
