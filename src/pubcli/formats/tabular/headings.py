"""Read the header of a table: find the field of each column. Programs use different names for the same field."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from pubcli.errors import InputError
from pubcli.formats import MAPPABLE_FIELDS
from pubcli.formats.shared.crosswalk import lists_people
from pubcli.inputs.sources import Source, Stream
from pubcli.text.normalize import visible

_PUBCLI_COLUMNS = ("position", "profile", "source", "line", "also_on", "shown_by", "code", "links")
"""Columns that are read as fields only in tables that pubcli wrote."""
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
"""The field, or the part of a field, for each name of a column in other programs."""
_PUBLISH_OR_PERISH_NAMES = {"Source": "venue"}
"""Names of columns in Publish or Perish that mean something else in other programs."""
_OPENALEX_NAMES = {
    "display_name": "title", "authorships.author.display_name": "authors", "authorships.raw_author_name": "authors",
    "author_names": "authors", "is_authors_truncated": "authors_truncated", "cited_by_count": "citations",
    "primary_location.source.display_name": "venue", "primary_location_display_name": "venue",
    "primary_location.source.host_organization_name": "publisher", "primary_location_host_organization": "publisher",
    "primary_location.landing_page_url": "url", "primary_location_landing_page_url": "url",
    "biblio.volume": "volume", "biblio_volume": "volume", "biblio.issue": "issue", "biblio_issue": "issue",
    "biblio.first_page": "pages", "biblio_first_page": "pages", "biblio.last_page": "last_page",
    "biblio_last_page": "last_page", "keywords.display_name": "keywords", "keywords_display_name": "keywords",
}  # fmt: skip
"""Names of columns in tables that OpenAlex exports: since 2024 with dots, before with underscores."""
_OPENALEX_WORKS = (
    "authorships.author.display_name", "authorships.raw_author_name", "author_names", "publication_year",
    "publication_date",
)  # fmt: skip
"""Columns of works in OpenAlex. Tables of people or institutions, which list no papers, do not have these columns."""
_OPENALEX_WEBSITE_NAMES = {"Source": "venue", "Citation count": "citations", "Landing page": "url"}
"""Names of columns in tables of OpenAlex with readable headings."""
_WOS_NAMES = {
    "TI": "title", "AU": "authors", "AF": "full_names", "DT": "kind", "SO": "venue", "VL": "volume", "IS": "issue",
    "BP": "pages", "EP": "last_page", "PY": "date", "PD": "month", "PU": "publisher", "DI": "doi", "AB": "abstract",
    "DE": "keywords", "TC": "citations", "EA": "early_date", "EY": "early_date",
}  # fmt: skip
"""Names of columns in Web of Science. All these names have two letters."""
_SPRINGER_NAMES = {"Authors": "run_together"}
"""Springer's column of authors, which has no separators between the names."""
_FIELD_OF_PART = {
    "full_names": "authors",
    "run_together": "authors",
    "last_page": "pages",
    "month": "date",
    "early_date": "date",
}
"""For each part of a field, the whole field. Several columns may together provide one field."""


class Header(NamedTuple):
    """The columns of a table."""

    names: list[str]
    fields: list[str | None]
    """The field that each column holds; None if the column goes to `extra` under its own name."""
    is_from_pubcli: bool
    """Whether pubcli wrote the table. If so, names of people and lists need no conversion."""
    is_guarded: bool
    """Whether cells may begin with an apostrophe, which protects them from being read as formulas."""
    people: Collection[str]
    """Columns of people, such as editors, for which `Paper` has no field."""


def header(cells: Sequence[str], source: Source | Stream) -> Header:
    """Read the first row of a table. Raises InputError if no column has titles."""
    names_ = [cell.strip() for cell in cells]
    mapped = _mapped_fields(names_, source)
    is_from_pubcli = has_pubcli_columns(names_) and not mapped
    fields = [
        mapped.get(name.casefold()) or (name if is_from_pubcli and name in _PUBCLI_COLUMNS else field)
        for name, field in zip(names_, _fields_of(names_, frozenset(mapped.values())), strict=True)
    ]
    if "title" not in fields:
        columns = ", ".join(map(visible, names_))
        raise InputError(
            f"{source.display_name}: no column has titles; the columns are {columns}. "
            "Name it with --map title=COLUMN, or name another format with --from"
        )
    people = () if is_from_pubcli else _people(names_)
    return Header(names_, fields, is_from_pubcli, is_from_pubcli and source.data.startswith(b"\xef\xbb\xbf"), people)


def has_pubcli_columns(cells: Sequence[str]) -> bool:
    """Return whether pubcli wrote a table: whether the cells of its header include columns that only pubcli writes."""
    return {"authors_complete", "title_guessed"} <= set(cells)


def _mapped_fields(names_: Sequence[str], source: Source | Stream) -> dict[str, str]:
    """Return the field of each column that the user has mapped, by the case-folded name of the column.

    A mapping may apply to several files. Raises InputError if a file has neither the mapped column nor another column
    for the field.
    """
    present = {name.casefold() for name in names_}
    fields = _fields_of(names_)
    for field, column in source.options.columns:
        if column.casefold() not in present and field not in fields:
            columns = ", ".join(map(visible, names_))
            raise InputError(f"{source.display_name} has no column {column!r} for {field}; the columns are {columns}")
    return {column.casefold(): field for field, column in source.options.columns if column.casefold() in present}


def titled(line: str, delimiter: str, mapped_columns: Collection[str] = ()) -> bool:
    """Return whether a line may be a header: it has a mapped column, or columns for titles and another field."""
    cells = [cell.strip().strip('"').strip() for cell in line.split(delimiter)]
    fields = _fields_of(cells)
    is_mapped = not {cell.casefold() for cell in cells}.isdisjoint(map(str.casefold, mapped_columns))
    return is_mapped or ("title" in fields and len([field for field in fields if field]) > 1)


def header_of(columns: Collection[str]) -> Header:
    """Return the header of a table that another program wrote, from the names of its columns."""
    return Header(list(columns), _fields_of(columns), is_from_pubcli=False, is_guarded=False, people=_people(columns))


def _fields_of(columns: Collection[str], mapped_fields: Collection[str] = ()) -> list[str | None]:
    """Return the field of each column. It is None if the name is unknown, or if the field is in `mapped_fields`."""
    marks = {
        "GSRank": _PUBLISH_OR_PERISH_NAMES, "Item DOI": _SPRINGER_NAMES, "Work ID": _OPENALEX_WEBSITE_NAMES,
        **dict.fromkeys(_OPENALEX_WORKS, _OPENALEX_NAMES),
    }  # fmt: skip
    names = _WOS_NAMES if _is_of_wos(columns) else next((names for mark, names in marks.items() if mark in columns), {})
    fields = [names.get(name) or _field_for(name) for name in columns]
    return [
        None if field in mapped_fields or _FIELD_OF_PART.get(field or "") in mapped_fields else field
        for field in fields
    ]


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
