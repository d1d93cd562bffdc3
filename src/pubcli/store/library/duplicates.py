"""Find papers that were merged or that may be the same, and record the user's decisions about such papers."""

import json
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from pubcli.answer.answer import Answer
from pubcli.biblio.names import name_key
from pubcli.biblio.same_paper import Decisions, Listing, ListingId
from pubcli.errors import UsageError
from pubcli.store import lookup
from pubcli.store.database import Store
from pubcli.store.library import grouping, owners
from pubcli.store.match_pages import title_similarity
from pubcli.text.normalize import words

if TYPE_CHECKING:
    from pubcli.answer.rows import DuplicateRow

DUPLICATE_FIELDS = ("decision", "title", "key", "profiles", "other_title", "other_key", "evidence")
"""`decision` is merged, kept apart (by the user) or proposed. `other_title` and `other_key` belong to the second paper
of a pair, and are None for a merged paper."""

_SIMILAR_TITLES = 0.8
"""Minimum similarity of two titles at which their papers are proposed as the same."""
_MAX_PAPERS = 300
"""The titles of an author are not compared if the author has more papers than this."""


def duplicates(store: Store) -> "Answer[DuplicateRow]":
    """Return the merged papers, the pairs of papers that the user separated, and the pairs that may be one paper."""
    user_decisions = grouping.decisions(store)
    rows = [*_merged(store, user_decisions), *_separated(store), *_proposed(store, user_decisions)]
    has_pairs = any(row["other_title"] for row in rows)
    return Answer("duplicates", DUPLICATE_FIELDS, rows, optional=("other_title",) if has_pairs else ())


def merge(store: Store, names: Sequence[str], timestamp: str) -> list[str]:
    """Merge the named papers and return their titles. `timestamp` is an ISO time.

    Raises UsageError if a name is ambiguous or unknown, if fewer than two papers are named, or if two of the papers are
    on one page.
    """
    papers = {id_: grouping.listings_of(store, id_) for name in names for id_ in lookup.require_papers(store, name)}
    if len(papers) < 2:
        raise UsageError(
            "these names all select the same paper; name two different papers (pubcli duplicates lists them)"
        )
    listings = [listing for paper in papers.values() for listing in paper]
    shared_page = next((a.profile for a, b in combinations(listings, 2) if a.owner == b.owner), None)
    if shared_page:
        raise UsageError(
            f"two of these papers are on the page of {shared_page}; papers on the same page cannot be merged"
        )
    for first, second in combinations(papers.values(), 2):
        _decide(store, first, second, same=True, timestamp=timestamp)
    grouping.regroup(store, list(papers))
    return [paper[0].record["title"] for paper in papers.values()]


def split(store: Store, name: str, owner: str | None, timestamp: str) -> list[str]:
    """Split a paper into one paper for each page. With `owner`, separate only the listing on the page of this owner.

    Return the key and the page of each listing. Raises UsageError if the name does not select exactly one paper that
    several pages list, or if the owner's page does not list this paper.
    """
    shared = [id_ for id_ in lookup.require_papers(store, name) if len(grouping.listings_of(store, id_)) > 1]
    if len(shared) != 1:
        raise UsageError(
            f"{name!r} does not select a paper that several pages list; "
            "pubcli duplicates lists the papers that can be split"
        )
    listings = grouping.listings_of(store, shared[0])
    owner_id = None if owner is None else owners.find_owner(store, owner)
    if owner_id is not None and owner_id not in {listing.owner for listing in listings}:
        pages = " and ".join(listing.profile for listing in listings)
        raise UsageError(f"{name!r} is not on the page of {owner!r}; it is on the pages of {pages}")
    for first, second in combinations(listings, 2):
        if owner_id is None or owner_id in (first.owner, second.owner):
            _decide(store, [first], [second], same=False, timestamp=timestamp)
    grouping.regroup(store, shared)
    separated = filter(None, (_current_listing(store, listing.listing_id) for listing in listings))
    return [f"{listing.record['key']} on the page of {listing.profile}" for listing in separated]


def _decide(store: Store, paper: Sequence[Listing], other_paper: Sequence[Listing], **decision: Any) -> None:
    for listing in paper:
        for other in other_paper:
            grouping.decide(store, listing.listing_id, other.listing_id, **decision)


def _row(
    decision: str, paper: Listing, other: Listing | None, profiles: Sequence[str], evidence: str
) -> "DuplicateRow":
    return {
        "decision": decision,
        "title": paper.record["title"],
        "key": paper.record["key"],
        "profiles": list(profiles),
        "other_title": other.record["title"] if other else None,
        "other_key": other.record["key"] if other else None,
        "evidence": evidence,
    }


