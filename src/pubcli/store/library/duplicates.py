"""Find papers that were merged or that may be the same, and record the user's decisions about such papers."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations, groupby, pairwise, product
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from pubcli.answer.answer import Answer
from pubcli.answer.batches import batched
from pubcli.biblio import same_paper
from pubcli.biblio.names import is_same_person
from pubcli.biblio.same_paper import Decisions, Listing, ListingId, trust_order
from pubcli.errors import UsageError
from pubcli.store import lookup
from pubcli.store.database import Store
from pubcli.store.library import grouping, owners
from pubcli.store.library.related import listings_by_paper, papers_of
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
_MAX_BLOCK = 10
"""If more papers than this have the same title, such as `Editorial`, only those with a common author are compared. If
more papers than this have the title and an author in common, each is compared only with the next paper."""


def duplicates(store: Store, *, only_proposed: bool = False) -> "Answer[DuplicateRow]":
    """Return the pairs of papers that may be one paper, the merged papers, and the pairs that the user separated.

    With `only_proposed`, return only the pairs about which the user has not decided.
    """
    user_decisions = grouping.decisions(store)
    rows = list(_proposed(store, user_decisions))
    if not only_proposed:
        rows += [*_merged(store, user_decisions), *_separated(store)]
    has_pairs = any(row["other_title"] for row in rows)
    return Answer("duplicates", DUPLICATE_FIELDS, rows, optional=("other_key", "other_title") if has_pairs else ())


def merge(store: Store, names: Sequence[str], timestamp: str) -> list[str]:
    """Merge the named papers and return their titles. `timestamp` is an ISO time.

    Raises UsageError if a name is ambiguous or unknown, or if fewer than two papers are named.
    """
    papers = {id_: grouping.listings_of(store, id_) for name in names for id_ in lookup.require_papers(store, name)}
    if len(papers) < 2:
        raise UsageError(
            "these names all select the same paper; name two different papers (pubcli library duplicates lists them)"
        )
    for pair in combinations([listing for paper in papers.values() for listing in paper], 2):
        _decide(store, *pair, same=True, timestamp=timestamp)
    grouping.regroup(store, list(papers))
    return [paper[0].record["title"] for paper in papers.values()]


def split(store: Store, name: str, owner: str | None, timestamp: str) -> list[str]:
    """Split a paper into one paper for each listing. With `owner`, separate only the listings on this owner's page.

    Return the key and the page of each listing. Raises UsageError if the name does not select exactly one paper that
    has several listings, or if the owner's page does not list this paper.
    """
    shared = [id_ for id_ in lookup.require_papers(store, name) if len(grouping.listings_of(store, id_)) > 1]
    if len(shared) != 1:
        raise UsageError(
            f"{name!r} does not select a paper that was merged from several records; "
            "pubcli library duplicates lists the papers that can be split"
        )
    listings = grouping.listings_of(store, shared[0])
    owner_id = None if owner is None else owners.find_owner(store, owner)
    if owner_id is not None and owner_id not in {listing.owner for listing in listings}:
        pages = " and ".join(dict.fromkeys(listing.profile for listing in listings))
        raise UsageError(f"{name!r} is not on the page of {owner!r}; it is on the pages of {pages}")
    for first, second in combinations(listings, 2):
        if owner_id is None or owner_id in (first.owner, second.owner):
            _decide(store, first, second, same=False, timestamp=timestamp)
    ids = [_decision_id(store, listing) for listing in listings]
    grouping.regroup(store, shared)
    separated = filter(None, (_current_listing(store, id_) for id_ in ids))
    return [f"{listing.key} on the page of {listing.profile}" for listing in separated]


def _decide(store: Store, listing: Listing, other: Listing, **decision: Any) -> None:
    grouping.decide(store, _decision_id(store, listing), _decision_id(store, other), **decision)


def _decision_id(store: Store, listing: Listing) -> ListingId:
    """Return the id by which a decision names a listing.

    The id contains the key only if several papers of the page have the title. A key may change, and then a decision
    that names the key would be lost.
    """
    statement = "SELECT count(*) FROM listing WHERE title_digest = ? AND snapshot_id = ?"
    count = store.execute(statement, (listing.title_digest, listing.snapshot_id)).fetchone()[0]
    return listing.ids[0] if count > 1 else listing.listing_id


def _row(
    decision: str, paper: Listing, other: Listing | None, profiles: Sequence[str], evidence: str
) -> "DuplicateRow":
    return {
        "decision": decision,
        "title": paper.record["title"],
        "key": str(paper.key),
        "profiles": list(profiles),
        "other_title": other.record["title"] if other else None,
        "other_key": other.key if other else None,
        "evidence": evidence,
    }


def _merged(store: Store, user_decisions: Decisions) -> "Iterator[DuplicateRow]":
    shared = "SELECT DISTINCT paper_id FROM listing WHERE added IS NOT NULL ORDER BY paper_id"
    ids = [id_ for (id_,) in store.execute(shared)]
    groups = (listings_by_paper(store, batch) for batch in batched(ids))
    for listings in (sorted(group[id_], key=trust_order) for group in groups for id_ in sorted(group)):
        by_user = any(user_decisions.about(a, b) for a, b in combinations(listings, 2))
        evidence = "your decision" if by_user else _evidence(listings)
        yield _row("merged", listings[0], None, [listing.profile for listing in listings], evidence)


def _shared_authors(listings: Sequence[Listing]) -> str:
    shared = [
        name
        for name in listings[0].record["authors"]
        if any(is_same_person(name, other) for listing in listings[1:] for other in listing.record["authors"])
    ]
    return f"authors in common: {', '.join(shared)}" if shared else "no author in common"


def _separated(store: Store) -> "Iterator[DuplicateRow]":
    statement = (
        "SELECT owner, title_digest, key, other_owner, other_title_digest, other_key, decided_at "
        "FROM decision WHERE NOT same"
    )
    for *ids, timestamp in store.execute(statement).fetchall():
        listing, other = _current_listing(store, ListingId(*ids[:3])), _current_listing(store, ListingId(*ids[3:]))
        if listing and other:
            evidence = f"your decision of {timestamp[:10]}"
            yield _row("kept apart", listing, other, [listing.profile, other.profile], evidence)


def _current_listing(store: Store, listing_id: ListingId) -> Listing | None:
    """Return the listing with an id. The id names an owner and the title of a paper.

    Return None if the owner's current page does not list a paper with this title any more.
    """
    papers = papers_of(store, listing_id)
    listings = grouping.listings_of(store, papers[0]) if papers else []
    return next((listing for listing in listings if listing_id in listing.ids), None)


def _proposed(store: Store, user_decisions: Decisions) -> "Iterator[DuplicateRow]":
    """Yield the pairs that may be one paper, those with the same DOI first."""
    pairs = dict.fromkeys((*_same_dois(store), *_same_titles(store), *_similar_titles(store)))
    for id_, other_id in pairs:
        listings, others = grouping.listings_of(store, id_), grouping.listings_of(store, other_id)
        listing, other = listings[0], others[0]
        crossed = list(product(listings, others))
        if any(user_decisions.about(*pair) is not None or same_paper.are_different(*pair) for pair in crossed):
            continue
        if _is_worth_proposing(listing, other):
            yield _row("proposed", listing, other, [listing.profile, other.profile], _evidence([listing, other]))


def _is_worth_proposing(listing: Listing, other: Listing) -> bool:
    """Return whether to propose two papers with similar titles as the same paper.

    Two papers on one page are proposed only if they have an author or the DOI in common, or if one has no authors.
    """
    authors, other_authors = listing.record["authors"], other.record["authors"]
    if listing.owner != other.owner or same_paper.have_same_doi(listing, other) or not (authors and other_authors):
        return True
    return any(is_same_person(name, other_name) for name, other_name in product(authors, other_authors))


def _evidence(listings: Sequence[Listing]) -> str:
    """Return in words why the listings are, or may be, one paper; the strongest evidence first."""
    parts = []
    for listing, other in combinations(listings, 2):
        if (arxiv := listing.record["arxiv"]) and arxiv == other.record["arxiv"]:
            parts.append(f"same arXiv identifier {arxiv}")
        if same_paper.have_same_doi(listing, other):
            parts.append(f"same DOI {listing.record['doi']}")
        if same_paper.are_versions(listing, other):
            parts.append("a preprint and a published version")
    digests = {listing.title_digest for listing in listings}
    titles = [words(listing.record["title"]) for listing in listings]
    if len(digests) == 1:
        parts.append("same title")
    elif title_similarity(titles[0], titles[-1], _SIMILAR_TITLES) >= _SIMILAR_TITLES:
        parts.append("similar titles")
    else:
        parts.append("different titles")
    years = sorted({listing.year for listing in listings if listing.year})
    parts += [_shared_authors(listings)]
    if len(years) > 1:
        parts.append(f"years {' and '.join(map(str, years))}")
    return "; ".join(dict.fromkeys(parts))


def _same_dois(store: Store) -> Iterator[tuple[int, int]]:
    """Yield pairs of papers that have the same DOI: the first of these papers with each of the others."""
    # Most papers have no DOI. Looking for this text is faster than parsing their JSON, in which it cannot be a value.
    statement = """
        SELECT json_group_array(paper_id) FROM record
        WHERE instr(json, '"doi":null') = 0 AND json ->> '$.doi' IS NOT NULL
        GROUP BY json ->> '$.doi' HAVING count(*) > 1 ORDER BY min(paper_id)
    """
    for (text,) in store.execute(statement):
        first, *others = sorted(json.loads(text))
        yield from ((first, other) for other in others)


SAME_TITLES = """
    SELECT json_group_array(DISTINCT paper_id) FROM listing WHERE paper_id IS NOT NULL
    AND title_digest IN (SELECT title_digest FROM listing GROUP BY title_digest HAVING count(*) > 1)
    GROUP BY title_digest HAVING min(paper_id) < max(paper_id) AND count(DISTINCT paper_id) <= ?
