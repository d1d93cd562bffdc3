"""Show how a person's page changed over its snapshots, oldest first.

\b
The numbers of the header, and how many papers each snapshot lists, lists anew and no longer. pubcli diff NAME tells
what changed in the end.

\b
Examples:
  pubcli log lovelace
  pubcli log 'Ada Lovelace' --json | jq '.[-1].citations'
"""

from typing import Annotated

import typer

from pubcli.cli.options import Output, Shelf, spread
from pubcli.errors import ExitCode


@spread
def command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose page; part of the name will do.")],
    shelf: Shelf,
    output: Output,
) -> ExitCode:
    """Library, question, write."""
    from contextlib import closing

    from pubcli.analysis import log
    from pubcli.cli.output import deliver
    from pubcli.store.library import library_file

    with closing(library_file.open_to_ask(library_file.locate(shelf.library))) as store:
        return deliver(log.log(store, name), output)
