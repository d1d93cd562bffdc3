"""Read command-line options. No other module reads them.

Options that several commands share are fields of the dataclasses below. A command has parameters of these classes.
`expand_options` turns the fields into options, and passes objects with the user's values to the command.
"""

import dataclasses
import inspect
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from pubcli import paths
from pubcli.biblio import dates
from pubcli.errors import ExitCode, UsageError, require_choice
from pubcli.formats import READABLE, SUFFIXES, WRITABLE, require_valid_options
from pubcli.graphs import FORMATS as GRAPHS
from pubcli.graphs import SUFFIXES as GRAPH_SUFFIXES
from pubcli.inputs.selection import SQLITE_SUFFIXES
from pubcli.inputs.sources import STDIN, ReadOptions
from pubcli.query import language
from pubcli.query.expression import Query
from pubcli.text.normalize import well_formed

_SUFFIXES_READ = tuple(suffix for row in READABLE.values() for suffix in row.suffixes)
_COLORS = ("auto", "always", "never")
MOST_ROWS = 2**31
"""Maximum of --limit and --offset. No library has so many rows, and SQLite can still add two such numbers."""


_Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        help="Encoding of the input, such as gbk or cp1251; needed only if it is not recognised.",
    ),
]


def _require_encoding(name: str) -> str:
    from pubcli.inputs import recoding

    return recoding.require_encoding(name, "--encoding")


@dataclasses.dataclass
class Reading:
    """Options for reading files."""

    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DAY",
            help="Day on which the page was captured, such as 2026-11-23; used to assume missing years. If a page was "
            "captured several times on a day, add a time (2026-11-23T14:30) or a number (2026-11-23#2).",
        ),
    ] = None
    form: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FORMAT",
            help="Format of the input, such as bibtex or csv; needed only if it is not recognised.",
        ),
    ] = None
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="FIELD=COLUMN",
            help="Column of the input table for a field, such as title=Name. Repeatable.",
        ),
    ] = None

    encoding: _Encoding = None

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
        try:
            return None if self.as_of is None else dates.parse_capture(self.as_of)
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


_Aliases = Annotated[
    list[str] | None,
    typer.Option(
        "--aliases", metavar="FILE", help="File with the names of one person on each line: A = B = C. Repeatable."
    ),
]
"""Files that list the names of each person. The decisions about names in the library apply too."""


def alias_names(files: list[str] | None) -> list[str]:
    """Return the names of the alias files: `files`, the value of --aliases, else those that PUBCLI_ALIASES lists."""
    return files or list(filter(None, os.environ.get("PUBCLI_ALIASES", "").split(os.pathsep)))


def _library_files(name: str | None) -> list[str]:
    """Return the paths of the files of a library: the library itself, and those that SQLite keeps next to it."""
    from pubcli.store.library import library_file

    return [f"{library_file.locate(name)}{suffix}" for suffix in ("", *SQLITE_SUFFIXES)]


@dataclasses.dataclass
class Inputs(Reading):
    """Options that select the pages to query."""

    profile: Annotated[
        list[str] | None,
        typer.Option(
            "--profile",
            "-p",
            metavar="FILE",
            help="Page, folder or glob to read; - is standard input, @clipboard the clipboard. Repeatable.",
        ),
    ] = None
    library: Annotated[
        str | None, typer.Option("--library", metavar="FILE", help="Library to query; see pubcli add.")
    ] = None
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="NAME", help="Only the page of this person (any part of the name).")
    ] = None
    cache: Annotated[bool, typer.Option("--cache/--no-cache", help="Store parsed pages for later commands.")] = True
    aliases: _Aliases = None

    def names(self) -> list[str]:
        """Return the files, folders and globs to read: --profile, or PUBCLI_PROFILE if neither option names a source.

        Return an empty list if the library or the sample page is read.
        """
        if self.profile or self.library is not None:
            return self.profile or []
        return list(filter(None, os.environ.get("PUBCLI_PROFILE", "").split(os.pathsep)))

    def files_to_keep(self) -> list[str]:
        """Return the inputs that --output must not replace: pages, alias files, and the library."""
        return [*self.names(), *alias_names(self.aliases), *([] if self.names() else _library_files(self.library))]

    def __post_init__(self) -> None:
        if "" in (self.profile or ()):
            raise UsageError("--profile: a file name is missing")
        if self.profile and self.library is not None:
            raise UsageError("--profile reads files, --library queries pages that you added; use only one of them")


