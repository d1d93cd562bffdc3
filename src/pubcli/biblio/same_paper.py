"""When records on the pages of several people are the same paper, and what all of them say together.

The rule is strict, since nobody is asked: the titles have the same words, an author is on both lists, years that both
pages write lie at most one apart, and there is no second DOI. What is only likely is proposed, never merged.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple, TypeAlias

from pubcli.biblio.names import parts
from pubcli.text.normalize import fold
from pubcli.text.tex import readable

Reference: TypeAlias = tuple[str, int]
"""What a person decides about: a paper on somebody's page, as owner and `title_digest`."""
Decisions: TypeAlias = Mapping[frozenset[Reference], bool]
"""Whether two papers are the same, for pairs about which somebody decided."""

_RUN = re.compile(r"[^\W_]+")
"""A run of letters and digits. Libraries remember decisions by what is made of it here, so it stays as it is."""
_YEARS_APART = 1
"""A preprint of December is a paper of January."""


def title_digest(title: str) -> int:
    """A number of 64 bits, with sign, that titles of the same words share, whatever their case, accents and marks."""
    folded = fold(readable(title))
    text = " ".join(_RUN.findall(folded)) or fold(title)
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), signed=True)


class Listing(NamedTuple):
    """A paper as one page lists it."""

    snapshot_id: int
    owner: str
    """As `store.load.owner` has it."""
    profile: str
    """The owner as people read it."""
    record: dict[str, Any]
    """The paper as that page has it, with the fields of `pubcli list --json`."""
    text: str
    """The record as JSON."""
    title_digest: int

    @property
    def reference(self) -> Reference:
        """What decisions know the paper by."""
        return self.owner, self.title_digest

    @property
    def authors(self) -> set[str]:
        """The folded names."""
        return set(map(fold, self.record["authors"]))

    @property
    def year(self) -> int | None:
        """The year where the page writes one; None when it is unknown or assumed."""
        return None if self.record["date_assumed"] or not self.record["date"] else int(self.record["date"][:4])


def trust_order(listing: Listing) -> tuple[Any, ...]:
    """The order in which listings of a paper are believed: what is written before what was guessed or cut."""
    record = listing.record
    doubts = record["title_guessed"], listing.year is None, not record["authors_complete"]
    return *doubts, -len(record["authors"]), listing.owner, record["position"]


class _Group:
    """Listings that are one paper."""

    def __init__(self, number: int, listing: Listing, decisions: Decisions) -> None:
        self.number = number
        self.listings = [listing]
        own = listing.reference
        self.marks: set[object] = {(own[1], author) for author in listing.authors}
        self.marks |= {pair for pair, same in decisions.items() if same and own in pair}

    def absorb(self, other: "_Group") -> None:
        self.listings += other.listings
        self.marks |= other.marks

    def is_one_with(self, other: "_Group", decisions: Decisions) -> bool:
        """Whether something speaks for these being one paper and nothing against it."""
        if not self.marks & other.marks or self._owners() & other._owners():
            return False
        pairs = (frozenset((a.reference, b.reference)) for a in self.listings for b in other.listings)
        decided = {decisions.get(pair) for pair in pairs} if decisions else set()
        return False not in decided and (True in decided or self._may_be(other))

    def _owners(self) -> set[str]:
        return {listing.owner for listing in self.listings}

    def _may_be(self, other: "_Group") -> bool:
        """Whether neither the years nor the identifiers of the two say that they are different."""
        both = [*self.listings, *other.listings]
        years = [listing.year for listing in both if listing.year is not None]
        dois = {listing.record["doi"] for listing in both} - {None}
        return len(dois) < 2 and (not years or max(years) - min(years) <= _YEARS_APART)


def group_listings(listings: Iterable[Listing], decisions: Decisions) -> list[list[Listing]]:
    """The listings by paper, those of a paper by `preference`; the order in which they are given makes no difference.

    One page never lists a paper twice: what is listed twice there stays two papers.
    """
    found: dict[int, _Group] = {}
    marked: dict[object, set[int]] = defaultdict(set)
    for number, listing in enumerate(sorted(listings, key=trust_order)):
        own = _Group(number, listing, decisions)
        near = {other for mark in own.marks for other in marked[mark]}
        for group in [found[other] for other in sorted(near)]:
            if group.is_one_with(own, decisions):
                own.absorb(found.pop(group.number))
                for mark in group.marks:
                    marked[mark].discard(group.number)
        found[number] = own
        for mark in own.marks:
            marked[mark].add(number)
    return [sorted(group.listings, key=trust_order) for group in found.values()]


class Authors(NamedTuple):
    """The author list of a paper, put together from all pages that list it."""

    names: list[str]
    shown_by: list[str]
    """For each author the names of the profiles that show the name, separated by `; `."""
    complete: bool


def merge_authors(listings: Sequence[Listing]) -> Authors:
    """What listings of one paper, the most believed first, say together about its authors.

    A name that only some pages show stands before the one that follows it there, else at the end. An initial counts
    as the given name it begins, on the same paper, and the fuller spelling stays.
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


_TOGETHER = (
    ("date", "date_assumed", "date_precision"),
    ("category", "classes"),
    ("badges", "code"),
    ("abstract", "links"),
)
"""Fields that say one thing; who is believed in the first is believed in the others."""
_ALONE = (
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
    """What listings of one paper say of it beside title and authors: of each field what the most believed one says.

    Who says nothing is passed over. Of dates that pages write the most precise is taken.
    """
    records = [listing.record for listing in listings]
    found: dict[str, Any] = {}
    for fields in (*_TOGETHER, *((field,) for field in _ALONE)):
        speaking = [record for record in records if record[fields[0]] not in (None, [])]
        if fields[0] == "date":
            speaking.sort(key=lambda record: (record["date_assumed"], _PRECISIONS.index(record["date_precision"])))
        if speaking:
            found |= {field: speaking[0][field] for field in fields}
    extra = {name: text for record in reversed(records) for name, text in record["extra"].items()}
    return found | ({"extra": extra} if extra else {})


def _place(authors: Sequence[str], names: Sequence[str]) -> int | None:
    """Where the first of the names that is there stands; None when none is."""
    places = (index for name in names for index, known in enumerate(authors) if _alike(known, name))
    return next(places, None)


def _alike(a: str, b: str) -> bool:
    """Whether two names on lists of the same paper are one person."""
    if a == b or fold(a) == fold(b):
        return True
    one, other = parts(a), parts(b)
    if fold(one.family) != fold(other.family) or not (one.given and other.given):
        return False
    pairs = list(zip(fold(one.given).split(), fold(other.given).split(), strict=False))
    return all(_begins(x, y) for x, y in pairs)


def _begins(a: str, b: str) -> bool:
    """Whether two given names are the same, one of them perhaps as an initial."""
    a, b = a.rstrip("."), b.rstrip(".")
    return a == b or (min(len(a), len(b)) == 1 and a[:1] == b[:1])
