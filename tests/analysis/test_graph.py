"""Measures of graphs, beside networkx."""

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
    ties: list[dict[int, int]] = [{} for _ in range(size)]
    for (one, other), weight in edges.items():
        ties[one][other] = ties[other][one] = weight
    return Graph([f"{node:05}" for node in range(size)], ties)


def by_networkx(mine: Graph) -> Any:
    theirs = nx.Graph()
    theirs.add_nodes_from(range(len(mine.names)))
    theirs.add_weighted_edges_from(mine.edges())
    return theirs


def drawn(size: int, edges: int, seed: int) -> Graph:
    """A graph drawn by lot."""
    lot = random.Random(seed)
    return graph({tuple(sorted(lot.sample(range(size), 2))): lot.randint(1, 4) for _ in range(edges)}, size)  # type: ignore[misc]


@examples(150)
@given(WEIGHTS)
def test_betweenness_and_components_are_those_of_networkx(edges: dict[tuple[int, int], int]) -> None:
    mine = graph(edges)
    theirs = by_networkx(mine)

    found = betweenness(mine)
    assert found.values == pytest.approx(list(nx.betweenness_centrality(theirs).values()), abs=1e-12)
    assert not any(found.estimated)
    assert sorted(components(mine)) == sorted(sorted(part) for part in nx.connected_components(theirs))
    assert [len(part) for part in components(mine)] == sorted(map(len, components(mine)), reverse=True)


@examples(150)
@given(WEIGHTS)
def test_communities_part_the_nodes_and_hang_together(edges: dict[tuple[int, int], int]) -> None:
    mine = graph(edges)
    theirs = by_networkx(mine)
    found = communities(mine)

    assert sorted(node for group in found for node in group) == list(range(25))
    assert all(nx.is_connected(theirs.subgraph(group)) for group in found)
    if edges:
        apart = nx.community.modularity(theirs, [{node} for node in theirs])
        assert nx.community.modularity(theirs, found) >= apart - 1e-12


@pytest.mark.parametrize("seed", range(8))
def test_communities_are_about_as_good_as_those_of_networkx(seed: int) -> None:
    mine = drawn(120, 300, seed)
    theirs = by_networkx(mine)
    best = max(nx.community.modularity(theirs, nx.community.louvain_communities(theirs, seed=lot)) for lot in range(3))

    assert nx.community.modularity(theirs, communities(mine)) > 0.95 * best


def test_cliques_that_touch_are_communities() -> None:
    cliques = [range(0, 6), range(6, 12), range(12, 17)]
    edges = {pair: 1 for clique in cliques for pair in combinations(clique, 2)} | {(5, 6): 1, (11, 12): 1}

    assert communities(graph(edges, 17)) == [list(clique) for clique in cliques]


def test_the_order_in_which_ties_were_found_makes_no_difference() -> None:
    mine = drawn(80, 160, 1)
    turned = Graph(mine.names, [dict(reversed(list(ties.items()))) for ties in mine.neighbours])

    assert communities(turned) == communities(mine)
    assert components(turned) == components(mine)
    assert betweenness(turned, 4_000).values == pytest.approx(betweenness(mine, 4_000).values)
    assert [shortest_path(turned, 0, end) for end in range(80)] == [shortest_path(mine, 0, end) for end in range(80)]


def test_an_estimate_says_so_and_puts_the_same_people_first() -> None:
    mine = drawn(300, 900, 2)
    exact, estimated = betweenness(mine), betweenness(mine, 0)

    assert set(exact.estimated) == {False}
    assert {node for node, guess in enumerate(estimated.estimated) if guess} == set(components(mine)[0])
    assert sum(estimated.values) == pytest.approx(sum(exact.values), rel=0.1)
    highest = sorted(range(300), key=lambda node: -exact.values[node])[:20]
    assert len(set(highest) & set(sorted(range(300), key=lambda node: -estimated.values[node])[:40])) >= 10


def test_small_components_stay_exact_beside_a_large_one() -> None:
    large = {pair: 1 for pair in combinations(range(60), 2) if (pair[0] + pair[1]) % 7 == 0}
    mine = graph(large | {(60, 61): 1, (61, 62): 1}, 63)
    found = betweenness(mine, 0)

    assert found.estimated[60:] == [False] * 3
    assert found.values[61] == pytest.approx(nx.betweenness_centrality(by_networkx(mine))[61])


@examples(150)
@given(WEIGHTS, st.integers(0, 24), st.integers(0, 24))
def test_a_chain_is_a_shortest_one_and_of_these_the_heaviest(
    edges: dict[tuple[int, int], int], start: int, end: int
) -> None:
    mine = graph(edges)
    theirs = by_networkx(mine)
    found = shortest_path(mine, start, end)
    if not nx.has_path(theirs, start, end):
        assert found == []
        return
    shortest = list(nx.all_shortest_paths(theirs, start, end))
    heaviest = max(nx.path_weight(theirs, path, "weight") for path in shortest)
    assert found == min(path for path in shortest if nx.path_weight(theirs, path, "weight") == heaviest)


def test_parts_are_numbered_anew() -> None:
    mine = graph({(0, 1): 3, (1, 2): 1, (2, 4): 2}, 5)
    part = mine.subgraph({1, 4, 2}, 2)

    assert part.names == ["00001", "00002", "00004"]
    assert list(part.edges()) == [(1, 2, 2)]
    assert list(mine.edges()) == [(0, 1, 3), (1, 2, 1), (2, 4, 2)]


@pytest.mark.parametrize("size", [0, 1, 2])
def test_the_smallest_graphs(size: int) -> None:
    mine = graph({(0, 1): 1} if size == 2 else {}, size)

    assert betweenness(mine).values == [0.0] * size
    assert communities(mine) == ([list(range(size))] if size else [])
