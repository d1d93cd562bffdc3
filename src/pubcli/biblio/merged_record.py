"""Merge the fields and the author lists of several records of one paper."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pubcli.biblio.names import is_same_person
from pubcli.biblio.same_paper import Listing, is_cut


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
    among several assumed dates, the most precise date is preferred. A text that a page cuts is the last choice.
    """
    merged: dict[str, Any] = {}
    cut = ["title"] if is_cut(listings[0].record, "title") else []
    for fields, listing in _providers(listings):
        merged |= {field: listing.record[field] for field in fields}
        cut += [field for field in fields if is_cut(listing.record, field)]
    extra = {name: text for listing in reversed(listings) for name, text in listing.record["extra"].items()}
    return merged | {"cut": cut} | ({"extra": extra} if extra else {})


def field_sources(listings: Sequence[Listing]) -> dict[str, str]:
    """Return the page that provides each field of a paper, except its authors, by the name of the field.

    The listings are sorted by trust, as for `merge_fields`. Fields without a value are left out.
    """
    return {"title": listings[0].profile} | {fields[0]: listing.profile for fields, listing in _providers(listings)}


def _providers(listings: Sequence[Listing]) -> Iterator[tuple[tuple[str, ...], Listing]]:
    """Yield each group of fields that have a value, with the listing that provides it."""
    for fields in (*_FIELD_GROUPS, *((field,) for field in _SINGLE_FIELDS)):
        first = fields[0]
        with_value = [listing for listing in listings if listing.record[first] not in (None, [])]
        if first == "date":
            with_value.sort(key=lambda listing: _certainty(listing.record))
        if with_value:
            whole = (listing for listing in with_value if not is_cut(listing.record, first))
            yield fields, next(whole, with_value[0])


def _certainty(record: Mapping[str, Any]) -> tuple[bool, int]:
    """Return a sort key that puts written and precise dates first."""
    return record["date_assumed"], _PRECISIONS.index(record["date_precision"])


def _place(authors: Sequence[str], names: Sequence[str]) -> int | None:
    """Go through `names` until a name matches an author, and return the index of this author in `authors`.

    Return None if no name matches an author.
    """
    places = (index for name in names for index, author in enumerate(authors) if is_same_person(author, name))
    return next(places, None)
