"""Snapshots of people's pages in a library: added, replaced by newer ones, taken out; and the papers they share.

Whatever happens to a snapshot, the papers it touches are taken apart into their listings and put together again by
`identity.groups`. So what is in a library depends on its snapshots and on what people decided, not on the way there;
only keys stay as they were given.
The caller begins and ends transactions.
"""

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from pubcli import identity
from pubcli.identity import Decisions, Listing, Reference, title_digest
from pubcli.model import Page, Paper, Profile
from pubcli.page.header import FIELDS
from pubcli.sources import GIVEN
from pubcli.store import index, load
from pubcli.store.ask import as_listed
from pubcli.store.index import Store
from pubcli.store.keyring import Keyring
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


def add(connection: Store, page: Page, origin: Origin) -> Added:
    """Store a page as a snapshot of its owner's; the newest is current. The same page twice changes nothing."""
    as_of = page.profile.as_of.isoformat()
    before = _current(connection, load.owner(page.profile, origin.path))
    if found := _known(connection, page.profile, origin) or _repeated(connection, page, origin, before):
        return found
    if before and as_of < before["as_of"]:
        past = load.add_snapshot(connection, page, origin, is_current=False)
        _list_past(connection, past, page.papers)
        return Added("older snapshot", 0, as_of, past, False)
    leaving: int | None = before["id"] if before else None
    if leaving is not None and not page.papers:  # what comes in pieces leaves in pieces
        _leave(connection, leaving)
    connection.execute("UPDATE snapshot SET is_current = FALSE WHERE id = ?", (leaving,))
    arriving = load.add_snapshot(connection, page, origin, is_current=True)
    shared = _exchange(connection, leaving, arriving, page.papers)
    return Added("newer snapshot" if before else "new profile", shared, as_of, arriving, True)


def _current(connection: sqlite3.Connection, owner: str) -> sqlite3.Row | None:
    newest = "SELECT * FROM snapshot WHERE owner = ? AND is_current"
    found: sqlite3.Row | None = connection.execute(newest, (owner,)).fetchone()
    return found


def _known(connection: sqlite3.Connection, profile: Profile, origin: Origin) -> Added | None:
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


def _repeated(connection: sqlite3.Connection, page: Page, origin: Origin, current: sqlite3.Row | None) -> Added | None:
    """The current snapshot, where the page says the same, pasted with other blanks or among other pages.

    It remembers how its file is now, so that nobody reads that again.
    """
    if current is None or not page.papers or page.profile.as_of_reason == GIVEN:
        return None
    header = page.profile.model_dump(include=set(FIELDS))
    if any(current[field] != value for field, value in header.items()):
        return None
    said = [json.loads(load.as_json(paper)) for paper in page.papers]
    kept = as_listed(connection, current["id"])
    if list(map(_content, said)) != list(map(_content, kept)):
        return None
    if origin.path == current["path"]:
        known = (origin.digest, origin.page, current["id"])
        connection.execute("UPDATE snapshot SET digest = ?, page = ? WHERE id = ?", known)
    return _unchanged(current)


def _content(record: Mapping[str, Any]) -> dict[str, Any]:
    """What a record says, wherever it stands."""
    return {field: value for field, value in record.items() if field not in ("source", "line")}


def _unchanged(found: sqlite3.Row) -> Added:
    return Added("unchanged", 0, found["as_of"], found["id"], bool(found["is_current"]))


def extend(connection: Store, added: Added, papers: Sequence[Paper]) -> int:
    """Add further papers to the page of a snapshot; return how many of them other people's pages list too."""
    if added.is_current:
        return _exchange(connection, None, added.snapshot_id, papers)
    _list_past(connection, added.snapshot_id, papers)
    return 0


