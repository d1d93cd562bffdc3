"""Compute components, betweenness, communities and shortest paths of undirected weighted graphs.

Every result depends on the graph alone. If several nodes are equally good, the node with the lowest number is chosen.
Nodes are numbered in the order of their names. Weights are integers, so sums and comparisons are exact.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias
from zlib import crc32

Neighbours: TypeAlias = Mapping[int, int]
"""The neighbours of a node, each with the weight of the edge."""


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph with nodes numbered from 0. Each edge is stored at both ends, and connects two different nodes."""

    names: Sequence[str]
    """The distinct names of the nodes, in ascending order."""
    neighbours: Sequence[Neighbours]
    """The neighbours of each node."""

    def edges(self) -> Iterable[tuple[int, int, int]]:
        """Yield each edge once, as its lower node, its higher node and its weight. Edges are sorted by these nodes."""
        for node, weights in enumerate(self.neighbours):
            yield from ((node, other, weights[other]) for other in sorted(weights) if node < other)

    def subgraph(self, nodes: Collection[int], min_weight: int = 1) -> "Graph":
        """Return the graph of some nodes and of the edges among them that weigh at least `min_weight`.

        In the returned graph, the nodes are numbered from 0.
        """
        ordered = sorted(nodes)
        number = {node: position for position, node in enumerate(ordered)}
        neighbours = [
            {
                number[other]: weight
                for other, weight in self.neighbours[node].items()
                if weight >= min_weight and other in number
            }
            for node in ordered
        ]
        return Graph([self.names[node] for node in ordered], neighbours)


def components(graph: Graph) -> list[list[int]]:
    """Return the connected components, each as a sorted list of nodes.

    The largest component comes first. Components of equal size are sorted by their lowest nodes.
    """
    return _sort_by_size(_connected_groups(range(len(graph.names)), graph.neighbours.__getitem__))


def _connected_groups(nodes: Iterable[int], neighbours: Callable[[int], Iterable[int]]) -> list[list[int]]:
    """Return the nodes in sorted lists. Nodes that can be reached from each other are in the same list."""
    visited: set[int] = set()
    groups = []
    for start in nodes:
        if start not in visited:
            visited.add(start)
            group = [start]
            for node in group:
                unvisited = [other for other in neighbours(node) if other not in visited]
                visited.update(unvisited)
                group += unvisited
            groups.append(sorted(group))
    return groups


def _sort_by_size(groups: Iterable[list[int]]) -> list[list[int]]:
    return sorted(groups, key=lambda group: (-len(group), group))


# Exact betweenness is computed as in Brandes, A faster algorithm for betweenness centrality (2001). For large networks,
# it is estimated from some nodes, the pivots, as in Brandes and Pich, Centrality estimation in large networks (2007).

MAX_STEPS = 3_000_000
"""Maximum number of edges to follow. If exact betweenness needs more steps, it is estimated from some nodes."""
MIN_PIVOTS = 16


class Betweenness(NamedTuple):
    """For each node, the share of shortest paths that lead through the node. Only paths between other nodes count.

    The share is from 0 to 1 and is scaled as in networkx.
    """

    values: list[float]
    estimated: list[bool]
    """For each value, whether it is estimated. An estimate uses only the shortest paths that start at some nodes."""


