"""List the profiles in your library, or in the named files.

\b
Examples:
  pubcli profiles
  pubcli profiles --json | jq -r '.[] | select(.h_index > 30).name'
  pubcli profiles -p one.txt -p other.txt
"""

from pubcli.cli.options import Inputs, Output
from pubcli.errors import ExitCode


def command(*, inputs: Inputs, output: Output) -> ExitCode:
    """List the profiles."""
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_pages
    from pubcli.store.library import overview

    return deliver(overview.overview(open_pages(inputs, output).store), output)