def _list_past(connection: sqlite3.Connection, snapshot_id: int, papers: Sequence[Paper]) -> None:
    """Tell what a page of the past lists: its records are its own, but for keys by which others are known."""
    listed = _arriving(connection, snapshot_id, [(paper, title_digest(paper.title)) for paper in papers])
    same = "SELECT paper_id FROM listing JOIN profile ON profile.id = snapshot_id WHERE owner = ? AND title_digest = ?"
    own = {row[0] for one in listed for row in connection.execute(same, one.reference)}
    rows = []
    for key, (one,) in Keyring(connection, own).named([one] for one in listed):
        text = one.text if key == one.record["key"] else json.dumps(one.record | {"key": key}, ensure_ascii=False)
        rows.append((snapshot_id, one.record["position"], None, one.title_digest, text, None))
    load.insert(connection, "listing", rows)


def _leave(connection: Store, leaving: int) -> None:
    """Let the papers of a snapshot go, as `_exchange` does, but a piece at a time, for pages of any length."""
    statement = "SELECT paper_id FROM listing WHERE snapshot_id = ? AND paper_id IS NOT NULL LIMIT ?"
    decided = decisions(connection)
    while touched := {row[0] for row in connection.execute(statement, (leaving, _PIECE))}:
        touched = _with_kin(connection, touched)
        keyring = Keyring(connection, touched)
        _detach(connection, leaving, touched)
        groups = _groups(_take_out(connection, touched), decided, keyring)
        _place(connection, groups, _replace(connection, touched, [group.paper for group in groups]))


def remove(connection: Store, id_: int) -> None:
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


def regroup(connection: Store, papers: Collection[int]) -> None:
    """Put papers together anew, after something was decided about them."""
    papers = _with_kin(connection, papers)
    keyring = Keyring(connection, papers)
    groups = _groups(_take_out(connection, papers), decisions(connection), keyring)
    _place(connection, groups, _replace(connection, papers, [group.paper for group in groups]))


def decide(connection: sqlite3.Connection, one: Reference, other: Reference, *, same: bool, when: str) -> None:
    """Record that two listings are the same paper, or are not, whatever was decided before. `when` is an ISO time."""
    pair = sorted((one, other))
    connection.execute("INSERT OR REPLACE INTO decision VALUES (?, ?, ?, ?, ?, ?)", (*pair[0], *pair[1], same, when))


def listings(connection: sqlite3.Connection, paper: int) -> list[Listing]:
    """Where a paper is listed, under the key it has in the library; the listing that is believed first comes first."""
    own = connection.execute("SELECT key FROM paper WHERE id = ?", (paper,)).fetchone()[0]
    found = sorted(_listings(connection, [paper]), key=identity.preference)
    return [listing._replace(record=listing.record | {"key": own}) for listing in found]


def decisions(connection: sqlite3.Connection) -> Decisions:
    """What people decided about pairs of listings."""
    rows = connection.execute("SELECT owner, title_digest, other_owner, other_title_digest, same FROM decision")
    return {frozenset(((row[0], row[1]), (row[2], row[3]))): bool(row[4]) for row in rows}


def _exchange(connection: Store, leaving: int | None, arriving: int | None, papers: Sequence[Paper]) -> int:
    """Let the papers of one snapshot take the place of another's; return how many of them other pages list too."""
    decided = decisions(connection)
    digests = [title_digest(paper.title) for paper in papers]
    current = "SELECT paper_id FROM listing WHERE snapshot_id = ? AND paper_id IS NOT NULL"
    touched = {row[0] for row in connection.execute(current, (leaving,))}
    owner = connection.execute("SELECT owner FROM snapshot WHERE id = ?", (arriving,)).fetchone()
    references = [(owner[0], digest) for digest in digests] if owner else []
    touched = _with_kin(connection, touched | _akin(connection, references, decided))
    keyring = Keyring(connection, touched)
    _detach(connection, leaving, touched)
    members = _take_out(connection, touched)
    akin = {member.title_digest for member in members} | {digest for pair in decided for _, digest in pair}
    own = [(reference, paper.key) for reference, paper in zip(references, papers, strict=True)]
    namesakes = keyring.contested(own, members)
    plain: list[tuple[Paper, int]] = []
    doubtful: list[tuple[Paper, int]] = []
    for paper, digest in zip(papers, digests, strict=True):
        (doubtful if digest in akin or paper.key in namesakes else plain).append((paper, digest))
    if arriving is not None:
        members += _arriving(connection, arriving, doubtful)
    keyring.reserve(paper.key for paper, _ in plain)
    groups = _groups(members, decided, keyring)
    new = [(arriving or 0, paper) for paper, _ in plain]
    ids = _replace(connection, touched, [*(group.paper for group in groups), *new])
    _place(connection, groups, ids[: len(groups)])
    alone = zip(plain, ids[len(groups) :], strict=True)
    rows = [(arriving, paper.position, id_, digest, None, None) for (paper, digest), id_ in alone]
    load.insert(connection, "listing", rows)
    shared = (group.listings for group in groups if len(group.listings) > 1)
    return sum(any(listing.snapshot_id == arriving for listing in listings) for listings in shared)


