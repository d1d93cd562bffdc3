"""Group the listings of one paper on several pages. Each group is one paper of the library.

Whenever a listing changes, the papers that the change may affect are split into their listings (see `related`). Then
`same_paper.group_listings` groups these listings again. So the papers of a library depend only on the snapshots and the
user's decisions, not on the order of additions. Citation keys are the exception, because a paper keeps its key. The
caller begins and ends transactions.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from pubcli.biblio import citation_keys, merged_record, same_paper
from pubcli.biblio.same_paper import Decisions, Listing, ListingId, link_digests, title_digest
from pubcli.model import Paper
from pubcli.store import index, load
from pubcli.store.database import Store
from pubcli.store.library import related
from pubcli.store.library.keys import KeyAssigner, follow_former_keys
from pubcli.store.library.predecessors import Predecessor, predecessors
from pubcli.store.library.related import array
from pubcli.store.records import as_json, require_intact
from pubcli.store.sql import page_label

_BATCH = 1_000
"""Number of papers that are removed in one step."""
_DECISION = "owner, title_digest, key, other_owner, other_title_digest, other_key, same, decided_at"


class _NewPaper(NamedTuple):
    """A paper of a page that is added, before it is grouped."""

    paper: Paper
    title_digest: int
    links: set[int]
    key: str | None
    """The key that the paper has in the library already, because an earlier capture of the page lists it."""
    former_key: str | None
    """The key that the paper had, if its file states another key now."""

    @property
    def keeps_page_key(self) -> bool:
        """Whether the library has no other key for the paper than the key on the page."""
        return self.key in (None, self.paper.key) and self.former_key is None


def regroup(store: Store, papers: Collection[int]) -> None:
    """Split these papers, and all papers that may be the same, into their listings. Group the listings again."""
    user_decisions, listings = decisions(store), related.listings(store, papers)
    affected = {*papers, *related.related_papers(store, listings, user_decisions)}
    groups = _groups(_remove_listings(store, affected), user_decisions, KeyAssigner(store, affected))
    _insert_listings(store, groups, _replace_records(store, affected, [group.paper for group in groups]))


def remove_papers(store: Store, old_snapshot: int) -> None:
    """Remove the papers of a snapshot in batches, so that the page may have any length."""
    statement = "SELECT position FROM listing WHERE snapshot_id = ? AND paper_id IS NOT NULL LIMIT ?"
    while positions := [row[0] for row in store.execute(statement, (old_snapshot, _BATCH))]:
        _replace(store, old_snapshot, positions, None, ())


def replace_papers(store: Store, old_snapshot: int | None, new_snapshot: int | None, papers: Sequence[Paper]) -> int:
    """Replace the papers of an old snapshot by new papers. Return how many of the new papers other pages list too.

    If `old_snapshot` is None, papers are only added, as a part of a long page. If `new_snapshot` is None, papers are
    only removed.
    """
    statement = "SELECT position FROM listing WHERE snapshot_id = ? AND paper_id IS NOT NULL"
    positions = [row[0] for row in store.execute(statement, (old_snapshot,))]
    earlier = _earlier_snapshot(store, new_snapshot) if old_snapshot is None else old_snapshot
    new = _new_papers(store, earlier, papers, is_whole_page=old_snapshot is not None)
    return _replace(store, old_snapshot, positions, new_snapshot, new)


def _replace(
    store: Store, old_snapshot: int | None, positions: Sequence[int], new_snapshot: int | None, new: Sequence[_NewPaper]
) -> int:
    """Replace the papers at some positions of an old snapshot by new papers. Return what `replace_papers` returns."""
    user_decisions = decisions(store)
    old_papers = _papers_at(store, old_snapshot, positions)
    seeds = _linked_listings(store, new_snapshot, new, user_decisions)
    old_listings = related.listings(store, old_papers)
    affected = old_papers | related.related_papers(store, [*seeds.values(), *old_listings], user_decisions)
    assigner = KeyAssigner(store, affected)
    separates = _detach(store, old_snapshot, positions, old_listings)
    listings = _remove_listings(store, affected)
    joined = _with_contested_keys(store, new_snapshot, new, listings, assigner, seeds)
    unrelated = [item for place, item in enumerate(new) if place not in joined]
    assigner.reserve(item.paper.key for item in unrelated)
    groups = _groups([*listings, *joined.values()], user_decisions, assigner, new_snapshot)
    snapshot_id = new_snapshot or 0
    papers = [*(group.paper for group in groups), *((snapshot_id, item.paper) for item in unrelated)]
    ids = _replace_records(store, affected, papers)
    _insert_listings(store, groups, ids[: len(groups)])
    rows = [
        (new_snapshot, item.paper.position, id_, item.title_digest, None, None)
        for item, id_ in zip(unrelated, ids[len(groups) :], strict=True)
    ]
    load.add_listings(store, rows)
    related.add_links(store, ((item.links, snapshot_id, item.paper.position) for item in new))
    if new_snapshot is not None and (separates or old_snapshot is None):  # a long page is emptied in earlier calls
        follow_former_keys(store, (paper.key for _, paper in papers))
    return sum(group.is_on_several_pages for group in groups for _ in group.on_page(new_snapshot))


def list_older_snapshot(store: Store, snapshot_id: int, papers: Sequence[Paper]) -> None:
    """Store the listings of a snapshot that is not current, each with its own record.

    If the owner's current page lists the same paper, the record gets the key of that paper.
    """
    statement = "SELECT id FROM profile WHERE owner = (SELECT owner FROM snapshot WHERE id = ?)"
    current = store.execute(statement, (snapshot_id,)).fetchone()
    digests = [(paper, title_digest(paper.title)) for paper in papers]
    matches = predecessors(store, current and int(current[0]), digests, is_whole_page=False)
    known_papers = _papers_at(store, current and current[0], [match.position for match in matches.values()])
    new = [
        _NewPaper(paper, digest, set(), matches[place].key if place in matches else None, None)
        for place, (paper, digest) in enumerate(digests)
    ]
    listings = _new_listings(store, snapshot_id, new, range(len(new))).values()
    rows = []
    for key, (listing,) in KeyAssigner(store, known_papers).assigned([[item] for item in listings], snapshot_id):
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
    records = [json.loads(require_intact(store, text, checksum)) for text, checksum in rows]
    store.execute("DELETE FROM listing WHERE snapshot_id = ?", (new_snapshot,))
    papers = [_paper({**record, "key_stated": not _has_derived_key(record)}) for record in records]
    replace_papers(store, old_snapshot, new_snapshot, papers)


def _has_derived_key(record: dict[str, Any]) -> bool:
    """Return whether pubcli derives the key of a record from its content, perhaps with letters at the end."""
    year = int(record["date"][:4]) if record["date"] else None
    derived = citation_keys.base_key(record["authors"], year, record["title"])
    return str(record["key"]).startswith(derived)


def decide(store: Store, first: ListingId, second: ListingId, *, same: bool, timestamp: str) -> None:
    """Record whether two listings are the same paper, and replace any earlier decision. `timestamp` is an ISO time."""
    pair = sorted((first, second))
    statement = f"INSERT OR REPLACE INTO decision ({_DECISION}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    store.execute(statement, (*pair[0], *pair[1], same, timestamp))


def decisions(store: Store) -> Decisions:
    """Return the user's decisions about pairs of listings."""
    rows = store.execute(f"SELECT {_DECISION} FROM decision").fetchall()
    return Decisions({frozenset((ListingId(*row[:3]), ListingId(*row[3:6]))): bool(row[6]) for row in rows})


