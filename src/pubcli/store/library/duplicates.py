"""Which papers several people's pages list, how that is known, and which others may be the same."""

import json
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from pubcli.answer.answer import Answer
from pubcli.biblio.same_paper import Decisions, Listing, ListingId
from pubcli.errors import UsageError
from pubcli.store import lookup
from pubcli.store.database import Store
from pubcli.store.library import grouping, owners
from pubcli.store.match_pages import title_similarity
from pubcli.text.normalize import fold, words

if TYPE_CHECKING:
    from pubcli.answer.rows import DuplicateRow

DUPLICATE_FIELDS = ("decision", "title", "key", "profiles", "other_title", "other_key", "evidence")
"""`decision` is merged, kept apart (a person said so) or proposed; the other title and key are those of the second
paper where there are two."""

_ALIKE = 0.8
"""Likeness of two titles, as the ratio of their words in common order, from which they are proposed."""
_MOST_PAPERS = 300
"""Papers of one author whose titles are compared, each with each."""


def duplicates(store: Store) -> "Answer[DuplicateRow]":
    """Papers that were merged, then those a person keeps apart, then those that may be the same."""
    decided = grouping.decisions(store)
    rows = [*_merged(store, decided), *_kept_apart(store), *_proposed(store, decided)]
    has_pairs = any(row["other_title"] for row in rows)
    return Answer("duplicates", DUPLICATE_FIELDS, rows, optional=("other_title",) if has_pairs else ())


def merge(store: Store, names: Sequence[str], when: str) -> list[str]:
    """Make one paper of all that the names stand for; returns the titles. `when` is an ISO time.

    Raises UsageError when a name is not clear, when they name fewer than two papers, or two on one page.
    """
    found = {id_: grouping.listings(store, id_) for name in names for id_ in lookup.require_papers(store, name)}
    if len(found) < 2:
        raise UsageError("these are one paper; name two that are to be one, as pubcli duplicates shows them")
    pages = [listing for listings in found.values() for listing in listings]
    twice = next((a.profile for a, b in combinations(pages, 2) if a.owner == b.owner), None)
    if twice:
        raise UsageError(f"two of them are on the page of {twice}; what one page lists twice stays two papers")
    for one, other in combinations(found.values(), 2):
        _decide(store, one, other, same=True, when=when)
    grouping.regroup(store, list(found))
    return [listings[0].record["title"] for listings in found.values()]


def split(store: Store, name: str, owner: str | None, when: str) -> list[str]:
    """Make a paper of each page's listing again, or take out that of one owner; returns each one's key and page.

    Raises UsageError when the name does not stand for one paper on several pages, or the owner's is none of them.
    """
    shared = [id_ for id_ in lookup.require_papers(store, name) if len(grouping.listings(store, id_)) > 1]
    if len(shared) != 1:
        raise UsageError(f"{name!r} is no paper that several pages list; pubcli duplicates shows those that are")
    listings = grouping.listings(store, shared[0])
    who = None if owner is None else owners.find_owner(store, owner)
    if who is not None and who not in {listing.owner for listing in listings}:
        pages = " and ".join(listing.profile for listing in listings)
        raise UsageError(f"{name!r} is not on the page of {owner!r}; it is on those of {pages}")
    for one, other in combinations(listings, 2):
        if who is None or who in (one.owner, other.owner):
            _decide(store, [one], [other], same=False, when=when)
    grouping.regroup(store, shared)
    now = filter(None, (_listing(store, listing.reference) for listing in listings))
    return [f"{listing.record['key']} on the page of {listing.profile}" for listing in now]


def _decide(store: Store, ones: Sequence[Listing], others: Sequence[Listing], **decision: Any) -> None:
    for one in ones:
        for other in others:
            grouping.decide(store, one.reference, other.reference, **decision)


def _row(decision: str, one: Listing, other: Listing | None, profiles: Sequence[str], evidence: str) -> "DuplicateRow":
    return {
        "decision": decision,
        "title": one.record["title"],
        "key": one.record["key"],
        "profiles": list(profiles),
        "other_title": other.record["title"] if other else None,
        "other_key": other.record["key"] if other else None,
        "evidence": evidence,
    }


