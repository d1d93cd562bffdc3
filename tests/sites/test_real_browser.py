"""Pages with invented records, in the structure of each site, are copied in a real browser and read as a whole."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

import pubcli
from pubcli.model import Document, Paper
from real_browser import BROWSERS, start
from site_pages import STRUCTURES, Record, page

pytest.importorskip("selenium.webdriver")

COUNT = 30
GIVEN = "Alice Carol Eve Tomas Ilse Łucja José Öykü Nguyễn Zoë Ágnes Dmitri".split()
SURNAMES = (
    "Bow", "Day", "van der Fox", "Brindlewick", "Świtka", "Ñandú-Ríos", "Uçurtmalı", "O'Paperly", "de la Cruz", "Li",
)  # fmt: skip
TITLES = (
    "Walks on {} kites: a survey", "How many folds does a map of {} need?", "On the {} of strings (and tails)",
    "C++ for {} and 2000 crashes", "“{}”, or the wind", "{} – a comparison", "Two {}/three {}", "{}",
    "The number of {} in 2019", "Über {} und Schnüre",
)  # fmt: skip
WORDS = "paper light tethered folded windy regular quiet Polish early α-stable".split()
JOURNALS = ("Journal of Kite Studies", "Annals of Wind", "Kite Letters", "Transactions on Map Folding", "Drachenbau")
CLASSES = ("cs.LG", "math.CO", "stat.ML", "hep-th", "cs.CV", "physics.flu-dyn", "eess.SP")
Copy = Callable[[str], tuple[str, str]]


def records(seed: int) -> list[Record]:
    """Return invented papers, all of them by the person whose page it is."""
    random = Random(seed)
    return [_record(random, number) for number in range(1, COUNT + 1)]


def _record(random: Random, number: int) -> Record:
    people = {f"{random.choice(GIVEN)} {random.choice(SURNAMES)}": None for _ in range(random.randint(0, 4))}
    authors = [*people, "Nora Quillfeather"]
    random.shuffle(authors)
    year = random.randint(2008, 2025)
    word, *_ = random.sample(WORDS, 2)
    title = random.choice(TITLES).format(word, word)
    return Record(
        title=f"{title[0].upper()}{title[1:]}",
        authors=tuple(authors),
        year=year,
        month=random.randint(1, 12),
        day=random.randint(1, 28),
        journal=random.choice(JOURNALS),
        volume=random.randint(1, 60),
        pages=f"{number}-{number + random.randint(1, 40)}",
        doi=f"10.5555/kites.{year}.{number}",
        arxiv=f"{year % 100:02}{random.randint(1, 12):02}.{number:0{4 if year < 2015 else 5}}",
        classes=tuple(random.sample(CLASSES, random.randint(1, 3))),
        comments=random.choice(("12 pages, 3 figures", "Accepted at KITE 2026", "Project page: https://kite.example")),
        abstract=f"{random.choice(WORDS).title()} kites fly. We count {number} of them, and show why. " * 3,
        citations=random.choice((0, 0, 7, 42, 1318)),
        number=number,
    )


def expected(name: str, record: Record, *, is_html: bool) -> dict[str, Any]:
    """Return the fields of a paper that a page shows."""
    day = f"{record.year}-{record.month:02}-{record.day:02}"
    month = f"20{record.arxiv[:2]}-{record.arxiv[2:4]}-01"
    place = {"venue": record.journal, "volume": str(record.volume), "pages": record.pages}
    arxiv = {"arxiv": record.arxiv, "classes": record.classes[:1], "keywords": record.classes[1:]}
    abstract = record.abstract.strip()
    year: dict[str, Any] = {"authors": record.authors, "date": f"{record.year}-01-01"}
    fields: dict[str, dict[str, Any]] = {
        "google-scholar": {**year, "authors": record.initials, **place, "citations": record.citations},
        "arxiv-search": {
            "authors": record.authors, "date": day, **place, **arxiv, "doi": record.doi,
            "cut": () if is_html else ("abstract",),
            "abstract": abstract if is_html else f"{record.abstract[:150].strip()}…",
        },
        "arxiv-author": {"authors": record.authors, "date": month, **place, **arxiv},
        "arxiv-list": {"authors": record.authors, "date": month, **place, **arxiv, "abstract": abstract},
        "dblp": {**year, **place},
        "acl": {**year, "venue": f"Proceedings of the {record.volume}th Workshop on {record.journal}"},
        "paper-feed": {"authors": record.authors, "date": day, "abstract": abstract},
        "pubmed": {"authors": record.initials, "date": day, **place, "doi": record.doi},
    }  # fmt: skip
    return {"title": record.title, **fields[name]}


def shown(paper: Paper, fields: dict[str, Any]) -> dict[str, Any]:
    """Return some fields of a paper as `expected` does."""
    return {field: str(value) if field == "date" else value for field in fields for value in (getattr(paper, field),)}


def require_all(name: str, document: Document, papers: list[Record], *, is_html: bool = False) -> None:
    """Fail unless all records were read as they are, with the number of those that were."""
    meanings = [expected(name, record, is_html=is_html) for record in papers]
    found = [shown(paper, meaning) for paper, meaning in zip(document.papers, meanings, strict=False)]
    wrong = [(paper, meaning) for paper, meaning in zip(found, meanings, strict=False) if paper != meaning]
    read = len(found) - len(wrong)
    assert (read, len(document.papers)) == (len(papers), len(papers)), f"{read} of {len(papers)} read: {wrong[:2]}"
    assert document.problems == ()


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(name, marks=pytest.mark.skipif(not is_here, reason=f"no {name} with its driver on this machine"))
        for name, is_here in BROWSERS.items()
    ],
)
def browser(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    """Return a function that opens a page, copies it, and returns the text on the clipboard and the page as HTML."""
    from selenium.webdriver import ActionChains
    from selenium.webdriver.common.keys import Keys

    folder: Path = tmp_path_factory.mktemp("browser")
    driver = start(request.param, folder / "profile")

    def press(keys: str) -> None:
        chain = ActionChains(driver).key_down(Keys.CONTROL)
        for key in keys:
            chain.send_keys(key)
        chain.key_up(Keys.CONTROL).perform()

    def copied(source: str) -> tuple[str, str]:
        path = folder / "page.html"
        path.write_text(source, encoding="utf-8")
        driver.get(path.as_uri())
        html = driver.page_source
        press("ac")
        driver.get("data:text/html,<textarea id=field></textarea>")
        field = driver.find_element("id", "field")
        field.click()
        press("v")
        return field.get_property("value"), html

    yield copied
    driver.quit()


@pytest.mark.parametrize("name", STRUCTURES)
def test_all_records_of_a_page_are_read_from_what_a_browser_copies_and_saves(browser: Copy, name: str) -> None:
    papers = records(seed=len(name))
    text, html = browser(page(name, papers))
    require_all(name, pubcli.read(text), papers)
    if name != "pubmed":
        require_all(name, pubcli.read(html), papers, is_html=True)
