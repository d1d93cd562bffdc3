"""Draw charts as SVG for the report.

Colours come from style.css, so that charts adapt to light mode, dark mode and print. If the reader points at a part of
a column, the chart shows the number for this part.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import ceil, log10

from pubcli.report.markup import Attributes, Markup, joined, tag

WIDTH, _HEIGHT = 720, 260
_LABEL = 44
"""Width of a column's label in units of the picture. If columns are narrower than this, some labels are left out."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, _LABEL // 2, 20, 28
"""Space around the columns, in units of the picture. On the left and right, half a label fits."""


def stacked_columns(labels: Sequence[str], series: Mapping[str, Sequence[int]], title: str) -> Markup:
    """Return a chart with a column for each label. Each column has one part for each series, stacked on each other.

    The style gives each series a colour through one of the CSS classes s0 to s7.
    """
    totals = [sum(column) for column in zip(*series.values(), strict=True)]
    top, step = _scale(max(totals, default=0))
    plot = _Plot(len(labels), top)
    marks = [
        plot.part(at, below, value, f"{label}, {name}: {value}", kind)
        for at, label in enumerate(labels)
        for (kind, name), below, value in zip(
            enumerate(series), _stacked([values[at] for values in series.values()]), _column(series, at), strict=True
        )
        if value
    ]
    return picture(
        title,
        *(plot.gridline(value) for value in range(0, top + 1, step)),
        *marks,
        *(plot.total(at, total) for at, total in enumerate(totals) if total),
        *(plot.label(at, label) for at, label in enumerate(labels) if plot.has_label(at)),
    )


def legend(names: Sequence[str], meanings: Mapping[str, str | None]) -> Markup:
    """Return the legend of a chart, with the colour and the name of each series.

    If `meanings` explains a name, the explanation follows the name: `LG Machine Learning`.
    """
    items = (
        tag("li", tag("span", attributes={"class": f"swatch s{kind}"}), name, _meaning(meanings.get(name)))
        for kind, name in enumerate(names)
    )
    return tag("ul", *items, attributes={"class": "legend"})


def _meaning(text: str | None) -> str | None:
    return f" {text}" if text else None


def _column(series: Mapping[str, Sequence[int]], at: int) -> list[int]:
    return [values[at] for values in series.values()]


def _stacked(values: Sequence[int]) -> list[int]:
    """Return the height at which each part of a column begins: the sum of the values of the parts below.

    `values` are the heights of the parts, lowest part first.
    """
    return [0, *accumulate(values)][: len(values)]


def _scale(largest: int) -> tuple[int, int]:
    """Return the highest number on the vertical axis, and the distance between gridlines.

    `largest` is the total of the highest column. The distance is 1, 2 or 5 times a power of ten. There are at
    most five gridlines above zero.
    """
    if largest < 1:
        return 1, 1
    power = 10 ** int(log10(max(1, largest / 5)))
    step = next(factor * power for factor in (1, 2, 5, 10) if largest <= 5 * factor * power)
    return ceil(largest / step) * step, step


class _Plot:
    """Draws the parts of a chart. Converts columns and values to coordinates of the picture."""

    def __init__(self, columns: int, top: int) -> None:
        self.step = (WIDTH - _LEFT - _RIGHT) / max(1, columns)
        self.unit = (_HEIGHT - _TOP - _BOTTOM) / top
        self.every = max(1, ceil(_LABEL / self.step))
        self.last = columns - 1

    def x(self, at: float) -> float:
        return round(_LEFT + at * self.step, 1)

    def y(self, value: float) -> float:
        return round(_HEIGHT - _BOTTOM - value * self.unit, 1)

    def part(self, at: int, below: int, value: int, tooltip: str, kind: int) -> Markup:
        """Return a part of a column. If the reader points at the part, `tooltip` is shown."""
        box: Attributes = {
            "x": self.x(at + 0.12), "y": self.y(below + value),
            "width": round(self.step * 0.76, 1), "height": round(value * self.unit, 1), "class": f"s{kind}",
        }  # fmt: skip
        return tag("g", tag("title", tooltip), tag("rect", attributes=box))

    def gridline(self, value: int) -> Markup:
        ends: Attributes = {"x1": _LEFT, "x2": WIDTH - _RIGHT, "y1": self.y(value), "y2": self.y(value)}
        number: Attributes = {"x": _LEFT - 6, "y": self.y(value) + 4, "text-anchor": "end"}
        return joined(tag("line", attributes=ends), tag("text", value, attributes=number))

    def total(self, at: int, value: int) -> Markup | None:
        if self.step < _LABEL / 2:
            return None
        return tag("text", value, attributes={"x": self.x(at + 0.5), "y": self.y(value) - 3, "class": "total"})

    def has_label(self, at: int) -> bool:
        """Return whether a column has a label: the oldest, the newest, or every n-th column between these two."""
        return at == 0 or (at >= self.every and (self.last - at) % self.every == 0)

    def label(self, at: int, text: str) -> Markup:
        return tag("text", text, attributes={"x": self.x(at + 0.5), "y": _HEIGHT - 8, "class": "label"})


def picture(title: str, *content: Markup | None, height: int = _HEIGHT) -> Markup:
    """Return an SVG image that contains the elements `content`. Screen readers read the title."""
    attributes = {"viewBox": f"0 0 {WIDTH} {height}", "role": "img", "aria-label": title, "class": "chart"}
    return tag("svg", *content, attributes=attributes)