def _merged(store: Store, decided: Decisions) -> "Iterator[DuplicateRow]":
    shared = "SELECT DISTINCT paper_id FROM listing WHERE added IS NOT NULL ORDER BY paper_id"
    for (id_,) in store.execute(shared).fetchall():
        listings = grouping.listings(store, id_)
        pairs = [frozenset((a.reference, b.reference)) for a, b in combinations(listings, 2)]
        by_person = any(decided.get(pair) for pair in pairs)
        evidence = "you said so" if by_person else f"same title; {_in_common(listings)}"
        yield _row("merged", listings[0], None, [listing.profile for listing in listings], evidence)


def _in_common(listings: Sequence[Listing]) -> str:
    names = {fold(name): name for name in listings[0].record["authors"]}
    shared = [name for folded, name in names.items() if any(folded in other.authors for other in listings[1:])]
    return f"authors in common: {', '.join(shared)}" if shared else "no author in common"


def _kept_apart(store: Store) -> "Iterator[DuplicateRow]":
    statement = "SELECT owner, title_digest, other_owner, other_title_digest, decided_at FROM decision WHERE NOT same"
    for owner, digest, other_owner, other_digest, when in store.execute(statement).fetchall():
        one, other = _listing(store, (owner, digest)), _listing(store, (other_owner, other_digest))
        if one and other:
            yield _row("kept apart", one, other, [one.profile, other.profile], f"you said so on {when[:10]}")


def _listing(store: Store, reference: ListingId) -> Listing | None:
    """The current listing that a decision is about; None when the page does not list it any more."""
    found = grouping.papers_of(store, reference)
    listings = grouping.listings(store, found[0]) if found else []
    return next((listing for listing in listings if listing.reference == reference), None)


def _proposed(store: Store, decided: Decisions) -> "Iterator[DuplicateRow]":
    pairs = dict.fromkeys((*_same_titles(store), *_alike_titles(store)))
    for a, b in pairs:
        one, other = grouping.listings(store, a)[0], grouping.listings(store, b)[0]
        if frozenset((one.reference, other.reference)) not in decided:
            yield _row("proposed", one, other, [one.profile, other.profile], _evidence(one, other))


def _evidence(one: Listing, other: Listing) -> str:
    same = one.reference[1] == other.reference[1]
    parts = ["same title" if same else "titles alike", _in_common([one, other])]
    if one.year and other.year and one.year != other.year:
        parts.append(f"years {one.year} and {other.year}")
    return "; ".join(parts)


def _same_titles(store: Store) -> Iterator[tuple[int, int]]:
    statement = """
        SELECT DISTINCT one.paper_id, other.paper_id FROM listing AS one
        JOIN listing AS other ON other.title_digest = one.title_digest AND one.paper_id < other.paper_id
        WHERE NOT EXISTS (SELECT 1 FROM listing AS a JOIN listing AS b ON b.snapshot_id = a.snapshot_id
            WHERE a.paper_id = one.paper_id AND b.paper_id = other.paper_id)
        ORDER BY 1, 2
    """
    yield from ((row[0], row[1]) for row in store.execute(statement))


def _alike_titles(store: Store) -> Iterator[tuple[int, int]]:
    """Pairs of papers of one author, on different pages, whose titles have most of their words in common."""
    statement = """
        SELECT json_group_array(json_array(paper.id, profile_id, folded_title)) FROM authorship
        JOIN paper ON paper.id = paper_id GROUP BY author_id
        HAVING min(profile_id) < max(profile_id) AND count(*) <= ? ORDER BY author_id
    """
    for (text,) in store.execute(statement, (_MOST_PAPERS,)):
        papers = [(id_, profile, words(title)) for id_, profile, title in sorted(json.loads(text))]
        for (a, owner, one), (b, other_owner, other) in combinations(papers, 2):
            if owner != other_owner and one != other and title_similarity(one, other, _ALIKE) >= _ALIKE:
                yield a, b
