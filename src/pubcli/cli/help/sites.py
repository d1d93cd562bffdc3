"""List the sites whose pages can be read, and those that are recognised but not read, with what to do for each.

\b
Examples:
  pubcli help sites
  pubcli help sites --json | jq -r '.[] | select(.read).site'
"""

from pubcli.cli.options import Output
from pubcli.errors import ExitCode


def command(*, output: Output) -> ExitCode:
    """List the sites."""
    from pubcli.cli.output import deliver
    from pubcli.formats.overview import sites

    return deliver(sites(), output)
