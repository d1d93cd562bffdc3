"""Show everything about a paper, its abstract with readable mathematics.

\b
A paper is named by its citation key, its position on the page, or a piece of its title:

\b
Examples:
  pubcli show lowy2022stochastic
  pubcli show 3 7
  pubcli show 'nested learning' -p page.txt
  pubcli show lowy2022stochastic --json
"""

from typing import Annotated

import typer

from pubcli.cli.options import Inputs, Output, spread
from pubcli.errors import ExitCode


@spread
def command(
    papers: Annotated[list[str], typer.Argument(metavar="KEY|POSITION|TITLE-PIECE...", help="Which papers.")],
    inputs: Inputs,
    output: Output,
) -> ExitCode:
    """Source, query, answer, write."""
    from pubcli.cli.output import deliver_named
    from pubcli.cli.pages import open_pages
    from pubcli.store import lookup

    found = lookup.show(open_pages(inputs, output).store, papers)
    return deliver_named(found.answer, found, output)
