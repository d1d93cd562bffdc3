"""Show the shortest chain of co-authors from one person to another, with the papers that form it.

\b
Of several chains as short, the one with most papers is shown. Where author lists are cut, a shorter one may be hidden.

\b
Examples:
  pubcli path 'andrew lowy' 'sina baharlouei'
  pubcli path lowy baharlouei --owners             the owner of the page wrote everything on it
  pubcli path lowy baharlouei year:2020..          by papers from 2020 on
  pubcli path lowy baharlouei --json | jq -r '.[].title'
"""

from typing import Annotated

import typer

from pubcli.cli.options import Filters, Inputs, Output, Owners, spread
from pubcli.errors import ExitCode, UsageError


@spread
def command(
    start: Annotated[str, typer.Argument(metavar="NAME", help="Where the chain begins; part of the name will do.")],
    end: Annotated[str, typer.Argument(metavar="NAME", help="Where it ends.")],
    filters: Filters,
    inputs: Inputs,
    owners: Owners,
    output: Output,
) -> ExitCode:
    """Source, query, chain, write."""
    from pubcli.analysis import network
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_pages
    from pubcli.store import persons

    query = filters.query()
    store = open_pages(inputs, output).store
    ends = persons.find(store, start), persons.find(store, end)
    if ends[0] == ends[1]:
        raise UsageError(f"{start!r} and {end!r} are one person, {ends[0].name}")
    answer = network.path(store, ends, query, owners=owners.owners)
    none = f"no chain of these papers links {ends[0].name} and {ends[1].name}, as far as author lists show"
    return deliver(answer, output, lambda: [none])
