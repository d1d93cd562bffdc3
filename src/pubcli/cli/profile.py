"""Show the numbers in a page's header next to those of its list.

\b
Numbers are reported as stated, never recomputed: the h-index comes from elsewhere, and a page lists at most 50
papers.

\b
Examples:
  pubcli profile
  pubcli profile -p page.txt --json | jq '.[0].h_index'
  pubcli profile -p one.txt -p other.txt
"""

from pubcli.cli.options import Inputs, Output, expand_options
from pubcli.errors import ExitCode


@expand_options
def command(inputs: Inputs, output: Output) -> ExitCode:
    """Show the header of each page next to its contents."""
    from pubcli.analysis import check
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_pages

    return deliver(check.profiles(open_pages(inputs, output).store), output)
