"""Draw the co-author network as SVG.

The size of a circle shows the number of a person's papers. The width of a line shows the number of two people's joint
papers.
"""

from math import sqrt

from pubcli.analysis.chart import MAX_SERIES, CoauthorSketch
from pubcli.graphs.layout import Box, Place, label_places, places
from pubcli.report.charts import WIDTH, picture
from pubcli.report.markup import Attributes, Markup, tag
from pubcli.text.normalize import counted

_HEIGHT = 520
_MARGIN = 60
"""Space for labels around the outermost circles."""
_LETTER, _LINE = 6.8, 13
"""Width of a letter and height of a label, in units of the picture, for most fonts."""


def network(sketch: CoauthorSketch, title: str) -> Markup:
    """Return the picture. A name is left out if there is no space. A tooltip at each circle shows the person's name."""
    at = [_into_frame(place) for place in places(len(sketch.names), sketch.edges)]
    radii = [3 + 2.2 * sqrt(papers) for papers in sketch.papers]
    sizes = [(len(name) * _LETTER, _LINE) for name in sketch.names]
    labels = label_places(at, radii, sizes, Box(2, 2, WIDTH - 2, _HEIGHT - 2), sketch.edges)
    lines = (_line(at[source], at[target], weight) for source, target, weight in sketch.edges)
    circles = (_circle(*drawn) for drawn in zip(sketch.names, sketch.papers, sketch.groups, at, radii, strict=True))
    names = (_label(*drawn) for drawn in zip(sketch.names, labels, sizes, at, strict=True))
    return picture(title, *lines, *circles, *names, height=_HEIGHT)


def _into_frame(place: Place) -> Place:
    x, y = place
    return round(_MARGIN + x * (WIDTH - 2 * _MARGIN), 1), round(_MARGIN / 2 + y * (_HEIGHT - _MARGIN), 1)


def _line(start: Place, end: Place, weight: float) -> Markup:
    ends: Attributes = {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1], "stroke-width": _width(weight)}
    return tag("line", attributes=ends)


def _width(weight: float) -> float:
    return round(min(6.0, 0.8 * weight), 1)


def _circle(name: str, papers: int, group: int, at: Place, radius: float) -> Markup:
    box: Attributes = {"cx": at[0], "cy": at[1], "r": round(radius, 1), "class": f"s{min(group, MAX_SERIES)}"}
    tooltip = f"{name}: {counted(papers, 'paper', 'papers')}"
    return tag("g", tag("title", tooltip), tag("circle", attributes=box))


def _label(name: str, place: Place | None, size: Place, at: Place) -> Markup | None:
    """Return a name as a label beside the circle of a person, or None if there is no space for it.

    The end of the label that is nearest to the circle is placed exactly. The position of the other end depends on the
    width of the text, and only the browser knows this width.
    """
    if place is None:
        return None
    anchor, x = "middle", place[0] + size[0] / 2
    if place[0] > at[0]:
        anchor, x = "start", place[0]
    elif place[0] + size[0] < at[0]:
        anchor, x = "end", place[0] + size[0]
    box: Attributes = {"x": round(x, 1), "y": round(place[1] - 3, 1), "text-anchor": anchor, "class": "name"}
    return tag("text", name, attributes=box)
