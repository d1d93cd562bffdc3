"""List the papers nearest to one, with the telling words that they share.

\b
A paper is named as for pubcli show: by its citation key, its position or a piece of its title.

\b
Examples:
  pubcli similar lowy2022stochastic
  pubcli similar 'nested learning' -n 3
  pubcli similar 3 --json | jq -r '.[].shared_words[]'
"""

from typing import Annotated

import typer

from pubcli.cli.options import MOST_ROWS, Inputs, Output, spread
from pubcli.errors import ExitCode


@spread
def command(
    paper: Annotated[str, typer.Argument(metavar="KEY|POSITION|TITLE-PIECE", help="Which paper.")],
    inputs: Inputs,
    output: Output,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, metavar="N", help="At most so many.")] = 10,
    offset: Annotated[int, typer.Option("--offset", min=0, metavar="N", help="Leave out so many first.")] = 0,
) -> ExitCode:
    """Source, query, answer, write."""
    from pubcli.answer.answer import Answer
    from pubcli.cli.output import deliver, deliver_named
    from pubcli.cli.pages import open_pages
    from pubcli.query.expression import Query
    from pubcli.store.lookup import show
    from pubcli.store.similar import SIMILAR_FIELDS, similar

    store = open_pages(inputs, output).store
    found = show(store, [paper])
    if found.unknown or found.ambiguous:
        return deliver_named(Answer("similar_papers", SIMILAR_FIELDS, ()), found, output)
    query = Query(limit=min(limit, MOST_ROWS), offset=min(offset, MOST_ROWS))
    return deliver(similar(store, paper, query), output, lambda: ["no other paper shares a telling word with it"])
