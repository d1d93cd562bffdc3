"""Flags into a query and a way of showing: the only place where command-line options are read.

Options that several commands share are fields of the dataclasses below. A command takes such a class as a
parameter; `spread` makes options of its fields and puts them together again.
"""

import dataclasses
import inspect
from collections.abc import Callable, Iterator
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from pubcli.biblio import dates
from pubcli.errors import ExitCode, UsageError, require_choice
from pubcli.formats import READABLE, SUFFIXES, WRITABLE, require_valid_options
from pubcli.graphs import FORMATS as GRAPHS
from pubcli.graphs import SUFFIXES as GRAPH_SUFFIXES
from pubcli.inputs.sources import ReadOptions
from pubcli.query import language
from pubcli.query.expression import Query

_SUFFIXES_READ = tuple(suffix for one in READABLE.values() for suffix in one.suffixes)
_COLORS = ("auto", "always", "never")
MOST_ROWS = 2**31
"""Rows that --limit and --offset can name: more than there are, and few enough for SQLite to add up."""


@dataclasses.dataclass
class Reading:
    """How files are read."""

    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DAY", help="Day of the capture, for dates without a year: 2026-11-23."),
    ] = None
    form: Annotated[
        str | None,
        typer.Option("--from", metavar="FORMAT", help="Format of the input, where it is not recognised: bibtex, csv."),
    ] = None
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="For tables: title=Titel,authors=Autoren. Repeatable."),
    ] = None

    def read_options(self) -> ReadOptions:
        """Return the options for reading. Raise UsageError for an unknown format or field."""
        pairs = [one.partition("=") for text in self.columns or () for one in text.split(",") if one.strip()]
        for field, sign, _ in pairs:
            if not sign:
                raise UsageError(f"--map: {field.strip()!r} is no FIELD=COLUMN, such as title=Titel")
        options = ReadOptions(self.form, tuple((field.strip(), column.strip()) for field, _, column in pairs))
        require_valid_options(options, "--from", "--map")
        return options

    def day(self) -> date | None:
        """The as-of day; None when it is left to the source."""
        try:
            return None if self.as_of is None else dates.parse_day(self.as_of)
        except ValueError as error:
            raise UsageError(f"--as-of: {error}") from None


_Aliases = Annotated[
    list[str] | None,
    typer.Option("--aliases", metavar="FILE", help="Names of one person, a line each: A = B = C. Repeatable."),
]
"""Which names are one person's, beside what the library knows."""


@dataclasses.dataclass
class Inputs(Reading):
    """Which pages are asked."""

    profile: Annotated[
        list[str] | None,
        typer.Option("--profile", "-p", metavar="FILE", help="Page to read; - is standard input. Repeatable."),
    ] = None
    library: Annotated[
        str | None, typer.Option("--library", metavar="FILE", help="Library to ask; see pubcli add.")
    ] = None
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="NAME", help="Only this person's page; part of the name will do.")
    ] = None
    cache: Annotated[bool, typer.Option("--cache/--no-cache", help="Keep what was read for the next question.")] = True
    aliases: _Aliases = None

    def __post_init__(self) -> None:
        if "" in (self.profile or ()):
            raise UsageError("--profile: a file name is missing")
        if self.profile and self.library is not None:
            raise UsageError("--profile reads pages, --library asks those that were added; give one of the two")


@dataclasses.dataclass
class Shelf:
    """Which library is meant."""

    library: Annotated[
        str | None,
        typer.Option("--library", metavar="FILE", help="The library's file; else PUBCLI_LIBRARY, else yours."),
    ] = None


@dataclasses.dataclass
class Captures:
    """How two pages are read that are set against each other."""

    as_of: Annotated[
        list[str] | None,
        typer.Option("--as-of", metavar="DAY", help="Day of both captures, or, given twice, of the first and second."),
    ] = None
    library: Annotated[
        str | None, typer.Option("--library", metavar="FILE", help="The library in which names are looked up.")
    ] = None
    cache: Annotated[bool, typer.Option("--cache/--no-cache", help="Keep what was read for the next question.")] = True
    aliases: _Aliases = None

    def days(self) -> tuple[str | None, str | None]:
        """The as-of days of both, as they were typed. Raises UsageError for more than two."""
        given = self.as_of or []
        if len(given) > 2:
            raise UsageError("--as-of: there are two pages, so two days at most")
        return (given[0], given[-1]) if given else (None, None)


