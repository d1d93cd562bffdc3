"""Record linkage: decide which records on several people's pages are the same paper.

The rule is strict, because papers are merged without asking the user. The strongest evidence for the same paper is the
same arXiv identifier, under any title. Other evidence is a title with the same words, together with the same DOI, a
common author, or authors who all agree as far as their names are written out: some sites show only initials. A common
author is outweighed by evidence for different papers: different DOIs, years more than one apart, another journal,
volume or page, or a preprint beside a published version. Of these, only different DOIs outweigh the same arXiv
identifier. Less certain matches are only proposed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import product
from typing import Any, NamedTuple

from pubcli.biblio import journals
from pubcli.biblio.identifiers import is_preprint_doi
from pubcli.biblio.names import is_same_person, name_key, parts
from pubcli.lazy import pattern
from pubcli.text.normalize import fold
from pubcli.text.readable import readable


class ListingId(NamedTuple):
    """Identifier of a paper on a person's page, used in the user's decisions."""

    owner: str
    title_digest: int
    key: str = ""
    """The citation key on the page, if the page lists several papers with this title. If it is empty, the identifier
    means all papers of the page with this title."""


_RUN = pattern(r"[^\W_]+")
"""A run of letters and digits. Digests in libraries depend on this pattern, so the pattern must not change."""
_YEARS_APART = 1
"""A preprint of December is a paper of January."""
_TELLING_TITLE = 4
"""Least number of words in a distinctive title, which hardly any other paper has."""
_FIRST_PAGE = pattern(r"\w+")


def title_digest(title: str) -> int:
    """Return a signed 64-bit number that is equal for titles with the same words, ignoring case and accents."""
    folded = fold(readable(title))
    return _digest(" ".join(_RUN.findall(folded)) or fold(title))


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), signed=True)


@lru_cache(maxsize=100_000)  # most authors have several papers
def _name_digest(name: str) -> int:
    return _digest(name_key(name))


@lru_cache(maxsize=100_000)
def _initial_digest(name: str) -> int:
    name_parts = parts(name)
    return _digest(f"initial:{fold(name_parts.given_name)[:1]} {fold(name_parts.family)}")


def evidence_digests(title: int, authors: Iterable[str], doi: str | None) -> set[int]:
    """Return a signed 64-bit number for each pair of the title and an author, and for the pair of title and DOI.

    `title` is a `title_digest`. A number that two records have in common is evidence that they are the same paper.
    """
    digests = {title ^ _name_digest(name) for name in authors}
    return digests | {title ^ _digest(f"doi:{doi}")} if doi else digests


def link_digests(title: int, authors: Sequence[str], doi: str | None, arxiv: str | None) -> set[int]:
    """Return the `evidence_digests` and numbers for further evidence.

    These are the title with initial and surname of the first author, and the arXiv identifier. Two records can be the
    same paper only if they have one of these numbers in common. Libraries store the numbers, so this function must not
    change.
    """
    digests = evidence_digests(title, authors, doi)
    if authors:
        digests.add(title ^ _initial_digest(authors[0]))
    if arxiv:
        digests.add(_digest(f"arxiv:{arxiv}"))
    return digests


class Listing(NamedTuple):
    """A paper as one page lists it."""

    snapshot_id: int
    owner: str
    """Key of the page's owner, as returned by `store.load.owner_id`."""
    profile: str
    """Name of the owner for display."""
    record: dict[str, Any]
    """The paper as the page lists it, with the fields of `pubcli list --json`."""
    text: str
    """The record as JSON."""
    title_digest: int
    key: str | None = None
    """The citation key that the paper has in the library; None if it has none yet."""
    former_key: str | None = None
    """The citation key that the paper had before the page gave it another."""

    @property
    def listing_id(self) -> ListingId:
        """The id that the paper shares with all papers of the page that have the same title."""
        return ListingId(self.owner, self.title_digest)

    @property
    def ids(self) -> tuple[ListingId, ListingId]:
        """The ids by which decisions of the user refer to the paper: the id with the key on the page first."""
        return ListingId(self.owner, self.title_digest, self.record["key"]), self.listing_id

    @property
    def links(self) -> set[int]:
        """What `link_digests` returns for the record."""
        return link_digests(self.title_digest, self.record["authors"], self.record["doi"], self.record["arxiv"])

    @property
    def evidence(self) -> set[int]:
        """What `evidence_digests` returns for the record."""
        return evidence_digests(self.title_digest, self.record["authors"], self.record["doi"])

    @property
    def year(self) -> int | None:
        """The year written on the page; None if it is unknown or assumed."""
        return None if self.record["date_assumed"] or not self.record["date"] else int(self.record["date"][:4])


