"""Show the numbers in a page's header next to the numbers that its list of papers shows.

\b
The numbers of the header are shown as the page states them. They cannot be recomputed, because the h-index comes from
another source and a page lists at most 50 papers.

\b
Examples:
  pubcli profile
  pubcli profile -p page.txt --json | jq '.[0].h_index'
  pubcli profile -p one.txt -p other.txt
"""

from pubcli.cli.options import Inputs, Output
from pubcli.errors import ExitCode


def command(*, inputs: Inputs, output: Output) -> ExitCode:
    """Show the numbers in the header of each page next to the numbers that are counted from its papers."""
    from pubcli.analysis import check
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_pages

    return deliver(check.profiles(open_pages(inputs, output).store), output)
