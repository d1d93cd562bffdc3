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


def command(*, action: str | None = argument("[ACTION]", help="One of the actions above.", default=None)) -> ExitCode:
    """Print the help of the actions."""
    return print_group_help("library", action)