@dataclasses.dataclass
class LibraryOption:
    """The option that names a library."""

    library: Annotated[
        str | None,
        typer.Option("--library", metavar="FILE", help="Library file (default: PUBCLI_LIBRARY, else your own)."),
    ] = None

    def path(self) -> Path:
        """Return the path of the library. Raises InputError if the user has no home folder."""
        from pubcli.store.library import library_file

        return library_file.locate(self.library)

    def files_to_keep(self) -> list[str]:
        """Return the files of the library, which --output must not replace."""
        return _library_files(self.library)


@dataclasses.dataclass
class Captures:
    """Options for reading the two pages of a comparison."""

    as_of: Annotated[
        list[str] | None,
        typer.Option(
            "--as-of",
            metavar="DAY",
            help="Day on which both pages were captured. Given twice: the day of the first page, then of the second.",
        ),
    ] = None
    encoding: _Encoding = None
    library: Annotated[
        str | None, typer.Option("--library", metavar="FILE", help="Library in which to look up names.")
    ] = None
    cache: Annotated[bool, typer.Option("--cache/--no-cache", help="Store parsed pages for later commands.")] = True
    aliases: _Aliases = None

    def files_to_keep(self) -> list[str]:
        """Return the inputs that --output must not replace: alias files, and the library."""
        return [*alias_names(self.aliases), *_library_files(self.library)]

    def days(self) -> tuple[str | None, str | None]:
        """Return the as-of days of both pages, as the user typed them. Raises UsageError for more than two days."""
        days = self.as_of or []
        if len(days) > 2:
            raise UsageError("--as-of: at most two days, one for each page")
        return (days[0], days[-1]) if days else (None, None)


@dataclasses.dataclass
class Filters:
    """Options that select papers."""

    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[QUERY]...", help='Words, "phrases", field:value, OR, -word; see pubcli search --help.'
        ),
    ] = None
    category: Annotated[
        list[str] | None,
        typer.Option(
            "--category", "-c", metavar="CODE", help="Category, such as LG. Repeatable: papers in any of them."
        ),
    ] = None
    author: Annotated[
        list[str] | None,
        typer.Option("--author", "-a", metavar="NAME", help="Any part of an author's name. Repeatable: papers by all."),
    ] = None
    title: Annotated[list[str] | None, typer.Option("--title", metavar="TEXT", help="Any part of the title.")] = None
    org: Annotated[
        list[str] | None, typer.Option("--org", metavar="TEXT", help="Any part of the organisation's name.")
    ] = None
    year: Annotated[
        str | None, typer.Option("--year", "-y", metavar="YEARS", help="2021, 2021..2023, 2021.. or ..2023.")
    ] = None
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="Only papers from DAY on: a year, month or day.")
    ] = None
    until: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help="Only papers up to DAY: a year, month or day.")
    ] = None
    code: Annotated[
        bool | None, typer.Option("--code/--no-code", help="Only papers with code, or only those without.")
    ] = None

    def query(self, order: "Ordering | None" = None, sortable: tuple[str, ...] = ()) -> Query:
        """Return the query that the options describe. `sortable` are the fields by which the command can sort."""
        order = order or Ordering()
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
            limit=None if order.limit is None else min(order.limit, MOST_ROWS),
            offset=min(order.offset, MOST_ROWS),
        )


