"""List whose pages there are: in your library, or in the files that are named.

\b
Examples:
  pubcli profiles
  pubcli profiles --json | jq -r '.[] | select(.h_index > 30).name'
  pubcli profiles -p one.txt -p other.txt
"""

from pubcli.cli.options import Inputs, Output, spread
from pubcli.errors import ExitCode


@spread
def command(inputs: Inputs, output: Output) -> ExitCode:
    """Source, question, write."""
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_pages
    from pubcli.store.library import overview

    return deliver(overview.overview(open_pages(inputs, output).store), output)