def listings_of(store: Store, paper: int) -> list[Listing]:
    """Return the listings of a paper, the most trusted first."""
    return sorted(related.listings(store, [paper]), key=same_paper.trust_order)


def _earlier_snapshot(store: Store, snapshot_id: int | None) -> int | None:
    """Return the snapshot of the same owner that was current before a snapshot; None if there is no other snapshot."""
    statement = (
        "SELECT id FROM snapshot WHERE owner = (SELECT owner FROM snapshot WHERE id = :id) AND id <> :id "
        "ORDER BY as_of DESC, day_number DESC, id DESC LIMIT 1"
    )
    row = store.execute(statement, {"id": snapshot_id}).fetchone()
    return row and int(row[0])


def _new_papers(store: Store, earlier: int | None, papers: Sequence[Paper], *, is_whole_page: bool) -> list[_NewPaper]:
    """Return the papers of a page with their links, and with the keys that they have on an earlier snapshot."""
    digests = [(paper, title_digest(paper.title)) for paper in papers]
    matches = predecessors(store, earlier, digests, is_whole_page=is_whole_page)
    _move_decisions(store, earlier, [(match, *digests[place]) for place, match in matches.items()])
    return [
        _NewPaper(
            paper,
            digest,
            link_digests(digest, paper.authors, paper.doi, paper.arxiv),
            *_keys(paper, matches.get(place)),
        )
        for place, (paper, digest) in enumerate(digests)
    ]


