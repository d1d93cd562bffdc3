"""Define which fields of BibTeX and biblatex hold the fields of a paper, for the reader and the writers.

`shared.crosswalk` has the names of other fields, such as editors. `shared.kinds` has the entry types.
"""

from collections.abc import Mapping
from typing import NamedTuple


class EntryField(NamedTuple):
    """The name of a field in each dialect, and all names that the reader accepts, in order of preference."""

    bibtex: str
    biblatex: str
    accepted: tuple[str, ...]


def _same(name: str, *others: str) -> EntryField:
    """Return a field that has the same name in both dialects. The reader also accepts the names in `others`."""
    return EntryField(name, name, (name, *others))


TEXTS = {
    "title": _same("title"),
    "volume": _same("volume"),
    "issue": _same("number", "issue"),
    "pages": _same("pages"),
    "abstract": _same("abstract"),
    "org": _same("affiliation"),
}
"""Maps each text field of a paper to the field of an entry that holds it."""
VENUES: Mapping[str | None, EntryField] = {
    "article": EntryField("journal", "journaltitle", ("journaltitle", "journal")),
    "inproceedings": _same("booktitle"),
    "chapter": _same("booktitle"),
    "book": _same("series"),
    None: _same("howpublished"),
}
"""The field that holds the venue, by kind of paper. The key None is for all other kinds."""
PUBLISHERS: Mapping[str | None, EntryField] = {
    "thesis": EntryField("school", "institution", ("school", "institution", "publisher")),
    "report": _same("institution", "publisher"),
    None: _same("publisher"),
}
"""The field that holds the publisher, by kind of paper. The key None is for all other kinds."""
ARCHIVE = EntryField("archivePrefix", "eprinttype", ("archiveprefix", "eprinttype"))
ARXIV_CLASS = EntryField("primaryClass", "eprintclass", ("primaryclass", "eprintclass"))
REMARKS = EntryField("note", "annotation", ("note", "annotation"))
"""The field in which pubcli writes remarks. biblatex does not print `annotation`."""
ADDRESSES = ("doi", "url", "eprint")
"""Fields that hold addresses and identifiers, not TeX. Programs nevertheless add escapes of TeX to the values."""
NUMBERS = frozenset({"volume", "issue", "pages", "year", "month", "day", "number", "eid", "chapter", "isbn", "issn"})
"""Fields of a paper or an entry in which two hyphens are not read as a dash: `pages = {1--10}`."""
_VERBATIM = frozenset({"file", "pdf", "urlraw", "verba", "verbb", "verbc", "local-url", "localfile", "bdsk-url-1"})
BIBLATEX_NAMES = {
    field.bibtex: field.biblatex
    for field in (*TEXTS.values(), *VENUES.values(), *PUBLISHERS.values(), ARCHIVE, ARXIV_CLASS)
    if field.bibtex != field.biblatex
}
"""Maps names in BibTeX to names in biblatex, for the fields whose names differ."""


def is_verbatim(name: str) -> bool:
    """Return whether a field holds a path or data of a program, where a backslash begins no macro: `C:\\papers`.

    `name` is in lower case. The annotations of biblatex are data as well.
    """
    return name in _VERBATIM or name.startswith("bdsk-") or "+an" in name


def field_for(kind: str | None, fields: Mapping[str | None, EntryField]) -> EntryField:
    """Return the field for a kind of paper in `VENUES` or `PUBLISHERS`. The key None is for all other kinds."""
    return fields.get(kind, fields[None])
