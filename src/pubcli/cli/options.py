"""Describe the options that several commands share, and turn their values into queries and settings.

A command has parameters of the classes below, and gets objects of them with the user's values. The options of a single
command are described in its module.
"""

from __future__ import annotations

import os
import sys

from pubcli import paths
from pubcli.cli.parameters import OptionSet, argument, option, switch
from pubcli.errors import ExitCode, UsageError, require_choice
from pubcli.formats import READABLE, SUFFIXES, WRITABLE, require_valid_options
from pubcli.inputs.sources import STDIN, ReadOptions
from pubcli.lazy import TYPE_CHECKING
from pubcli.query.expression import Query
from pubcli.text.normalize import visible, well_formed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from pubcli.biblio import dates
    from pubcli.cli.settings import Settings

_COLORS = ("auto", "always", "never")
"""When answers are coloured."""
MOST_ROWS = 2**31
"""Maximum of --limit and --offset. No library has so many rows, and SQLite can still add two such numbers."""


_ENCODING = option(
    "--encoding",
    metavar="NAME",
    values="encoding",
    help="Encoding of the input, such as gbk or cp1251; needed only if it is not recognised.",
)


def _require_encoding(name: str) -> str:
    from pubcli.inputs import recoding

    return recoding.require_encoding(name, "--encoding")


class Reading(OptionSet):
    """Options for reading files."""

    group = "input"

    as_of: str | None = option(
        "--as-of",
        metavar="DAY",
        help="Day on which the page was captured, such as 2026-11-23; used to assume missing years. If a page was "
        "captured several times on a day, add a time (2026-11-23T14:30) or a number (2026-11-23#2).",
    )
    form: str | None = option(
        "--from",
        metavar="FORMAT",
        values="format to read",
        help="Format of the input, such as bibtex or csv; needed only if it is not recognised.",
    )
    columns: list[str] | None = option(
        "--map",
        metavar="FIELD=COLUMN",
        values="mapped field",
        help="Column of the input table for a field, such as title=Name. Repeatable.",
        repeatable=True,
    )
    encoding: str | None = _ENCODING

    def read_options(self) -> ReadOptions:
        """Return the options for reading. Raises UsageError for an unknown format, field or encoding."""
        pairs = [pair.partition("=") for text in self.columns or () for pair in text.split(",") if pair.strip()]
        for field, sign, _ in pairs:
            if not sign:
                raise UsageError(f"--map: expected FIELD=COLUMN (for example title=Titel), got {field.strip()!r}")
        columns = tuple((field.strip(), column.strip()) for field, _, column in pairs)
        options = ReadOptions(self.form, columns, self.encoding and _require_encoding(self.encoding))
        require_valid_options(options, "--from", "--map")
        return options

    def day(self) -> date | None:
        """Return the as-of day, or None if it is not set. Raises UsageError for an invalid day."""
        capture = self.capture()
        return capture and capture.day

    def capture(self) -> dates.CaptureDay | None:
        """Return the day of the capture, with a time or number if the user states one; None if --as-of is not set.

        Raises UsageError for an invalid day, time or number.
        """
        if self.as_of is None:
            return None
        from pubcli.biblio import dates  # imported only here, because few commands state a day

        try:
            return dates.parse_capture(self.as_of)
        except ValueError as error:
            raise UsageError(f"--as-of: {error}") from None


_LONGEST_COMMAND = 1_000
"""Maximum number of characters that the log of a library shows of a command."""


def typed_command() -> str:
    """Return the command line that the user typed, for the log of the library. The end of a long one is cut."""
    from shlex import join  # needed only by commands that change the library

    command = well_formed(join(["pubcli", *sys.argv[1:]]))
    if len(command) <= _LONGEST_COMMAND:
        return command
    return f"{command[:_LONGEST_COMMAND]}… (cut; {len(sys.argv) - 1:,} words in all)"


