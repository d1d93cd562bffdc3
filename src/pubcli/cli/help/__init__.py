"""Explain a command, or a topic: the query language, fields, formats, options, environment variables, schemas.

\b
Topics:
  query         the query language
  fields        the fields of papers
  formats       the formats that can be read and written, and the sites
  options       the options that many commands have
  environment   the environment variables
  schema        the JSON Schema of the records

\b
Examples:
  pubcli help library merge
  pubcli help query
"""

from pubcli.cli.parameters import argument
from pubcli.errors import ExitCode, require_choice


def command(
    *,
    words: list[str] | None = argument(
        "[COMMAND|TOPIC]", help="A command, which may have two words, or a topic.", default=None, repeatable=True
    ),
) -> ExitCode:
    """Print the help of a command, or of the program."""
    return print_help(words or [])


def print_help(words: list[str]) -> ExitCode:
    """Print the help of the command that `words` name. If `words` is empty, print the help of the program.

    Raises UsageError if `words` name no command.
    """
    from pubcli.cli import FORMER
    from pubcli.cli.typer_program import app

    if words and words[0] in FORMER:
        words = [*FORMER[words[0]].split(" --")[0].split(), *words[1:]]
    app([*words, "--help"], prog_name="pubcli", standalone_mode=False)
    return ExitCode.DONE


def with_actions(text: str | None, group: str) -> str:
    """Return the docstring of a group of commands, such as `library`, with its actions in place of ACTIONS."""
    lines = [f"  {action:<12}{line}" for action, line in _actions(group).items()]
    return (text or "").replace("ACTIONS", "\n".join(["\b", "Actions:", *lines]))


def print_group_help(group: str, action: str | None) -> ExitCode:
    """Print the help of a group of commands, if the user names no action. Raises UsageError for an unknown action.

    An action that exists is a command of its own.
    """
    if action is not None:
        require_choice(group, action, tuple(_actions(group)))
    return print_help([group])


def _actions(group: str) -> dict[str, str]:
    """Return the actions of a group of commands, each with its line in the help."""
    from pubcli.cli import SUBCOMMANDS

    return {name.removeprefix(f"{group} "): line for name, line in SUBCOMMANDS.items() if name.startswith(f"{group} ")}
