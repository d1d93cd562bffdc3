"""The registry of formats: one row per format, with its reader and its writer.

The name of a format is its key in `FORMATS`. The name of its package has `_` in place of `-`, as in
`formats.csl_json`. To add a format, add a row and the modules that the row names:

reader   defines `read(source) -> Document`. If `is_checked` or `is_streamed` is set, the reader also defines
         `parse(source)`, which yields records and problems one by one.
writer   defines `write(answer, fields, out, options)`, which writes the rows of an answer and returns their number. The
         writer decides only how rows look. If `is_checked` is set, the writer also defines two functions.
         `entries(rows, fields, options)` yields the values that `write` writes. `read_back(text)` yields the same
         values from the text of a file.
"""

from __future__ import annotations

from pubcli.errors import UsageError, require_choice
from pubcli.lazy import TYPE_CHECKING, NamedTuple, import_module
from pubcli.sites import SITES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType
    from typing import BinaryIO, Literal, TextIO

    from pubcli.answer.answer import Answer, Row
    from pubcli.inputs.sources import ReadOptions


class Format(NamedTuple):
    """A format: one row of the registry."""

    about: str
    """A description in a few words."""
    media_type: str
    suffixes: tuple[str, ...] = ()
    """Suffixes of file names that select the format."""
    shows: Literal["columns", "fields", "papers"] = "fields"
    """What the format shows of an answer: columns with readable headings, all fields by name, or only whole papers."""
    options: tuple[str, ...] = ()
    """Options that this format supports and some other formats do not. They are fields of `RenderOptions`."""
    writer: str | None = None
    """The module that writes the format, relative to `pubcli`; None for a format that is only read."""
    reader: str | None = None
    """The module that reads the format, relative to `pubcli`; None for a format that is only written."""
    is_checked: bool = False
    """Whether `export --check` can read a written file back."""
    is_streamed: bool = False
    """Whether files in this format are read line by line, so that a library can ingest files of any length."""
    is_table: bool = False
    """Whether the format has columns, which the user can map to fields of a paper."""
    is_binary: bool = False
    """Whether the writer writes bytes, for a file or a pipe, and not text, which a terminal could show."""
    layout: str = ""
    """A regular expression that matches the beginning of each file that pubcli writes in this format."""
    storable_fields: tuple[str, ...] = ()
    """The fields that a format for whole papers can store. Empty for other formats, which store what they show."""


_STORABLE_BY_ALL = (
    "title", "title_guessed", "authors", "authors_complete", "date", "date_assumed", "abstract", "doi", "arxiv",
    "venue", "volume", "issue", "pages", "publisher", "url", "citations", "keywords", "org", "kind",
)  # fmt: skip
"""The fields that every format for whole papers can store."""


FORMATS = {
    "page": Format("the text of a profile page", "text/plain", (".txt",), reader="sites.paperfeed.build"),
    "table": Format(
        "a drawn table; as the default off a terminal, tab-separated lines",
        "text/plain",
        (".txt",),
        "columns",
        writer="display.table",
    ),
    "json": Format(
        "an array of records",
        "application/json",
        (".json",),
        writer="formats.json.write",
        reader="formats.json.read",
        is_checked=True,
        layout=r'\[\n\{"',
    ),
    "jsonl": Format(
        "one record per line",
        "application/jsonl",
        (".jsonl", ".ndjson"),
        writer="formats.json.write_lines",
        reader="formats.json.read_lines",
        is_checked=True,
        layout=r'\{"',
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
        is_table=True,
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
        is_table=True,
    ),
    "markdown": Format("a table for issues and wikis", "text/markdown", (".md",), "columns", writer="display.markdown"),
    "text": Format(
        "lines formatted by --template", "text/plain", (), "columns", options=("template",), writer="display.template"
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
        layout=r"@\w+\{[^\s,{}]+,\n  title = \{",
        storable_fields=(*_STORABLE_BY_ALL, "classes"),
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
        storable_fields=(*_STORABLE_BY_ALL, "classes"),
    ),
    "ris": Format(
        "for Zotero, EndNote, Mendeley",
        "application/x-research-info-systems",
        (".ris",),
        "papers",
        writer="formats.ris.write",
        reader="formats.ris.read",
        is_checked=True,
        layout=r"TY  - \w+\r\nID  - ",
        is_streamed=True,
        storable_fields=_STORABLE_BY_ALL,
    ),
    "csl-json": Format(
        "for pandoc, Zotero, citeproc",
        "application/vnd.citationstyles.csl+json",
        (".csl.json",),
        "papers",
        writer="formats.csl_json.write",
        reader="formats.csl_json.read",
        is_checked=True,
        layout=r'\[\n\{"id":"',
        storable_fields=(*_STORABLE_BY_ALL, "category", "badges"),
    ),
    "parquet": Format(
        "for pandas, R, DuckDB, Spark",
        "application/vnd.apache.parquet",
        (".parquet",),
        writer="formats.parquet.write",
        is_binary=True,
    ),
    "xlsx": Format(
        "a workbook of Excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        (".xlsx",),
        writer="formats.xlsx.write",
        is_binary=True,
    ),
    "sqlite": Format(
        "a database of SQLite with one table",
        "application/vnd.sqlite3",
        (".sqlite", ".sqlite3", ".db"),
        writer="formats.sqlite.write",
        is_binary=True,
    ),
    "wos": Format(
        "plain-text exports of Web of Science", "text/plain", reader="formats.services.wos", is_streamed=True
    ),
    "medline": Format(
        "MEDLINE, as PubMed saves it for citation managers",
        "application/nbib",
        (".nbib",),
        reader="formats.services.medline",
        is_streamed=True,
    ),
    "openalex": Format("works of OpenAlex's API", "application/json", reader="formats.services.openalex"),
    "arxiv": Format(
        "responses of arXiv's API (Atom)", "application/atom+xml", (".atom",), reader="formats.services.arxiv_atom"
    ),
    "arxiv-jsonl": Format(
        "the snapshot of arXiv's metadata",
        "application/jsonl",
        reader="formats.services.arxiv_jsonl",
        is_streamed=True,
    ),
    "dblp": Format(
        "a person page or search result from DBLP (XML)", "application/xml", (".xml",), reader="formats.services.dblp"
    ),
    **{name: Format(site.about, "text/plain", reader=site.reader) for name, site in SITES.items() if site.reader},
}
WRITABLE = {name: format for name, format in FORMATS.items() if format.writer}
"""The formats in which pubcli can write answers."""
READABLE = {name: format for name, format in FORMATS.items() if format.reader}
"""The formats from which pubcli can read papers."""
RECORD_FORMATS = tuple(name for name, row in READABLE.items() if row.writer and row.shows == "fields")
"""Formats of pubcli's own records, with the fields that the user chooses. A record may state the owner of its page."""
TABLE_FORMATS = tuple(name for name, format in FORMATS.items() if format.is_table)
SUFFIXES = {suffix: name for name, format in WRITABLE.items() for suffix in format.suffixes}
"""The format to write for each suffix of a file name, if the user names no format."""

