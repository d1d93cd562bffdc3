"""Place the communities of a network on a thematic map: how central each is, and how dense.

Callon, Courtial and Laville, Co-word analysis as a tool for describing the network of interactions between basic and
technological research (Scientometrics 22, 1991). The equivalence of two items is c^2 / (a b), where c papers have both,
and a and b papers have each. The centrality of a theme is 10 times the sum of the equivalences with items of other
themes, and its density 100 times the sum inside the theme divided by the number of items.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median
from typing import TYPE_CHECKING

from pubcli.analysis.graph import communities
from pubcli.analysis.network import Network
from pubcli.answer.answer import Answer
from pubcli.query.expression import Query

if TYPE_CHECKING:
    from pubcli.answer.rows import ThemeRow

THEME_FIELDS = ("community", "theme", "items", "papers", "centrality", "density", "mean_year", "quadrant")
_FEWEST_ITEMS = 2
_NAMED_ITEMS = 3


def themes(network: Network, query: Query) -> "Answer[ThemeRow]":
    """Return a row for each community of two or more items, the most central first.

    The limit and the offset of the query apply to the themes.
    """
    groups = [group for group in communities(network.graph) if len(group) >= _FEWEST_ITEMS]
    number = {node: community for community, group in enumerate(groups) for node in group}
    outside, inside = _equivalences(network, number)
    rows: list[ThemeRow] = [
        {
            "community": community + 1,
            "theme": ", ".join(_most_frequent(network, group)),
            "items": len(group),
            "papers": sum(network.people[node]["papers"] for node in group),
            "centrality": round(10 * outside[community], 3),
            "density": round(100 * inside[community] / len(group), 3),
            "mean_year": _mean_year(network, group),
            "quadrant": "",
        }
        for community, group in enumerate(groups)
    ]
    _set_quadrants(rows)
    rows.sort(key=lambda row: -row["centrality"])
    return Answer("themes", THEME_FIELDS, rows[query.window()], notes=network.notes)


def _equivalences(network: Network, number: Mapping[int, int]) -> tuple[Mapping[int, float], Mapping[int, float]]:
    """Return the sums of equivalences of each community with others, and inside it. `number` maps nodes to groups."""
    outside: dict[int, float] = defaultdict(float)
    inside: dict[int, float] = defaultdict(float)
    papers = [node["papers"] for node in network.people]
    for node, other, weight in network.graph.edges():
        equivalence = weight * weight / (papers[node] * papers[other])
        mine, theirs = number.get(node), number.get(other)
        if mine == theirs and mine is not None:
            inside[mine] += equivalence
        else:
            for community in filter(lambda group: group is not None, (mine, theirs)):
                outside[community] += equivalence  # type: ignore[index]
    return outside, inside


def _most_frequent(network: Network, group: Sequence[int]) -> list[str]:
    ranked = sorted(group, key=lambda node: -network.people[node]["papers"])
    return [str(network.people[node]["name"]) for node in ranked[:_NAMED_ITEMS]]


def _mean_year(network: Network, group: Sequence[int]) -> float | None:
    """Return the mean year of the items, weighted by their papers."""
    dated = [network.people[node] for node in group if network.people[node]["mean_year"] is not None]
    papers = sum(item["papers"] for item in dated)
    return round(sum(item["mean_year"] * item["papers"] for item in dated) / papers, 1) if papers else None


def _set_quadrants(rows: "Sequence[ThemeRow]") -> None:
    """Set the quadrant of each theme by the medians of centrality and density."""
    if not rows:
        return
    middle, dense = median(row["centrality"] for row in rows), median(row["density"] for row in rows)
    names = {
        (True, True): "motor",
        (True, False): "basic",
        (False, True): "niche",
        (False, False): "emerging or declining",
    }
    for row in rows:
        row["quadrant"] = names[row["centrality"] >= middle, row["density"] >= dense]
