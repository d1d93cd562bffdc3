"""Browse papers on the whole screen: filter as you type, read, mark, copy and export.

The filter is a query (see pubcli search --help). Press ? for all keys. When you browse a library again, the filter, the
order and the place are as you left them. This command needs Textual: pip install 'pubcli[browse]'

\b
Examples:
  pubcli browse
  pubcli browse privacy year:2022.. -p page.txt
  pubcli cite $(pubcli browse --print privacy)
"""

from pubcli.cli.options import Filters, Inputs, Ordering, Output
from pubcli.cli.parameters import switch
from pubcli.errors import ExitCode


def command(
    *,
    filters: Filters,
    order: Ordering,
    inputs: Inputs,
    output: Output,
    prints: bool = switch("--print", help="Print the keys of the chosen papers, and nothing else."),
) -> ExitCode:
    """Browse the selected papers."""
    from pubcli.cli import interactive

    if prints:
        return interactive.pick(filters, order, inputs, output)
    return interactive.browse(filters, order, inputs, output)
