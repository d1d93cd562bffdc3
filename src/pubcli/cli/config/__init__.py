"""Keep your settings in a file: a default library, names for libraries, columns, the format, the pager, colours.

An option that you type comes before an environment variable, and the variable before the file. The file is TOML.

\b
An example:
  library = "group"
  pager = "less -FRX"
  [libraries]
  group = "~/group.sqlite"
  [columns]
  list = ["key", "date", "title"]

ACTIONS

\b
Examples:
  pubcli config edit
  pubcli config show
"""

from pubcli.cli.help import print_group_help, with_actions
from pubcli.cli.parameters import argument
from pubcli.errors import ExitCode

__doc__ = with_actions(__doc__, "config")


def command(
    *,
    words: list[str] | None = argument("[ACTION]", help="One of the actions above.", default=None, repeatable=True),
) -> ExitCode:
    """Print the help of the actions."""
    return print_group_help("config", words or [])