_ALIASES = option(
    "--aliases",
    metavar="FILE",
    values="file",
    help="File with the names of one person on each line: A = B = C. Repeatable.",
    repeatable=True,
)
"""Files that list the names of each person. The decisions about names in the library apply too."""


def alias_names(files: list[str] | None) -> list[str]:
    """Return the names of the alias files: `files`, the value of --aliases, else those that PUBCLI_ALIASES lists."""
    return files or list(filter(None, os.environ.get("PUBCLI_ALIASES", "").split(os.pathsep)))


def _library_files(name: str | None) -> list[str]:
    """Return the paths of the files of a library: the library itself, and those that SQLite keeps next to it."""
    from pubcli.inputs.selection import SQLITE_SUFFIXES
    from pubcli.store.library.location import path_of

    return [f"{path_of(name)}{suffix}" for suffix in ("", *SQLITE_SUFFIXES)]


class Inputs(Reading):
    """Options that select the pages to query."""

    profile: list[str] | None = option(
        "--profile",
        "-p",
        metavar="FILE",
        values="file",
        help="Page, folder or glob to read; - is standard input, @clipboard the clipboard. Repeatable.",
        repeatable=True,
    )
    library: str | None = option(
        "--library", metavar="FILE", help="Library to query; see pubcli add.", values="library"
    )
    lake: str | None = option(
        "--lake", metavar="DIR", help="Lake to query: Parquet files; see pubcli lake --help.", values="file"
    )
    engine: str | None = option(
        "--engine", metavar="ENGINE", help="Engine that reads the lake: duckdb (default) or sc://HOST:PORT."
    )
    scan: bool = switch("--scan", help="Let a /regular expression/ read the texts of all papers of a lake.")
    owner: list[str] | None = option(
        "--owner",
        metavar="NAME",
        help="Only the pages of this person (any part of the name). Repeatable: of any of them.",
        repeatable=True,
        values="owner",
    )
    cache: bool = switch("--cache/--no-cache", help="Store parsed pages for later commands.", default=True)
    aliases: list[str] | None = _ALIASES

    def names(self) -> list[str]:
        """Return the files, folders and globs to read: --profile, or PUBCLI_PROFILE if --library is not set either.

        Return an empty list if the library or the sample page is read.
        """
        if self.profile or self.library is not None or self.lake is not None:
            return self.profile or []
        return list(filter(None, os.environ.get("PUBCLI_PROFILE", "").split(os.pathsep)))

    def lake_name(self) -> str | None:
        """Return the lake to query: --lake, or PUBCLI_LAKE if no option or PUBCLI_PROFILE names other papers."""
        if self.lake is not None or self.profile or self.library is not None or os.environ.get("PUBCLI_PROFILE"):
            return self.lake
        return os.environ.get("PUBCLI_LAKE") or None

    def files_to_keep(self) -> list[str]:
        """Return the inputs that --output must not replace: pages, alias files, and the library or lake."""
        if (lake := self.lake_name()) is not None:
            return [lake, *alias_names(self.aliases)]
        return [*self.names(), *alias_names(self.aliases), *([] if self.names() else _library_files(self.library))]

    def check(self) -> None:
        """Raise UsageError for an empty file name, or if both files and a library are named."""
        if "" in (self.profile or ()):
            raise UsageError("--profile: a file name is missing")
        if self.profile and self.library is not None:
            raise UsageError("--profile reads files, --library queries pages that you added; use only one of them")
        if self.lake is not None and (self.profile or self.library is not None):
            raise UsageError("--lake queries Parquet files; omit --profile and --library")
        if self.lake == "":
            raise UsageError("--lake: a folder is missing")
        if self.lake_name() is None and (self.engine is not None or self.scan):
            raise UsageError("--engine and --scan apply to a lake; name one with --lake or PUBCLI_LAKE")


