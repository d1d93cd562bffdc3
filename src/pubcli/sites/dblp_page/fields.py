"""Turn the parts of a record into fields of a paper, for copied text and for HTML."""

from collections.abc import Mapping, Sequence
from typing import Any

from pubcli.biblio import identifiers, names
from pubcli.biblio.dates import partial_date
from pubcli.formats.shared.lines import non_empty
from pubcli.formats.shared.notes import date_fields

_KINDS = {
    "j": "article", "c": "inproceedings", "p": "chapter", "b": "book", "e": "book", "r": "book", "i": "preprint",
    "d": "dataset",
}  # fmt: skip
"""The kind of a paper, by the letter of its number: `j` of `[j4]`."""
_EDITORSHIP = "e"
_INFORMAL = "i"
_ARCHIVE = "CoRR"
_NOT_IN_PAPER = ("series", "isbn", "year")


def paper_fields(number: str, people: Sequence[str], title: str, venue: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a paper.

    `number` is a text such as `j4`, empty if the number is unknown. `venue` is a result of `venues.fields_with_year`.
    """
    letter = number[:1]
    fields: dict[str, Any] = {name: value for name, value in venue.items() if name not in _NOT_IN_PAPER}
    fields |= {"title": title, "kind": _KINDS.get(letter)}
    if venue.get("venue") == _ARCHIVE:
        fields |= {"kind": "preprint", "arxiv": identifiers.arxiv(venue.get("volume", ""))}
    elif letter == "b" and "venue" in fields:  # a book or a thesis has no venue
        fields["publisher"] = fields.pop("venue")
    if letter == "b" and "isbn" not in venue and "universit" in fields.get("publisher", "").lower():
        fields["kind"] = "thesis"
    plain = [names.without_homonym_number(name) if name[-1:].isdigit() else name for name in people]
    if letter != _EDITORSHIP:
        fields["authors"] = tuple(plain)
    fields |= date_fields(partial_date(int(venue["year"])) if "year" in venue else None)
    numbered = [name for name, without in zip(people, plain, strict=True) if name != without]
    fields["extra"] = non_empty(
        {
            "nr": number,
            "editor": names.join_names(plain) if letter == _EDITORSHIP else "",
            "homonyms": names.join_names(numbered),
            "series": venue.get("series", ""),
            "isbn": venue.get("isbn", ""),
        }
    )
    return non_empty(fields)
