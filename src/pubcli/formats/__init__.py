"""One file per format, each with `write(answer, fields, out, look) -> number of rows`, and the table that names them.

The table names the formats that can be read too; what reads them is in `pubcli.readers`.

A writer gets rows and the fields to show; it decides how they look and nothing else. Only `table`, with what it
draws (`grid`, `card`), imports Rich. A format that can be checked also has `entries(rows, ...)`, what it is about to
write down, and `reread(text)`, the same from what was written.
"""

from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import Literal, NamedTuple, TextIO, cast

from pubcli.answer.answer import Answer
from pubcli.errors import UsageError, require_choice
from pubcli.inputs.sources import Told


class Format(NamedTuple):
    """One line of the table of formats."""

    module: str | None
    """The module that writes it, below `pubcli`; None for a format that is only read."""
    about: str
    """What it is, in a few words."""
    media: str
    """Media type."""
    suffixes: tuple[str, ...] = ()
    """Endings of file names that ask for it; the first one is its own."""
    shows: Literal["columns", "fields", "papers"] = "fields"
    """The columns of an answer under names for people, every field under its own name, or nothing but whole papers."""
    options: tuple[str, ...] = ()
    """Fields of `Look` that it understands and others do not."""
    is_checked: bool = False
    """Whether `export --check` can read it again."""
    reader: str | None = None
    """What reads it, in `pubcli.readers`; None for a format that is only written."""
    is_streamed: bool = False
    """Whether it is read line by line, so that a file of any length fits into a library."""


FORMATS = {
    "page": Format(None, "the text of a profile page", "text/plain", (".txt",), reader="page"),
    "table": Format(
        "display.table", "a table on a terminal, else tab-separated lines", "text/plain", (".txt",), "columns"
    ),
    "json": Format(
        "formats.json", "an array of records", "application/json", (".json",), is_checked=True, reader="pubcli_json"
    ),
    "jsonl": Format(
        "formats.jsonl",
        "one record a line",
        "application/jsonl",
        (".jsonl", ".ndjson"),
        is_checked=True,
        reader="pubcli_jsonl",
        is_streamed=True,
    ),
    "csv": Format(
        "formats.csv",
        "comma-separated values",
        "text/csv",
        (".csv",),
        options=("excel",),
        is_checked=True,
        reader="csv",
        is_streamed=True,
    ),
    "tsv": Format(
        "formats.tsv",
        "tab-separated values",
        "text/tab-separated-values",
        (".tsv",),
        options=("excel",),
        is_checked=True,
        reader="tsv",
        is_streamed=True,
    ),
    "markdown": Format("display.markdown", "a table for issues and wikis", "text/markdown", (".md",), "columns"),
    "text": Format("display.template", "lines by --template", "text/plain", shows="columns", options=("template",)),
    "bibtex": Format(
        "formats.bibtex",
        "for LaTeX",
        "application/x-bibtex",
        (".bib",),
        "papers",
        options=("ascii",),
        is_checked=True,
        reader="bibtex",
    ),
    "biblatex": Format(
        "formats.biblatex",
        "BibTeX for biblatex",
        "application/x-bibtex",
        (),
        "papers",
        options=("ascii",),
        is_checked=True,
        reader="bibtex",
    ),
    "ris": Format(
        "formats.ris",
        "for Zotero, EndNote, Mendeley",
        "application/x-research-info-systems",
        (".ris",),
        "papers",
        is_checked=True,
        reader="ris",
        is_streamed=True,
    ),
    "csl-json": Format(
        "formats.csl_json",
        "for pandoc, Zotero, citeproc",
        "application/vnd.citationstyles.csl+json",
        (".csl.json",),
        "papers",
        is_checked=True,
        reader="csl_json",
    ),
    "wos": Format(None, "what Web of Science exports as plain text", "text/plain", reader="wos", is_streamed=True),
    "openalex": Format(None, "works of OpenAlex's API", "application/json", reader="openalex"),
    "arxiv": Format(None, "what arXiv's API answers (Atom)", "application/atom+xml", (".atom",), reader="arxiv_atom"),
    "arxiv-jsonl": Format(
        None, "the snapshot of arXiv's metadata", "application/jsonl", reader="arxiv_jsonl", is_streamed=True
    ),
    "dblp": Format(None, "a person or a search of DBLP (XML)", "application/xml", (".xml",), reader="dblp"),
}
WRITTEN = {name: format for name, format in FORMATS.items() if format.module}
"""What answers can be written in."""
READ = {name: format for name, format in FORMATS.items() if format.reader}
"""What papers can be read from."""
SUFFIXES = {suffix: name for name, format in WRITTEN.items() for suffix in format.suffixes}
"""The format that a file name asks for when no format is given."""

MAPPED = (
    "key", "title", "title_guessed", "authors", "authors_complete", "org", "category", "classes", "date",
    "date_assumed", "badges", "abstract", "kind", "doi", "arxiv", "venue", "volume", "issue", "pages", "publisher",
    "url", "citations", "keywords", "extra",
)  # fmt: skip
"""Fields of a paper that a column of a table can hold."""


TABLES = ("csv", "tsv")
"""Formats of which columns can be told."""


def require_told(told: Told, form: str = "form", columns: str = "columns") -> None:
    """Raise UsageError for a format that cannot be read, or a field that no column can hold.

    `form` and `columns` are what the user knows the two by.
    """
    if told.form is not None:
        require_choice(form, told.form, tuple(READ))
    for field, _ in told.columns:
        require_choice(columns, field, MAPPED)
    if told.columns and told.form not in (None, *TABLES):
        raise UsageError(f"{columns}: only tables ({', '.join(TABLES)}) have columns, {told.form} has none")


class Look(NamedTuple):
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


def shown(name: str, answer: Answer) -> tuple[str, ...]:
    """The fields that a format shows of an answer when none are asked for."""
    return answer.columns if WRITTEN[name].shows == "columns" else answer.fields


def loaded(name: str) -> ModuleType:
    """The module of a format."""
    return import_module(f"pubcli.{WRITTEN[name].module}")


def write(name: str, answer: Answer, fields: Sequence[str], out: TextIO, look: Look) -> int:
    """Write an answer in the named format and return the number of its rows.

    Raises UsageError, before anything is written, for rows that the format cannot hold.
    """
    if WRITTEN[name].shows == "papers" and not answer.lists_papers:
        raise UsageError(f"{name} holds papers, and these rows are none; csv and json hold any rows")
    return cast(int, loaded(name).write(answer, fields, out, look))
