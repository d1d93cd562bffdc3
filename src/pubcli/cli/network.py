"""Measure the co-author network, or another one, or write it as a graph for other programs.

Two people are linked by the papers that name both. Authors missing from truncated author lists are missing here too.
--of makes a network of keywords, topics, categories, venues, organisations or papers instead.

\b
Networks (--of):
  people       authors, linked by joint papers
  keywords     keywords, linked by the papers that have both; so are topics and categories
  venues       venues, linked by the people who publish in both; so are orgs
  citations    papers, linked if one cites the other
  coupling     papers, linked by the references that they share
Citations and coupling need references, as OpenAlex, Web of Science, Scopus and Crossref export them.

\b
Columns:
  degree      number of co-authors
  strength    number of joint papers, summed up over all co-authors
  between     share of the shortest chains between other people that pass through the person (0 to 1)
  community   number of the person's group; a group has more links inside than expected by chance

\b
Examples:
  pubcli network                        people with the most co-authors first
  pubcli network --sort -betweenness -n 10
  pubcli network --ego 'andrew lowy'    one person and the co-authors
  pubcli network --min-weight 2 -o coauthors.graphml
  pubcli network --format dot | neato -Tsvg > coauthors.svg
  pubcli network --json | jq -r '.[0].name'
  pubcli network --of topics -n 50 --format vosviewer -o topics.json
  pubcli network --of categories --edges --format csv
  pubcli network --of topics --themes   a thematic map
"""

from pubcli.cli.options import Filters, Inputs, Ordering, Output, Owners
from pubcli.cli.parameters import option, switch
from pubcli.errors import ExitCode, UsageError, require_choice
from pubcli.formats import WRITABLE
from pubcli.graphs import FORMATS as GRAPHS
from pubcli.graphs import SUFFIXES as GRAPH_SUFFIXES
from pubcli.lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from pubcli.analysis.network import Network
    from pubcli.answer.answer import Answer, Row
    from pubcli.query.expression import Query
    from pubcli.store.database import Store

KINDS = ("people", "keywords", "topics", "categories", "venues", "orgs", "citations", "coupling")


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
    of: str = option(
        "--of",
        metavar="KIND",
        help="people (default), keywords, topics, categories, venues, orgs, citations or coupling.",
        default="people",
        values=KINDS,
    ),
    edges: bool = switch("--edges", help="List the links instead of the nodes: an edge list."),
    themes: bool = switch("--themes", help="List the communities as themes, with centrality and density."),
) -> ExitCode:
    """Measure a network, list its links or themes, or write it as a graph."""
    from pubcli.analysis import network
    from pubcli.analysis.themes import themes as theme_table
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_selection
    from pubcli.store import suggest

    graph_format = output.graph()
    _require_compatible(of, owners, graph_format, edges=edges, themes=themes)
    query = filters.query(order, network.EDGE_FIELDS if edges else () if themes else network.NETWORK_ORDERS)
    store, query = open_selection(inputs, output, query)
    graph = _network(store, query, of, owners=owners.owners, min_weight=min_weight, ego=ego)

    def explain() -> list[str]:
        too_few = [f"no two {of} share {min_weight} papers"] if min_weight > 1 else []
        return suggest.explain(store, query) or too_few or list(graph.notes)

    if graph_format is not None:
        return _write_graph(graph_format, graph, query, output, explain)
    answer: Answer[Row]
    if edges:
        answer = network.edge_table(graph, query)
    else:
        answer = theme_table(graph, query) if themes else network.people_table(graph, query)
    return deliver(answer, output, explain)


def _require_compatible(of: str, owners: Owners, graph_format: str | None, *, edges: bool, themes: bool) -> None:
    """Raise UsageError for options that exclude each other."""
    require_choice("--of", of, KINDS)
    if edges and themes:
        raise UsageError("--edges and --themes are two answers; use one of them")
    if graph_format and (edges or themes):
        raise UsageError(
            f"{graph_format} is a whole graph; for --edges and --themes, use csv or another format of rows"
        )
    if of != "people" and owners.owners:
        raise UsageError(f"--owners adds authors, but this is a network of {of}; leave it out")


def _network(store: "Store", query: "Query", of: str, *, owners: bool, min_weight: int, ego: str | None) -> "Network":
    """Return the network, restricted to heavy links, and to one node with its neighbours, if the options say so."""
    from pubcli.analysis import items, network
    from pubcli.store import persons

    graph = network.network(store, query, owners=owners) if of == "people" else items.item_network(store, of, query)
    if min_weight > 1:
        graph = graph.with_min_weight(min_weight)
    if ego is None:
        return graph
    return graph.neighbourhood(persons.find_person(store, ego).id if of == "people" else items.find_item(graph, ego))


def _write_graph(
    form: str, graph: "Network", query: "Query", output: GraphOutput, explain: "Callable[[], list[str]]"
) -> ExitCode:
    from pubcli import graphs
    from pubcli.analysis import network
    from pubcli.cli.output import destination, note, report_nothing
    from pubcli.text.normalize import counted

    drawing = network.drawing(graph, query)
    if drawing.nodes or output.output in (None, "-"):
        with destination(output) as target:
            graphs.write(form, drawing, target.out)
            nouns = ("person", "people") if graph.of == "people" else ("node", "nodes")
            target.contents = counted(len(drawing.nodes), *nouns)
    for sentence in graph.notes:
        note(output, sentence)
    return ExitCode.DONE if drawing.nodes else report_nothing(output, explain())
