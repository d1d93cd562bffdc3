"""Weighted graphs without directions, and what is measured on them.

Every result depends on the graph alone: whatever could be ordered in several ways is ordered by number, and nodes are
numbered in the order of their names. Weights are whole numbers, so sums are exact and ties are real ties.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias
from zlib import crc32

Ties: TypeAlias = Mapping[int, int]
"""Whom a node is tied to, each with the weight of the tie."""


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes numbered from 0; the two ends of a tie hold the same weight, and no node is tied to itself."""

    names: Sequence[str]
    """Distinct, in ascending order."""
    ties: Sequence[Ties]
    """For each node its ties."""

    def edges(self) -> Iterable[tuple[int, int, int]]:
        """Each tie once: both ends, the lower number first, and the weight, in ascending order."""
        for node, ties in enumerate(self.ties):
            yield from ((node, other, ties[other]) for other in sorted(ties) if node < other)

    def part(self, nodes: Collection[int], least: int = 1) -> "Graph":
        """Some of the nodes, with the ties among them that weigh at least so much; numbered anew."""
        kept = sorted(nodes)
        number = {node: place for place, node in enumerate(kept)}
        ties = [
            {number[other]: weight for other, weight in self.ties[node].items() if weight >= least and other in number}
            for node in kept
        ]
        return Graph([self.names[node] for node in kept], ties)


def components(graph: Graph) -> list[list[int]]:
    """The nodes that are tied to one another by any chain, as ascending lists; the largest first, then by number."""
    return _by_size(_reached(range(len(graph.names)), graph.ties.__getitem__))


def _reached(nodes: Iterable[int], ties: Callable[[int], Iterable[int]]) -> list[list[int]]:
    """Nodes grouped by which can be reached from which."""
    seen: set[int] = set()
    groups = []
    for start in nodes:
        if start not in seen:
            seen.add(start)
            group = [start]
            for node in group:
                fresh = [other for other in ties(node) if other not in seen]
                seen.update(fresh)
                group += fresh
            groups.append(sorted(group))
    return groups


def _by_size(groups: Iterable[list[int]]) -> list[list[int]]:
    return sorted(groups, key=lambda group: (-len(group), group))


# Betweenness: Brandes, A faster algorithm for betweenness centrality (2001); estimated from pivots as in Brandes and
# Pich, Centrality estimation in large networks (2007).

MOST_STEPS = 12_000_000
"""Ties that are followed at most for exact betweenness; a graph that takes more is measured from pivots."""
FEWEST_PIVOTS = 32


class Betweenness(NamedTuple):
    """How much of the shortest chains between others leads through each node: 0 to 1, as networkx normalizes it."""

    values: list[float]
    estimated: list[bool]
    """Whether a value was measured from some nodes of its component and scaled up."""


