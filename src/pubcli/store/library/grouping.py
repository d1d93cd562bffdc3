"""Group the listings of one paper on several pages. Each group is one paper of the library.

Whenever a listing changes, the papers that the change may affect are split into their listings. Then
`same_paper.group_listings` groups these listings again. So the papers of a library depend only on the snapshots and the
user's decisions, not on the order of additions. Citation keys are the exception, because a key never changes. The
caller begins and ends transactions.
"""

import json
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple, TypeAlias

from pubcli.biblio import same_paper
from pubcli.biblio.same_paper import Decisions, Listing, ListingId, title_digest
from pubcli.model import Paper
from pubcli.store import index, load
from pubcli.store.database import Store
from pubcli.store.library.keys import KeyAssigner
from pubcli.store.records import as_json, require_intact

_BATCH = 1_000
"""Number of papers that are removed in one step."""
_PaperDigest: TypeAlias = tuple[Paper, int]
"""A paper with its `title_digest`."""


def regroup(store: Store, papers: Collection[int], old_snapshot: int | None = None) -> None:
    """Split the papers with these ids, and all papers with the same titles, into listings; group the listings again.

    The listings on `old_snapshot`, a snapshot that is being removed or replaced, are left out of the groups.
    """
    papers = _with_same_titles(store, papers)
    assigner = KeyAssigner(store, papers)
    _detach(store, old_snapshot, papers)
    groups = _groups(_remove_listings(store, papers), decisions(store), assigner)
    _insert_listings(store, groups, _replace_records(store, papers, [group.paper for group in groups]))


def remove_papers(store: Store, old_snapshot: int) -> None:
    """Remove the papers of a snapshot in batches, so that the page may have any length."""
    statement = "SELECT paper_id FROM listing WHERE snapshot_id = ? AND paper_id IS NOT NULL LIMIT ?"
    while affected := {row[0] for row in store.execute(statement, (old_snapshot, _BATCH))}:
        regroup(store, affected, old_snapshot)


def replace_papers(store: Store, old_snapshot: int | None, new_snapshot: int | None, papers: Sequence[Paper]) -> int:
    """Replace the papers of an old snapshot by new papers. Return how many of the new papers other pages list too.

    If `old_snapshot` is None, papers are only added. If `new_snapshot` is None, papers are only removed.
    """
    user_decisions, new_papers = decisions(store), _identified(store, new_snapshot, papers)
    affected = _affected(store, old_snapshot, [listing_id for listing_id, _ in new_papers], user_decisions)
    assigner = KeyAssigner(store, affected)
    _detach(store, old_snapshot, affected)
    listings = _remove_listings(store, affected)
    unrelated, related = _split_by_relation(new_papers, listings, user_decisions, assigner)
    if new_snapshot is not None:
        listings += _new_listings(store, new_snapshot, related)
    groups = _groups(listings, user_decisions, assigner)
    new = [(new_snapshot or 0, paper) for paper, _ in unrelated]
    ids = _replace_records(store, affected, [*(group.paper for group in groups), *new])
    _insert_listings(store, groups, ids[: len(groups)])
    rows = [
        (new_snapshot, paper.position, id_, digest, None, None)
        for (paper, digest), id_ in zip(unrelated, ids[len(groups) :], strict=True)
    ]
    load.add_listings(store, rows)
    shared = (group.listings for group in groups if len(group.listings) > 1)
    return sum(any(listing.snapshot_id == new_snapshot for listing in listings) for listings in shared)


def list_older_snapshot(store: Store, snapshot_id: int, papers: Sequence[Paper]) -> None:
    """Store the listings of a snapshot that is not current, each with its own record.

    If the owner's current page lists the same paper, the record gets the key of that paper.
    """
    listings = _new_listings(store, snapshot_id, [(paper, title_digest(paper.title)) for paper in papers])
    known_papers = {paper for listing in listings for paper in papers_of(store, listing.listing_id)}
    rows = []
    for key, (listing,) in KeyAssigner(store, known_papers).assigned([listing] for listing in listings):
        record, text = listing.record, listing.text
        if key != record["key"]:
            text = json.dumps(record | {"key": key}, ensure_ascii=False)
        rows.append((snapshot_id, record["position"], None, listing.title_digest, text, None))
    load.add_listings(store, rows)