def _move_decisions(store: Store, snapshot_id: int | None, papers: Sequence[tuple[Predecessor, Paper, int]]) -> None:
    """Apply decisions about papers of an earlier snapshot to the same papers on a newer page.

    Each of `papers` is a paper on the earlier snapshot, the paper on the newer page, and its title digest. The page may
    have changed the title, or a key that distinguishes papers with the same title.
    """
    changed = [
        ((match.title_digest, match.page_key), (digest, paper.key))
        for match, paper, digest in papers
        if (match.title_digest, match.page_key) != (digest, paper.key)
    ]
    if not changed or not store.execute("SELECT 1 FROM decision LIMIT 1").fetchone():
        return
    owner = store.execute("SELECT owner FROM snapshot WHERE id = ?", (snapshot_id,)).fetchone()[0]
    for prefix in ("", "other_"):
        statement = f"""
            UPDATE OR REPLACE decision SET {prefix}title_digest = ?, {prefix}key = iif({prefix}key = '', '', ?)
            WHERE {prefix}owner = ? AND {prefix}title_digest = ? AND {prefix}key IN ('', ?)
        """
        store.executemany(statement, [(*new, owner, *old) for old, new in changed])


def _keys(paper: Paper, earlier: Predecessor | None) -> tuple[str | None, str | None]:
    """Return the key in the library that a paper keeps, and its former key if its file states a new key.

    Each is None if there is no such key.
    """
    if earlier is None:
        return None, None
    return (None, earlier.key) if paper.key_stated and paper.key != earlier.page_key else (earlier.key, None)


def _papers_at(store: Store, snapshot_id: int | None, positions: Collection[int]) -> set[int]:
    statement = (
        "SELECT paper_id FROM listing WHERE snapshot_id = ? AND position IN (SELECT value FROM json_each(?)) "
        "AND paper_id IS NOT NULL"
    )
    return {row[0] for row in store.execute(statement, (snapshot_id, array(positions)))}


def _linked_listings(
    store: Store, snapshot_id: int | None, new: Sequence[_NewPaper], user_decisions: Decisions
) -> dict[int, Listing]:
    """Return, by their index, the new papers that share a link or a decision with a paper of the library."""
    if snapshot_id is None:
        return {}
    numbered = [(place, link) for place, item in enumerate(new) for link in item.links]
    linked = related.linked_papers(store, [(link, snapshot_id) for _, link in numbered])
    places = {numbered[number][0] for number, _ in linked}
    if user_decisions:
        places |= {place for place, item in enumerate(new) if item.title_digest in user_decisions.title_digests}
    return _new_listings(store, snapshot_id, new, sorted(places))


def _with_contested_keys(
    store: Store,
    snapshot_id: int | None,
    new: Sequence[_NewPaper],
    listings: Sequence[Listing],
    assigner: KeyAssigner,
    linked: dict[int, Listing],
) -> dict[int, Listing]:
    """Return, by their index, the new papers that must be grouped: those with links, and those whose key is uncertain.

    No other new paper shares a link, a key or a decision with the library. These papers need no grouping, which makes
    adding a page much faster.
    """
    contested = assigner.contested([item.paper.key for item in new], listings)
    kept = {item.key for item in new if not item.keeps_page_key}
    places = [
        place
        for place, item in enumerate(new)
        if place not in linked and (not item.keeps_page_key or item.paper.key in contested or item.paper.key in kept)
    ]
    return linked | _new_listings(store, snapshot_id, new, places)


def _remove_listings(store: Store, papers: Collection[int]) -> list[Listing]:
    """Remove the listings of papers from the library and return them."""
    listings = related.listings(store, papers)
    store.execute("DELETE FROM listing WHERE paper_id IN (SELECT value FROM json_each(?))", (array(papers),))
    return listings


def _new_listings(
    store: Store, snapshot_id: int | None, new: Sequence[_NewPaper], places: Iterable[int]
) -> dict[int, Listing]:
    """Return a `Listing` on a snapshot for each of the new papers at some indexes, as a dictionary by index."""
    statement = f"SELECT owner, {page_label()} FROM snapshot WHERE id = ?"
    page = store.execute(statement, (snapshot_id,)).fetchone()
    listings = {}
    for place in places:
        text, item = as_json(new[place].paper), new[place]
        values = (snapshot_id, *page, json.loads(text), text, item.title_digest, item.key, item.former_key)
        listings[place] = Listing._make(values)
    return listings


