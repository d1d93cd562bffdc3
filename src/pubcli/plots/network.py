"""Draw the co-author network."""

from math import sqrt
from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.textpath import TextPath

from pubcli.analysis.chart import PALETTE, coauthor_sketch
from pubcli.graphs.layout import Box, label_places, places
from pubcli.plots import style
from pubcli.query.expression import Query
from pubcli.store.database import Store
from pubcli.text.normalize import visible

_POINTS = 72
"""Points per inch."""
_HEIGHT, _MARGIN = 5.6 * _POINTS, 46.0
"""Usual height of the network, without title and notes, and the margin around it, in points."""
_SIZE = 7.0
"""Font size in points."""
_TITLE, _NOTE = 26.0, 9.0
"""Height in points of the title, and of each line of the notes."""
_GROUND = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.2}
"""Background that keeps a name readable on an edge. A halo around each letter would make files six times as large."""
_LETTER = 3.87
"""Width of a letter of the notes in points."""


def draw(figure: Figure, store: Store, query: Query) -> None:
    """Draw the co-author network. One unit of the axes is one typographic point (1/72 inch)."""
    sketch = coauthor_sketch(store, query)
    legend = ["a larger circle means more papers, a thicker line more joint papers; each colour is a community"]
    letters = int(_POINTS * figure.get_size_inches()[0] / _LETTER)
    below = [line for note in (*legend, *sketch.notes) for line in wrap(visible(note), letters)]
    axes = _axes(figure, len(below))
    width, height = axes.get_xlim()[1], axes.get_ylim()[0]
    wide, high = max(1.0, width - 2 * _MARGIN), max(1.0, height - _MARGIN)
    at = [(_MARGIN + x * wide, _MARGIN / 2 + y * high) for x, y in places(len(sketch.names), sketch.edges)]
    radii = [2.5 + 1.7 * sqrt(papers) for papers in sketch.papers]
    for source, target, weight in sketch.edges:
        ends = zip(at[source], at[target], strict=True)
        axes.plot(*ends, color="#bbbbbb", linewidth=min(4.0, 0.6 * weight), zorder=1)
    colors = [PALETTE[min(group, len(PALETTE) - 1)] for group in sketch.groups]
    areas = [(2 * radius) ** 2 for radius in radii]
    if at:
        across, down = zip(*at, strict=True)
        axes.scatter(across, down, s=areas, c=colors, edgecolors="white", linewidths=0.6, zorder=2)
    names = [style.shortened(visible(name), 30) for name in sketch.names]
    sizes = [(_width(name), _SIZE * 1.3) for name in names]
    labels = label_places(at, radii, sizes, Box(0, 0, width, height), sketch.edges)
    for name, place in zip(names, labels, strict=True):
        if place:
            axes.text(*place, name, fontsize=_SIZE, va="bottom", zorder=3, clip_on=False, bbox=_GROUND)
    figure.text(0.02, 0.01, "\n".join(below), fontsize=6.5, color="#555555")


def _axes(figure: Figure, notes: int) -> Axes:
    """Return axes with space for a title above and for the notes below. `notes` is the number of lines of the notes.

    A figure of the usual size becomes higher, because a network needs more room than a chart with columns.
    """
    foot = (notes + 1) * _NOTE
    width, whole = (_POINTS * float(size) for size in figure.get_size_inches())
    if (width, whole) == tuple(_POINTS * size for size in style.SIZE):
        whole = _TITLE + _HEIGHT + foot
    height = max(1.0, whole - _TITLE - foot)
    figure.set_layout_engine("none")
    figure.set_size_inches(width / _POINTS, whole / _POINTS)
    axes = figure.add_axes((0, foot / whole, 1, height / whole))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.set_title("Who wrote with whom", x=0.02, loc="left", fontweight="bold")
    return axes


def _width(name: str) -> float:
    """Return the width of a label in points, with a margin, because letters in a PNG file are slightly wider."""
    return 1.03 * float(TextPath((0, 0), name, size=_SIZE).get_extents().width) + 1.5 if name.strip() else 0.0
