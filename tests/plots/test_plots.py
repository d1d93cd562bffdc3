"""Plots: every format, reproducible output, and no overlapping text."""

import sys
from contextlib import suppress
from importlib import import_module
from itertools import combinations
from math import hypot, sqrt
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given

import strategies
from pubcli import plots
from pubcli.errors import UsageError
from pubcli.graphs.layout import Box
from pubcli.model import Document
from pubcli.plots.size import size_of
from pubcli.query.expression import Query
from pubcli.query.language import build
from pubcli.reader import read
from pubcli.store.database import Store
from pubcli.store.load import load
from thoroughness import all_or_first, examples

pytest.importorskip("matplotlib")
from matplotlib.text import Text as Drawn

from pubcli.plots import style

BEGINNINGS = {".svg": b"<?xml", ".png": b"\x89PNG", ".pdf": b"%PDF-"}
HOSTILE = """\
$\\frac{1}{0}$ <b> & \\input{x}
h-index3

LGMar 13, 2022
A $\\unknown{ title

\u674e\u660e, Eve $x^{$, <script> \u202eturned et al.

Text

LGMar 13, 2023
Another title

\u674e\u660e, Plato, Eve $x^{$

Text
"""


@pytest.fixture(scope="module")
def store(document: Document) -> Store:
    return load(document)


@pytest.mark.parametrize("suffix", all_or_first(plots.SUFFIXES))
@pytest.mark.parametrize("kind", plots.KINDS)
def test_every_kind_is_drawn_identically_in_every_format(store: Store, kind: str, suffix: str) -> None:
    picture = plots.picture(kind, store, Query(), suffix)

    assert picture.startswith(BEGINNINGS[suffix])
    assert picture == plots.picture(kind, store, Query(), suffix)


def texts(kind: str, store: Store, query: Query) -> list[Any]:
    """Return the visible texts of a plot, each with its bounding box."""
    with style.applied():
        figure = style.figure()
        import_module(f"pubcli.plots.{kind}").draw(figure, store, query)
        figure.draw_without_rendering()
        visible_texts = [text for text in figure.findobj(Drawn) if text.get_visible() and text.get_text().strip()]
        return [(text.get_text(), text.get_window_extent()) for text in visible_texts]


@pytest.mark.parametrize("query", ["", "year:2024..", "privacy", "key:baharlouei2019renyi"])
@pytest.mark.parametrize("kind", plots.KINDS)
def test_no_text_overlaps_another(store: Store, kind: str, query: str) -> None:
    boxes = texts(kind, store, build(query))

    assert len(boxes) >= 2
    assert [
        (a, b) for (a, box), (b, other_box) in combinations(boxes, 2) if box.shrunk(0.97, 0.9).overlaps(other_box)
    ] == []


def test_lines_of_a_network_cross_no_circle_and_few_names(store: Store) -> None:
    with style.applied():
        figure = style.figure()
        import_module("pubcli.plots.network").draw(figure, store, Query())
        figure.draw_without_rendering()
    axes: Any = figure.axes[0]
    lines = [axes.transData.transform(line.get_xydata()) for line in axes.lines]
    (circles,) = axes.collections
    radii = [sqrt(area) / 2 * figure.dpi / 72 for area in circles.get_sizes()]
    centres = axes.transData.transform(circles.get_offsets())
    boxes = [Box(x - r * 0.7, y - r * 0.7, x + r * 0.7, y + r * 0.7) for (x, y), r in zip(centres, radii, strict=True)]
    boxes_and_lines = [(box, line) for box, (x, y) in zip(boxes, centres, strict=True) for line in lines
              if min(hypot(x - u, y - v) for u, v in line) > 1]  # fmt: skip
    names = [Box(*text.get_window_extent().extents) for text in axes.texts]

    assert len(lines) > 40
    assert not any(box.is_crossed(*line) for box, line in boxes_and_lines)
    assert len(names) == len(boxes)
    assert sum(any(name.is_crossed(*line) for line in lines) for name in names) <= 4


@pytest.mark.parametrize("count", [1, 2, 4, 8, 10])
@pytest.mark.parametrize("kind", ["years", "teams"])
def test_totals_are_below_the_title(kind: str, count: int) -> None:
    records = "\n".join(f"LGMar {1 + number % 28}, 2022\nTitle {number}\n\nBo Li\n" for number in range(count))
    boxes = dict(texts(kind, load(read(records)), Query()))
    title = next(box for text, box in boxes.items() if text.startswith("Papers per year"))

    assert boxes[str(count)].y1 < title.y0


def test_marked_years_without_a_label_are_listed() -> None:
    with style.applied():
        axes = style.figure().subplots()
        notes = style.label_columns(axes, [*map(str, range(1990, 2020)), "2020~", "2021"])
        labels = [label.get_text() for label in axes.get_xticklabels()]

    assert (labels[-1], notes) == ("2021", ["without a label: 2020~"])


