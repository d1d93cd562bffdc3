"""Show how a person's page changed over its snapshots, oldest first.

\b
For each snapshot, shows the numbers of the header, and how many papers are listed, new and gone. pubcli diff NAME shows
the differences between the last two snapshots.

\b
Examples:
  pubcli log lovelace
  pubcli log 'Ada Lovelace' --json | jq '.[-1].citations'
"""

from pubcli.cli.options import LibraryOption, Output
from pubcli.cli.parameters import argument
from pubcli.errors import ExitCode


def command(
    *,
    name: str = argument("NAME", help="Owner of the page (any part of the name)."),
    library: LibraryOption,
    output: Output,
) -> ExitCode:
    """Show, for each snapshot of a page, the numbers of its header and how many papers are new and gone."""
    from contextlib import closing

    from pubcli.analysis import log
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_library

    with closing(open_library(library.path(), output)) as store:
        return deliver(log.log(store, name), output)
