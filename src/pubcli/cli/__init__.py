"""Define the command line. Each command is a small module, which is imported when the command is called.

The commands use these modules:
options     turn command-line options into queries and output options; no other module reads command-line options
pages       open the pages that a command queries
output      write answers and notes
errors      turn errors into messages and exit statuses
interactive start the interactive browser, for browse and pick
ingest      add pages to the library and report the outcome, for add and refresh
two_pages   open the two pages that diff and compare need
"""

import os
import re
import sys
from importlib import import_module
from typing import Annotated, Any, cast

import typer
from typer.core import TyperCommand, TyperGroup

from pubcli import __version__
from pubcli.errors import OutputError, UsageError

COMMANDS = {
    "list": "List papers, newest first",
    "search": "Search papers by words, best match first",
    "similar": "List the papers most similar to one",
    "show": "Show everything about a paper",
    "browse": "Browse papers on the whole screen",
    "pick": "Choose papers on the screen and print their keys",
    "open": "Open the web page of a paper",
    "coauthors": "List the co-authors of the page's owner",
    "people": "List all people, or decide which names belong to one person",
    "network": "Measure the co-author network, or write it as a graph",
    "path": "Show the papers that link two people",
    "categories": "Count papers by category, with arXiv's name for it",
    "stats": "Count papers by year, category and more, or by two of them",
    "topics": "List the topics of papers, and which of them rise or fall",
    "profile": "Show the numbers in a page's header next to those of its list",
    "diff": "Show what changed from an older capture of a page to a newer one",
    "compare": "Compare two profiles",
    "add": "Add pages to your library",
    "profiles": "List the profiles in your library",
    "log": "Show how a person's page changed over its snapshots",
    "duplicates": "List papers on several people's pages",
    "merge": "Merge papers that are the same",
    "split": "Separate papers that were merged",
    "save": "Save a query under a name",
    "run": "Run a saved query",
    "refresh": "Read changed files of your library again",
    "remove": "Remove people's pages from your library",
    "info": "Show where your library is and how much it holds",
    "library": "Check or copy your library, or undo its last change",
    "plot": "Draw a picture of the papers: SVG, PNG or PDF",
    "report": "Write a web page about the papers",
    "export": "Write papers to a file for other programs",
    "cite": "Print references in the style of a journal",
    "formats": "List the formats that can be read and written",
    "check": "Report what was read, assumed, guessed or not understood",
    "cache": "Show or clear the cache of parsed pages",
    "schema": "Print the JSON Schema of the records",
}
"""The commands, with their lines in the help. Each command is defined in the module of the same name."""


class Commands(TyperGroup):
    """A group of commands that imports a command only when it is called."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = cast(Any, dict.fromkeys(COMMANDS))  # Typer needs the names to suggest a similar command

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the options before the command. Raises OutputError if --install-completion cannot write its files."""
        installs_completion = any(arg.startswith("--install-completion") for arg in args)
        try:
            return super().parse_args(ctx, args)
        except Exception as error:
            is_of_system = isinstance(error, OSError | UnicodeError) or type(error) is RuntimeError  # no home folder
            if not (is_of_system and installs_completion):
                raise
            name, reason = getattr(error, "filename", None), getattr(error, "strerror", None) or error
            place = f"{name}: {reason}" if name else str(reason)
            raise OutputError(
                f"the completion cannot be installed ({place}); pubcli --show-completion prints it"
            ) from None

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands, without importing them."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import and return a command; None if there is no command of this name."""
        if cmd_name not in COMMANDS:
            return None
        return _loaded(cmd_name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands in the help."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


_FIELD = re.compile("-[A-Za-z_]{2,}:")
"""Matches the beginning of a condition with a minus, such as -author:lowy."""


class Command(TyperCommand):
    """A command that refuses a word with a minus if the word may be an option or a part of the query.

    In a query, a minus excludes a word. Without this class, Typer would read `-federated` in `list privacy -federated`
    as the option `-f` with the value `ederated`.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments. Raises UsageError for a word that may be either an option or an excluded word."""
        valued = {name for option in self.params if not getattr(option, "is_flag", True) for name in option.opts}
        short = {name for option in self.params for name in option.opts} | {*ctx.help_option_names}
        before = ""
        for word in args:
            if word == "--":
                break
            is_word = word[:2] in short and word[2:].isalpha() and word[2:].islower()
            if before not in valued and (is_word or _FIELD.match(word)):
                option = f"for the option, write {word[:2]} {word[2:]!r}; " if word[:2] in valued else ""
                raise UsageError(
                    f"{word} may be an option or an excluded word; {option}to exclude the word, write NOT {word[1:]}"
                )
            before = word
        return super().parse_args(ctx, args)


def _loaded(name: str) -> Any:
    module = import_module(f"pubcli.cli.{name}")
    single = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
    single.command(name, cls=Command, help=module.__doc__, short_help=COMMANDS[name])(module.command)
    command = typer.main.get_command(single)
    command.name = name
    return command


app = typer.Typer(
    cls=Commands,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(is_set: bool) -> None:
    if is_set:
        sys.stdout.write(f"pubcli {__version__}\n")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", "-V", help="Print the version.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """Explore publications from a terminal: profile pages, bibliographies, your library.

    \b
    Examples:
      pubcli list --category LG            list papers of one category
      pubcli search privacy                search, best match first
      pubcli coauthors -p page.txt         read your own page
      pubcli list --json | jq -r '.[].title'

    Without --profile and without a library, commands use the sample page that comes with pubcli.
    """


def run() -> int:
    """Run the program and return its exit status."""
    from pubcli.cli.errors import run_program

    # pubcli uses no Pydantic plugins. Without this setting, Pydantic searches all installed packages for plugins.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    return run_program(app)
