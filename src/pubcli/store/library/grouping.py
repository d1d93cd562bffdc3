"""What the pages in a library list: papers put together from their listings, and taken apart again.

Whatever happens to a listing, the papers that it touches are taken apart and put together again by `identity.groups`.
So what is in a library depends on its snapshots and on what people decided, not on the way there; only keys stay as
they were given. The caller begins and ends transactions.
"""

import json
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple, TypeAlias

from pubcli.biblio import same_paper
from pubcli.biblio.same_paper import Decisions, Listing, ListingId, title_digest
from pubcli.model import Paper
from pubcli.store import index, load
from pubcli.store.database import Store
from pubcli.store.library.keys import Keyring

_PIECE = 1_000
"""Papers."""
_Digested: TypeAlias = tuple[Paper, int]
"""A paper with its `title_digest`."""


def regroup(connection: Store, papers: Collection[int], leaving: int | None = None) -> None:
    """Put papers together anew, after something was decided about them or without what a snapshot lists of them."""
    papers = _with_kin(connection, papers)
    keyring = Keyring(connection, papers)
    _detach(connection, leaving, papers)
    groups = _groups(_take_out(connection, papers), decisions(connection), keyring)
    _place(connection, groups, _replace(connection, papers, [group.paper for group in groups]))


def remove_papers(connection: Store, leaving: int) -> None:
    """Let the papers of a snapshot go, as `replace_papers` does, but a piece at a time, for pages of any length."""
    statement = "SELECT paper_id FROM listing WHERE snapshot_id = ? AND paper_id IS NOT NULL LIMIT ?"
    while touched := {row[0] for row in connection.execute(statement, (leaving, _PIECE))}:
        regroup(connection, touched, leaving)


def replace_papers(connection: Store, leaving: int | None, arriving: int | None, papers: Sequence[Paper]) -> int:
    """Let the papers of one snapshot take the place of another's; return how many of them other pages list too."""
    decided, arrivals = decisions(connection), _arrivals(connection, arriving, papers)
    touched = _touched(connection, leaving, [reference for reference, _ in arrivals], decided)
    keyring = Keyring(connection, touched)
    _detach(connection, leaving, touched)
    members = _take_out(connection, touched)
    plain, doubtful = _apart(arrivals, members, decided, keyring)
    if arriving is not None:
        members += _arriving(connection, arriving, doubtful)
    groups = _groups(members, decided, keyring)
    new = [(arriving or 0, paper) for paper, _ in plain]
    ids = _replace(connection, touched, [*(group.paper for group in groups), *new])
    _place(connection, groups, ids[: len(groups)])
    alone = zip(plain, ids[len(groups) :], strict=True)
    rows = [(arriving, paper.position, id_, digest, None, None) for (paper, digest), id_ in alone]
    load.insert(connection, "listing", rows)
    shared = (group.listings for group in groups if len(group.listings) > 1)
    return sum(any(listing.snapshot_id == arriving for listing in listings) for listings in shared)


def list_older_snapshot(connection: Store, snapshot_id: int, papers: Sequence[Paper]) -> None:
    """Tell what a page of the past lists: its records are its own, but for keys by which others are known."""
    listed = _arriving(connection, snapshot_id, [(paper, title_digest(paper.title)) for paper in papers])
    own = {paper for one in listed for paper in papers_of(connection, one.reference)}
    rows = []
    for key, (one,) in Keyring(connection, own).named([one] for one in listed):
        text = one.text if key == one.record["key"] else json.dumps(one.record | {"key": key}, ensure_ascii=False)
        rows.append((snapshot_id, one.record["position"], None, one.title_digest, text, None))
    load.insert(connection, "listing", rows)


def restore_snapshot(connection: Store, leaving: int, arriving: int | None) -> None:
    """Let a snapshot of the past take the place of one that is taken out; None for no other."""
    statement = "SELECT written FROM listing WHERE snapshot_id = ? ORDER BY position"
    papers = [_paper(json.loads(row[0])) for row in connection.execute(statement, (arriving,)).fetchall()]
    connection.execute("DELETE FROM listing WHERE snapshot_id = ?", (arriving,))
    replace_papers(connection, leaving, arriving, papers)