def _detach(store: Store, snapshot_id: int | None, positions: Collection[int], listings: Iterable[Listing]) -> bool:
    """Separate listings of a snapshot from their papers. Each listing gets its own record with the paper's key.

    `listings` are all listings of these papers. Return whether former keys were stored.
    """
    if snapshot_id is None:
        return False
    related.remove_links(store, snapshot_id, listings)
    # If the user has merged several papers of the page, only the first listing keeps the key of the merged paper. A
    # newer page may list only the others. So this key becomes a former key of one of them, unless the key of that
    # listing on the page belongs to a paper.
    is_later = """EXISTS (SELECT 1 FROM listing AS other WHERE other.paper_id = listing.paper_id
        AND other.snapshot_id = listing.snapshot_id AND other.position < listing.position)"""
    inserted = store.execute(
        "INSERT OR IGNORE INTO former_key SELECT paper.key, written ->> '$.key' FROM listing "
        "JOIN paper ON paper.id = paper_id WHERE snapshot_id = ? AND listing.position IN "
        f"(SELECT value FROM json_each(?)) AND {is_later} "
        "AND written ->> '$.key' NOT IN (SELECT key FROM paper)",
        (snapshot_id, array(positions)),
    )
    written = f"""CASE
        WHEN written IS NULL THEN (SELECT json FROM record WHERE paper_id = listing.paper_id)
        WHEN {is_later} THEN written
        ELSE json_set(written, '$.key', (SELECT key FROM paper WHERE id = paper_id))
    END"""
    for assignments in (f"written = {written}, added = NULL", "checksum = checksum(written), paper_id = NULL"):
        store.execute(
            f"UPDATE listing SET {assignments} WHERE snapshot_id = ? AND position IN (SELECT value FROM json_each(?))",
            (snapshot_id, array(positions)),
        )
    return inserted.rowcount > 0


class _Group(NamedTuple):
    """The listings of one paper, and the fields that each listing gets from the others.

    The most trusted listing is first.
    """

    key: str
    """The citation key of the paper in the library."""
    listings: list[Listing]
    added: list[dict[str, Any]]
    """One dictionary for each listing, empty for a paper with a single listing."""

    @property
    def paper(self) -> tuple[int, Paper]:
        """The snapshot id of the most trusted listing, and the paper merged from all listings."""
        first = self.listings[0]
        merged = merged_record.merge_fields(self.listings) if len(self.listings) > 1 else {}
        return first.snapshot_id, _paper(first.record | merged | self.added[0] | {"key": self.key})

    @property
    def is_on_several_pages(self) -> bool:
        return len({listing.owner for listing in self.listings}) > 1

    def on_page(self, snapshot_id: int | None) -> list[Listing]:
        """Return the listings on one snapshot: usually one or none, several if the user has merged papers of a page."""
        return [listing for listing in self.listings if listing.snapshot_id == snapshot_id]


def _groups(
    listings: Sequence[Listing], user_decisions: Decisions, assigner: KeyAssigner, new_snapshot: int | None = None
) -> list[_Group]:
    keyed = assigner.assigned(same_paper.group_listings(listings, user_decisions), new_snapshot)
    groups = [_Group(key, group, _added_fields(group, key)) for key, group in keyed]
    assigner.store_former_keys()
    return groups


def _added_fields(group: Sequence[Listing], key: str) -> list[dict[str, Any]]:
    """Return for each listing of a paper the fields that it gets from the other listings.

    If a page lists the paper several times, each of these listings has the merged fields of all of them.
    """
    if len(group) == 1:
        return [{}]
    authors = merged_record.merge_authors(group)
    fields = {"key": key, "authors": authors.names, "authors_complete": authors.complete, "shown_by": authors.shown_by}
    added = []
    for listing in group:
        on_page = [other for other in group if other.snapshot_id == listing.snapshot_id]
        merged = merged_record.merge_fields(on_page) if len(on_page) > 1 else {}
        others = sorted({other.profile for other in group if other.owner != listing.owner})
        added.append(fields | merged | {"also_on": others})
    return added


def _replace_records(store: Store, old: Collection[int], papers: Sequence[tuple[int, Paper]]) -> list[int]:
    """Replace the stored papers with the ids `old` by new papers, and return the ids of the new papers.

    `papers` are the new papers: pairs of the id of a snapshot and a paper on this snapshot.

    If an old and a new paper have the same title, authors, abstract and organisation, the new paper gets the id and the
    index entry of the old paper, because indexing is the slowest step.
    """
    statement = "SELECT paper_id, json FROM record WHERE paper_id IN (SELECT value FROM json_each(?))"
    old_texts = {id_: index.texts_in(json.loads(text)) for id_, text in store.execute(statement, (array(old),))}
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
