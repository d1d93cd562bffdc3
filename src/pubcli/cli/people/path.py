"""Show the shortest chain of co-authors from one person to another, with the joint papers of each step.

If several chains are equally short, the one with the most papers is shown. A truncated author list may hide a shorter
chain.

\b
Examples:
  pubcli people path 'andrew lowy' 'sina baharlouei'
  pubcli people path lowy baharlouei --owners      with owners of pages
  pubcli people path lowy baharlouei year:2020..   only papers since 2020
  pubcli people path lowy baharlouei --json | jq -r '.[].title'
"""

from pubcli.cli.options import Filters, Inputs, Output, Owners
from pubcli.cli.parameters import argument
from pubcli.errors import ExitCode, UsageError


def command(
    *,
    start: str = argument("NAME", help="Person at one end of the chain (any part of the name).", values="author"),
    end: str = argument("NAME", help="Person at the other end of the chain.", values="author"),
    filters: Filters,
    inputs: Inputs,
    owners: Owners,
    output: Output,
) -> ExitCode:
    """Show the shortest chain of co-authors from one person to another."""
    from pubcli.analysis import network
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_selection
    from pubcli.store import persons

    query = filters.query()
    store, query = open_selection(inputs, output, query)
    ends = persons.find_person(store, start), persons.find_person(store, end)
    if ends[0] == ends[1]:
        raise UsageError(f"{start!r} and {end!r} are the same person, {ends[0].name}")
    answer = network.path(store, ends, query, owners=owners.owners)
    explanation = f"no chain of these papers links {ends[0].name} and {ends[1].name}; author lists may be cut"
    return deliver(answer, output, lambda: [explanation])