@dataclasses.dataclass
class Filters:
    """Which papers are asked for."""

    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[QUERY]...", help='Words, "phrases", field:value, OR, -word; as for search.'),
    ] = None
    category: Annotated[
        list[str] | None,
        typer.Option("--category", "-c", metavar="CODE", help="Category, such as LG. Repeatable: any of them."),
    ] = None
    author: Annotated[
        list[str] | None,
        typer.Option("--author", "-a", metavar="NAME", help="Any part of an author's name. Repeatable: all of them."),
    ] = None
    title: Annotated[list[str] | None, typer.Option("--title", metavar="TEXT", help="Any part of the title.")] = None
    org: Annotated[list[str] | None, typer.Option("--org", metavar="TEXT", help="Any part of the organisation.")] = None
    year: Annotated[
        str | None, typer.Option("--year", "-y", metavar="YEARS", help="2021, 2021..2023, 2021.. or ..2023.")
    ] = None
    since: Annotated[str | None, typer.Option("--since", metavar="DAY", help="From this year, month or day on.")] = None
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="Up to this year, month or day.")] = None
    code: Annotated[
        bool | None, typer.Option("--code/--no-code", help="Only papers with code, or only those without.")
    ] = None

    def query(self, order: "Ordering | None" = None, sortable: tuple[str, ...] = ()) -> Query:
        """All of it as one query; `sortable` are the fields that the command can sort by."""
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
            sort=tuple(found for text in order.sort or () for found in language.order(text, sortable)),
            limit=None if order.limit is None else min(order.limit, MOST_ROWS),
            offset=min(order.offset, MOST_ROWS),
        )


def _require_no_page(words: list[str]) -> None:
    """`-p *.txt` gives one file to the option and the rest to the query: say so instead of finding nothing."""
    for word in words:
        if word.endswith(_SUFFIXES_READ) and Path(word).is_file():
            raise UsageError(f"{word} is a file; give each page a --profile of its own")


@dataclasses.dataclass
class Ordering:
    """In which order, and how many."""

    sort: Annotated[
        list[str] | None,
        typer.Option("--sort", "-s", metavar="FIELDS", help="Fields to sort by: date or -date,title. - is downwards."),
    ] = None
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=0, metavar="N", help="At most so many.")] = None
    offset: Annotated[int, typer.Option("--offset", min=0, metavar="N", help="Leave out so many first.")] = 0


