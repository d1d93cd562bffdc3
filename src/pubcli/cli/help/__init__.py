"""Explain a command, or a topic: the query language, fields, formats, sites, options, and more.

\b
Topics:
  query         the query language
  fields        the fields of papers
  formats       the formats that can be read and written
  sites         the sites whose pages can be read, and what to do with others
  options       the options that many commands have
  environment   the environment variables
  schema        the JSON Schema of the records

\b
Examples:
  pubcli help library merge
  pubcli help query
  pubcli help list --man | man -l -           a page of the manual
"""

from pubcli.cli.parameters import argument, switch
from pubcli.errors import ExitCode, require_choice


def command(
    *,
    words: list[str] | None = argument(
        "[COMMAND|TOPIC]",
        help="A command, which may have two words, or a topic.",
        default=None,
        repeatable=True,
        values="command",
    ),
    man: bool = switch("--man", help="Print a page of the manual, in the format of man."),
) -> ExitCode:
    """Print the help of a command, or of the program."""
    return print_page(words or []) if man else print_help(words or [])


def print_help(words: list[str]) -> ExitCode:
    """Print the help of the command that `words` name. If `words` is empty, print the help of the program.

    Raises UsageError if `words` name no command.
    """
    from pubcli.cli.typer_program import app

    app([*_present(words), "--help"], prog_name="pubcli", standalone_mode=False)
    return ExitCode.DONE


def print_page(words: list[str]) -> ExitCode:
    """Print the page of the manual for the command that `words` name, or for the program if `words` is empty.

    Raises UsageError if `words` name no command.
    """
    from pubcli.cli import COMMANDS
    from pubcli.cli.man_page import page
    from pubcli.cli.options import Output
    from pubcli.cli.output import destination

    name = " ".join(_present(words))
    if name:
        require_choice("help --man", name, tuple(COMMANDS))
    with destination(Output()) as target:
        target.out.write(page(name))
    return ExitCode.DONE


def _present(words: list[str]) -> list[str]:
    """Return the present name of a command that has a former one, with the words after it."""
    from pubcli.cli import FORMER

    if not words or words[0] not in FORMER:
        return words
    return [*FORMER[words[0]].split(" --")[0].split(), *words[1:]]


def with_actions(text: str | None, group: str) -> str:
    """Return the docstring of a group of commands, such as `library`, with its actions in place of ACTIONS."""
    lines = [f"  {action:<12}{line}" for action, line in _actions(group).items()]
    return (text or "").replace("ACTIONS", "\n".join(["\b", "Actions:", *lines]))


def print_group_help(group: str, words: list[str]) -> ExitCode:
    """Print the help of a group of commands, if the user types no further words.

    Raises UsageError for an unknown action, with those that it may mean. An action that exists is a command of its own.
    """
    if words:
        from pubcli.cli.mistakes import require_action

        require_action(group, words[0], tuple(_actions(group)))
    return print_help([group])


def _actions(group: str) -> dict[str, str]:
    """Return the actions of a group of commands, each with its line in the help."""
    from pubcli.cli import SUBCOMMANDS

    return {name.removeprefix(f"{group} "): line for name, line in SUBCOMMANDS.items() if name.startswith(f"{group} ")}
