"""Measure who wrote with whom, or write it as a graph for other programs.

\b
Two people are tied by the papers that name both. Degree counts co-authors, strength the papers with each, between
tells how much of the shortest chains between others leads through someone (0 to 1), community numbers groups that
have more ties among them than chance would give. What cut author lists leave out is missing.

\b
Examples:
  pubcli network                                   who has most co-authors
  pubcli network --sort -betweenness -n 10
  pubcli network --ego 'andrew lowy'               one person and those around
  pubcli network --min-weight 2 -o coauthors.graphml
  pubcli network --format dot | neato -Tsvg > coauthors.svg
  pubcli network --json | jq -r '.[0].name'
"""

from typing import Annotated

import typer

from pubcli.cli.options import Filters, GraphOutput, Inputs, Ordering, Owners, spread
from pubcli.errors import ExitCode


@spread
def command(
    filters: Filters,
    order: Ordering,
    inputs: Inputs,
    owners: Owners,
    output: GraphOutput,
    ego: Annotated[
        str | None, typer.Option("--ego", metavar="NAME", help="Only this person and the co-authors.")
    ] = None,
    min_weight: Annotated[
        int, typer.Option("--min-weight", min=1, metavar="N", help="Only ties of so many papers, and people with one.")
    ] = 1,
) -> ExitCode:
    """Source, query, network, write."""
    from pubcli import graphs
    from pubcli.analysis import network
    from pubcli.cli.output import deliver, destination, note, nothing
    from pubcli.cli.pages import open_pages
    from pubcli.store import persons, suggest

    query = filters.query(order, network.NETWORK_ORDERS)
    store = open_pages(inputs, output).store
    found = network.network(store, query, owners=owners.owners)
    if min_weight > 1:
        found = found.with_min_weight(min_weight)
    if ego is not None:
        found = found.ego_network(persons.find(store, ego))

    def explain() -> list[str]:
        none = [f"nobody is left who shares {min_weight} papers with another"] if min_weight > 1 else []
        return suggest.explain(store, query) or none

    form = output.graph()
    if form is None:
        return deliver(network.people_table(found, query), output, explain)
    drawing = network.drawing(found, query)
    if drawing.nodes or output.output in (None, "-"):
        with destination(output.output) as (out, _):
            graphs.write(form, drawing, out)
    for sentence in found.notes:
        note(output, sentence)
    return ExitCode.DONE if drawing.nodes else nothing(output, explain())
