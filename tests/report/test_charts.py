"""Charts with columns whose heights are proportional to their numbers."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.analysis.chart import OTHERS
from pubcli.report.charts import legend, stacked_columns

Series = dict[str, list[int]]


@st.composite
def charts(draw: st.DrawFn) -> tuple[list[str], Series]:
    labels = [str(2000 + year) for year in range(draw(st.integers(1, 40)))]
    names = draw(st.lists(st.text(min_size=1, max_size=4), min_size=1, max_size=5, unique=True))
    numbers = st.lists(st.integers(0, 500), min_size=len(labels), max_size=len(labels))
    return labels, {name: draw(numbers) for name in names}


@given(charts())
def test_the_height_of_each_bar_is_proportional_to_its_number(chart: tuple[list[str], Series]) -> None:
    labels, series = chart
    svg = ElementTree.fromstring(stacked_columns(labels, series, "Papers"))  # noqa: S314 - pubcli wrote it
    values_and_heights = []
    for kind, values in enumerate(series.values()):
        heights = [float(rect.attrib["height"]) for rect in svg.iter("rect") if rect.attrib["class"] == f"s{kind}"]
        values_and_heights += list(zip(filter(None, values), heights, strict=True))
    largest, height = max(values_and_heights, default=(1, 0.0))
    assert all(high == pytest.approx(value * height / largest, abs=0.12) for value, high in values_and_heights)


@given(charts())
def test_all_bars_and_labels_lie_inside_the_picture(chart: tuple[list[str], Series]) -> None:
    svg = ElementTree.fromstring(stacked_columns(*chart, "Papers"))  # noqa: S314
    _, _, width, height = map(float, svg.attrib["viewBox"].split())
    for rect in svg.iter("rect"):
        x, y, wide, high = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
        assert 0 <= x <= x + wide <= width
        assert 0 <= y <= y + high <= height
    for text in svg.iter("text"):
        assert 10 <= float(text.attrib["y"]) <= height


@pytest.mark.parametrize("years", [1, 11, 30, 80])
def test_labels_do_not_overlap(years: int) -> None:
    labels = [f"{1950 + year}~" for year in range(years)]
    svg = stacked_columns(labels, {"LG": [3] * years}, "Papers")
    positions = [float(x) for x in re.findall(r'x="([\d.]+)" y="[\d.]+" class="label"', svg)]

    assert positions
    assert all(right - left >= 43 for left, right in pairwise(positions))
    assert labels[0] in svg
    assert labels[-1] in svg
    assert all(22 <= position <= 720 - 22 for position in positions)


def test_a_legend_names_every_series() -> None:
    assert "LG" in legend(["LG", OTHERS], {"LG": "Machine Learning"})
    assert "Machine Learning" in legend(["LG", OTHERS], {"LG": "Machine Learning"})


def test_a_chart_without_numbers_is_drawn() -> None:
    assert stacked_columns([], {}, "Papers").startswith("<svg")