def _merged(store: Store, user_decisions: Decisions) -> "Iterator[DuplicateRow]":
    shared = "SELECT DISTINCT paper_id FROM listing WHERE added IS NOT NULL ORDER BY paper_id"
    for (id_,) in store.execute(shared).fetchall():
        listings = grouping.listings_of(store, id_)
        pairs = [frozenset((a.listing_id, b.listing_id)) for a, b in combinations(listings, 2)]
        by_user = any(user_decisions.get(pair) for pair in pairs)
        evidence = "your decision" if by_user else f"same title; {_shared_authors(listings)}"
        yield _row("merged", listings[0], None, [listing.profile for listing in listings], evidence)


def _shared_authors(listings: Sequence[Listing]) -> str:
    names = {name_key(name): name for name in listings[0].record["authors"]}
    shared = [name for folded, name in names.items() if any(folded in other.authors for other in listings[1:])]
    return f"authors in common: {', '.join(shared)}" if shared else "no author in common"


def _separated(store: Store) -> "Iterator[DuplicateRow]":
    statement = "SELECT owner, title_digest, other_owner, other_title_digest, decided_at FROM decision WHERE NOT same"
    for owner, digest, other_owner, other_digest, timestamp in store.execute(statement).fetchall():
        listing = _current_listing(store, (owner, digest))
        other = _current_listing(store, (other_owner, other_digest))
        if listing and other:
            evidence = f"your decision of {timestamp[:10]}"
            yield _row("kept apart", listing, other, [listing.profile, other.profile], evidence)


def _current_listing(store: Store, listing_id: ListingId) -> Listing | None:
    """Return the listing with an id. The id names an owner and the title of a paper.

    Return None if the owner's current page does not list a paper with this title any more.
    """
    papers = grouping.papers_of(store, listing_id)
    listings = grouping.listings_of(store, papers[0]) if papers else []
    return next((listing for listing in listings if listing.listing_id == listing_id), None)


def _proposed(store: Store, user_decisions: Decisions) -> "Iterator[DuplicateRow]":
    pairs = dict.fromkeys((*_same_titles(store), *_similar_titles(store)))
    for id_, other_id in pairs:
        listing, other = grouping.listings_of(store, id_)[0], grouping.listings_of(store, other_id)[0]
        if frozenset((listing.listing_id, other.listing_id)) not in user_decisions:
            yield _row("proposed", listing, other, [listing.profile, other.profile], _evidence(listing, other))


def _evidence(listing: Listing, other: Listing) -> str:
    same = listing.title_digest == other.title_digest
    parts = ["same title" if same else "similar titles", _shared_authors([listing, other])]
    if listing.year and other.year and listing.year != other.year:
        parts.append(f"years {listing.year} and {other.year}")
    return "; ".join(parts)


def _same_titles(store: Store) -> Iterator[tuple[int, int]]:
    """Yield pairs of papers that have the same title and are not both on one page."""
    statement = """
        SELECT DISTINCT one.paper_id, other.paper_id FROM listing AS one
        JOIN listing AS other ON other.title_digest = one.title_digest AND one.paper_id < other.paper_id
        WHERE NOT EXISTS (SELECT 1 FROM listing AS a JOIN listing AS b ON b.snapshot_id = a.snapshot_id
            WHERE a.paper_id = one.paper_id AND b.paper_id = other.paper_id)
        ORDER BY 1, 2
    """
    yield from ((row[0], row[1]) for row in store.execute(statement))


def _similar_titles(store: Store) -> Iterator[tuple[int, int]]:
    """Yield pairs of papers that have similar titles, share an author and come from different pages."""
    statement = """
        SELECT json_group_array(json_array(paper.id, profile_id, folded_title)) FROM authorship
        JOIN paper ON paper.id = paper_id GROUP BY author_id
        HAVING min(profile_id) < max(profile_id) AND count(*) <= ? ORDER BY author_id
    """
    for (text,) in store.execute(statement, (_MAX_PAPERS,)):
        papers = [(id_, profile, words(title)) for id_, profile, title in sorted(json.loads(text))]
        for (id_, profile, title), (other_id, other_profile, other_title) in combinations(papers, 2):
            if profile == other_profile or title == other_title:
                continue
            if title_similarity(title, other_title, _SIMILAR_TITLES) >= _SIMILAR_TITLES:
                yield id_, other_id