def betweenness(graph: Graph, max_steps: int = MAX_STEPS) -> Betweenness:
    """Return the betweenness centrality of each node, ignoring the weights of edges.

    In a small component, the values are exact. In a large component, they are estimated from the shortest paths that
    start at some nodes, the pivots. `max_steps` limits the number of pivots. The pivots are the nodes whose names have
    the lowest checksums. This choice is as good as a random choice, but it is the same in each run.
    """
    size = len(graph.names)
    pivots = max(MIN_PIVOTS, max_steps // (size + sum(map(len, graph.neighbours)) or 1))
    result = Betweenness([0.0] * size, [False] * size)
    for nodes in components(graph):
        if len(nodes) > 2:
            number = {node: position for position, node in enumerate(nodes)}
            neighbours = [[number[other] for other in graph.neighbours[node]] for node in nodes]
            sources = nodes if len(nodes) <= pivots else sorted(nodes, key=lambda node: _checksum(graph, node))[:pivots]
            scale = len(nodes) / len(sources) / ((size - 1) * (size - 2))
            dependencies = _dependencies(neighbours, [number[node] for node in sources])
            for node, value in zip(nodes, dependencies, strict=True):
                result.values[node] = value * scale
                result.estimated[node] = len(sources) < len(nodes)
    return result


def _checksum(graph: Graph, node: int) -> tuple[int, int]:
    return crc32(graph.names[node].encode("utf-8", "surrogatepass")), node


def _dependencies(neighbours: Sequence[Sequence[int]], sources: Iterable[int]) -> list[float]:
    """Return a sum for each node, from which betweenness is computed.

    For each starting node in `sources` and each other end node, the share of the shortest paths between them that lead
    through the node is added to the sum.
    """
    sums = [0.0] * len(neighbours)
    for source in sources:
        order, distance, paths = _breadth_first_search(neighbours, source)
        through = [0.0] * len(neighbours)
        for node in reversed(order[1:]):
            nearer = distance[node] - 1
            share = (1 + through[node]) / paths[node]
            for other in neighbours[node]:
                if distance[other] == nearer:
                    through[other] += paths[other] * share
            sums[node] += through[node]
    return sums


def _breadth_first_search(neighbours: Sequence[Iterable[int]], source: int) -> tuple[list[int], list[int], list[int]]:
    """Return three lists: the nodes that can be reached from a starting node, distances, and numbers of shortest paths.

    The nodes are sorted by distance, nearest first. The other two lists have a value for each node of the graph: the
    distance from the starting node `source`, and the number of shortest paths from there. The distance is -1 for a
    node that cannot be reached.
    """
    distance, paths = [-1] * len(neighbours), [0] * len(neighbours)
    distance[source], paths[source] = 0, 1
    order = [source]
    for node in order:
        further, number = distance[node] + 1, paths[node]
        for other in neighbours[node]:
            if distance[other] < 0:
                distance[other] = further
                paths[other] = number
                order.append(other)
            elif distance[other] == further:
                paths[other] += number
    return order, distance, paths


# Communities are found as in Blondel et al., Fast unfolding of communities in large networks (2008), with the queue of
# Traag et al., From Louvain to Leiden (2019). Traag et al. show that the result may contain disconnected
# communities, so the last step splits these communities.


def communities(graph: Graph) -> list[list[int]]:
    """Return groups of nodes that have more edges among them than expected by chance.

    The groups are a local optimum of modularity. Each group is connected and sorted. The largest group comes first.
    Groups of equal size are sorted by their lowest nodes.
    """
    members = [[node] for node in range(len(graph.names))]
    neighbours: Sequence[Neighbours] = graph.neighbours
    loops = [0] * len(members)
    while True:
        community_of = _move_nodes(neighbours, loops)
        numbers = {community: number for number, community in enumerate(dict.fromkeys(community_of))}
        if len(numbers) == len(members):
            break
        community_of = [numbers[community] for community in community_of]
        members, neighbours, loops = _contract(community_of, members, neighbours, loops)
    group_of = {node: number for number, group in enumerate(members) for node in group}
    connected = _connected_groups(
        group_of, lambda node: [other for other in graph.neighbours[node] if group_of[other] == group_of[node]]
    )
    return _sort_by_size(connected)


def _move_nodes(neighbours: Sequence[Neighbours], loops: Sequence[int]) -> list[int]:
    """Move each node to the community where the node increases modularity most. Return the community of each node.

    Increases of modularity are multiplied by a constant, so that they are integers.
    """
    strength = [sum(weights.values()) + loop for weights, loop in zip(neighbours, loops, strict=True)]
    total_strength = sum(strength)
    community_of, strength_of_community = list(range(len(neighbours))), strength.copy()
    queue, is_queued = deque(community_of), [True] * len(neighbours)
    while queue:
        node = queue.popleft()
        is_queued[node] = False
        weights = _weights_by_community(neighbours[node], community_of)
        current = community_of[node]
        strength_of_community[current] -= strength[node]
        best = _best_community(weights, strength_of_community, current, strength[node], total_strength)
        strength_of_community[best] += strength[node]
        if best != current:
            community_of[node] = best
            for other in neighbours[node]:
                if community_of[other] != best and not is_queued[other]:
                    is_queued[other] = True
                    queue.append(other)
    return community_of


def _weights_by_community(weights: Neighbours, community_of: Sequence[int]) -> dict[int, int]:
    """Return the total weight of the edges from a node to each community."""
    totals: dict[int, int] = defaultdict(int)
    for other, weight in weights.items():
        totals[community_of[other]] += weight
    return totals


def _best_community(
    weights: Mapping[int, int], strengths: Sequence[int], current: int, strength: int, total_strength: int
) -> int:
    """Return the community in which a node increases modularity most.

    If no other community is better than the current community, the current community is returned. If several other
    communities are equally good, the community with the lowest number is returned.
    """
    best, max_gain = current, weights.get(current, 0) * total_strength - strength * strengths[current]
    for community, weight in weights.items():
        gain = weight * total_strength - strength * strengths[community]
        if gain > max_gain or (gain == max_gain and best != current and community < best):
            best, max_gain = community, gain
    return best


def _contract(
    community_of: Sequence[int], members: Sequence[list[int]], neighbours: Sequence[Neighbours], loops: Sequence[int]
) -> tuple[list[list[int]], list[dict[int, int]], list[int]]:
    """Contract each community into one node. Return the members, neighbours and loops of the new nodes.

    A loop is an edge from a node to itself. The loop of a new node weighs twice as much as all edges inside the
    community.
    """
    count = max(community_of) + 1
    merged: list[list[int]] = [[] for _ in range(count)]
    outer: list[dict[int, int]] = [defaultdict(int) for _ in range(count)]
    inner = [0] * count
    for node, community in enumerate(community_of):
        merged[community] += members[node]
        inner[community] += loops[node]
        for other, weight in neighbours[node].items():
            if community_of[other] == community:
                inner[community] += weight
            else:
                outer[community][community_of[other]] += weight
    return merged, outer, inner


# Shortest paths


def shortest_path(graph: Graph, start: int, end: int) -> list[int]:
    """Return the nodes of the shortest path, from `start` to `end`. If no path exists, return an empty list.

    Of several shortest paths, the path with the highest total weight is returned. If several paths have this weight,
    each step goes to the node with the lowest number.
    """
    order, distance, _ = _breadth_first_search(graph.neighbours, end)
    if distance[start] < 0:
        return []
    weight = {end: 0}
    next_node: dict[int, int] = {}
    for node in order[1:]:
        nearer = [other for other in graph.neighbours[node] if distance[other] == distance[node] - 1]
        next_node[node] = max(nearer, key=lambda other: (weight[other] + graph.neighbours[node][other], -other))
        weight[node] = weight[next_node[node]] + graph.neighbours[node][next_node[node]]
    path = [start]
    while path[-1] != end:
        path.append(next_node[path[-1]])
    return path