def test_papers_without_topics_cannot_be_plotted() -> None:
    with pytest.raises(plots.NothingToDrawError, match="no phrase is characteristic of these papers"):
        plots.picture("topics", load(read(HOSTILE)), Query(), ".svg")


@pytest.mark.parametrize("kind", sorted(plots.KINDS.keys() - {"topics"}))
def test_hostile_text_from_a_page_can_be_drawn(kind: str) -> None:
    assert plots.picture(kind, load(read(HOSTILE)), Query(), ".png").startswith(BEGINNINGS[".png"])


NOT_IN_XML = "".join(map(chr, [*range(1, 9), 11, *range(14, 32), 0xFFFE, 0xFFFF]))
"""Characters that UTF-8 can encode, and that XML forbids. A line of a page cannot contain NUL."""


@pytest.mark.parametrize("kind", plots.KINDS)
def test_pictures_are_well_formed_whatever_characters_a_page_contains(kind: str) -> None:
    head = f"Ada{NOT_IN_XML}Lovelace\nh-index3\n3papers\n"
    records = [
        f"LGMar {day}, 20{20 + day}{badge}\nThe enigma{NOT_IN_XML}machine and the{NOT_IN_XML} enigma machine\n\n"
        f"Eve{NOT_IN_XML} X, Bo{NOT_IN_XML} Li\n\nOn an enigma{NOT_IN_XML}machine.\n"
        for day, badge in ((1, ""), (2, "Code"), (3, ""))
    ]
    svg = plots.picture(kind, load(read("\n".join([head, *records]))), Query(), ".svg")

    assert ElementTree.fromstring(svg).tag.endswith("svg")  # noqa: S314 - pubcli wrote it


@examples(8, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.documents())
def test_any_page_can_be_drawn(document: Document) -> None:
    for kind in plots.KINDS:
        with suppress(plots.NothingToDrawError):
            assert plots.picture(kind, load(document), Query(), ".svg")


def test_the_file_name_selects_the_format() -> None:
    assert plots.suffix_of("a/b.SVG") == ".svg"
    with pytest.raises(UsageError, match=r"needs the suffix \.svg, \.png, \.pdf, not \.gif"):
        plots.suffix_of("x.gif")


def test_without_matplotlib_a_message_names_what_to_install(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    monkeypatch.delitem(sys.modules, "pubcli.plots.style")
    monkeypatch.delattr(plots, "style")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError, match=r"pip install 'pubcli\[plot\]'"):
        plots.picture("years", store, Query(), ".svg")


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("7x4.2", (7, 4.2)),
        ("16X9cm", (16 / 2.54, 9 / 2.54)),
        ("1400x800px", (7, 4)),
        (" 7 \u00d7 4 in ", (7, 4)),
    ],
)
def test_a_size_is_in_inches_centimetres_or_pixels(text: str, size: tuple[float, float]) -> None:
    assert size_of(text) == pytest.approx(size)


@pytest.mark.parametrize(
    "text", ["", "7", "7x", "axb", "-7x4", "7x4mm", "1e3x2", "800x600", "1x1", "9999999x4", "0x0px"]
)
def test_another_size_is_an_error_with_an_example(text: str) -> None:
    with pytest.raises(UsageError, match=r"--size: .* 7x4"):
        size_of(text)


@pytest.mark.parametrize("kind", plots.KINDS)
def test_a_picture_has_the_size_and_the_heading_that_the_user_sets(store: Store, kind: str) -> None:
    picture = plots.picture(kind, store, Query(), ".png", heading="A heading", size=(6, 3.5))
    assert [int.from_bytes(picture[at : at + 4], "big") for at in (16, 20)] == [1200, 700]
    assert picture != plots.picture(kind, store, Query(), ".png", heading="", size=(6, 3.5))
    assert picture == plots.picture(kind, store, Query(), ".png", heading="A heading", size=(6, 3.5))


def test_the_usual_heading_is_followed_by_the_query_unless_the_user_sets_a_heading(store: Store) -> None:
    svg = plots.picture("years", store, Query(), ".svg", selection="privacy & more").decode()
    assert "Papers per year, by category: privacy &amp; more" in svg
    with_heading = plots.picture("years", store, Query(), ".svg", heading="Mine", selection="privacy")
    assert with_heading == plots.picture("years", store, Query(), ".svg", heading="Mine")


@pytest.mark.parametrize("heading", ["Short", "long " * 20, "W" * 500, "$x^{$ \u202e <b>"])
def test_a_heading_fits_the_picture(heading: str) -> None:
    with style.applied():
        figure = style.figure((4, 3))
        figure.subplots()
        style.replace_heading(figure, heading)
        figure.canvas.draw()
        [axes] = figure.axes
        title: Any = axes._left_title  # type: ignore[attr-defined]
        assert title.get_window_extent().x1 <= figure.bbox.x1
        assert title.get_text()
