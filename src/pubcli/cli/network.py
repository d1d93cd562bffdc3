"""Measure the co-author network, or write it as a graph for other programs.

Two people are linked by the papers that name both. Authors missing from truncated author lists are missing here too.

\b
Columns:
  degree      number of co-authors
  strength    number of joint papers, summed up over all co-authors
  between     share of the shortest chains between other people that pass through the person (0 to 1)
  community   number of the person's group; a group has more links inside than expected by chance

\b
Examples:
  pubcli network                                   people with the most co-authors first
  pubcli network --sort -betweenness -n 10
  pubcli network --ego 'andrew lowy'               one person and the co-authors
  pubcli network --min-weight 2 -o coauthors.graphml
  pubcli network --format dot | neato -Tsvg > coauthors.svg
  pubcli network --json | jq -r '.[0].name'
"""

from pubcli.cli.options import Filters, Inputs, Ordering, Output, Owners
from pubcli.cli.parameters import option
from pubcli.errors import ExitCode, require_choice
from pubcli.formats import WRITABLE
from pubcli.graphs import FORMATS as GRAPHS
from pubcli.graphs import SUFFIXES as GRAPH_SUFFIXES


class GraphOutput(Output):
    """Options for an answer that may be a graph."""

    format: str | None = option(
        "--format",
        "-f",
        metavar="FORMAT",
        values="graph format",
        help=f"{', '.join(GRAPHS)}; or a format of pubcli list, with people as rows.",
    )

    def check(self) -> None:
        """Raise UsageError for an unknown format, and for options that do not apply to a graph."""
        if self.format in GRAPHS:
            self.replace(format=None).require_whole(f"--format {self.format} writes a whole graph")
        elif self.format is not None and self.format not in WRITABLE:
            require_choice("--format", self.format, (*GRAPHS, *WRITABLE))
        else:
            super().check()

    def graph(self) -> str | None:
        """Return the name of the graph format that --format or the suffix of the output file sets.

        Return None if they set no graph format. The answer is then written as rows, one for each person.
        """
        if self.format is not None or self.json:
            return self.format if self.format in GRAPHS else None
        from pathlib import Path

        return GRAPH_SUFFIXES.get(Path(self.output or "").suffix.lower())


def command(
    *,
    filters: Filters,
    order: Ordering,
    inputs: Inputs,
    owners: Owners,
    output: GraphOutput,
    ego: str | None = option(
        "--ego", metavar="NAME", help="Only this person (any part of the name) and their co-authors.", values="author"
    ),
    min_weight: int = option(
        "--min-weight", metavar="N", help="Only pairs with at least N joint papers.", kind=int, minimum=1, default=1
    ),
) -> ExitCode:
    """Measure the co-author network, or write it as a graph."""
    from pubcli import graphs
    from pubcli.analysis import network
    from pubcli.cli.output import deliver, destination, note, report_nothing
    from pubcli.cli.pages import open_selection
    from pubcli.store import persons, suggest
    from pubcli.text.normalize import counted

    query = filters.query(order, network.NETWORK_ORDERS)
    store, query = open_selection(inputs, output, query)
    graph = network.network(store, query, owners=owners.owners)
    if min_weight > 1:
        graph = graph.with_min_weight(min_weight)
    if ego is not None:
        graph = graph.ego_network(persons.find_person(store, ego))

    def explain() -> list[str]:
        too_few = [f"no two people share {min_weight} papers"] if min_weight > 1 else []
        return suggest.explain(store, query) or too_few

    graph_format = output.graph()
    if graph_format is None:
        return deliver(network.people_table(graph, query), output, explain)
    drawing = network.drawing(graph, query)
    if drawing.nodes or output.output in (None, "-"):
        with destination(output) as target:
            graphs.write(graph_format, drawing, target.out)
            target.contents = counted(len(drawing.nodes), "person", "people")
    for sentence in graph.notes:
        note(output, sentence)
    return ExitCode.DONE if drawing.nodes else report_nothing(output, explain())