"""
"""Statement that selects the papers with the same title, for each title that few papers have."""
SAME_LINKS = """
    SELECT json_group_array(DISTINCT paper_id) FROM (
        SELECT digest AS repeated FROM link GROUP BY digest HAVING count(*) > 1
    ) JOIN link ON link.digest = repeated
    JOIN listing ON listing.snapshot_id = link.snapshot_id AND listing.position = link.position
    WHERE paper_id IS NOT NULL GROUP BY digest HAVING min(paper_id) < max(paper_id)
"""
"""Statement that selects the papers with the same title and a common author."""


def _same_titles(store: Store) -> Iterator[tuple[int, int]]:
    """Yield pairs of papers that have the same title. If many papers have it, yield those with a common author."""
    pairs: set[tuple[int, int]] = set()
    for statement, values in ((SAME_TITLES, (_MAX_BLOCK,)), (SAME_LINKS, ())):
        for (text,) in store.execute(statement, values):
            pairs.update(_pairs_of_block(sorted(json.loads(text))))
    yield from sorted(pairs)


def _pairs_of_block(papers: Sequence[int]) -> Iterable[tuple[int, int]]:
    return combinations(papers, 2) if len(papers) <= _MAX_BLOCK else pairwise(papers)


def _similar_titles(store: Store) -> Iterator[tuple[int, int]]:
    """Yield pairs of papers that have similar titles, share an author and come from different pages."""
    titles = _Titles(store)
    for _, rows in groupby(store.execute(_PAPERS_BY_AUTHOR, (_MAX_PAPERS,)), key=itemgetter(0)):
        papers = [row[1] for row in rows]
        for id_, other_id in combinations(papers, 2):
            if titles.may_be_similar(id_, other_id) and titles.are_similar(id_, other_id):
                yield id_, other_id


_PAPERS_BY_AUTHOR = """
    SELECT author_id, paper_id FROM authorship WHERE author_id IN (
        SELECT author_id FROM authorship GROUP BY author_id HAVING count(*) BETWEEN 2 AND ?)
    ORDER BY author_id, paper_id
