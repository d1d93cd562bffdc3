"""Make one paper of several that your library takes for different ones.

\b
Papers are named as in pubcli show. The choice survives later adds; pubcli split undoes it.

\b
Examples:
  pubcli merge lowy2022stochastic lowy2022fair
  pubcli merge lowy2022stochastic 'fair learning with'
"""

from typing import Annotated

import typer

from pubcli.cli.options import Output, Shelf, spread
from pubcli.errors import ExitCode


@spread
def command(
    papers: Annotated[list[str], typer.Argument(metavar="KEY|TITLE-PIECE...", help="The papers that are one.")],
    shelf: Shelf,
    output: Output,
) -> ExitCode:
    """Library, decision, what was done."""
    from contextlib import closing

    from pubcli.cli.output import note
    from pubcli.inputs import sources
    from pubcli.store import schema
    from pubcli.store.library import duplicates, library_file

    with closing(library_file.open_to_change(library_file.locate(shelf.library))) as store:
        with schema.transaction(store):
            titles = duplicates.merge(store, papers, sources.now())
        note(output, f"one paper now: {'; '.join(titles)}")
    return ExitCode.DONE
