"""Make different papers again of what your library takes for one.

\b
Without --owner every page's listing becomes a paper of its own. The choice survives later adds; pubcli merge undoes it.

\b
Examples:
  pubcli split barazandeh2021efficient
  pubcli split barazandeh2021efficient --owner lovelace
"""

from typing import Annotated

import typer

from pubcli.cli.options import Output, Shelf, spread
from pubcli.errors import ExitCode


@spread
def command(
    paper: Annotated[str, typer.Argument(metavar="KEY|TITLE-PIECE", help="The paper that several pages list.")],
    shelf: Shelf,
    output: Output,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="NAME", help="Take out only what is on this person's page.")
    ] = None,
) -> ExitCode:
    """Library, decision, what was done."""
    from contextlib import closing

    from pubcli.cli.output import note
    from pubcli.inputs import sources
    from pubcli.store import schema
    from pubcli.store.library import duplicates, library_file

    with closing(library_file.open_to_change(library_file.locate(shelf.library))) as store:
        with schema.transaction(store):
            papers = duplicates.split(store, paper, owner, sources.now())
        note(output, f"different papers now: {', '.join(papers)}")
    return ExitCode.DONE
