"""Choose papers with the keyboard and print their citation keys.

\b
The screen is that of pubcli browse. Space marks papers, and Enter ends with the marked ones, or with the one under the
cursor. The screen is drawn on the terminal even if standard output is a pipe. Without a choice, the exit status is 1.
This command needs Textual: pip install 'pubcli[browse]'

\b
Examples:
  pubcli pick privacy
  pubcli cite $(pubcli pick privacy)
  pubcli show -p page.txt $(pubcli pick -p page.txt)
"""

from pubcli.cli.options import Filters, Inputs, Ordering, Output
from pubcli.errors import ExitCode


def command(*, filters: Filters, order: Ordering, inputs: Inputs, output: Output) -> ExitCode:
    """Print the keys of the papers that the user chooses."""
    from pubcli.cli import interactive

    return interactive.pick(filters, order, inputs, output)