def decide(connection: Store, one: ListingId, other: ListingId, *, same: bool, when: str) -> None:
    """Record that two listings are the same paper, or are not, whatever was decided before. `when` is an ISO time."""
    pair = sorted((one, other))
    connection.execute("INSERT OR REPLACE INTO decision VALUES (?, ?, ?, ?, ?, ?)", (*pair[0], *pair[1], same, when))


def listings(connection: Store, paper: int) -> list[Listing]:
    """Where a paper is listed, under the key it has in the library; the listing that is believed first comes first."""
    own = connection.execute("SELECT key FROM paper WHERE id = ?", (paper,)).fetchone()[0]
    found = sorted(_listings(connection, [paper]), key=same_paper.trust_order)
    return [listing._replace(record=listing.record | {"key": own}) for listing in found]


def papers_of(connection: Store, reference: ListingId) -> list[int]:
    """The papers that somebody's current page lists under a title: mostly one, none where it does not list it."""
    statement = (
        "SELECT paper_id FROM listing JOIN profile ON profile.id = snapshot_id WHERE owner = ? AND title_digest = ?"
    )
    return [row[0] for row in connection.execute(statement, reference)]


def decisions(connection: Store) -> Decisions:
    """What people decided about pairs of listings."""
    rows = connection.execute("SELECT owner, title_digest, other_owner, other_title_digest, same FROM decision")
    return {frozenset(((row[0], row[1]), (row[2], row[3]))): bool(row[4]) for row in rows}


def _arrivals(connection: Store, arriving: int | None, papers: Sequence[Paper]) -> list[tuple[ListingId, Paper]]:
    """The papers of a snapshot with what decisions know them by."""
    owner = connection.execute("SELECT owner FROM snapshot WHERE id = ?", (arriving,)).fetchone()
    return [((owner[0], title_digest(paper.title)), paper) for paper in papers]


def _touched(connection: Store, leaving: int | None, arriving: Collection[ListingId], decided: Decisions) -> set[int]:
    """The papers that a snapshot lists which leaves, those that some that arrive may be, and what is akin to them."""
    current = "SELECT paper_id FROM listing WHERE snapshot_id = ? AND paper_id IS NOT NULL"
    listed = {row[0] for row in connection.execute(current, (leaving,))}
    return _with_kin(connection, listed | _akin(connection, arriving, decided))


def _apart(
    arrivals: Sequence[tuple[ListingId, Paper]], members: Sequence[Listing], decided: Decisions, keyring: Keyring
) -> tuple[list[_Digested], list[_Digested]]:
    """Arriving papers in two lots: those that nothing in the library is like, in title or key, and the others."""
    akin = {member.title_digest for member in members} | {digest for pair in decided for _, digest in pair}
    namesakes = keyring.contested([(reference, paper.key) for reference, paper in arrivals], members)
    plain: list[_Digested] = []
    doubtful: list[_Digested] = []
    for (_, digest), paper in arrivals:
        (doubtful if digest in akin or paper.key in namesakes else plain).append((paper, digest))
    keyring.reserve(paper.key for paper, _ in plain)
    return plain, doubtful


def _akin(connection: Store, arriving: Collection[ListingId], decided: Decisions) -> set[int]:
    """The papers that some of those that arrive may be: of the same title, or by decision."""
    same_title = (
        "SELECT paper_id FROM listing WHERE title_digest IN (SELECT value FROM json_each(?)) AND paper_id IS NOT NULL"
    )
    digests = _array([digest for _, digest in arriving])
    found = {row[0] for row in connection.execute(same_title, (digests,))}
    if not decided:
        return found
    own = set(arriving)
    references = {reference for pair in decided if pair & own for reference in pair - own}
    return found | {paper for reference in references for paper in papers_of(connection, reference)}