def _akin(connection: sqlite3.Connection, arriving: Collection[Reference], decided: Decisions) -> set[int]:
    """The papers that some of those that arrive may be: of the same title, or by decision."""
    same_title = (
        "SELECT paper_id FROM listing WHERE title_digest IN (SELECT value FROM json_each(?)) AND paper_id IS NOT NULL"
    )
    digests = _array([digest for _, digest in arriving])
    found = {row[0] for row in connection.execute(same_title, (digests,))}
    if not decided:
        return found
    own = set(arriving)
    other = "SELECT paper_id FROM listing JOIN profile ON profile.id = snapshot_id WHERE owner = ? AND title_digest = ?"
    references = {reference for pair in decided if pair & own for reference in pair - own}
    return found | {row[0] for reference in references for row in connection.execute(other, reference)}


def _with_kin(connection: sqlite3.Connection, papers: Collection[int]) -> set[int]:
    """Papers, and others of the same titles: what kept them apart may be gone."""
    statement = (
        "SELECT paper_id FROM listing WHERE paper_id IS NOT NULL AND title_digest IN "
        "(SELECT title_digest FROM listing WHERE paper_id IN (SELECT value FROM json_each(?)))"
    )
    return {*papers, *(row[0] for row in connection.execute(statement, (_array(papers),)))}


def _listings(connection: sqlite3.Connection, papers: Collection[int]) -> list[Listing]:
    statement = """
        SELECT snapshot_id, owner, coalesce(name, source), coalesce(written, json), title_digest
        FROM listing JOIN record USING (paper_id) JOIN snapshot ON snapshot.id = snapshot_id
        WHERE paper_id IN (SELECT value FROM json_each(?))
    """
    rows = connection.execute(statement, (_array(papers),))
    return [Listing(id_, owner, profile, json.loads(text), text, digest) for id_, owner, profile, text, digest in rows]


def _take_out(connection: sqlite3.Connection, papers: Collection[int]) -> list[Listing]:
    """The listings of papers, which are taken out of the library."""
    found = _listings(connection, papers)
    connection.execute("DELETE FROM listing WHERE paper_id IN (SELECT value FROM json_each(?))", (_array(papers),))
    return found


def _arriving(connection: sqlite3.Connection, snapshot_id: int, papers: Sequence[tuple[Paper, int]]) -> list[Listing]:
    """Papers, each with its `title_digest`, as the page of a snapshot lists them."""
    named = "SELECT owner, coalesce(name, source) FROM snapshot WHERE id = ?"
    owner, profile = connection.execute(named, (snapshot_id,)).fetchone()
    texts = [(load.as_json(paper), digest) for paper, digest in papers]
    return [Listing(snapshot_id, owner, profile, json.loads(text), text, digest) for text, digest in texts]


def _detach(connection: sqlite3.Connection, snapshot_id: int | None, papers: Collection[int]) -> None:
    """Give a snapshot the records of some papers to itself, as one of the past has them, with their keys of today."""
    written = """coalesce(
        json_set(written, '$.key', (SELECT key FROM paper WHERE id = paper_id)),
        (SELECT json FROM record WHERE paper_id = listing.paper_id)
    )"""
    connection.execute(
        f"UPDATE listing SET written = {written}, added = NULL, paper_id = NULL "
        "WHERE snapshot_id = ? AND paper_id IN (SELECT value FROM json_each(?))",
        (snapshot_id, _array(papers)),
    )