class Decisions:
    """The user's decisions whether two papers are the same."""

    def __init__(self, pairs: Mapping[frozenset[ListingId], bool]) -> None:
        self._pairs = pairs
        self._partners: dict[ListingId, set[ListingId]] = defaultdict(set)
        """For each paper, the papers that are the same by decision."""
        for pair, is_same in pairs.items():
            if is_same and len(pair) == 2:
                first, second = pair
                self._partners[first].add(second)
                self._partners[second].add(first)

    def __bool__(self) -> bool:
        return bool(self._pairs)

    @property
    def title_digests(self) -> set[int]:
        """The title digests of all papers about which there is a decision."""
        return {id_.title_digest for pair in self._pairs for id_ in pair}

    def about(self, listing: Listing, other: Listing) -> bool | None:
        """Return whether two papers are the same by decision; None without a decision.

        A decision about one of several papers with the same title has precedence over a decision about all of them.
        """
        if not self._pairs:
            return None
        pairs = (frozenset(pair) for pair in product(listing.ids, other.ids))
        return next((self._pairs[pair] for pair in pairs if pair in self._pairs), None)

    def partners(self, listing: Listing) -> set[ListingId]:
        """Return the ids of the papers that are the same as a paper by decision."""
        if not self._partners:
            return set()
        return {partner for id_ in listing.ids for partner in self._partners.get(id_, ())}


def trust_order(listing: Listing) -> tuple[Any, ...]:
    """Return a sort key that puts the most trusted listings first.

    Listings with a cut or guessed title, without a written year or with an incomplete author list come last.
    """
    record = listing.record
    doubts = is_cut(record, "title"), record["title_guessed"], listing.year is None, not record["authors_complete"]
    return *doubts, -len(record["authors"]), listing.owner, record["position"]


def is_cut(record: Mapping[str, Any], field: str) -> bool:
    """Return whether a page shows only the beginning of a field. Records of old libraries have no field `cut`."""
    return field in record.get("cut", ())


def are_compatible(listing: Listing, other: Listing) -> bool:
    """Return whether nothing shows that two records are different papers, or different versions of one paper.

    The same DOI or arXiv identifier is the strongest evidence: if the years or volumes differ nevertheless, they are
    taken for errors.
    """
    if have_same_doi(listing, other) or have_same_arxiv(listing, other):
        return True
    if listing.year and other.year and abs(listing.year - other.year) > _YEARS_APART:
        return False
    return not (are_versions(listing, other) or are_different(listing, other))


def have_same_authors(listing: Listing, other: Listing) -> bool:
    """Return whether the authors of two records agree one by one, where an initial agrees with each fitting name.

    Lists that a page cuts are compared as far as they go. A single author who agrees proves nothing if many papers have
    such a title: `Editorial` by J. Day and by Jane Day.
    """
    authors, others = listing.record["authors"], other.record["authors"]
    is_cut = not (listing.record["authors_complete"] and other.record["authors_complete"])
    if len(authors) != len(others) and not is_cut:
        return False
    pairs = list(zip(authors, others, strict=False))
    is_telling = len(pairs) > 1 or (pairs and len(_RUN.findall(listing.record["title"])) >= _TELLING_TITLE)
    return bool(is_telling) and all(is_same_person(*pair) for pair in pairs)


def _have_evidence(listing: Listing, other: Listing) -> bool:
    """Return whether something shows that two records are the same paper."""
    if have_same_arxiv(listing, other) or listing.evidence & other.evidence:
        return True
    return listing.title_digest == other.title_digest and have_same_authors(listing, other)


def have_same_doi(listing: Listing, other: Listing) -> bool:
    """Return whether two records have the same DOI."""
    return bool(listing.record["doi"]) and listing.record["doi"] == other.record["doi"]


def have_same_arxiv(listing: Listing, other: Listing) -> bool:
    """Return whether two records have the same arXiv identifier, and nothing contradicts it.

    Different DOIs contradict it, but the DOI that arXiv assigns to a preprint does not contradict that of the published
    version. Another title with another first author contradicts it, too: one of the identifiers may be an error.
    """
    if not listing.record["arxiv"] or listing.record["arxiv"] != other.record["arxiv"]:
        return False
    authors, others = listing.record["authors"], other.record["authors"]
    has_other_authors = bool(authors and others) and not is_same_person(authors[0], others[0])
    if has_other_authors and listing.title_digest != other.title_digest:
        return False
    dois = {doi for doi in (listing.record["doi"], other.record["doi"]) if doi and not is_preprint_doi(doi)}
    return len(dois) < 2