def betweenness(graph: Graph, most_steps: int = MOST_STEPS) -> Betweenness:
    """Betweenness by number of ties, whatever they weigh.

    Exact for components of no more nodes than the pivots that `most_steps` pay for. The pivots of a larger one are
    those of its nodes whose names have the lowest checksums: as good as drawn by lot, and always the same.
    """
    size = len(graph.names)
    pivots = max(FEWEST_PIVOTS, most_steps // (size + sum(map(len, graph.ties)) or 1))
    found = Betweenness([0.0] * size, [False] * size)
    for nodes in components(graph):
        if len(nodes) > 2:
            number = {node: place for place, node in enumerate(nodes)}
            neighbours = [[number[other] for other in graph.ties[node]] for node in nodes]
            by_lot = nodes if len(nodes) <= pivots else sorted(nodes, key=lambda node: _lot(graph, node))[:pivots]
            scale = len(nodes) / len(by_lot) / ((size - 1) * (size - 2))
            for node, value in zip(nodes, _dependencies(neighbours, [number[one] for one in by_lot]), strict=True):
                found.values[node] = value * scale
                found.estimated[node] = len(by_lot) < len(nodes)
    return found


def _lot(graph: Graph, node: int) -> tuple[int, int]:
    return crc32(graph.names[node].encode("utf-8", "surrogatepass")), node


def _dependencies(neighbours: Sequence[Sequence[int]], sources: Iterable[int]) -> list[float]:
    """For each node the sum, over the sources, of the parts of shortest chains from there that lead through it."""
    sums = [0.0] * len(neighbours)
    for source in sources:
        order, distance, chains = _spread(neighbours, source)
        through = [0.0] * len(neighbours)
        for node in reversed(order[1:]):
            nearer = distance[node] - 1
            share = (1 + through[node]) / chains[node]
            for other in neighbours[node]:
                if distance[other] == nearer:
                    through[other] += chains[other] * share
            sums[node] += through[node]
    return sums


def _spread(neighbours: Sequence[Iterable[int]], source: int) -> tuple[list[int], list[int], list[int]]:
    """Nodes that can be reached, from near to far; for each node its distance and number of shortest chains."""
    distance, chains = [-1] * len(neighbours), [0] * len(neighbours)
    distance[source], chains[source] = 0, 1
    order = [source]
    for node in order:
        further, number = distance[node] + 1, chains[node]
        for other in neighbours[node]:
            if distance[other] < 0:
                distance[other] = further
                chains[other] = number
                order.append(other)
            elif distance[other] == further:
                chains[other] += number
    return order, distance, chains


# Communities: Blondel et al., Fast unfolding of communities in large networks (2008), with the queue of Traag et al.,
# From Louvain to Leiden (2019), whose remark that a community may fall apart is heeded at the end.


def communities(graph: Graph) -> list[list[int]]:
    """Nodes with more ties among them than chance would give: a local optimum of modularity.

    As ascending lists; the largest first, then by number. Each hangs together.
    """
    members = [[node] for node in range(len(graph.names))]
    ties: Sequence[Ties] = graph.ties
    loops = [0] * len(members)
    while True:
        home = _moved(ties, loops)
        numbers = {community: number for number, community in enumerate(dict.fromkeys(home))}
        if len(numbers) == len(members):
            break
        home = [numbers[community] for community in home]
        members, ties, loops = _folded(home, members, ties, loops)
    of = {node: number for number, group in enumerate(members) for node in group}
    together = _reached(of, lambda node: [other for other in graph.ties[node] if of[other] == of[node]])
    return _by_size(together)


def _moved(ties: Sequence[Ties], loops: Sequence[int]) -> list[int]:
    """The community of each node after nodes have moved, one by one, to where modularity gains most.

    Gains are compared multiplied by twice the weight of the graph, which keeps them whole numbers.
    """
    strength = [sum(tied.values()) + loop for tied, loop in zip(ties, loops, strict=True)]
    whole = sum(strength)
    home, total = list(range(len(ties))), strength.copy()
    queue, waiting = deque(home), [True] * len(ties)
    while queue:
        node = queue.popleft()
        waiting[node] = False
        weights = _weights(ties[node], home)
        own = home[node]
        total[own] -= strength[node]
        best = _best(weights, total, own, strength[node], whole)
        total[best] += strength[node]
        if best != own:
            home[node] = best
            for other in ties[node]:
                if home[other] != best and not waiting[other]:
                    waiting[other] = True
                    queue.append(other)
    return home


def _weights(tied: Ties, home: Sequence[int]) -> dict[int, int]:
    """How strongly a node is tied to each community."""
    weights: dict[int, int] = defaultdict(int)
    for other, weight in tied.items():
        weights[home[other]] += weight
    return weights


def _best(weights: Mapping[int, int], total: Sequence[int], own: int, strength: int, whole: int) -> int:
    """The community that gains most by a node; its own where none gains more, else the one of the lowest number."""
    best, most = own, weights.get(own, 0) * whole - strength * total[own]
    for community, weight in weights.items():
        gain = weight * whole - strength * total[community]
        if gain > most or (gain == most and best != own and community < best):
            best, most = community, gain
    return best


def _folded(
    home: Sequence[int], members: Sequence[list[int]], ties: Sequence[Ties], loops: Sequence[int]
) -> tuple[list[list[int]], list[dict[int, int]], list[int]]:
    """Each community as one node: its members, its ties, and twice what its own nodes are tied to one another with."""
    count = max(home) + 1
    joined: list[list[int]] = [[] for _ in range(count)]
    outer: list[dict[int, int]] = [defaultdict(int) for _ in range(count)]
    inner = [0] * count
    for node, community in enumerate(home):
        joined[community] += members[node]
        inner[community] += loops[node]
        for other, weight in ties[node].items():
            if home[other] == community:
                inner[community] += weight
            else:
                outer[community][home[other]] += weight
    return joined, outer, inner


# Chains


def shortest_path(graph: Graph, start: int, end: int) -> list[int]:
    """The shortest chain from one node to another, both in it; empty when there is none.

    Of several as short, the one whose ties together weigh most; of these the one that comes first by number.
    """
    order, distance, _ = _spread(graph.ties, end)
    if distance[start] < 0:
        return []
    weight = {end: 0}
    following: dict[int, int] = {}
    for node in order[1:]:
        nearer = [other for other in graph.ties[node] if distance[other] == distance[node] - 1]
        following[node] = max(nearer, key=lambda other: (weight[other] + graph.ties[node][other], -other))
        weight[node] = weight[following[node]] + graph.ties[node][following[node]]
    found = [start]
    while found[-1] != end:
        found.append(following[found[-1]])
    return found