def restore_snapshot(store: Store, old_snapshot: int, new_snapshot: int | None) -> None:
    """Replace the papers of `old_snapshot` by the stored papers of `new_snapshot`.

    `new_snapshot` is an older capture that becomes current. If `new_snapshot` is None, the papers are only removed.
    """
    statement = "SELECT written, checksum FROM listing WHERE snapshot_id = ? ORDER BY position"
    rows = store.execute(statement, (new_snapshot,)).fetchall()
    papers = [_paper(json.loads(require_intact(store, text, checksum))) for text, checksum in rows]
    store.execute("DELETE FROM listing WHERE snapshot_id = ?", (new_snapshot,))
    replace_papers(store, old_snapshot, new_snapshot, papers)


def decide(store: Store, first: ListingId, second: ListingId, *, same: bool, timestamp: str) -> None:
    """Record whether two listings are the same paper, and replace any earlier decision. `timestamp` is an ISO time."""
    pair = sorted((first, second))
    store.execute("INSERT OR REPLACE INTO decision VALUES (?, ?, ?, ?, ?, ?)", (*pair[0], *pair[1], same, timestamp))


def listings_of(store: Store, paper: int) -> list[Listing]:
    """Return the listings of a paper, the most trusted first, each with the key of the paper in the library."""
    key = store.execute("SELECT key FROM paper WHERE id = ?", (paper,)).fetchone()[0]
    listings = sorted(_listings(store, [paper]), key=same_paper.trust_order)
    return [listing._replace(record=listing.record | {"key": key}) for listing in listings]


def papers_of(store: Store, listing_id: ListingId) -> list[int]:
    """Return the ids of the papers that an owner's current page lists under a title: usually one, sometimes none."""
    statement = (
        "SELECT paper_id FROM listing JOIN profile ON profile.id = snapshot_id WHERE owner = ? AND title_digest = ?"
    )
    return [row[0] for row in store.execute(statement, listing_id)]


def decisions(store: Store) -> Decisions:
    """Return the user's decisions about pairs of listings."""
    rows = store.execute("SELECT owner, title_digest, other_owner, other_title_digest, same FROM decision")
    return {frozenset(((row[0], row[1]), (row[2], row[3]))): bool(row[4]) for row in rows}


def _identified(store: Store, snapshot_id: int | None, papers: Sequence[Paper]) -> list[tuple[ListingId, Paper]]:
    """Return the given papers of a snapshot as pairs of listing id and paper.

    A listing id consists of the owner of the page and a digest of the paper's title. The user's decisions use this id.
    """
    owner = store.execute("SELECT owner FROM snapshot WHERE id = ?", (snapshot_id,)).fetchone()
    return [((owner[0], title_digest(paper.title)), paper) for paper in papers]


def _affected(
    store: Store, old_snapshot: int | None, new_ids: Collection[ListingId], user_decisions: Decisions
) -> set[int]:
    """Return the papers that the replacement of a snapshot may affect.

    These are the papers on the old snapshot, possible matches of the new listings, and all papers with the same titles.
    """
    current = "SELECT paper_id FROM listing WHERE snapshot_id = ? AND paper_id IS NOT NULL"
    papers = {row[0] for row in store.execute(current, (old_snapshot,))}
    return _with_same_titles(store, papers | _possible_matches(store, new_ids, user_decisions))


def _split_by_relation(
    new_papers: Sequence[tuple[ListingId, Paper]],
    current_listings: Sequence[Listing],
    user_decisions: Decisions,
    assigner: KeyAssigner,
) -> tuple[list[_PaperDigest], list[_PaperDigest]]:
    """Divide new papers into unrelated papers and related papers.

    Unrelated papers share no title, key or decision with the library. They need no grouping, which makes adding a page
    much faster. Their keys are reserved, so that no other paper gets one of these keys.
    """
    titles = {listing.title_digest for listing in current_listings} | {
        digest for pair in user_decisions for _, digest in pair
    }
    contested = assigner.contested([(listing_id, paper.key) for listing_id, paper in new_papers], current_listings)
    unrelated: list[_PaperDigest] = []
    related: list[_PaperDigest] = []
    for (_, digest), paper in new_papers:
        (related if digest in titles or paper.key in contested else unrelated).append((paper, digest))
    assigner.reserve(paper.key for paper, _ in unrelated)
    return unrelated, related