class LibraryOption(OptionSet):
    """The option that names a library."""

    group = "library"

    library: str | None = option(
        "--library",
        metavar="FILE",
        help="Library: a file, or a name in your settings (default: PUBCLI_LIBRARY, your settings, else your own).",
        values="library",
    )

    def path(self) -> Path:
        """Return the path of the library. Raises InputError if the user has no home folder."""
        from pubcli.store.library import library_file

        return library_file.locate(self.library)

    def files_to_keep(self) -> list[str]:
        """Return the files of the library, which --output must not replace."""
        return _library_files(self.library)


class Captures(OptionSet):
    """Options for reading the two pages of a comparison."""

    group = "input"

    as_of: list[str] | None = option(
        "--as-of",
        metavar="DAY",
        help="Day on which both pages were captured. Given twice: the day of the first page, then of the second.",
        repeatable=True,
    )
    encoding: str | None = _ENCODING
    library: str | None = option(
        "--library", metavar="FILE", help="Library in which to look up names.", values="library"
    )
    cache: bool = switch("--cache/--no-cache", help="Store parsed pages for later commands.", default=True)
    aliases: list[str] | None = _ALIASES

    def files_to_keep(self) -> list[str]:
        """Return the inputs that --output must not replace: alias files, and the library."""
        return [*alias_names(self.aliases), *_library_files(self.library)]

    def days(self) -> tuple[str | None, str | None]:
        """Return the as-of days of both pages, as the user typed them. Raises UsageError for more than two days."""
        days = self.as_of or []
        if len(days) > 2:
            raise UsageError("--as-of: at most two days, one for each page")
        return (days[0], days[-1]) if days else (None, None)


class Filters(OptionSet):
    """Options that select papers."""

    group = "filter"

    words: list[str] | None = argument(
        "[QUERY]...",
        help='Words, "phrases", field:value, OR, -word; see pubcli search --help.',
        repeatable=True,
        default=None,
        values="query",
    )
    category: list[str] | None = option(
        "--category",
        "-c",
        metavar="CODE",
        values="category",
        help="Category, such as LG. Repeatable: papers in any of them.",
        repeatable=True,
    )
    author: list[str] | None = option(
        "--author",
        "-a",
        metavar="NAME",
        values="author",
        help="Any part of an author's name. Repeatable: papers by all of these authors.",
        repeatable=True,
    )
    title: list[str] | None = option("--title", metavar="TEXT", help="Any part of the title.", repeatable=True)
    org: list[str] | None = option(
        "--org", metavar="TEXT", help="Any part of the organisation's name.", repeatable=True
    )
    year: str | None = option(
        "--year", "-y", metavar="YEARS", help="2021, 2021..2023, 2021.. or ..2023.", values="year"
    )
    since: str | None = option(
        "--since", metavar="DAY", help="Only papers from DAY on: a year, month or day.", values="year"
    )
    until: str | None = option(
        "--until", metavar="DAY", help="Only papers up to DAY: a year, month or day.", values="year"
    )
    code: bool | None = switch("--code/--no-code", help="Only papers with code, or only those without.", default=None)

    def description(self) -> str:
        """Return what selects papers, such as `privacy, year 2019.., with code`; empty if all papers are selected."""
        parts = [" ".join(self.words)] if self.words else []
        for parameter in self.parameters():
            value = getattr(self, parameter.name)
            if parameter.kind is bool and value is not None:
                parts.append(f"{'with' if value else 'without'} {parameter.name}")
            elif parameter.flags and value:
                parts += [f"{parameter.name} {each}" for each in (value if isinstance(value, list) else [value])]
        return ", ".join(parts)

    def query(self, order: Ordering | None = None, sortable: tuple[str, ...] = ()) -> Query:
        """Return the query that the options describe. `sortable` are the fields by which the command can sort."""
        order = order or Ordering()
        limit = None if order.limit is None else min(order.limit, MOST_ROWS)
        offset = min(order.offset, MOST_ROWS)
        if self == Filters() and not order.sort:
            return Query(None, (), limit, offset)
        from pubcli.query import language  # imported only here, because a list of all papers does not need it

        _require_no_page(self.words or [])
        return language.build(
            " ".join(self.words or ()),
            category=self.category or (),
            author=self.author or (),
            title=self.title or (),
            org=self.org or (),
            year=self.year,
            since=self.since,
            until=self.until,
            code=self.code,
            sort=tuple(criterion for text in order.sort or () for criterion in language.sort_order(text, sortable)),
            limit=limit,
            offset=offset,
        )