def _require_no_page(words: list[str]) -> None:
    """Raise UsageError if a word of the query is the name of an existing file.

    In `-p *.txt`, the option takes only the first file, and the other files become words of the query.
    """
    for word in words:
        if word.endswith(_SUFFIXES_READ) and paths.is_file(word):
            raise UsageError(f"{word} is a file; write --profile before each page")


@dataclasses.dataclass
class Ordering:
    """Options for the order and the number of rows."""

    sort: Annotated[
        list[str] | None,
        typer.Option(
            "--sort", "-s", metavar="FIELDS", help="Sort by FIELDS, such as date,title; prefix with - for descending."
        ),
    ] = None
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=0, metavar="N", help="Show at most N.")] = None
    offset: Annotated[int, typer.Option("--offset", min=0, metavar="N", help="Skip the first N.")] = 0


@dataclasses.dataclass
class Output:
    """Options for the format and the destination of the answer."""

    format: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="FORMAT", help=f"{', '.join(WRITABLE)} (default: table)."),
    ] = None
    template: Annotated[
        str | None,
        typer.Option(
            "--template", metavar="TEXT", help="Print one line per row, with fields in braces: '{key}: {title}'."
        ),
    ] = None
    ascii: Annotated[bool, typer.Option("--ascii", help="Write BibTeX in ASCII: {\\'e} for é.")] = False
    excel: Annotated[
        bool, typer.Option("--excel", help="Write CSV for spreadsheets; cells that look like formulas become text.")
    ] = False
    json: Annotated[bool, typer.Option("--json", help="Same as --format json.")] = False
    fields: Annotated[
        list[str] | None,
        typer.Option("--fields", metavar="FIELDS", help="Fields to show, such as key,title,date; help lists them."),
    ] = None
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to FILE, completely or not at all."),
    ] = None
    color: Annotated[
        str,
        typer.Option(
            "--color", metavar="WHEN", help="When to use colour: auto, always (also formats tables in pipes) or never."
        ),
    ] = "auto"
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print no notes on standard error.")] = False
    lacks_input: bool = dataclasses.field(default=False, init=False, compare=False)
    """Not an option: whether an input that the user named could not be read, so that the answer lacks it."""

    def final_status(self, status: ExitCode) -> ExitCode:
        """Return the exit status of a command, which itself returned `status`: INPUT if its answer lacks an input."""
        return ExitCode.INPUT if self.lacks_input and status in (ExitCode.DONE, ExitCode.NOTHING) else status

    def require_no_input(self, names: Iterable[str]) -> None:
        """Raise UsageError if the output file is one of the inputs, or a file in one of the folders, by any path."""
        if self.output not in (None, STDIN):
            from pubcli.cli.overwriting import require_no_input

            require_no_input(self.output, names)

    def __post_init__(self) -> None:
        if self.output == "":
            raise UsageError("--output: a file name is missing")
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
        name = "json" if self.json else self.format or self._implied_format() or "table"
        for option in ("template", "ascii", "excel"):
            if getattr(self, option) not in (None, False) and option not in WRITABLE[name].options:
                supported = " and ".join(other for other, row in WRITABLE.items() if option in row.options)
                raise UsageError(f"--{option} is for {supported}, not for {name}; name the format with --format")
        if name == "text" and self.template is None:
            raise UsageError("--format text needs a --template, such as '{key}: {title} ({date})'")
        if WRITABLE[name].shows == "papers" and self.fields:
            raise UsageError(f"{name} contains whole papers; omit --fields, or use csv or json")
        return name

    def require_whole(self, what: str) -> None:
        """Raise UsageError if an option that applies only to rows is set. Commands without rows call this method.

        `what` is the beginning of the message, such as `a plot is a picture, not rows`.
        """
        row_options = dataclasses.replace(self, output=None, color="auto", quiet=False)
        if row_options != type(self)():
            raise UsageError(f"{what}; --format, --json, --fields, --template, --ascii and --excel do not apply")

    def _implied_format(self) -> str | None:
        if self.template is not None:
            return "text"
        name = (self.output or "").lower()
        matches = (suffix for suffix in SUFFIXES if name.endswith(suffix))
        suffix = max(matches, key=len, default=Path(name).suffix)
        if suffix and suffix not in SUFFIXES:
            raise UsageError(f"--output: no format has the suffix {suffix}; name a format with --format")
        return SUFFIXES.get(suffix)

    @property
    def asks_for_fields(self) -> bool:
        """Whether the user asks which fields there are (`--fields help`)."""
        return self.fields == ["help"]

    def chosen_fields(self, fields: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return the fields that the user named, or None if the user named no fields.

        Raises UsageError for a name that is not in `fields`.
        """
        if self.template is not None:
            from pubcli.display import template

            return template.field_names(self.template, fields)
        names = [name.strip() for text in self.fields or () for name in text.split(",") if name.strip()]
        for name in names:
            require_choice("--fields", name, fields)
        return tuple(dict.fromkeys(names)) or None


@dataclasses.dataclass
class Owners:
    """The option to count the owner of a page as an author of the papers whose author list is cut."""

    owners: Annotated[
        bool,
        typer.Option("--owners", help="Count the owner of a page as an author of papers whose author list is cut."),
    ] = False


@dataclasses.dataclass
class GraphOutput(Output):
    """Options for an answer that may be a graph."""

    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help=f"{', '.join(GRAPHS)}; or a format of pubcli list, with people as rows.",
        ),
    ] = None

    def __post_init__(self) -> None:
        if self.format in GRAPHS:
            dataclasses.replace(self, format=None).require_whole(f"--format {self.format} writes a whole graph")
        elif self.format is not None and self.format not in WRITABLE:
            require_choice("--format", self.format, (*GRAPHS, *WRITABLE))
        else:
            super().__post_init__()

    def graph(self) -> str | None:
        """Return the name of the graph format that --format or the suffix of the output file sets.

        Return None if they set no graph format. The answer is then written as rows, one for each person.
        """
        if self.format is not None or self.json:
            return self.format if self.format in GRAPHS else None
        return GRAPH_SUFFIXES.get(Path(self.output or "").suffix.lower())


def expand_options(function: Callable[..., ExitCode]) -> Callable[..., None]:
    """Decorate a command whose parameters are option classes, such as `Output`, so that Typer can call it.

    Return a function that has a parameter for each option in these classes. It calls the command with objects of the
    classes, and exits with the exit status that the command returns.
    """
    hints = {name: hint for name, hint in get_type_hints(function, include_extras=True).items() if name != "return"}
    groups = {name: hint for name, hint in hints.items() if dataclasses.is_dataclass(hint)}

    @wraps(function)
    def called(**values: Any) -> None:
        for name, group in groups.items():
            values[name] = group(**{field.name: values.pop(field.name) for field in _option_fields(group)})  # type: ignore[operator]
        output = values.get("output")
        if isinstance(output, Output):
            inputs = [file for name in groups for file in getattr(values[name], "files_to_keep", list)()]
            output.require_no_input(inputs)
        status = function(**values)
        raise typer.Exit(output.final_status(status) if isinstance(output, Output) else status)

    parameters = [parameter for name, hint in hints.items() for parameter in _parameters(function, name, hint)]
    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return called


def _option_fields(group: Any) -> Iterator["dataclasses.Field[Any]"]:
    """Yield the fields of an option class that are options."""
    return (field for field in dataclasses.fields(group) if field.init)


def _parameters(function: Callable[..., ExitCode], name: str, hint: Any) -> Iterator[inspect.Parameter]:
    keyword = inspect.Parameter.KEYWORD_ONLY
    if not dataclasses.is_dataclass(hint):
        default = inspect.signature(function).parameters[name].default
        yield inspect.Parameter(name, keyword, default=default, annotation=hint)
        return
    annotations = get_type_hints(hint, include_extras=True)
    for field in _option_fields(hint):
        yield inspect.Parameter(field.name, keyword, default=field.default, annotation=annotations[field.name])