MAPPABLE_FIELDS = (
    "key", "title", "title_guessed", "authors", "authors_complete", "org", "category", "classes", "date",
    "date_assumed", "badges", "cut", "abstract", "kind", "doi", "arxiv", "venue", "volume", "issue", "pages",
    "publisher", "url", "citations", "keywords", "extra",
)  # fmt: skip
"""Fields of a paper that a column of a table can hold."""


def require_valid_options(options: ReadOptions, form: str = "form", columns: str = "columns") -> None:
    """Raise UsageError for a format that pubcli cannot read, or for a column that cannot be mapped to a field.

    Columns can be mapped only in tables, and only to the fields in `MAPPABLE_FIELDS`. `form` and `columns` are the
    names of the two options, as messages show them: for example `--from` and `--map`.
    """
    if (site := SITES.get(options.form or "")) and not site.reader:
        raise UsageError(f"{form}: pubcli cannot read {site.about}; {site.remedy}")
    if options.form is not None:
        require_choice(form, options.form, tuple(READABLE))
    for field, _ in options.columns:
        require_choice(columns, field, MAPPABLE_FIELDS)
    if options.columns and options.form not in (None, *TABLE_FORMATS):
        raise UsageError(
            f"{columns}: only tables ({', '.join(TABLE_FORMATS)}) have columns; {options.form} is not a table"
        )


class RenderOptions(NamedTuple):
    """What the destination supports, and how the user wants the answer to look."""

    width: int | None = None
    """Width of a drawn table in characters. If the width is None, the output is not cut, wrapped or coloured."""
    color: bool = False
    links: bool = False
    """Whether keys and addresses become links of the terminal."""
    utf8: bool = True
    ascii: bool = False
    """Whether to write characters beyond ASCII as TeX macros."""
    excel: bool = False
    """Whether to begin with a byte order mark, and to protect cells that a spreadsheet would read as formulas."""
    template: str | None = None
    """The template for each line, with names of fields in braces."""
    report: Callable[[str], object] = str
    """A function that is called with a sentence about each value that the format changes; by default, do nothing."""


def default_fields(name: str, answer: Answer[Row]) -> tuple[str, ...]:
    """Return the fields of an answer that a format shows if the user chooses no fields."""
    if WRITABLE[name].shows == "columns":
        # Imported by name, like writers: display imports this package, so this package must not import display.
        columns: tuple[str, ...] = import_module("pubcli.display.columns").default_columns(answer)
        return columns
    return answer.fields


def writer_module(name: str) -> ModuleType:
    """Return the module that writes a format."""
    return import_module(f"pubcli.{WRITABLE[name].writer}")


def write(name: str, answer: Answer[Row], fields: Sequence[str], out: TextIO | BinaryIO, options: RenderOptions) -> int:
    """Write an answer in the named format and return the number of its rows. `out` takes bytes for a binary format.

    If the format cannot hold the rows, raise UsageError before anything is written.
    """
    if WRITABLE[name].shows == "papers" and not answer.lists_papers:
        raise UsageError(f"{name} can hold only papers, but this answer has other rows; use csv or json")
    count: int = writer_module(name).write(answer, fields, out, options)
    return count