def _possible_matches(store: Store, new_ids: Collection[ListingId], user_decisions: Decisions) -> set[int]:
    """Return the papers to which new listings may belong, because of the same title or because of a decision."""
    same_title = (
        "SELECT paper_id FROM listing WHERE title_digest IN (SELECT value FROM json_each(?)) AND paper_id IS NOT NULL"
    )
    digests = _array([digest for _, digest in new_ids])
    papers = {row[0] for row in store.execute(same_title, (digests,))}
    if not user_decisions:
        return papers
    new = set(new_ids)
    others = {listing_id for pair in user_decisions if pair & new for listing_id in pair - new}
    return papers | {paper for listing_id in others for paper in papers_of(store, listing_id)}


def _with_same_titles(store: Store, papers: Collection[int]) -> set[int]:
    """Return the ids of the given papers and of all other papers that have the same title as a given paper.

    When one of these papers changes, papers with the same title may have to be grouped in another way.
    """
    statement = (
        "SELECT paper_id FROM listing WHERE paper_id IS NOT NULL AND title_digest IN "
        "(SELECT title_digest FROM listing WHERE paper_id IN (SELECT value FROM json_each(?)))"
    )
    return {*papers, *(row[0] for row in store.execute(statement, (_array(papers),)))}


def _listings(store: Store, papers: Collection[int]) -> list[Listing]:
    statement = """
        SELECT snapshot_id, owner, coalesce(name, source), coalesce(written, json), title_digest,
            iif(written IS NULL, record.checksum, listing.checksum)
        FROM listing JOIN record USING (paper_id) JOIN snapshot ON snapshot.id = snapshot_id
        WHERE paper_id IN (SELECT value FROM json_each(?))
    """
    listings = []
    for id_, owner, profile, text, digest, checksum in store.execute(statement, (_array(papers),)):
        record = json.loads(require_intact(store, text, checksum))
        listings.append(Listing(id_, owner, profile, record, text, digest))
    return listings


def _remove_listings(store: Store, papers: Collection[int]) -> list[Listing]:
    """Remove the listings of papers from the library and return them."""
    listings = _listings(store, papers)
    store.execute("DELETE FROM listing WHERE paper_id IN (SELECT value FROM json_each(?))", (_array(papers),))
    return listings


def _new_listings(store: Store, snapshot_id: int, papers: Sequence[_PaperDigest]) -> list[Listing]:
    """Return a `Listing` for each paper, with the owner of the snapshot. The database is not changed."""
    statement = "SELECT owner, coalesce(name, source) FROM snapshot WHERE id = ?"
    owner, profile = store.execute(statement, (snapshot_id,)).fetchone()
    texts = [(as_json(paper), digest) for paper, digest in papers]
    return [Listing(snapshot_id, owner, profile, json.loads(text), text, digest) for text, digest in texts]


def _detach(store: Store, snapshot_id: int | None, papers: Collection[int]) -> None:
    """Separate the listings of a snapshot from their papers. Each listing gets its own record with the paper's key."""
    written = """coalesce(
        json_set(written, '$.key', (SELECT key FROM paper WHERE id = paper_id)),
        (SELECT json FROM record WHERE paper_id = listing.paper_id)
    )"""
    store.execute(
        f"UPDATE listing SET written = {written}, checksum = checksum({written}), added = NULL, paper_id = NULL "
        "WHERE snapshot_id = ? AND paper_id IN (SELECT value FROM json_each(?))",
        (snapshot_id, _array(papers)),
    )


