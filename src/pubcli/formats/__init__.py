"""One folder per format, with its reader and its writer, and the table that lists them all.

A writer is a module with `write(answer, fields, out, options)`, which returns the number of rows. It gets rows and the
fields to show; it decides how they look and nothing else. Only `table`, with what it draws (`grid`, `card`), imports
Rich. A format that can be checked also has `entries(rows, ...)`, what it is about to write down, and `read_back(text)`,
the same from what was written.
"""

from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import Literal, NamedTuple, TextIO, cast

from pubcli.answer.answer import Answer, Row
from pubcli.errors import UsageError, require_choice
from pubcli.inputs.sources import ReadOptions


class Format(NamedTuple):
    """One line of the table of formats."""

    about: str
    """What it is, in a few words."""
    media: str
    """Media type."""
    suffixes: tuple[str, ...] = ()
    """Endings of file names that ask for it; the first one is its own."""
    shows: Literal["columns", "fields", "papers"] = "fields"
    """The columns of an answer under names for people, every field under its own name, or nothing but whole papers."""
    options: tuple[str, ...] = ()
    """Fields of `RenderOptions` that it understands and others do not."""
    writer: str | None = None
    """The module that writes it, below `pubcli`; None for a format that is only read."""
    reader: str | None = None
    """The module that reads it, below `pubcli`; None for a format that is only written."""
    is_checked: bool = False
    """Whether `export --check` can read it again."""
    is_streamed: bool = False
    """Whether it is read line by line, so that a file of any length fits into a library."""


FORMATS = {
    "page": Format("the text of a profile page", "text/plain", (".txt",), reader="sites.paperfeed.build"),
    "table": Format(
        "a table on a terminal, else tab-separated lines", "text/plain", (".txt",), "columns", writer="display.table"
    ),
    "json": Format(
        "an array of records",
        "application/json",
        (".json",),
        writer="formats.json.write",
        reader="formats.json.read",
        is_checked=True,
    ),
    "jsonl": Format(
        "one record a line",
        "application/jsonl",
        (".jsonl", ".ndjson"),
        writer="formats.json.write_lines",
        reader="formats.json.read_lines",
        is_checked=True,
        is_streamed=True,
    ),
    "csv": Format(
        "comma-separated values",
        "text/csv",
        (".csv",),
        options=("excel",),
        writer="formats.tabular.write_csv",
        reader="formats.tabular.read_csv",
        is_checked=True,
        is_streamed=True,
    ),
    "tsv": Format(
        "tab-separated values",
        "text/tab-separated-values",
        (".tsv",),
        options=("excel",),
        writer="formats.tabular.write_tsv",
        reader="formats.tabular.read_tsv",
        is_checked=True,
        is_streamed=True,
    ),
    "markdown": Format("a table for issues and wikis", "text/markdown", (".md",), "columns", writer="display.markdown"),
    "text": Format(
        "lines by --template", "text/plain", (), "columns", options=("template",), writer="display.template"
    ),
    "bibtex": Format(
        "for LaTeX",
        "application/x-bibtex",
        (".bib",),
        "papers",
        options=("ascii",),
        writer="formats.bibtex.write",
        reader="formats.bibtex.read",
        is_checked=True,
    ),
    "biblatex": Format(
        "BibTeX for biblatex",
        "application/x-bibtex",
        (),
        "papers",
        options=("ascii",),
        writer="formats.bibtex.write_biblatex",
        reader="formats.bibtex.read",
        is_checked=True,
    ),
    "ris": Format(
        "for Zotero, EndNote, Mendeley",
        "application/x-research-info-systems",
        (".ris",),
        "papers",
        writer="formats.ris.write",
        reader="formats.ris.read",
        is_checked=True,
        is_streamed=True,
    ),
    "csl-json": Format(
        "for pandoc, Zotero, citeproc",
        "application/vnd.citationstyles.csl+json",
        (".csl.json",),
        "papers",
        writer="formats.csl_json.write",
        reader="formats.csl_json.read",
        is_checked=True,
    ),
    "wos": Format(
        "what Web of Science exports as plain text", "text/plain", reader="formats.services.wos", is_streamed=True
    ),
    "openalex": Format("works of OpenAlex's API", "application/json", reader="formats.services.openalex"),
    "arxiv": Format(
        "what arXiv's API answers (Atom)", "application/atom+xml", (".atom",), reader="formats.services.arxiv_atom"
    ),
    "arxiv-jsonl": Format(
        "the snapshot of arXiv's metadata",
        "application/jsonl",
        reader="formats.services.arxiv_jsonl",
        is_streamed=True,
    ),
    "dblp": Format("a person or a search of DBLP (XML)", "application/xml", (".xml",), reader="formats.services.dblp"),
}
WRITABLE = {name: format for name, format in FORMATS.items() if format.writer}
"""What answers can be written in."""
READABLE = {name: format for name, format in FORMATS.items() if format.reader}
"""What papers can be read from."""
SUFFIXES = {suffix: name for name, format in WRITABLE.items() for suffix in format.suffixes}
"""The format that a file name asks for when no format is given."""

MAPPABLE_FIELDS = (
    "key", "title", "title_guessed", "authors", "authors_complete", "org", "category", "classes", "date",
    "date_assumed", "badges", "abstract", "kind", "doi", "arxiv", "venue", "volume", "issue", "pages", "publisher",
    "url", "citations", "keywords", "extra",
)  # fmt: skip
"""Fields of a paper that a column of a table can hold."""


TABLE_FORMATS = ("csv", "tsv")
"""Formats that have columns, which the user can map to fields."""


def require_valid_options(options: ReadOptions, form: str = "form", columns: str = "columns") -> None:
    """Raise UsageError for a format that cannot be read, or a field that no column can hold.

    `form` and `columns` are what the user knows the two by.
    """
    if options.form is not None:
        require_choice(form, options.form, tuple(READABLE))
    for field, _ in options.columns:
        require_choice(columns, field, MAPPABLE_FIELDS)
    if options.columns and options.form not in (None, *TABLE_FORMATS):
        raise UsageError(f"{columns}: only tables ({', '.join(TABLE_FORMATS)}) have columns, {options.form} has none")


class RenderOptions(NamedTuple):
    """What the destination can show, and what was asked of a format."""

    width: int | None = None
    """Columns of the terminal; None when it is none: nothing is cut, wrapped or coloured then."""
    color: bool = False
    utf8: bool = True
    ascii: bool = False
    """Macros of TeX in the place of all other characters."""
    excel: bool = False
    """A byte order mark in front, and no cell that a spreadsheet takes for a formula."""
    template: str | None = None
    """Text with names of fields in braces."""


def default_fields(name: str, answer: Answer[Row]) -> tuple[str, ...]:
    """Return the fields that a format shows of an answer unless the user chooses others."""
    if WRITABLE[name].shows == "columns":
        # By name, as writers are loaded: display uses this package, not the other way round.
        return cast(tuple[str, ...], import_module("pubcli.display.columns").default_columns(answer))
    return answer.fields


def writer_module(name: str) -> ModuleType:
    """The module of a format."""
    return import_module(f"pubcli.{WRITABLE[name].writer}")


def write(name: str, answer: Answer[Row], fields: Sequence[str], out: TextIO, options: RenderOptions) -> int:
    """Write an answer in the named format and return the number of its rows.

    Raises UsageError, before anything is written, for rows that the format cannot hold.
    """
    if WRITABLE[name].shows == "papers" and not answer.lists_papers:
        raise UsageError(f"{name} holds papers, and these rows are none; csv and json hold any rows")
    return cast(int, writer_module(name).write(answer, fields, out, options))