@dataclasses.dataclass
class Output:
    """How the answer is written, and where."""

    format: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="FORMAT", help=f"{', '.join(WRITABLE)}. A table unless told otherwise."),
    ] = None
    template: Annotated[
        str | None,
        typer.Option("--template", metavar="TEXT", help="A line for each row, fields in braces: '{key}: {title}'."),
    ] = None
    ascii: Annotated[bool, typer.Option("--ascii", help="BibTeX in ASCII: {\\'e} for é.")] = False
    excel: Annotated[bool, typer.Option("--excel", help="CSV for spreadsheets: no cell becomes a formula.")] = False
    json: Annotated[bool, typer.Option("--json", help="Short for --format json.")] = False
    fields: Annotated[
        list[str] | None, typer.Option("--fields", metavar="FIELDS", help="Fields to show: key,title,date.")
    ] = None
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file, whole or not at all."),
    ] = None
    color: Annotated[
        str,
        typer.Option("--color", metavar="WHEN", help="auto, always (also draws tables into a pipe) or never."),
    ] = "auto"
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notes on standard error.")] = False

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
        """The format asked for by name, else by the template or the suffix of the output file, else a table.

        Raises UsageError for options that the format does not take.
        """
        name = "json" if self.json else self.format or self._implied_format() or "table"
        for option in ("template", "ascii", "excel"):
            if getattr(self, option) not in (None, False) and option not in WRITABLE[name].options:
                able = " and ".join(known for known, one in WRITABLE.items() if option in one.options)
                raise UsageError(f"--{option} is for {able}, not for {name}; name the format with --format")
        if name == "text" and self.template is None:
            raise UsageError("--format text needs a --template, such as '{key}: {title} ({date})'")
        if WRITABLE[name].shows == "papers" and self.fields:
            raise UsageError(f"{name} holds whole papers; leave out --fields, or take csv or json")
        return name

    def require_whole(self, what: str) -> None:
        """Raise UsageError for options on how rows look, where what is written is no rows."""
        asked = dataclasses.replace(self, output=None, color="auto", quiet=False)
        if asked != type(self)():
            raise UsageError(f"{what}; --format, --json, --fields, --template, --ascii and --excel do not apply")

    def _implied_format(self) -> str | None:
        if self.template is not None:
            return "text"
        name = (self.output or "").lower()
        suffix = max((known for known in SUFFIXES if name.endswith(known)), key=len, default=Path(name).suffix)
        if suffix and suffix not in SUFFIXES:
            raise UsageError(f"--output: which format is {suffix}? Name one with --format")
        return SUFFIXES.get(suffix)

    def chosen_fields(self, known: tuple[str, ...]) -> tuple[str, ...] | None:
        """The fields asked for; None when none are. Raises UsageError for one that there is not."""
        if self.template is not None:
            from pubcli.display import template

            return template.names(self.template, known)
        names = [name.strip() for text in self.fields or () for name in text.split(",") if name.strip()]
        for name in names:
            require_choice("--fields", name, known)
        return tuple(dict.fromkeys(names)) or None


@dataclasses.dataclass
class Owners:
    """Who counts as an author."""

    owners: Annotated[
        bool,
        typer.Option("--owners", help="The owner of a page is on its cut lists too, shown or not."),
    ] = False


@dataclasses.dataclass
class GraphOutput(Output):
    """How an answer is written that may be a graph."""

    format: Annotated[
        str | None,
        typer.Option(
            "--format", "-f", metavar="FORMAT", help=f"{', '.join(GRAPHS)}; or for the people as rows, as for list."
        ),
    ] = None

    def __post_init__(self) -> None:
        if self.format in GRAPHS:
            dataclasses.replace(self, format=None).require_whole(f"--format {self.format} is a graph as a whole")
        elif self.format is not None and self.format not in WRITABLE:
            require_choice("--format", self.format, (*GRAPHS, *WRITABLE))
        else:
            super().__post_init__()

    def graph(self) -> str | None:
        """The format of the graph file, by name or by the suffix of the output file; None for people as rows."""
        if self.format is not None or self.json:
            return self.format if self.format in GRAPHS else None
        return GRAPH_SUFFIXES.get(Path(self.output or "").suffix.lower())


def spread(function: Callable[..., ExitCode]) -> Callable[..., None]:
    """A function Typer can read, from one whose parameters are option classes: their fields become options.

    What the function returns becomes the exit status.
    """
    hints = {name: hint for name, hint in get_type_hints(function, include_extras=True).items() if name != "return"}
    groups = {name: hint for name, hint in hints.items() if dataclasses.is_dataclass(hint)}

    @wraps(function)
    def called(**values: Any) -> None:
        for name, group in groups.items():
            values[name] = group(**{field.name: values.pop(field.name) for field in dataclasses.fields(group)})  # type: ignore[operator]
        raise typer.Exit(function(**values))

    parameters = [parameter for name, hint in hints.items() for parameter in _parameters(function, name, hint)]
    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return called


def _parameters(function: Callable[..., ExitCode], name: str, hint: Any) -> Iterator[inspect.Parameter]:
    keyword = inspect.Parameter.KEYWORD_ONLY
    if not dataclasses.is_dataclass(hint):
        default = inspect.signature(function).parameters[name].default
        yield inspect.Parameter(name, keyword, default=default, annotation=hint)
        return
    annotations = get_type_hints(hint, include_extras=True)
    for field in dataclasses.fields(hint):
        yield inspect.Parameter(field.name, keyword, default=field.default, annotation=annotations[field.name])
