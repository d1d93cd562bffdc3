"""Measure the time of commands about people as a library grows, and network measures beside networkx and rustworkx.

    python benchmarks/people.py [PAPERS]...

PAPERS are the sizes of the libraries: 50, 500, 5,000, 20,000 and 100,000 by default. `generate.pages` generates their
pages of 50 papers. Times are CPU milliseconds, each the median of three runs. The column `per n log n` is the last time
divided by the first, after dividing each by n log n for its number of papers: 1 or less means that the time grows no
faster than n log n.

The network measures are compared on the co-author networks of the smallest library and of one with 2,000 papers.
"""

import gc
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from math import log2
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import networkx
import rustworkx
from generate import pages

from pubcli.analysis import collaboration, graph, name_variants, network, people
from pubcli.inputs.sources import Source
from pubcli.query.expression import Query
from pubcli.store import persons
from pubcli.store.library import ingest, library_file

DAY = date(2026, 1, 1)
SIZES = (50, 500, 5_000, 20_000, 100_000)
NETWORK_PAPERS = 2_000
RUNS = 3


def open_new_library(path: Path, count: int) -> Any:
    """Create a library of `count` papers and open it for reading."""
    sources = [Source(f"{n}.txt", text.encode(), DAY, "as given") for n, text in enumerate(pages(count))]
    with closing(library_file.open_or_create(path)) as store:
        opened = [ingest.SourceToAdd(source.name, partial(lambda source: source, source)) for source in sources]
        for _ in ingest.ingest_sources(store, opened, print, keep=True):
            pass
    return library_file.open_to_read(path)


def milliseconds(run: Callable[[], object]) -> float:
    """Return the median CPU time of a call; repeat no call that takes more than five seconds."""
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
        if times[-1] > 5:
            break
    return statistics.median(times) * 1_000


def commands(store: Any) -> dict[str, Callable[[], object]]:
    """Return the calls to measure, by the pubcli command that makes them."""
    names = [row["name"] for row in people.people(store, Query(limit=40)).rows]
    ends = persons.find_person(store, str(names[0])), persons.find_person(store, str(names[-1]))
    return {
        "coauthors": lambda: list(people.coauthors(store).rows),
        "coauthors -n 20": lambda: list(people.coauthors(store, Query(limit=20)).rows),
        "coauthors --period": lambda: list(collaboration.periods(store).rows),
        "people": lambda: list(people.people(store).rows),
        "people --variants": lambda: list(name_variants.name_variants(store).rows),
        "network": lambda: list(network.people_table(network.network(store), Query()).rows),
        "path": lambda: list(network.path(store, ends, owners=False).rows),
    }


def compare_measures(store: Any) -> None:
    """Print the time of each network measure in pubcli, networkx and rustworkx, and how much the results differ."""
    pubcli_graph = network.network(store).graph
    networkx_graph = networkx.Graph()
    networkx_graph.add_nodes_from(range(len(pubcli_graph.names)))
    networkx_graph.add_weighted_edges_from(pubcli_graph.edges())
    rustworkx_graph = rustworkx.PyGraph()
    rustworkx_graph.add_nodes_from(range(len(pubcli_graph.names)))
    rustworkx_graph.add_edges_from([(node, other, float(weight)) for node, other, weight in pubcli_graph.edges()])
    exact = graph.betweenness(pubcli_graph, sys.maxsize)
    estimate = graph.betweenness(pubcli_graph)
    reference = networkx.betweenness_centrality(networkx_graph)
    difference = max(abs(reference[node] - value) for node, value in enumerate(exact.values))
    groups = graph.communities(pubcli_graph)
    louvain = networkx.community.louvain_communities(networkx_graph, seed=1)
    modularity = networkx.community.modularity
    print(f"\n{len(pubcli_graph.names):,} people, {networkx_graph.number_of_edges():,} ties")
    print(f"largest difference in betweenness from networkx: {difference:.1e}; ", end="")
    print(f"pubcli estimates betweenness by default: {'yes' if any(estimate.estimated) else 'no'}")
    pubcli_modularity, networkx_modularity = modularity(networkx_graph, groups), modularity(networkx_graph, louvain)
    print(f"modularity of the communities: pubcli {pubcli_modularity:.4f}, networkx {networkx_modularity:.4f}")
    print(f"{'milliseconds':<22}{'pubcli':>10}{'networkx':>10}{'rustworkx':>10}")
    print_times("betweenness, exact", [
        lambda: graph.betweenness(pubcli_graph, sys.maxsize),
        lambda: networkx.betweenness_centrality(networkx_graph),
        lambda: rustworkx.betweenness_centrality(rustworkx_graph),
    ])  # fmt: skip
    print_times("components", [
        lambda: graph.components(pubcli_graph),
        lambda: list(networkx.connected_components(networkx_graph)),
        lambda: rustworkx.connected_components(rustworkx_graph),
    ])  # fmt: skip
    print_times("communities", [
        lambda: graph.communities(pubcli_graph),
        lambda: networkx.community.louvain_communities(networkx_graph, seed=1),
    ])  # fmt: skip


def print_times(name: str, measures: Sequence[Callable[[], object]]) -> None:
    print(f"{name:<22}" + "".join(f"{milliseconds(measure):>10.1f}" for measure in measures), flush=True)


def main() -> None:
    gc.disable()  # as the program does
    sizes = [int(text) for text in sys.argv[1:]] or SIZES
    times_by_command: dict[str, list[float]] = {}
    with TemporaryDirectory() as folder:
        for count in sizes:
            with closing(open_new_library(Path(folder, f"{count}.sqlite"), count)) as store:
                for name, call in commands(store).items():
                    times_by_command.setdefault(name, []).append(milliseconds(call))
        print(f"{'papers':<20}" + "".join(f"{count:>10,}" for count in sizes) + f"{'per n log n':>13}")
        growth = [count * log2(count) for count in sizes]
        for name, times in times_by_command.items():
            ratio = times[-1] / times[0] / (growth[-1] / growth[0])
            print(f"{name:<20}" + "".join(f"{time_:>10.1f}" for time_ in times) + f"{ratio:>13.2f}")
        for count in dict.fromkeys((min(sizes), NETWORK_PAPERS)):
            with closing(open_new_library(Path(folder, f"compared-{count}.sqlite"), count)) as store:
                compare_measures(store)


if __name__ == "__main__":
    main()
