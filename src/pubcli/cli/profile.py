"""Compare what the header of a page states with what the page lists.

\b
Numbers are reported as stated, never recomputed: the h-index comes from elsewhere, and a page lists 50 papers
at most.

\b
Examples:
  pubcli profile
  pubcli profile -p page.txt --json | jq '.[0].h_index'
  pubcli profile -p one.txt -p other.txt
"""

from pubcli.cli.options import Inputs, Output, spread
from pubcli.errors import ExitCode


@spread
def command(inputs: Inputs, output: Output) -> ExitCode:
    """Source, query, answer, write."""
    from pubcli.analysis import check
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_pages

    return deliver(check.profiles(open_pages(inputs, output).store), output)
