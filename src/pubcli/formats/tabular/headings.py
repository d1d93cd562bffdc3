"""The first row of a table: which column holds which field, by what pubcli and other programs call it."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from pubcli.errors import InputError
from pubcli.formats import MAPPABLE_FIELDS
from pubcli.formats.shared.crosswalk import lists_people
from pubcli.inputs.sources import Source, Stream
from pubcli.text.normalize import visible

_OURS = ("position", "profile", "source", "line", "also_on", "shown_by", "code", "links")
"""Columns of pubcli's own tables that are nobody else's."""
_NAMES = {
    "author": "authors", "year": "date", "publication year": "date", "publication date": "date", "published": "date",
    "journal": "venue", "publication title": "venue", "source title": "venue", "publication": "venue",
    "number": "issue", "abstract note": "abstract", "url": "url", "link": "url", "eprint": "arxiv", "arxiv id": "arxiv",
    "manual tags": "keywords", "author keywords": "keywords", "tags": "keywords", "cites": "citations",
    "cited by": "citations", "times cited": "citations", "citation key": "key", "article title": "title",
    "author full names": "full_names", "page start": "pages", "page end": "last_page", "document type": "kind",
    "start page": "pages", "end page": "last_page", "times cited, wos core": "citations",
    "item type": "kind", "type": "kind", "document title": "title", "summary": "abstract", "paper": "title",
    "author/s": "authors", "author names": "authors", "date published": "date", "pubyear": "date",
    "journal/book": "venue", "proceedings title": "venue", "issue number": "issue", "pagination": "pages",
    "startpage": "pages", "endpage": "last_page", "publication type": "kind", "articleurl": "url",
    "external url": "url", "article citation count": "citations", "citing works count": "citations",
    "item title": "title", "item doi": "doi", "journal volume": "volume", "journal issue": "issue",
    "content type": "kind", "document identifier": "kind",
}  # fmt: skip
"""What other programs call these fields, and the parts of some."""
_OF_PUBLISH_OR_PERISH = {"Source": "venue"}
"""What Publish or Perish calls them, and others something else: where a record comes from."""
_OF_WOS = {
    "TI": "title", "AU": "authors", "AF": "full_names", "DT": "kind", "SO": "venue", "VL": "volume", "IS": "issue",
    "BP": "pages", "EP": "last_page", "PY": "date", "PD": "month", "PU": "publisher", "DI": "doi", "AB": "abstract",
    "DE": "keywords", "TC": "citations",
}  # fmt: skip
"""What Web of Science calls them where it has two letters for a name."""
_OF_SPRINGER = {"Authors": "run_together"}
"""What Springer calls the authors: names with nothing between them."""
_PART_OF = {"full_names": "authors", "run_together": "authors", "last_page": "pages", "month": "date"}
"""What several columns may tell together."""


class Header(NamedTuple):
    """The columns of a table."""

    names: list[str]
    fields: list[str | None]
    """The field that each column holds; None for one that goes to `extra` under its own name."""
    is_ours: bool
    """Whether pubcli wrote the table: then names and lists stand as they are."""
    is_guarded: bool
    """Whether an apostrophe may stand before what a spreadsheet would take for a formula."""
    people: Collection[str]
    """Those columns that list people and that no field is for."""


def header(cells: Sequence[str], source: Source | Stream) -> Header:
    """What the first row of a table says. Raises InputError when no column can be the title."""
    names_ = [cell.strip() for cell in cells]
    told = _told(names_, source)
    is_own = is_ours(names_) and not told
    fields = [
        told.get(name.casefold()) or (name if is_own and name in _OURS else known)
        for name, known in zip(names_, _known(names_, frozenset(told.values())), strict=True)
    ]
    if "title" not in fields:
        columns = ", ".join(map(visible, names_))
        raise InputError(
            f"{source.shown}: no column is a title; its columns are {columns}. "
            "Say which one it is, as in --map title=NAME, or name another format with --from"
        )
    people = () if is_own else _people(names_)
    return Header(names_, fields, is_own, is_own and source.data.startswith(b"\xef\xbb\xbf"), people)


def is_ours(cells: Sequence[str]) -> bool:
    """Whether these are the names of columns that only pubcli writes."""
    return {"authors_complete", "title_guessed"} <= set(cells)


def _told(names_: Sequence[str], source: Source | Stream) -> dict[str, str]:
    """The fields of those columns that the user tells of, by their names without case.

    What is told is for several files, of which one may have such a column under a name that is known.
    """
    there = {name.casefold() for name in names_}
    known = _known(names_)
    for field, column in source.options.columns:
        if column.casefold() not in there and field not in known:
            columns = ", ".join(map(visible, names_))
            raise InputError(f"{source.shown} has no column {column!r} for {field}; its columns are {columns}")
    return {column.casefold(): field for field, column in source.options.columns if column.casefold() in there}


def titled(line: str, delimiter: str, told: Collection[str] = ()) -> bool:
    """Whether a line may be the header of a table of papers: one of its columns is a title, another known too.

    So it is where one of its columns is told.
    """
    cells = [cell.strip().strip('"').strip() for cell in line.split(delimiter)]
    found = _known(cells)
    is_told = not {cell.casefold() for cell in cells}.isdisjoint(map(str.casefold, told))
    return is_told or ("title" in found and len([field for field in found if field]) > 1)


def named(columns: Collection[str]) -> Header:
    """The header of cells that another program calls by these names."""
    return Header(list(columns), _known(columns), is_ours=False, is_guarded=False, people=_people(columns))


def _known(columns: Collection[str], taken: Collection[str] = ()) -> list[str | None]:
    """The field that each column holds by its name; None where none is known, or it is one of those `taken`."""
    marks = {"GSRank": _OF_PUBLISH_OR_PERISH, "Item DOI": _OF_SPRINGER}
    own = _OF_WOS if _is_of_wos(columns) else next((own for mark, own in marks.items() if mark in columns), {})
    found = [own.get(name) or _field_for(name) for name in columns]
    return [None if field in taken or _PART_OF.get(field or "") in taken else field for field in found]


def _is_of_wos(columns: Collection[str]) -> bool:
    return {"PT", "TI"} <= set(columns)


def _people(columns: Collection[str]) -> list[str]:
    is_of_wos = _is_of_wos(columns)
    return [name for name in columns if lists_people(name, is_of_wos=is_of_wos)]


def _field_for(name: str) -> str | None:
    plain = name.casefold().replace("_", " ") if name not in MAPPABLE_FIELDS else name
    return (
        name
        if name in MAPPABLE_FIELDS
        else _NAMES.get(plain, plain if plain in MAPPABLE_FIELDS and plain != "key" else None)
    )
