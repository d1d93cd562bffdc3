"""Measures of graphs, compared with networkx."""

import random
from itertools import combinations
from typing import Any

import networkx as nx  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.analysis.graph import Graph, betweenness, communities, components, shortest_path
from thoroughness import examples

WEIGHTS = st.dictionaries(
    st.tuples(st.integers(0, 24), st.integers(0, 24)).filter(lambda ends: ends[0] < ends[1]), st.integers(1, 5)
)


def graph(edges: dict[tuple[int, int], int], size: int = 25) -> Graph:
    neighbours: list[dict[int, int]] = [{} for _ in range(size)]
    for (node, other), weight in edges.items():
        neighbours[node][other] = neighbours[other][node] = weight
    return Graph([f"{node:05}" for node in range(size)], neighbours)


def to_networkx(pubcli_graph: Graph) -> Any:
    networkx_graph = nx.Graph()
    networkx_graph.add_nodes_from(range(len(pubcli_graph.names)))
    networkx_graph.add_weighted_edges_from(pubcli_graph.edges())
    return networkx_graph


def random_graph(size: int, edges: int, seed: int) -> Graph:
    """Return a reproducible random graph."""
    generator = random.Random(seed)
    return graph({tuple(sorted(generator.sample(range(size), 2))): generator.randint(1, 4) for _ in range(edges)}, size)  # type: ignore[misc]


@examples(150)
@given(WEIGHTS)
def test_betweenness_and_components_agree_with_networkx(edges: dict[tuple[int, int], int]) -> None:
    pubcli_graph = graph(edges)
    networkx_graph = to_networkx(pubcli_graph)

    centrality = betweenness(pubcli_graph)
    assert centrality.values == pytest.approx(list(nx.betweenness_centrality(networkx_graph).values()), abs=1e-12)
    assert not any(centrality.estimated)
    assert sorted(components(pubcli_graph)) == sorted(sorted(part) for part in nx.connected_components(networkx_graph))
    assert [len(part) for part in components(pubcli_graph)] == sorted(map(len, components(pubcli_graph)), reverse=True)


@examples(150)
@given(WEIGHTS)
def test_communities_are_a_connected_partition_of_the_nodes(edges: dict[tuple[int, int], int]) -> None:
    pubcli_graph = graph(edges)
    networkx_graph = to_networkx(pubcli_graph)
    groups = communities(pubcli_graph)

    assert sorted(node for group in groups for node in group) == list(range(25))
    assert all(nx.is_connected(networkx_graph.subgraph(group)) for group in groups)
    if edges:
        singletons = nx.community.modularity(networkx_graph, [{node} for node in networkx_graph])
        assert nx.community.modularity(networkx_graph, groups) >= singletons - 1e-12


@pytest.mark.parametrize("seed", range(8))
def test_communities_are_about_as_good_as_those_of_networkx(seed: int) -> None:
    pubcli_graph = random_graph(120, 300, seed)
    networkx_graph = to_networkx(pubcli_graph)
    best = max(
        nx.community.modularity(networkx_graph, nx.community.louvain_communities(networkx_graph, seed=run))
        for run in range(3)
    )

    assert nx.community.modularity(networkx_graph, communities(pubcli_graph)) > 0.95 * best


def test_connected_cliques_are_separate_communities() -> None:
    cliques = [range(0, 6), range(6, 12), range(12, 17)]
    edges = {pair: 1 for clique in cliques for pair in combinations(clique, 2)} | {(5, 6): 1, (11, 12): 1}

    assert communities(graph(edges, 17)) == [list(clique) for clique in cliques]


def test_the_order_of_neighbours_makes_no_difference() -> None:
    pubcli_graph = random_graph(80, 160, 1)
    reordered = Graph(
        pubcli_graph.names, [dict(reversed(list(weights.items()))) for weights in pubcli_graph.neighbours]
    )

    assert communities(reordered) == communities(pubcli_graph)
    assert components(reordered) == components(pubcli_graph)
    assert betweenness(reordered, 4_000).values == pytest.approx(betweenness(pubcli_graph, 4_000).values)
    assert [shortest_path(reordered, 0, end) for end in range(80)] == [
        shortest_path(pubcli_graph, 0, end) for end in range(80)
    ]


def test_an_estimate_is_marked_and_ranks_the_same_nodes_first() -> None:
    pubcli_graph = random_graph(300, 900, 2)
    exact, estimated = betweenness(pubcli_graph), betweenness(pubcli_graph, 0)

    assert set(exact.estimated) == {False}
    assert {node for node, is_estimated in enumerate(estimated.estimated) if is_estimated} == set(
        components(pubcli_graph)[0]
    )
    assert sum(estimated.values) == pytest.approx(sum(exact.values), rel=0.1)
    highest = sorted(range(300), key=lambda node: -exact.values[node])[:20]
    assert len(set(highest) & set(sorted(range(300), key=lambda node: -estimated.values[node])[:40])) >= 10


def test_small_components_have_exact_values_next_to_a_large_one() -> None:
    large = {pair: 1 for pair in combinations(range(60), 2) if (pair[0] + pair[1]) % 7 == 0}
    pubcli_graph = graph(large | {(60, 61): 1, (61, 62): 1}, 63)
    centrality = betweenness(pubcli_graph, 0)

    assert centrality.estimated[60:] == [False] * 3
    assert centrality.values[61] == pytest.approx(nx.betweenness_centrality(to_networkx(pubcli_graph))[61])


@examples(150)
@given(WEIGHTS, st.integers(0, 24), st.integers(0, 24))
def test_the_shortest_path_has_the_highest_total_weight(
    edges: dict[tuple[int, int], int], start: int, end: int
) -> None:
    pubcli_graph = graph(edges)
    networkx_graph = to_networkx(pubcli_graph)
    path = shortest_path(pubcli_graph, start, end)
    if not nx.has_path(networkx_graph, start, end):
        assert path == []
        return
    shortest = list(nx.all_shortest_paths(networkx_graph, start, end))
    heaviest = max(nx.path_weight(networkx_graph, nodes, "weight") for nodes in shortest)
    assert path == min(nodes for nodes in shortest if nx.path_weight(networkx_graph, nodes, "weight") == heaviest)


def test_a_subgraph_is_renumbered() -> None:
    pubcli_graph = graph({(0, 1): 3, (1, 2): 1, (2, 4): 2}, 5)
    part = pubcli_graph.subgraph({1, 4, 2}, 2)

    assert part.names == ["00001", "00002", "00004"]
    assert list(part.edges()) == [(1, 2, 2)]
    assert list(pubcli_graph.edges()) == [(0, 1, 3), (1, 2, 1), (2, 4, 2)]


@pytest.mark.parametrize("size", [0, 1, 2])
def test_graphs_with_at_most_two_nodes_are_measured(size: int) -> None:
    pubcli_graph = graph({(0, 1): 1} if size == 2 else {}, size)

    assert betweenness(pubcli_graph).values == [0.0] * size
    assert communities(pubcli_graph) == ([list(range(size))] if size else [])
