"""Find the papers of a library that may be the same as other papers, without comparing every paper with every other.

Two records can be the same paper only if they share a link: a title together with an author or a DOI, or an arXiv
identifier (see `same_paper.link_digests`). The table `link` has the links of all current listings, so one lookup by
number finds the candidates, however many papers share a title such as "Editorial". Only candidates that
`same_paper.may_be_same` accepts are grouped again; all other papers are left alone.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from pubcli.biblio import same_paper
from pubcli.biblio.same_paper import Decisions, Listing, ListingId
from pubcli.store import load
from pubcli.store.database import Store
from pubcli.store.records import require_intact
from pubcli.store.sql import page_label

LINKED = """
    SELECT wanted.key, paper_id FROM json_each(?) AS wanted
    CROSS JOIN link ON link.digest = wanted.value ->> 0 AND link.snapshot_id {} wanted.value ->> 1
    CROSS JOIN listing ON listing.snapshot_id = link.snapshot_id AND listing.position = link.position
    WHERE paper_id IS NOT NULL
"""
"""Statement that selects the papers that share a link with a listing. Their snapshots have lower (`<`) or higher (`>`)
ids than the snapshot of the listing.

Papers on the same snapshot are left out, because two papers on one page are different papers.
"""
LISTINGS = f"""
    SELECT paper_id, snapshot_id, owner, {page_label()}, title_digest, paper.key,
        coalesce(written, json), iif(written IS NULL, record.checksum, listing.checksum)
    FROM listing JOIN record USING (paper_id) JOIN paper ON paper.id = paper_id
    JOIN snapshot ON snapshot.id = snapshot_id
    WHERE paper_id IN (SELECT value FROM json_each(?))
"""
"""Statement that selects the listings of papers."""
LISTED = """
    SELECT paper_id, coalesce(written, json) ->> '$.key' FROM listing
    JOIN profile ON profile.id = snapshot_id LEFT JOIN record USING (paper_id)
    WHERE title_digest = ? AND owner = ?
"""
"""Statement that selects the papers that an owner's current page lists under a title, with their keys on the page."""


def listings(store: Store, papers: Collection[int]) -> list[Listing]:
    """Return all listings of papers."""
    return [listing for group in listings_by_paper(store, papers).values() for listing in group]


def listings_by_paper(store: Store, papers: Collection[int]) -> dict[int, list[Listing]]:
    """Return all listings of each paper, as a dictionary by the id of the paper."""
    by_paper: defaultdict[int, list[Listing]] = defaultdict(list)
    for paper, snapshot, owner, profile, digest, key, text, checksum in store.execute(LISTINGS, (array(papers),)):
        record = json.loads(require_intact(store, text, checksum))
        by_paper[paper].append(Listing(snapshot, owner, profile, record, text, digest, key))
    return by_paper


def papers_of(store: Store, listing_id: ListingId) -> list[int]:
    """Return the ids of the papers that an owner's current page lists under a title: usually one, sometimes none."""
    owner, digest, page_key = listing_id
    rows = store.execute(LISTED, (digest, owner))
    return [paper for paper, key in rows if not page_key or key == page_key]


def linked_papers(store: Store, links: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the papers that share a link with a listing, as pairs of an index into `links` and the id of a paper.

    `links` are pairs of a number that `link_digests` returned, and the snapshot of the listing.
    """
    if not links:
        return []
    text = json.dumps(links)
    return [tuple(row) for order in "<>" for row in store.execute(LINKED.format(order), (text,))]


def related_papers(store: Store, seeds: Iterable[Listing], decisions: Decisions) -> set[int]:
    """Return the papers that may be the same as the seeds, or as other papers in the result.

    If a seed is added or removed, these are all papers that may have to be grouped in another way.
    """
    related: set[int] = set()
    loaded: dict[int, list[Listing]] = {}
    frontier = list(seeds)
    while frontier:
        candidates = _candidates(store, frontier, decisions)
        loaded |= listings_by_paper(store, {paper for papers in candidates for paper in papers} - loaded.keys())
        new = {
            paper
            for listing, papers in zip(frontier, candidates, strict=True)
            for paper in papers - related
            if any(same_paper.may_be_same(listing, other, decisions) for other in loaded.get(paper, ()))
        }
        related |= new
        frontier = [listing for paper in sorted(new) for listing in loaded[paper]]
    return related


def _candidates(store: Store, seeds: Sequence[Listing], decisions: Decisions) -> list[set[int]]:
    """Return the papers that share a link with each seed, or that are the same as the seed by decision."""
    candidates: list[set[int]] = [
        {paper for id_ in decisions.partners(seed) for paper in papers_of(store, id_)} for seed in seeds
    ]
    numbered = [(place, link, seed.snapshot_id) for place, seed in enumerate(seeds) for link in sorted(seed.links)]
    for index, paper in linked_papers(store, [(link, snapshot) for _, link, snapshot in numbered]):
        candidates[numbered[index][0]].add(paper)
    return candidates


def add_links(store: Store, rows: Iterable[tuple[Iterable[int], int, int]]) -> None:
    """Store the links of listings, each given as its links, its snapshot and its position on the page."""
    load.insert(store, "link", [(link, *place) for links, *place in rows for link in links])


def remove_links(store: Store, snapshot_id: int, removed: Iterable[Listing]) -> None:
    """Remove the links of those listings that are on a snapshot."""
    places = [
        (link, snapshot_id, listing.record["position"])
        for listing in removed
        if listing.snapshot_id == snapshot_id
        for link in listing.links
    ]
    store.executemany("DELETE FROM link WHERE digest = ? AND snapshot_id = ? AND position = ?", places)


def array(ids: Collection[int]) -> str:
    """Return ids as a JSON array, such as `[3, 5]`, to bind in `IN (SELECT value FROM json_each(?))`."""
    return json.dumps(list(ids))
