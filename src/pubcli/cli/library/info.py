"""Show where your library is and how much it holds.

\b
Examples:
  pubcli library info
  pubcli library info --library other.sqlite --json
"""

from pubcli.cli.options import LibraryOption, Output
from pubcli.errors import ExitCode


def command(*, library: LibraryOption, output: Output) -> ExitCode:
    """Show where the library is and how much it holds."""
    from contextlib import closing

    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_library
    from pubcli.store.library import overview

    path = library.path()
    with closing(open_library(path, output)) as store:
        return deliver(overview.info(store, str(path), path.stat().st_size), output)
