"""List the changes of your library, the last one first: add, remove, merge and so on.

\b
Examples:
  pubcli library log
  pubcli library log --json | jq -r '.[0].command'
"""

from pubcli.cli.options import LibraryOption, Output
from pubcli.errors import ExitCode

NO_CHANGE = "no change of this library is recorded"


def command(*, library: LibraryOption, output: Output) -> ExitCode:
    """List the changes that were recorded."""
    from contextlib import closing

    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_library
    from pubcli.store.library import changes

    with closing(open_library(library.path(), output)) as store:
        return deliver(changes.log(store), output, lambda: [NO_CHANGE])
