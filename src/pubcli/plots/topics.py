"""Draw topics over time. Each topic is a stream. The thickness of a stream shows the number of papers."""

from matplotlib.figure import Figure

from pubcli.analysis.chart import PALETTE, topic_trends
from pubcli.plots import NothingToDrawError, style
from pubcli.query.expression import Query
from pubcli.store.database import Store
from pubcli.text.normalize import visible

_ROOM = 0.9
"""Largest thickness of a stream, as a fraction of the distance between two neighbouring streams."""


def draw(figure: Figure, store: Store, query: Query) -> None:
    """Draw a stream for each topic. Raises NothingToDrawError if there are no topics."""
    chart = topic_trends(store, query)
    if not chart.series:
        raise NothingToDrawError("no phrase is characteristic of these papers")
    axes = figure.subplots()
    most = max((max(counts) for counts in chart.series.values()), default=1)
    at = range(len(chart.labels))
    for lane, counts in enumerate(chart.series.values()):
        half = [count / most * _ROOM / 2 for count in counts]
        low, high = [-lane - part for part in half], [-lane + part for part in half]
        axes.fill_between(at, low, high, color=PALETTE[lane % len(PALETTE)], linewidth=0.8)
        for place, count in enumerate(counts):
            if count and len(chart.labels) <= style.LABELS:
                axes.annotate(str(count), (place, -lane), ha="center", va="center", fontsize=6.5, **style.HALO)
    names = [style.shortened(visible(topic), 40) for topic in chart.series]
    axes.set_yticks([-lane for lane in range(len(names))], names)
    axes.set_ylim(-len(names) + 0.4, 0.6)
    hidden = style.label_columns(axes, chart.labels)
    axes.grid(visible=False)
    notes = [*chart.notes, *hidden, "the numbers are papers with the topic; a paper may have several"]
    style.finish(figure, axes, "Topics over time", notes)