def _written(connection: sqlite3.Connection, snapshot_id: int | None) -> list[str]:
    statement = "SELECT written FROM listing WHERE snapshot_id = ? ORDER BY position"
    return [row[0] for row in connection.execute(statement, (snapshot_id,))]


class _Group(NamedTuple):
    """Listings of one paper, the most believed first, each with what the others add to it."""

    key: str
    """The paper's own in the library."""
    listings: list[Listing]
    added: list[dict[str, Any]]
    """Empty throughout for a paper on one page."""

    @property
    def paper(self) -> tuple[int, Paper]:
        """The paper they make, with the snapshot on which it is believed first."""
        first = self.listings[0]
        completed = identity.completed(self.listings) if len(self.listings) > 1 else {}
        return first.snapshot_id, _paper(first.record | completed | self.added[0] | {"key": self.key})


def _groups(members: Sequence[Listing], decided: Decisions, keyring: Keyring) -> list[_Group]:
    found = identity.groups(members, decided)
    return [_Group(key, group, _added(group, key)) for key, group in keyring.named(found)]


def _added(group: Sequence[Listing], key: str) -> list[dict[str, Any]]:
    if len(group) == 1:
        return [{}]
    authors = identity.united(group)
    known = {"key": key, "authors": authors.names, "authors_complete": authors.complete, "shown_by": authors.shown_by}
    others = (sorted(other.profile for other in group if other is not listing) for listing in group)
    return [known | {"also_on": profiles} for profiles in others]


def _replace(connection: Store, old: Collection[int], papers: Sequence[tuple[int, Paper]]) -> list[int]:
    """Store papers, each with its snapshot, in the place of old ones, and return their ids.

    What is indexed alike keeps its id, and the index is left alone: it is what costs most.
    """
    stored = "SELECT paper_id, json FROM record WHERE paper_id IN (SELECT value FROM json_each(?))"
    known = {id_: index.written(json.loads(text)) for id_, text in connection.execute(stored, (_array(old),))}
    texts = [(paper.title, paper.authors, paper.abstract, paper.org) for _, paper in papers]
    left = {text: id_ for id_, text in known.items()}
    kept = [left.pop(text, None) if left else None for text in texts]
    for id_ in sorted(known.keys() - set(kept)):
        index.forget(connection, id_, known[id_])
        load.remove_paper(connection, id_)
    for id_, (snapshot_id, paper) in zip(kept, papers, strict=True):
        if id_ is not None:
            load.replace_paper(connection, id_, snapshot_id, paper)
    ids = iter(load.add_papers(connection, [paper for id_, paper in zip(kept, papers, strict=True) if id_ is None]))
    new = [next(ids) if id_ is None else id_ for id_ in kept]
    connection.waiting.update((now, text) for now, id_, text in zip(new, kept, texts, strict=True) if id_ is None)
    return new


def _place(connection: sqlite3.Connection, groups: Sequence[_Group], ids: Sequence[int]) -> None:
    """Put listings in, each with the paper that it is of and what the other listings of that add."""
    rows = []
    for id_, group in zip(ids, groups, strict=True):
        for listing, more in zip(group.listings, group.added, strict=True):
            written = listing.text if more or group.key != listing.record["key"] else None
            added = json.dumps(more, ensure_ascii=False) if more else None
            place = listing.snapshot_id, listing.record["position"]
            rows.append((*place, id_, listing.title_digest, written, added))
    load.insert(connection, "listing", rows)


def _paper(record: dict[str, Any]) -> Paper:
    """The record of a stored paper; where it ended on its page is not stored."""
    return Paper.model_validate({**record, "last_line": record["line"]})


def _array(ids: Collection[int]) -> str:
    """Ids as they are bound where SQL reads `IN (SELECT value FROM json_each(?))`."""
    return json.dumps(list(ids))
