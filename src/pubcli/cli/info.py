"""Tell where your library is and how much it holds.

\b
Examples:
  pubcli info
  pubcli info --library other.sqlite --json
"""

from pubcli.cli.options import Output, Shelf, spread
from pubcli.errors import ExitCode


@spread
def command(shelf: Shelf, output: Output) -> ExitCode:
    """Library, question, write."""
    from contextlib import closing

    from pubcli.cli.output import deliver
    from pubcli.store.library import library_file, overview

    path = library_file.locate(shelf.library)
    with closing(library_file.open_to_ask(path)) as store:
        return deliver(overview.info(store, str(path), path.stat().st_size), output)