def are_versions(listing: Listing, other: Listing) -> bool:
    """Return whether one record is a preprint and the other a published paper, with no identifier in common."""
    versions = {_version(listing.record), _version(other.record)}
    is_one = have_same_doi(listing, other) or have_same_arxiv(listing, other)
    return versions == {"preprint", "published"} and not is_one


def are_different(listing: Listing, other: Listing) -> bool:
    """Return whether two records are about different papers by their DOIs, or by journal, volume and pages.

    A preprint and its published version are not different in this sense.
    """
    if are_versions(listing, other) or have_same_doi(listing, other) or have_same_arxiv(listing, other):
        return False
    has_dois = listing.record["doi"] and other.record["doi"]
    return bool(has_dois) or _differ_in_place(listing.record, other.record)


def _version(record: Mapping[str, Any]) -> str | None:
    """Return preprint or published; None for a record that does not state which it is."""
    if record["kind"] == "preprint" or is_preprint_doi(record["doi"]) or journals.is_archive(record["venue"]):
        return "preprint"
    return "published" if record["doi"] or (record["venue"] and record["kind"]) else None


def _differ_in_place(record: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two records name different places of publication: another volume, page or journal.

    Names of conferences are not compared, because the same conference has many names.
    """
    pairs = [(_plain(record[field]), _plain(other[field])) for field in ("volume", "pages", "issue")]
    volumes, pages, issues = [pair if all(pair) else None for pair in pairs]
    if any(pair and pair[0] != pair[1] for pair in (volumes, pages)):
        return True
    if issues and issues[0] != issues[1] and not pages:
        return True
    if volumes and pages:
        return False  # the journals are the same one, whatever their names
    are_journals = record["kind"] == other["kind"] == "article"
    return are_journals and journals.differ(record["venue"], other["venue"])


def _plain(value: str | None) -> str | None:
    """Return the first number or word of a volume or a range of pages: 12 for `12--34` and for `012`."""
    match = _FIRST_PAGE.search(value or "")
    return match[0].lower().lstrip("0") if match else None


class _Group:
    """Listings of the same paper."""

    def __init__(self, number: int, listing: Listing, decisions: Decisions) -> None:
        self.number = number
        self.listings = [listing]
        self.links: set[object] = {*listing.links, *listing.ids, *decisions.partners(listing)}
        """Listings of the same paper share a link: a number of `link_digests`, or a decision of the user."""

    def absorb(self, other: "_Group") -> None:
        self.listings += other.listings
        self.links |= other.links

    def is_same_paper(self, other: "_Group", decisions: Decisions) -> bool:
        """Return whether there is evidence that both groups are the same paper, and no evidence that they are not.

        Without a decision of the user, two papers on one page are different.
        """
        pairs = list(product(self.listings, other.listings))
        decided = [decisions.about(*pair) for pair in pairs]
        if False in decided or any(
            a.owner == b.owner and not same for (a, b), same in zip(pairs, decided, strict=True)
        ):
            return False
        if True in decided:
            return True
        return any(_have_evidence(*pair) for pair in pairs) and all(are_compatible(*pair) for pair in pairs)


def group_listings(listings: Iterable[Listing], decisions: Decisions) -> list[list[Listing]]:
    """Group listings by paper, and sort each group by `trust_order`. The order of `listings` does not matter."""
    groups: dict[int, _Group] = {}
    linked: dict[object, set[int]] = defaultdict(set)
    for number, listing in enumerate(sorted(listings, key=trust_order)):
        current = _Group(number, listing, decisions)
        candidates = {other for link in current.links for other in linked[link]}
        for group in [groups[other] for other in sorted(candidates)]:
            if group.is_same_paper(current, decisions):
                current.absorb(groups.pop(group.number))
                for link in group.links:
                    linked[link].discard(group.number)
        groups[number] = current
        for link in current.links:
            linked[link].add(number)
    return [sorted(group.listings, key=trust_order) for group in groups.values()]


def may_be_same(listing: Listing, other: Listing, decisions: Decisions) -> bool:
    """Return whether two listings can be in one group. If not, neither affects the group of the other."""
    decision = decisions.about(listing, other)
    if decision is not None or listing.owner == other.owner:
        return bool(decision)
    return _have_evidence(listing, other) and are_compatible(listing, other)