def _with_kin(connection: Store, papers: Collection[int]) -> set[int]:
    """Papers, and others of the same titles: what kept them apart may be gone."""
    statement = (
        "SELECT paper_id FROM listing WHERE paper_id IS NOT NULL AND title_digest IN "
        "(SELECT title_digest FROM listing WHERE paper_id IN (SELECT value FROM json_each(?)))"
    )
    return {*papers, *(row[0] for row in connection.execute(statement, (_array(papers),)))}


def _listings(connection: Store, papers: Collection[int]) -> list[Listing]:
    statement = """
        SELECT snapshot_id, owner, coalesce(name, source), coalesce(written, json), title_digest
        FROM listing JOIN record USING (paper_id) JOIN snapshot ON snapshot.id = snapshot_id
        WHERE paper_id IN (SELECT value FROM json_each(?))
    """
    rows = connection.execute(statement, (_array(papers),))
    return [Listing(id_, owner, profile, json.loads(text), text, digest) for id_, owner, profile, text, digest in rows]


def _take_out(connection: Store, papers: Collection[int]) -> list[Listing]:
    """The listings of papers, which are taken out of the library."""
    found = _listings(connection, papers)
    connection.execute("DELETE FROM listing WHERE paper_id IN (SELECT value FROM json_each(?))", (_array(papers),))
    return found


def _arriving(connection: Store, snapshot_id: int, papers: Sequence[_Digested]) -> list[Listing]:
    """Papers, each with its `title_digest`, as the page of a snapshot lists them."""
    named = "SELECT owner, coalesce(name, source) FROM snapshot WHERE id = ?"
    owner, profile = connection.execute(named, (snapshot_id,)).fetchone()
    texts = [(load.as_json(paper), digest) for paper, digest in papers]
    return [Listing(snapshot_id, owner, profile, json.loads(text), text, digest) for text, digest in texts]


def _detach(connection: Store, snapshot_id: int | None, papers: Collection[int]) -> None:
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
        completed = same_paper.merge_fields(self.listings) if len(self.listings) > 1 else {}
        return first.snapshot_id, _paper(first.record | completed | self.added[0] | {"key": self.key})


def _groups(members: Sequence[Listing], decided: Decisions, keyring: Keyring) -> list[_Group]:
    found = same_paper.group_listings(members, decided)
    return [_Group(key, group, _added(group, key)) for key, group in keyring.named(found)]


def _added(group: Sequence[Listing], key: str) -> list[dict[str, Any]]:
    if len(group) == 1:
        return [{}]
    authors = same_paper.merge_authors(group)
    known = {"key": key, "authors": authors.names, "authors_complete": authors.complete, "shown_by": authors.shown_by}
    others = (sorted(other.profile for other in group if other is not listing) for listing in group)
    return [known | {"also_on": profiles} for profiles in others]


def _replace(connection: Store, old: Collection[int], papers: Sequence[tuple[int, Paper]]) -> list[int]:
    """Store papers, each with its snapshot, in the place of old ones, and return their ids.

    What is indexed alike keeps its id, and the index is left alone: it is what costs most.
    """
    stored = "SELECT paper_id, json FROM record WHERE paper_id IN (SELECT value FROM json_each(?))"
    known = {id_: index.indexed(json.loads(text)) for id_, text in connection.execute(stored, (_array(old),))}
    texts = [index.texts_of(paper) for _, paper in papers]
    left = {text: id_ for id_, text in known.items()}
    kept = [left.pop(text, None) if left else None for text in texts]
    for id_ in sorted(known.keys() - set(kept)):
        index.remove(connection, id_, known[id_])
        load.remove_paper(connection, id_)
    for id_, (snapshot_id, paper) in zip(kept, papers, strict=True):
        if id_ is not None:
            load.replace_paper(connection, id_, snapshot_id, paper)
    ids = iter(load.add_papers(connection, [paper for id_, paper in zip(kept, papers, strict=True) if id_ is None]))
    new = [next(ids) if id_ is None else id_ for id_ in kept]
    connection.pending.update((now, text) for now, id_, text in zip(new, kept, texts, strict=True) if id_ is None)
    return new


def _place(connection: Store, groups: Sequence[_Group], ids: Sequence[int]) -> None:
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
