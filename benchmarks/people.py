"""What questions about people cost as a library grows, and network measures beside networkx and rustworkx.

    python benchmarks/people.py [PAPERS]...

Pages of 50 papers, made up by `generate.pages`, are added to a library, which is asked as the commands do. Times are of
the processor, in milliseconds, each the median of three; `per n log n` is the last divided by the first, after both
were divided by n log n of the papers: 1 or less means that a question grows no worse. The graph measured beside the
others is the network of the smallest size and of 2,000 papers; of estimates, networkx gets as many pivots.
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
COMPARED = 2_000
RUNS = 3


def filled(path: Path, count: int) -> Any:
    """A library of so many papers, open to be asked."""
    sources = [Source(f"{n}.txt", text.encode(), DAY, "as given") for n, text in enumerate(pages(count))]
    with closing(library_file.open_or_create(path)) as store:
        opened = [partial(lambda source: source, source) for source in sources]
        for _ in ingest.ingest_sources(store, opened, print, keep=True):
            pass
    return library_file.open_to_read(path)


def milliseconds(question: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        question()
        times.append(time.process_time() - start)
        if times[-1] > 5:
            break
    return statistics.median(times) * 1_000


def questions(store: Any) -> dict[str, Callable[[], object]]:
    """What is asked, by the name of its command."""
    everyone = Query(limit=20)
    names = [row["name"] for row in people.people(store, Query(limit=40)).rows]
    ends = persons.find_person(store, str(names[0])), persons.find_person(store, str(names[-1]))
    return {
        "coauthors": lambda: list(people.coauthors(store).rows),
        "coauthors -n 20": lambda: list(people.coauthors(store, everyone).rows),
        "coauthors --period": lambda: list(collaboration.periods(store).rows),
        "people": lambda: list(people.people(store).rows),
        "people --variants": lambda: list(name_variants.name_variants(store).rows),
        "network": lambda: list(network.people_table(network.network(store), Query()).rows),
        "path": lambda: list(network.path(store, ends, owners=False).rows),
    }


def compared(store: Any) -> None:
    """Print the time of each measure beside those of the others, and how far the results are apart."""
    mine = network.network(store).graph
    theirs = networkx.Graph()
    theirs.add_nodes_from(range(len(mine.names)))
    theirs.add_weighted_edges_from(mine.edges())
    rust = rustworkx.PyGraph()
    rust.add_nodes_from(range(len(mine.names)))
    rust.add_edges_from([(one, other, float(weight)) for one, other, weight in mine.edges()])
    exact = graph.betweenness(mine, sys.maxsize)
    guess = graph.betweenness(mine)
    reference = networkx.betweenness_centrality(theirs)
    worst = max(abs(reference[node] - value) for node, value in enumerate(exact.values))
    groups = graph.communities(mine)
    louvain = networkx.community.louvain_communities(theirs, seed=1)
    modularity = networkx.community.modularity
    print(
        f"\n{len(mine.names):,} people, {theirs.number_of_edges():,} ties; betweenness differs by {worst:.1e} at most, "
    )
    print(f"modularity {modularity(theirs, groups):.4f}, networkx {modularity(theirs, louvain):.4f}; ", end="")
    print(f"estimated by default: {any(guess.estimated)}")
    print(f"{'':<22}{'pubcli':>10}{'networkx':>10}{'rustworkx':>11}")
    line("betweenness, exact", [
        lambda: graph.betweenness(mine, sys.maxsize),
        lambda: networkx.betweenness_centrality(theirs),
        lambda: rustworkx.betweenness_centrality(rust),
    ])  # fmt: skip
    line("components", [
        lambda: graph.components(mine),
        lambda: list(networkx.connected_components(theirs)),
        lambda: rustworkx.connected_components(rust),
    ])  # fmt: skip
    line("communities", [
        lambda: graph.communities(mine),
        lambda: networkx.community.louvain_communities(theirs, seed=1),
    ])  # fmt: skip


def line(name: str, measures: Sequence[Callable[[], object]]) -> None:
    print(f"{name:<22}" + "".join(f"{milliseconds(measure):>10.1f}" for measure in measures), flush=True)


def main() -> None:
    gc.disable()  # as the program does
    sizes = [int(text) for text in sys.argv[1:]] or SIZES
    found: dict[str, list[float]] = {}
    with TemporaryDirectory() as folder:
        for count in sizes:
            with closing(filled(Path(folder, f"{count}.sqlite"), count)) as store:
                for name, question in questions(store).items():
                    found.setdefault(name, []).append(milliseconds(question))
        print(f"{'papers':<20}" + "".join(f"{count:>10,}" for count in sizes) + f"{'per n log n':>13}")
        growth = [count * log2(count) for count in sizes]
        for name, times in found.items():
            ratio = times[-1] / times[0] / (growth[-1] / growth[0])
            print(f"{name:<20}" + "".join(f"{one:>10.1f}" for one in times) + f"{ratio:>13.2f}")
        for count in dict.fromkeys((min(sizes), COMPARED)):
            with closing(filled(Path(folder, f"compared-{count}.sqlite"), count)) as store:
                compared(store)


if __name__ == "__main__":
    main()
