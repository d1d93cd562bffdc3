"""The look of the screens, compared with golden files.

`UPDATE_GOLDEN=1 pytest tests/browse` rewrites the files; open them in a web browser before you commit them. Versions of
Textual draw the same screen as different SVG, so the files are compared only with the version that they name.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browser_session import press, type_text

textual = pytest.importorskip("textual")

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from pubcli.browse.app import Browser

Drive = Callable[..., "Browser"]

GOLDEN = Path(__file__).with_name("golden")
VERSION = GOLDEN / "textual-version.txt"

SCREENS: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {
    "80x24": ((80, 24), ("j",)),
    "200x50": ((200, 50), ("j", "space", "space")),
    "40x20": ((40, 20), ("j",)),
    "40x20-details": ((40, 20), ("enter",)),
    "80x24-light": ((80, 24), ("t",)),
    "100x30-authors": ((100, 30), ("j", "c")),
    "100x30-similar": ((100, 30), ("m",)),
    "80x30-keys": ((80, 30), ("question_mark",)),
    "80x24-copy": ((80, 24), ("space", "y")),
    "80x24-sort": ((80, 24), ("s",)),
    "80x24-export": ((80, 24), ("e",)),
}
"""The size of each screen, and the keys that lead to it."""


def compare(browser: "Browser", name: str) -> None:
    """Compare the screen with a golden file, or write the file if UPDATE_GOLDEN is set."""
    picture = browser.export_screenshot(title=name)
    path = GOLDEN / f"{name}.svg"
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(picture, encoding="utf-8")
        VERSION.write_text(f"{textual.__version__}\n", encoding="utf-8")
        return
    if VERSION.read_text(encoding="utf-8").strip() != textual.__version__:
        pytest.skip("the golden files are from another version of Textual")
    assert picture == path.read_text(encoding="utf-8"), f"see {path}; UPDATE_GOLDEN=1 rewrites it"


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_looks_as_in_its_golden_file(drive: Drive, name: str) -> None:
    size, keys = SCREENS[name]

    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        for key in keys:
            await press(browser, pilot, key)
        if size[0] >= 170:
            await all_counted(browser, pilot)
        compare(browser, name)

    drive(steps, size)


def test_an_invalid_filter_looks_as_in_its_golden_file(drive: Drive) -> None:
    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        await type_text(browser, pilot, "year:x")
        await press(browser, pilot, "enter")
        compare(browser, "80x24-invalid-filter")

    drive(steps, (80, 24))


def test_counts_look_as_in_their_golden_file(drive: Drive) -> None:
    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        await press(browser, pilot, "f")
        await all_counted(browser, pilot)
        compare(browser, "80x24-counts")

    drive(steps, (80, 24))


async def all_counted(browser: "Browser", pilot: "Pilot[Any]") -> None:
    """Wait until the panel shows the topics, which come last."""
    for _ in range(500):
        await pilot.pause(0.02)
        if any(group[0].narrowing.facet == "topic" for group in browser.facets._groups):
            break
    await pilot.pause(0.1)


def test_without_colour_cursor_and_marks_are_still_visible(drive: Drive) -> None:
    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        await press(browser, pilot, "space", "space")
        compare(browser, "80x24-no-color")
        colors = {
            color
            for strip in browser.papers.render_lines(browser.papers.size.region)
            for segment in strip.apply_filter(browser._filters[-1], browser.background_colors[0])
            if segment.style
            for color in (segment.style.color, segment.style.bgcolor)
        }
        assert {color for color in colors if color is not None and not color.is_default} == set()

    drive(steps, (80, 24), no_color=True)
