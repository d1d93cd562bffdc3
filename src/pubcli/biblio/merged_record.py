"""Merge the fields and the author lists of several records of one paper."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from pubcli.biblio.names import is_same_person
from pubcli.biblio.same_paper import Listing


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
    places = (index for name in names for index, author in enumerate(authors) if is_same_person(author, name))
    return next(places, None)
