"""A report in a real browser: opened, filtered, sorted, with and without JavaScript, and with hostile text."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pubcli.model import Document
from pubcli.query.expression import Query
from pubcli.reader import read
from pubcli.report import report
from pubcli.store.load import load
from real_browser import BROWSERS, start
from webpage import HOSTILE

pytest.importorskip("selenium.webdriver")
pytestmark = pytest.mark.skipif(not BROWSERS["chromium"], reason="no Chromium with its driver on this machine")

Open = Callable[[str], Any]


@pytest.fixture
def browser(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Return a function that opens a page in a new browser; the parameter False turns JavaScript off."""
    driver = start("chromium", tmp_path / "profile", has_scripts=getattr(request, "param", True))

    def open_page(page: str) -> Any:
        path = tmp_path / "report.html"
        path.write_text(page, encoding="utf-8")
        driver.get(path.as_uri())
        return driver

    yield open_page
    driver.quit()


def visible_titles(page: Any) -> list[str]:
    """Return the titles of the visible rows of the table."""
    rows = page.find_elements("css selector", "#table tbody tr")
    return [row.find_element("css selector", "summary").text for row in rows if row.is_displayed()]


def press(page: Any, heading: str) -> None:
    page.find_element("xpath", f"//thead//button[text()='{heading}']").send_keys("\n")


def test_papers_are_filtered_and_sorted_by_keyboard(browser: Open, document: Document) -> None:
    page = browser(report(load(document), Query()))
    assert len(visible_titles(page)) == 50

    page.find_element("id", "words").send_keys("RENYI fair")
    assert visible_titles(page)[0] == "Rényi Fair Inference" or "Rényi Fair Inference" in visible_titles(page)
    assert page.find_element("id", "count").text == f"{len(visible_titles(page))} of 50 papers"
    page.find_element("id", "words").clear()
    page.find_element("id", "words").send_keys("jovanovic")
    assert len(visible_titles(page)) == 2

    page.find_element("id", "words").send_keys("\ue003" * 9)
    page.find_element("css selector", "#category option:nth-child(3)").click()
    code = page.find_element("css selector", "#category").get_property("value")
    assert 0 < len(visible_titles(page)) == sum(paper.category == code for paper in document.papers)
    page.find_element("css selector", "#category option:first-child").click()
    page.find_element("css selector", "#person option[value='andrew lowy']").click()
    assert len(visible_titles(page)) == sum("Andrew Lowy" in paper.authors for paper in document.papers)
    page.find_element("css selector", "#person option:first-child").click()

    press(page, "Title")
    titles = visible_titles(page)
    assert len(titles) == 50
    assert titles[0].startswith("A Rigorous")
    assert page.find_element("css selector", "th[aria-sort=ascending]").text.startswith("Title")
    press(page, "Title")
    assert visible_titles(page) == titles[::-1]
    press(page, "Date")
    assert visible_titles(page)[0].startswith("Inexact Block Coordinate")
    assert page.get_log("browser") == []


def test_pressing_enter_on_a_title_opens_its_abstract(browser: Open, document: Document) -> None:
    page = browser(report(load(document), Query()))
    summary = page.find_element("css selector", "#table summary")
    abstract = page.find_element("css selector", "#table .abstract")

    assert not abstract.is_displayed()
    summary.send_keys("\n")
    assert abstract.is_displayed()


@pytest.mark.parametrize("browser", [False], indirect=True)
def test_without_javascript_all_papers_and_abstracts_are_shown(browser: Open, document: Document) -> None:
    page = browser(report(load(document), Query()))

    assert len(visible_titles(page)) == 50
    assert not page.find_element("id", "filter").is_displayed()
    page.find_element("css selector", "#table summary").click()
    assert page.find_element("css selector", "#table .abstract").is_displayed()


def test_hostile_text_executes_no_script(browser: Open) -> None:
    page = browser(report(load(read(HOSTILE, as_of=date(2026, 1, 1))), Query()))

    assert page.title == "Publications of </title><script>alert(1)</script>"
    assert len(visible_titles(page)) == 2
    assert page.find_elements("css selector", "img, b, textarea, td script") == []
    page.find_element("id", "words").send_keys("<b>mallory")
    assert len(visible_titles(page)) == 1
    assert page.get_log("browser") == []


@pytest.mark.parametrize("width", [360, 800, 1600])
def test_the_report_is_not_wider_than_the_window(browser: Open, document: Document, width: int) -> None:
    page = browser(report(load(document), Query()))
    page.set_window_size(width, 900)

    assert page.execute_script("return document.documentElement.scrollWidth") <= max(width, 500)
