"""Define the style of all plots: size for print, colours for colour-blind readers, hatches for print in grey."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from textwrap import wrap
from typing import Any
from warnings import catch_warnings, filterwarnings

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patheffects import withStroke
from matplotlib.textpath import TextPath
from matplotlib.ticker import MaxNLocator

from pubcli.analysis.chart import PALETTE, Chart
from pubcli.plots.size import DOTS
from pubcli.text.normalize import visible

_SETTINGS: Any = {
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "grid.color": "#dddddd",
    "hatch.linewidth": 0.4,
    "legend.frameon": False,
    "text.parse_math": False,  # text from a page is not TeX
    "svg.hashsalt": "pubcli",  # makes the ids the same in every run
    "svg.fonttype": "path",  # letters are drawn as outlines, so no font needs to be installed
    "pdf.fonttype": 42,
    "savefig.dpi": DOTS,
}
METADATA: Mapping[str, Mapping[str, Any]] = {
    ".svg": {"Date": None, "Creator": "pubcli"},
    ".png": {"Software": "pubcli"},
    ".pdf": {"CreationDate": None, "Creator": "pubcli"},
}
"""Metadata of files in each format. The metadata contain no date, so that equal pictures have equal bytes."""
_HATCHES = ("", "//", "", "..", "", "\\\\", "", "xx")
"""Hatches that distinguish the series in black-and-white print."""
LABELS, _SHORT = 16, 5
"""Maximum number of labels next to each other, and maximum number of letters in a label that is not slanted."""
HALO: Mapping[str, Any] = {"path_effects": [withStroke(linewidth=1.6, foreground="white")]}
"""Effect that makes text readable on a background of any colour."""
SIZE = (7.0, 4.2)
"""Usual width and height of a figure in inches."""
_HEADING, _SMALLEST_HEADING = 10.8, 6.0
"""Usual and smallest size of the letters of a heading in points."""
_NOTE_LETTERS = 12
"""In a figure that is narrower than usual, notes are wrapped at this number of letters per inch."""
_SPARE = 12.0
"""Room to leave free beside a heading in points."""


@contextmanager
def applied() -> Iterator[None]:
    """Return a context in which Matplotlib has the settings of pubcli instead of the user's settings."""
    with mpl.rc_context(), catch_warnings():
        filterwarnings("ignore", "Glyph .* missing")  # a letter that is missing in the font is drawn as a box
        filterwarnings("ignore", "Matplotlib currently does not support")  # up to 3.9, of each script it cannot join
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        yield


def figure(size: tuple[float, float] | None = None) -> Figure:
    """Return an empty figure of a size in inches without opening a window; None means the usual size."""
    return Figure(figsize=size or SIZE, layout="constrained")


def replace_heading(figure: Figure, heading: str) -> None:
    """Replace the heading of a figure. A long heading gets smaller letters. If it still does not fit, it is cut."""
    axes = figure.axes[0]
    figure.draw_without_rendering()  # this determines where the axes begin
    room = 72 / figure.dpi * (figure.bbox.width - axes.get_window_extent().x0) - _SPARE
    text = visible(heading)
    size = min(_HEADING, _HEADING * room / max(1.0, _heading_width(text, _HEADING)))
    if size < _SMALLEST_HEADING:
        size, letters = _SMALLEST_HEADING, len(text)
        while letters > 1 and _heading_width(shortened(text, letters), size) > room:
            letters = min(letters - 1, int(1.1 * letters * room / _heading_width(shortened(text, letters), size)))
        text = shortened(text, max(1, letters))
    axes.set_title(text, loc="left", fontweight="bold", fontsize=size)


def _heading_width(text: str, size: float) -> float:
    """Return the width of a heading in points."""
    bold = FontProperties(family="sans-serif", weight="bold")
    return float(TextPath((0, 0), text, size=size, prop=bold).get_extents().width) if text.strip() else 0.0


def stacked(figure: Figure, chart: Chart, title: str, unit: str) -> Axes:
    """Draw a chart as stacked columns, with a title, a legend and notes."""
    axes = figure.subplots()
    below = [0] * len(chart.labels)
    for number, (name, values) in enumerate(chart.series.items()):
        label = visible(" ".join(filter(None, (name, chart.meanings.get(name)))))
        axes.bar(
            chart.labels, values, 0.76, bottom=below, label=shortened(label),
            color=PALETTE[number], hatch=_HATCHES[number], edgecolor="white", linewidth=0.5,
        )  # fmt: skip
        below = [low + value for low, value in zip(below, values, strict=True)]
    for at, total in enumerate(below):
        if total and len(chart.labels) <= 30:
            axes.annotate(str(total), (at, total), (0, 2), textcoords="offset points", ha="center", fontsize=8)
    hidden = label_columns(axes, chart.labels)
    axes.set_ylim(0, 1.08 * max(below, default=1) or 1)  # space for the totals above the columns
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.set_ylabel(unit)
    finish(figure, axes, title, [*chart.notes, *hidden])
    return axes


def finish(figure: Figure, axes: Axes, title: str, notes: Sequence[str]) -> None:
    """Add the title, the legend and the notes to a figure with one pair of axes."""
    axes.set_title(visible(title), loc="left", fontweight="bold")
    if axes.get_legend_handles_labels()[1]:
        figure.legend(loc="outside lower left", ncols=2, fontsize=8)
    if notes:
        lines = list(map(visible, notes))
        if _width(axes) < SIZE[0]:
            lines = [part for line in lines for part in wrap(line, int(_NOTE_LETTERS * _width(axes)))]
        axes.set_xlabel("\n".join(lines), loc="left", fontsize=7, color="#555555")


def _width(axes: Axes) -> float:
    """Return the width in inches of the figure to which axes belong."""
    figure: Any = axes.figure
    return float(figure.get_size_inches()[0])


def label_columns(axes: Axes, labels: Sequence[str]) -> list[str]:
    """Label every n-th column, so that labels do not overlap. The newest column always has a label.

    If labels with the mark `~` are left out, the returned list contains a note on them. Otherwise, the list is empty.
    """
    share = min(1, _width(axes) / SIZE[0])
    every = -(-len(labels) // max(2, int(LABELS * share)))
    labelled = [at for at in range(len(labels)) if (len(labels) - 1 - at) % every == 0]
    slanted: dict[str, Any] = {"rotation": 35, "ha": "right", "rotation_mode": "anchor"}
    axes.set_xticks(
        labelled, [labels[at] for at in labelled], **slanted if max(map(len, labels), default=0) > _SHORT else {}
    )
    axes.margins(x=0.01)
    marked = [label for at, label in enumerate(labels) if label.endswith("~") and at not in labelled]
    return [f"without a label: {', '.join(marked)}"] if marked else []


def shortened(text: str, most: int = 48) -> str:
    """Return a text, cut to at most `most` characters. A text that was cut ends with an ellipsis."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
