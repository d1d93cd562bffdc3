"""The command line: one small module a command, loaded when it is called.

options     flags into a Query and a way of showing; the only place where flags are read
pages       the pages that are asked, in a store
output      where answers go and how they may look there
errors      what happens to errors
ingest      what add and refresh share
two_pages   the two pages of diff and compare
"""

import os
import re
import sys
from importlib import import_module
from typing import Annotated, Any, cast

import typer
from typer.core import TyperCommand, TyperGroup

from pubcli import __version__
from pubcli.errors import UsageError

COMMANDS = {
    "list": "List papers, newest first",
    "search": "Find papers by their words, best match first",
    "similar": "List the papers nearest to one",
    "show": "Show everything about a paper",
    "coauthors": "List who wrote papers together with the owner of the page",
    "people": "List everyone, and say which names are one person's",
    "network": "Measure who wrote with whom, or write it as a graph",
    "path": "Show the papers that link two people",
    "categories": "Count papers by category, with what arXiv calls it",
    "stats": "Count papers by year, category and more, or by two of them",
    "topics": "Tell what papers are about, and which topics rise and fall",
    "profile": "Compare what the header states with what the page lists",
    "diff": "Tell what changed from one capture of a page to a newer one",
    "compare": "Set two profiles side by side",
    "add": "Add pages to your library",
    "profiles": "List whose pages there are",
    "log": "Show how a person's page changed over its snapshots",
    "duplicates": "Tell which papers several people's pages list",
    "merge": "Make one paper of several",
    "split": "Make different papers of one",
    "save": "Save a question under a name",
    "run": "Ask a saved question",
    "refresh": "Read changed files of your library again",
    "remove": "Take people's pages out of your library",
    "info": "Tell where your library is and how much it holds",
    "library": "Verify your library, or copy it",
    "plot": "Draw a picture of the papers: SVG, PNG or PDF",
    "report": "Write a web page about the papers",
    "export": "Write all papers into a file for other programs",
    "cite": "Print references in the style of a journal",
    "formats": "List the formats that answers can be written in",
    "check": "Tell what was read, assumed, guessed and left over",
    "cache": "Tell what is kept of pages that were read, or clear it",
    "schema": "Print the JSON Schema of the records",
}
"""Each command with its line in the help; the module of the same name holds it."""


class Commands(TyperGroup):
    """A group that knows its commands by name and imports one when it is called."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = cast(Any, dict.fromkeys(COMMANDS))  # names, for "did you mean"

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, without importing anything."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, imported now; None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        return _loaded(cmd_name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list of commands in the help."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


_FIELD = re.compile("-[A-Za-z_]{2,}:")
"""How a field:value begins with the minus that leaves it out."""


class Command(TyperCommand):
    """A command that does not mistake a word to be left out, as in `list privacy -federated`, for `-f ederated`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments. Raises UsageError for one that could be either."""
        valued = {name for option in self.params if not getattr(option, "is_flag", True) for name in option.opts}
        short = {name for option in self.params for name in option.opts} | {*ctx.help_option_names}
        before = ""
        for word in args:
            if word == "--":
                break
            is_word = word[:2] in short and word[2:].isalpha() and word[2:].islower()
            if before not in valued and (is_word or _FIELD.match(word)):
                option = f"{word[:2]} {word[2:]!r} for the option, " if word[:2] in valued else ""
                raise UsageError(
                    f"{word} may be an option or a word to leave out; write {option}NOT {word[1:]} for the word"
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


def _print_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"pubcli {__version__}\n")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", "-V", help="Print the version.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """Ask questions of the plain text of a publication profile page.

    \b
    Examples:
      pubcli list --category LG            papers of one category, newest first
      pubcli search privacy                best match first
      pubcli coauthors -p page.txt         from a page of your own
      pubcli list --json | jq -r '.[].title'

    Without --profile the sample page that comes with pubcli is asked.
    """


def run() -> int:
    """Run the program and return its exit status."""
    from pubcli.cli.errors import guarded

    # Pydantic would look for plugins in the metadata of every installed package; pubcli uses none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    return guarded(app)