"""


class _Titles:
    """The titles of all papers, prepared to find similar ones.

    Similar titles have most of their words in common, and therefore one of their rarest words: if more than a third of
    the words of a title were not in the other, the titles would be too different. (This is the prefix filter of
    Chaudhuri, Ganti and Kaushik 2006, A primitive operator for similarity joins in data cleaning.)
    """

    def __init__(self, store: Store) -> None:
        rows = store.execute("SELECT id, profile_id, folded_title FROM paper").fetchall()
        self._page = {id_: page for id_, page, _ in rows}
        self._words = {id_: words(title) for id_, _, title in rows}
        numbered = {id_: _numbered(title) for id_, title in self._words.items()}
        counts = Counter(chain.from_iterable(numbered.values()))
        rank = {word: place for place, word in enumerate(sorted(counts, key=counts.__getitem__))}
        self._rarest = {
            id_: frozenset(sorted(map(rank.__getitem__, title))[: len(title) // 3 + 1])
            for id_, title in numbered.items()
        }

    def may_be_similar(self, paper: int, other: int) -> bool:
        """Return whether two papers are from different pages, and have a rare word of their titles in common."""
        return self._page[paper] != self._page[other] and not self._rarest[paper].isdisjoint(self._rarest[other])

    def are_similar(self, paper: int, other: int) -> bool:
        """Return whether two papers have similar titles, but not equal ones."""
        title, other_title = self._words[paper], self._words[other]
        return title != other_title and title_similarity(title, other_title, _SIMILAR_TITLES) >= _SIMILAR_TITLES


def _numbered(title: Sequence[str]) -> Sequence[str]:
    """Return the words of a title; a word that occurs again is followed by a blank and a number."""
    if len(set(title)) == len(title):
        return title
    counts: Counter[str] = Counter()
    numbered = []
    for word in title:
        counts[word] += 1
        numbered.append(f"{word} {counts[word]}" if counts[word] > 1 else word)
    return numbered
