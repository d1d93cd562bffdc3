"""Keep your library in order. Each action is a command: pubcli library ACTION --help shows its options.

ACTIONS

\b
Examples:
  pubcli library info
  pubcli library check
"""

from pubcli.cli import SUBCOMMANDS
from pubcli.cli.parameters import argument
from pubcli.errors import ExitCode, require_choice

_LINES = {name.partition(" ")[2]: line for name, line in SUBCOMMANDS.items() if name.startswith("library ")}
__doc__ = (__doc__ or "").replace(
    "ACTIONS", "\n".join(["\b", "Actions:", *(f"  {name:<12}{line}" for name, line in _LINES.items())])
)


def command(*, action: str | None = argument("[ACTION]", help="One of the actions above.", default=None)) -> ExitCode:
    """Print the help if the user names no action. Raises UsageError for an unknown action.

    An action that exists is a command of its own.
    """
    if action is not None:
        require_choice("library", action, tuple(_LINES))
    from pubcli.cli.help import print_help

    return print_help(["library"])
