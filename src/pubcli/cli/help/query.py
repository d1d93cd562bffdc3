"""Explain the query language, which list, search and all commands with a query understand.

\b
Examples:
  pubcli help query
  pubcli list 'author:lowy year:2021.. -federated'
"""

from pubcli.cli.options import Output
from pubcli.errors import ExitCode


def command(*, output: Output) -> ExitCode:
    """Print the syntax of the query language, and its fields."""
    from pubcli.cli import search
    from pubcli.cli.output import destination

    syntax = search.help_text().replace("\b\n", "").partition("\n\n")[2]
    with destination(output) as target:
        target.out.write(syntax)
    return ExitCode.DONE