class _Group(NamedTuple):
    """The listings of one paper, and the fields that each listing gets from the others.

    The most trusted listing is first.
    """

    key: str
    """The citation key of the paper in the library."""
    listings: list[Listing]
    added: list[dict[str, Any]]
    """One dictionary for each listing, empty for a paper on one page."""

    @property
    def paper(self) -> tuple[int, Paper]:
        """The snapshot id of the most trusted listing, and the paper merged from all listings."""
        first = self.listings[0]
        merged = same_paper.merge_fields(self.listings) if len(self.listings) > 1 else {}
        return first.snapshot_id, _paper(first.record | merged | self.added[0] | {"key": self.key})


def _groups(listings: Sequence[Listing], user_decisions: Decisions, assigner: KeyAssigner) -> list[_Group]:
    groups = same_paper.group_listings(listings, user_decisions)
    return [_Group(key, group, _added_fields(group, key)) for key, group in assigner.assigned(groups)]


def _added_fields(group: Sequence[Listing], key: str) -> list[dict[str, Any]]:
    if len(group) == 1:
        return [{}]
    authors = same_paper.merge_authors(group)
    fields = {"key": key, "authors": authors.names, "authors_complete": authors.complete, "shown_by": authors.shown_by}
    others = (sorted(other.profile for other in group if other is not listing) for listing in group)
    return [fields | {"also_on": profiles} for profiles in others]


def _replace_records(store: Store, old: Collection[int], papers: Sequence[tuple[int, Paper]]) -> list[int]:
    """Replace the stored papers with the ids `old` by new papers, and return the ids of the new papers.

    `papers` are the new papers: pairs of the id of a snapshot and a paper on this snapshot.

    If an old and a new paper have the same title, authors, abstract and organisation, the new paper gets the id and the
    index entry of the old paper, because indexing is the slowest step.
    """
    statement = "SELECT paper_id, json FROM record WHERE paper_id IN (SELECT value FROM json_each(?))"
    old_texts = {id_: index.texts_in(json.loads(text)) for id_, text in store.execute(statement, (_array(old),))}
    new_texts = [index.texts_of(paper) for _, paper in papers]
    reusable = {texts: id_ for id_, texts in old_texts.items()}
    reused = [reusable.pop(texts, None) if reusable else None for texts in new_texts]
    for id_ in sorted(old_texts.keys() - set(reused)):
        index.remove(store, id_, old_texts[id_])
        load.remove_paper(store, id_)
    for id_, (snapshot_id, paper) in zip(reused, papers, strict=True):
        if id_ is not None:
            load.replace_paper(store, id_, snapshot_id, paper)
    added = load.add_papers(store, [paper for id_, paper in zip(reused, papers, strict=True) if id_ is None])
    unused = iter(added)
    ids = [next(unused) if id_ is None else id_ for id_ in reused]
    new = (id_ is None for id_ in reused)
    store.pending.update((id_, texts) for id_, texts, is_new in zip(ids, new_texts, new, strict=True) if is_new)
    return ids


def _insert_listings(store: Store, groups: Sequence[_Group], ids: Sequence[int]) -> None:
    """Store all listings of the groups. `ids` are the ids of the papers, one for each group.

    Each listing is stored with the id of its paper, and with the fields that it gets from other listings of the paper.
    """
    rows = []
    for id_, group in zip(ids, groups, strict=True):
        for listing, fields in zip(group.listings, group.added, strict=True):
            written = listing.text if fields or group.key != listing.record["key"] else None
            added = json.dumps(fields, ensure_ascii=False) if fields else None
            place = listing.snapshot_id, listing.record["position"]
            rows.append((*place, id_, listing.title_digest, written, added))
    load.add_listings(store, rows)


def _paper(record: dict[str, Any]) -> Paper:
    """Return a stored record as a `Paper`. A stored record has no field `last_line`; it is set to the field `line`."""
    return Paper.model_validate({**record, "last_line": record["line"]})


def _array(ids: Collection[int]) -> str:
    """Return ids as a JSON array, such as `[3, 5]`, to bind in `IN (SELECT value FROM json_each(?))`."""
    return json.dumps(list(ids))
