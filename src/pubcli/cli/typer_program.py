"""Build the program of Typer, which reads every command line that `command_line` does not read.

Typer writes the help and the messages about mistakes, and installs completion for shells. The options are made from the
descriptions in `options` and in the modules of the commands.
"""

import inspect
import re
import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType, ModuleType
from typing import Annotated, Any, cast

import typer
from typer import _completion_shared
from typer.core import TyperCommand, TyperGroup

from pubcli import __version__
from pubcli.cli import COMMANDS, GROUPS, load_command, split_line
from pubcli.cli.completion_scripts import SCRIPTS
from pubcli.cli.execution import run_command
from pubcli.cli.mistakes import require_command
from pubcli.cli.parameters import REQUIRED, Parameter, Signature
from pubcli.errors import OutputError, UsageError


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
        return [name for commands in GROUPS.values() for name in commands]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import and return a command; None if there is no command of this name."""
        if cmd_name not in COMMANDS:
            return None
        return app_command(cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the name of the command at the beginning of a line, the command, and the words after its name.

        Raises UsageError for an unknown command.
        """
        name, words = split_line(args)
        if name:
            return name, self.get_command(ctx, name), words
        require_command(args[0])
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands in the help, by group."""
        widest = max(map(len, self.list_commands(ctx)))
        for heading, commands in GROUPS.items():
            with formatter.section(heading):
                formatter.write_dl([(f"{name:<{widest}}", line) for name, line in commands.items()])


_FIELD = re.compile("-[A-Za-z_]{2,}:")
"""Matches the beginning of a condition with a minus, such as -author:lowy."""


_SECTIONS = {"filter": "Filter", "order": "Order"}
"""The groups of options that have a section of their own in the help, with its heading."""
_FOLDED = {"input": "Input", "output": "Output"}
"""The groups of options that many commands have. The help of a command lists only the flags of these options."""


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

    groups: Mapping[str, str] = MappingProxyType({})
    """The group of each option, by the name of its parameter."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments and options in the help, by group. Of `_FOLDED` groups, list only the flags."""
        records: dict[str, list[tuple[str, str]]] = {}
        folded: dict[str, list[str]] = {}
        for parameter in self.get_params(ctx):
            group = self.groups.get(parameter.name or "", "")
            record = parameter.get_help_record(ctx)
            if group in _FOLDED:
                folded.setdefault(_FOLDED[group], []).append("/".join(sorted(parameter.opts, key=len)))
            elif record is not None:
                is_argument = parameter.param_type_name == "argument"
                heading = "Arguments" if is_argument else _SECTIONS.get(group, "Options")
                records.setdefault(heading, []).append(record)
        for heading in ("Arguments", "Options", *_SECTIONS.values()):
            if heading in records:
                with formatter.section(heading):
                    formatter.write_dl(records[heading])
        if folded:
            with formatter.section("Input and output (see pubcli help options)"):
                lists = [(group, ", ".join(sorted(flags, key=_is_rare))) for group, flags in folded.items()]
                formatter.write_dl(lists)


def _is_rare(flags: str) -> bool:
    """Return whether an option has no short flag: the options that are used most have one."""
    return flags.startswith("--")


def app_command(name: str) -> Any:
    """Import a command, and return it as a command of Typer."""
    module = load_command(name)
    single = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
    signature = Signature(module.command)
    function = callback(signature)
    single.command(name, cls=Command, help=help_text(module), short_help=COMMANDS[name])(function)
    command = cast(Command, typer.main.get_command(single))
    command.name = name
    command.groups = {parameter.name: parameter.group for parameter in signature.parameters}
    return command


def help_text(module: ModuleType) -> str:
    """Return the help of a command: the docstring of its module, or the result of the function `help_text` in it."""
    write = getattr(module, "help_text", None)
    return write() if write else module.__doc__ or ""


def callback(signature: Signature) -> Callable[..., None]:
    """Return a function that Typer can call: it has a parameter for each option and argument of a command.

    The function runs the command, and raises `typer.Exit` with its exit status.
    """

    def call(**values: Any) -> None:
        raise typer.Exit(run_command(signature, values))

    parameters = [_parameter(parameter) for parameter in signature.parameters]
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return call


def _parameter(parameter: Parameter) -> inspect.Parameter:
    """Convert a description into a parameter of a function, which Typer turns into an option or argument."""
    hint: Any = list[str] if parameter.repeatable else parameter.kind
    if parameter.default is None:
        hint = hint | None
    information = (
        typer.Option(
            *parameter.flags,
            metavar=parameter.metavar,
            help=parameter.help,
            min=parameter.minimum,
            max=parameter.maximum,
        )
        if parameter.flags
        else typer.Argument(metavar=parameter.metavar, help=parameter.help)
    )
    return inspect.Parameter(
        parameter.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if parameter.default is REQUIRED else parameter.default,
        annotation=Annotated[hint, information],
    )


_completion_shared._completion_scripts.update(SCRIPTS)

app = typer.Typer(
    cls=Commands,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(is_set: bool) -> None:
    if is_set:
        if sys.stdout is None:
            raise OutputError("standard output is closed")
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
