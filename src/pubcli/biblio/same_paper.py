"""Record linkage: decide which records on several people's pages are the same paper, and merge their fields.

The rule is strict, because papers are merged without asking the user: the titles have the same words, the bylines share
an author, the written years differ by at most one, and no two DOIs differ. Less certain matches are only proposed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple, TypeAlias

from pubcli.biblio.names import name_key, parts
from pubcli.text.normalize import fold
from pubcli.text.readable import readable

ListingId: TypeAlias = tuple[str, int]
"""Identifier of a paper on a person's page, used in the user's decisions: owner and `title_digest`."""
Decisions: TypeAlias = Mapping[frozenset[ListingId], bool]
"""The user's decisions: for each pair of papers, whether they are the same paper."""

_RUN = re.compile(r"[^\W_]+")
"""A run of letters and digits. Digests in libraries depend on this pattern, so the pattern must not change."""
_YEARS_APART = 1
"""A preprint of December is a paper of January."""


def title_digest(title: str) -> int:
    """Return a signed 64-bit number that is equal for titles with the same words, ignoring case and accents."""
    folded = fold(readable(title))
    text = " ".join(_RUN.findall(folded)) or fold(title)
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), signed=True)


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

    @property
    def listing_id(self) -> ListingId:
        """The owner of the page and the digest of the title. The user's decisions refer to a paper by this pair."""
        return self.owner, self.title_digest

    @property
    def authors(self) -> set[str]:
        """The names of the authors, without accents and in lower case."""
        return set(map(fold, self.record["authors"]))

    @property
    def year(self) -> int | None:
        """The year written on the page; None if it is unknown or assumed."""
        return None if self.record["date_assumed"] or not self.record["date"] else int(self.record["date"][:4])


def trust_order(listing: Listing) -> tuple[Any, ...]:
    """Return a sort key that puts the most trusted listings first.

    Listings with a guessed title, without a written year or with an incomplete author list come last.
    """
    record = listing.record
    doubts = record["title_guessed"], listing.year is None, not record["authors_complete"]
    return *doubts, -len(record["authors"]), listing.owner, record["position"]


class _Group:
    """Listings of the same paper."""

    def __init__(self, number: int, listing: Listing, decisions: Decisions) -> None:
        self.number = number
        self.listings = [listing]
        listing_id = listing.listing_id
        self.links: set[object] = {(listing_id[1], author) for author in listing.authors}
        """A link is a title with an author, or a decision of the user. Listings of the same paper share a link."""
        self.links |= {pair for pair, same in decisions.items() if same and listing_id in pair}

    def absorb(self, other: "_Group") -> None:
        self.listings += other.listings
        self.links |= other.links

    def is_same_paper(self, other: "_Group", decisions: Decisions) -> bool:
        """Return whether there is evidence that both groups are the same paper, and no evidence that they are not."""
        if not self.links & other.links or self._owners() & other._owners():
            return False
        pairs = (frozenset((a.listing_id, b.listing_id)) for a in self.listings for b in other.listings)
        decided = {decisions.get(pair) for pair in pairs} if decisions else set()
        return False not in decided and (True in decided or self._is_compatible(other))

    def _owners(self) -> set[str]:
        return {listing.owner for listing in self.listings}

    def _is_compatible(self, other: "_Group") -> bool:
        """Return whether both groups can be the same paper by their years and DOIs."""
        both = [*self.listings, *other.listings]
        years = [listing.year for listing in both if listing.year is not None]
        dois = {listing.record["doi"] for listing in both} - {None}
        return len(dois) < 2 and (not years or max(years) - min(years) <= _YEARS_APART)


def group_listings(listings: Iterable[Listing], decisions: Decisions) -> list[list[Listing]]:
    """Group listings by paper, and sort each group by `trust_order`. The order of `listings` does not matter.

    Two listings of the same owner are never the same paper.
    """
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


class Authors(NamedTuple):
    """The author list of a paper, merged from all pages that list it."""

    names: list[str]
    shown_by: list[str]
    """For each author, the profiles that show the name, separated by `; `."""
    complete: bool


def merge_authors(listings: Sequence[Listing]) -> Authors:
    """Merge the author lists of one paper's listings, which are sorted by trust.

    The merged list begins with the authors of the first listing. Names that only later listings have are inserted where
    they stand in these listings: if the merged list is A, C and a later listing has A, B, C, then B is inserted before
    C. A name with no known author after it is added at the end. An initial matches a given name that begins with this
    letter. Of two names that match, the longer name is kept.
    """
    authors: list[str] = []
    shown_by: list[set[str]] = []
    for listing in listings:
        names = listing.record["authors"]
        for number, name in enumerate(names):
            place = _place(authors, [name])
            if place is None:
                place = _place(authors, names[number + 1 :])
                place = len(authors) if place is None else place
                authors.insert(place, name)
                shown_by.insert(place, set())
            authors[place] = max(authors[place], name, key=len)
            shown_by[place].add(listing.profile)
    complete = any(listing.record["authors_complete"] for listing in listings)
    return Authors(authors, ["; ".join(sorted(profiles)) for profiles in shown_by], complete)


_FIELD_GROUPS = (
    ("date", "date_assumed", "date_precision"),
    ("category", "classes"),
    ("badges", "code"),
    ("abstract", "links"),
)
"""Groups of fields. The listing that provides the first field of a group also provides the other fields."""
_SINGLE_FIELDS = (
    "org",
    "kind",
    "doi",
    "arxiv",
    "venue",
    "volume",
    "issue",
    "pages",
    "publisher",
    "url",
    "citations",
    "keywords",
)
_PRECISIONS = ("day", "month", "year")


def merge_fields(listings: Sequence[Listing]) -> dict[str, Any]:
    """Merge the fields of one paper's listings, except title and authors: return the first value of each field.

    The listings are sorted by trust. A written date is preferred to an assumed date. Among several written dates, or
    among several assumed dates, the most precise date is preferred.
    """
    records = [listing.record for listing in listings]
    merged: dict[str, Any] = {}
    for fields in (*_FIELD_GROUPS, *((field,) for field in _SINGLE_FIELDS)):
        with_value = [record for record in records if record[fields[0]] not in (None, [])]
        if fields[0] == "date":
            with_value.sort(key=lambda record: (record["date_assumed"], _PRECISIONS.index(record["date_precision"])))
        if with_value:
            merged |= {field: with_value[0][field] for field in fields}
    extra = {name: text for record in reversed(records) for name, text in record["extra"].items()}
    return merged | ({"extra": extra} if extra else {})


def _place(authors: Sequence[str], names: Sequence[str]) -> int | None:
    """Go through `names` until a name matches an author, and return the index of this author in `authors`.

    Return None if no name matches an author.
    """
    places = (index for name in names for index, author in enumerate(authors) if _is_same_person(author, name))
    return next(places, None)


def _is_same_person(a: str, b: str) -> bool:
    """Return whether two names on lists of the same paper belong to one person."""
    if a == b or name_key(a) == name_key(b):
        return True
    name, other_name = parts(a), parts(b)
    if fold(name.family) != fold(other_name.family) or not (name.given_name and other_name.given_name):
        return False
    pairs = list(zip(fold(name.given_name).split(), fold(other_name.given_name).split(), strict=False))
    return all(_is_same_given_name(x, y) for x, y in pairs)


def _is_same_given_name(a: str, b: str) -> bool:
    """Return whether two given names are the same; one of them may be an initial."""
    a, b = a.rstrip("."), b.rstrip(".")
    return a == b or (min(len(a), len(b)) == 1 and a[:1] == b[:1])