def _require_no_page(words: list[str]) -> None:
    """Raise UsageError if a word of the query is the name of an existing file.

    In `-p *.txt`, the option takes only the first file, and the other files become words of the query.
    """
    suffixes = tuple(suffix for row in READABLE.values() for suffix in row.suffixes)
    for word in words:
        if word.endswith(suffixes) and paths.is_file(word):
            import shlex

            raise UsageError(
                f"{visible(word)} is a file, not a query; write --profile before each page: "
                f"pubcli list -p {shlex.quote(word)}"
            )


class Ordering(OptionSet):
    """Options for the order and the number of rows."""

    group = "order"

    sort: list[str] | None = option(
        "--sort",
        "-s",
        metavar="FIELDS",
        values="sort field",
        help="Sort by FIELDS, such as date,title; prefix with - for descending.",
        repeatable=True,
    )
    limit: int | None = option("--limit", "-n", metavar="N", help="Show at most N.", kind=int, minimum=0)
    offset: int = option("--offset", metavar="N", help="Skip the first N.", kind=int, minimum=0, default=0)


class Output(OptionSet):
    """Options for the format and the destination of the answer."""

    group = "output"

    format: str | None = option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=f"{', '.join(WRITABLE)} (default: table).",
        values="format to write",
    )
    template: str | None = option(
        "--template",
        metavar="TEXT",
        help="Print one line per row, with fields in braces: '{key}: {title}'; \\t is a tab, \\n a line break.",
    )
    ascii: bool = switch("--ascii", help="Write BibTeX in ASCII: {\\'e} for é.")
    excel: bool = switch("--excel", help="Write CSV for spreadsheets; cells that look like formulas become text.")
    json: bool = switch("--json", help="Same as --format json.")
    fields: list[str] | None = option(
        "--fields",
        metavar="FIELDS",
        help="Fields to show, such as key,title,date; --fields help lists them.",
        repeatable=True,
        values="field",
    )
    output: str | None = option(
        "--output", "-o", metavar="FILE", help="Write to FILE, completely or not at all.", values="file"
    )
    color: str | None = option(
        "--color",
        metavar="WHEN",
        values=_COLORS,
        help="When to use colour: auto (default), always (also in pipes, with tables as on a terminal) or never.",
    )
    pager: bool = switch(
        "--pager/--no-pager",
        help="Show an answer that is longer than the screen in PUBCLI_PAGER, PAGER or less.",
        default=True,
    )
    quiet: bool = switch("--quiet", "-q", help="Print no notes on standard error.")
    settings: Settings | None = None
    """Not an option: the settings in the user's file. None if the user has no such file."""
    command = ""
    """Not an option: the name of the command, such as `library log`."""
    lacks_input = False
    """Not an option: whether an input that the user named could not be read, so that the answer lacks it."""

    def final_status(self, status: ExitCode) -> ExitCode:
        """Return the exit status of a command whose function returned `status`: INPUT if the answer lacks an input."""
        return ExitCode.INPUT if self.lacks_input and status in (ExitCode.DONE, ExitCode.NOTHING) else status

    def require_no_input(self, names: Iterable[str]) -> None:
        """Raise UsageError if the output file is an input or lies in an input folder, even if its path is another."""
        if self.output not in (None, STDIN):
            from pubcli.cli.overwriting import require_no_input

            require_no_input(self.output, names)

    def check(self) -> None:
        """Raise UsageError for values that are not valid, and for options that exclude each other."""
        if self.output == "":
            raise UsageError("--output: a file name is missing")
        if self.color is not None:
            require_choice("--color", self.color, _COLORS)
        if self.format is not None:
            require_choice("--format", self.format, tuple(WRITABLE))
        if self.json and self.format not in (None, "json"):
            raise UsageError(f"--json and --format {self.format} contradict each other")
        if self.template is not None and self.fields:
            raise UsageError("--template names the fields that are shown; leave out --fields")

    def chosen_format(self) -> str:
        """Return the name of the format. Options set it, or else the suffix of the output file; the default is `table`.

        Raises UsageError for an unknown suffix, or for options that the format does not support.
        """
        name = "json" if self.json else self.format or self._implied_format() or self._usual_format()
        for special in ("template", "ascii", "excel"):
            if getattr(self, special) not in (None, False) and special not in WRITABLE[name].options:
                supported = " and ".join(other for other, row in WRITABLE.items() if special in row.options)
                raise UsageError(f"--{special} is for {supported}, not for {name}; name the format with --format")
        if name == "text" and self.template is None:
            raise UsageError("--format text needs a --template, such as '{key}: {title} ({date})'")
        if WRITABLE[name].shows == "papers" and self.fields:
            raise UsageError(f"{name} contains whole papers; omit --fields, or use csv or json")
        return name

    def require_whole(self, what: str) -> None:
        """Raise UsageError if an option that applies only to rows is set. Commands without rows call this method.

        `what` is the beginning of the message, such as `a plot is a picture, not rows`.
        """
        row_options = self.replace(output=None, color=None, pager=True, quiet=False)
        if row_options != type(self)():
            raise UsageError(f"{what}; --format, --json, --fields, --template, --ascii and --excel do not apply")

    def when_color(self) -> str:
        """Return when to use colour: `auto`, `always` or `never`. The variable NO_COLOR comes before the settings."""
        if self.color is None and self.settings and not os.environ.get("NO_COLOR"):
            return self.settings.color or "auto"
        return self.color or "auto"

    def _usual_format(self) -> str:
        """Return the format to use if neither an option nor the name of the output file sets the format."""
        return (self.settings and self.settings.format) or "table"

    def _implied_format(self) -> str | None:
        if self.template is not None:
            return "text"
        if self.output is None:
            return None
        from pathlib import Path  # imported only here, because few commands name a file

        name = self.output.lower()
        matches = (suffix for suffix in SUFFIXES if name.endswith(suffix))
        suffix = max(matches, key=len, default=Path(name).suffix)
        if suffix and suffix not in SUFFIXES:
            raise UsageError(f"--output: no format has the suffix {suffix}; name a format with --format")
        return SUFFIXES.get(suffix)

    @property
    def asks_for_fields(self) -> bool:
        """Whether the user asks which fields there are (`--fields help`)."""
        return self.fields == ["help"]

    def chosen_fields(self, fields: tuple[str, ...], *, is_text: bool = False) -> tuple[str, ...] | None:
        """Return the fields that the user named in an option or in the settings, or None if the user named no fields.

        The settings are about tables. With `is_text`, the answer is a text about one paper or page, and only fields
        that an option names make it a table.

        Raises UsageError for a name that is not in `fields`.
        """
        if self.template is not None:
            from pubcli.display import template

            return template.field_names(self.template, fields)
        purpose, texts = "--fields", self.fields
        if not texts and self.settings and self.chosen_format() in (("tsv",) if is_text else ("table", "tsv")):
            purpose, texts = f"{self.settings.path}: columns.{self.command}", self.settings.fields(self.command)
        names = [name.strip() for text in texts or () for name in text.split(",") if name.strip()]
        for name in names:
            require_choice(purpose, name, fields)
        return tuple(dict.fromkeys(names)) or None


class Owners(OptionSet):
    """The option to count the owner of a page as an author of the papers whose author list is cut."""

    owners: bool = switch("--owners", help="Count the owner of a page as an author of papers whose author list is cut.")
