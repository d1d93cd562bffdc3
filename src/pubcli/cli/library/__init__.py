"""Keep your library in order. Each action is a command: pubcli library ACTION --help shows its options.

ACTIONS

\b
Examples:
  pubcli library info
  pubcli library check
"""

from pubcli.cli.help import print_group_help, with_actions
from pubcli.cli.parameters import argument
from pubcli.errors import ExitCode

__doc__ = with_actions(__doc__, "library")


def command(
    *,
    words: list[str] | None = argument("[ACTION]", help="One of the actions above.", default=None, repeatable=True),
) -> ExitCode:
    """Print the help of the actions."""
    return print_group_help("library", words or [])
