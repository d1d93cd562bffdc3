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

    from pubcli import duplicates
    from pubcli.cli.output import note
    from pubcli.inputs import sources
    from pubcli.store import library, schema

    with closing(library.open_to_change(library.locate(shelf.library))) as store:
        with schema.transaction(store):
            titles = duplicates.merge(store, papers, sources.now())
        note(output, f"one paper now: {'; '.join(titles)}")
    return ExitCode.DONE
