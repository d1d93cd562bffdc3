"""Tell which papers several people's pages list, how that is known, and which others may be the same.

\b
Papers are merged when their titles have the same words, an author is on both lists and the years agree. What is only
alike is proposed, never merged: pubcli merge makes one paper of two, pubcli split undoes what should not be one, and
both choices survive later adds.

\b
Examples:
  pubcli duplicates
  pubcli duplicates --json | jq '.[] | select(.decision == "proposed")'
"""

from pubcli.cli.options import Output, Shelf, spread
from pubcli.errors import ExitCode


@spread
def command(shelf: Shelf, output: Output) -> ExitCode:
    """Library, question, write."""
    from contextlib import closing

    from pubcli.cli.output import deliver
    from pubcli.store.library import duplicates, library_file

    with closing(library_file.open_to_ask(library_file.locate(shelf.library))) as store:
        return deliver(duplicates.duplicates(store), output, lambda: ["no two pages list the same paper"])
