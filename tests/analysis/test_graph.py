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


def to_networkx(ours: Graph) -> Any:
    theirs = nx.Graph()
    theirs.add_nodes_from(range(len(ours.names)))
    theirs.add_weighted_edges_from(ours.edges())
    return theirs


def random_graph(size: int, edges: int, seed: int) -> Graph:
    """Return a reproducible random graph."""
    generator = random.Random(seed)
    return graph({tuple(sorted(generator.sample(range(size), 2))): generator.randint(1, 4) for _ in range(edges)}, size)  # type: ignore[misc]


@examples(150)
@given(WEIGHTS)
def test_betweenness_and_components_agree_with_networkx(edges: dict[tuple[int, int], int]) -> None:
    ours = graph(edges)
    theirs = to_networkx(ours)

    centrality = betweenness(ours)
    assert centrality.values == pytest.approx(list(nx.betweenness_centrality(theirs).values()), abs=1e-12)
    assert not any(centrality.estimated)
    assert sorted(components(ours)) == sorted(sorted(part) for part in nx.connected_components(theirs))
    assert [len(part) for part in components(ours)] == sorted(map(len, components(ours)), reverse=True)


@examples(150)
@given(WEIGHTS)
def test_communities_are_a_connected_partition_of_the_nodes(edges: dict[tuple[int, int], int]) -> None:
    ours = graph(edges)
    theirs = to_networkx(ours)
    groups = communities(ours)

    assert sorted(node for group in groups for node in group) == list(range(25))
    assert all(nx.is_connected(theirs.subgraph(group)) for group in groups)
    if edges:
        singletons = nx.community.modularity(theirs, [{node} for node in theirs])
        assert nx.community.modularity(theirs, groups) >= singletons - 1e-12


@pytest.mark.parametrize("seed", range(8))
def test_communities_are_about_as_good_as_those_of_networkx(seed: int) -> None:
    ours = random_graph(120, 300, seed)
    theirs = to_networkx(ours)
    best = max(nx.community.modularity(theirs, nx.community.louvain_communities(theirs, seed=run)) for run in range(3))

    assert nx.community.modularity(theirs, communities(ours)) > 0.95 * best


def test_connected_cliques_are_separate_communities() -> None:
    cliques = [range(0, 6), range(6, 12), range(12, 17)]
    edges = {pair: 1 for clique in cliques for pair in combinations(clique, 2)} | {(5, 6): 1, (11, 12): 1}

    assert communities(graph(edges, 17)) == [list(clique) for clique in cliques]


def test_the_order_of_neighbours_makes_no_difference() -> None:
    ours = random_graph(80, 160, 1)
    reordered = Graph(ours.names, [dict(reversed(list(weights.items()))) for weights in ours.neighbours])

    assert communities(reordered) == communities(ours)
    assert components(reordered) == components(ours)
    assert betweenness(reordered, 4_000).values == pytest.approx(betweenness(ours, 4_000).values)
    assert [shortest_path(reordered, 0, end) for end in range(80)] == [shortest_path(ours, 0, end) for end in range(80)]


def test_an_estimate_is_marked_and_ranks_the_same_nodes_first() -> None:
    ours = random_graph(300, 900, 2)
    exact, estimated = betweenness(ours), betweenness(ours, 0)

    assert set(exact.estimated) == {False}
    assert {node for node, is_estimated in enumerate(estimated.estimated) if is_estimated} == set(components(ours)[0])
    assert sum(estimated.values) == pytest.approx(sum(exact.values), rel=0.1)
    highest = sorted(range(300), key=lambda node: -exact.values[node])[:20]
    assert len(set(highest) & set(sorted(range(300), key=lambda node: -estimated.values[node])[:40])) >= 10


def test_small_components_have_exact_values_next_to_a_large_one() -> None:
    large = {pair: 1 for pair in combinations(range(60), 2) if (pair[0] + pair[1]) % 7 == 0}
    ours = graph(large | {(60, 61): 1, (61, 62): 1}, 63)
    centrality = betweenness(ours, 0)

    assert centrality.estimated[60:] == [False] * 3
    assert centrality.values[61] == pytest.approx(nx.betweenness_centrality(to_networkx(ours))[61])


@examples(150)
@given(WEIGHTS, st.integers(0, 24), st.integers(0, 24))
def test_the_shortest_path_has_the_highest_total_weight(
    edges: dict[tuple[int, int], int], start: int, end: int
) -> None:
    ours = graph(edges)
    theirs = to_networkx(ours)
    path = shortest_path(ours, start, end)
    if not nx.has_path(theirs, start, end):
        assert path == []
        return
    shortest = list(nx.all_shortest_paths(theirs, start, end))
    heaviest = max(nx.path_weight(theirs, nodes, "weight") for nodes in shortest)
    assert path == min(nodes for nodes in shortest if nx.path_weight(theirs, nodes, "weight") == heaviest)


def test_a_subgraph_is_renumbered() -> None:
    ours = graph({(0, 1): 3, (1, 2): 1, (2, 4): 2}, 5)
    part = ours.subgraph({1, 4, 2}, 2)

    assert part.names == ["00001", "00002", "00004"]
    assert list(part.edges()) == [(1, 2, 2)]
    assert list(ours.edges()) == [(0, 1, 3), (1, 2, 1), (2, 4, 2)]


@pytest.mark.parametrize("size", [0, 1, 2])
def test_graphs_with_up_to_two_nodes(size: int) -> None:
    ours = graph({(0, 1): 1} if size == 2 else {}, size)

    assert betweenness(ours).values == [0.0] * size
    assert communities(ours) == ([list(range(size))] if size else [])
