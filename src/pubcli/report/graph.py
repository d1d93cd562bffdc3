"""People and who wrote papers with whom, as SVG: circles by their papers, lines by what they wrote together."""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from pubcli.chart import SERIES
from pubcli.layout import Box, Place, Tie, label_places, places
from pubcli.report.charts import WIDTH, picture
from pubcli.report.markup import Attributes, Markup, tag

_HEIGHT = 520
_MARGIN = 60
"""Room for labels around the outermost circles."""
_LETTER, _LINE = 6.4, 13
"""Units that a letter of a label is wide and a label is high."""


class Node(NamedTuple):
    """A person in the picture."""

    name: str
    papers: int
    group: int
    """Number of the community, the largest being 0; from `SERIES` on all look alike."""


def network(nodes: Sequence[Node], ties: Sequence[Tie], title: str) -> Markup:
    """The picture; a label that finds no room is left out, and its circle says the name when it is pointed at."""
    at = [_into_frame(place) for place in places(len(nodes), ties)]
    radii = [3 + 2.2 * sqrt(node.papers) for node in nodes]
    sizes = [(len(node.name) * _LETTER, _LINE) for node in nodes]
    labels = label_places(at, radii, sizes, Box(2, 2, WIDTH - 2, _HEIGHT - 2))
    lines = (_line(at[one], at[other], weight) for one, other, weight in ties)
    circles = (_circle(*drawn) for drawn in zip(nodes, at, radii, strict=True))
    names = (_label(node.name, place) for node, place in zip(nodes, labels, strict=True) if place)
    return picture(title, *lines, *circles, *names, height=_HEIGHT)


def _into_frame(place: Place) -> Place:
    x, y = place
    return round(_MARGIN + x * (WIDTH - 2 * _MARGIN), 1), round(_MARGIN / 2 + y * (_HEIGHT - _MARGIN), 1)


def _line(one: Place, other: Place, weight: float) -> Markup:
    ends: Attributes = {"x1": one[0], "y1": one[1], "x2": other[0], "y2": other[1], "stroke-width": _width(weight)}
    return tag("line", attributes=ends)


def _width(weight: float) -> float:
    return round(min(6.0, 0.8 * weight), 1)


def _circle(node: Node, at: Place, radius: float) -> Markup:
    box: Attributes = {"cx": at[0], "cy": at[1], "r": round(radius, 1), "class": f"s{min(node.group, SERIES)}"}
    papers = "1 paper" if node.papers == 1 else f"{node.papers} papers"
    return tag("g", tag("title", f"{node.name}: {papers}"), tag("circle", attributes=box))


def _label(name: str, place: Place) -> Markup:
    return tag("text", name, attributes={"x": round(place[0], 1), "y": round(place[1] - 3, 1), "class": "name"})
