"""The whole report: its content, and that it loads nothing from elsewhere."""

import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given

import strategies
from pubcli.analysis import check
from pubcli.analysis.bibliography import bibliography
from pubcli.model import Document
from pubcli.query.expression import Query
from pubcli.query.language import build
from pubcli.reader import read
from pubcli.report import report, sections
from pubcli.store.database import Store
from pubcli.store.load import load
from repository import FIXTURES, SITES
from thoroughness import examples
from webpage import HOSTILE, ParsedHTML


@pytest.fixture(scope="module")
def store(document: Document) -> Store:
    return load(document)


def test_the_report_contains_the_answers(store: Store) -> None:
    text = report(store, Query())

    for text_part in (
        "Meisam Razaviyayn",
        "1,584",
        "Andrew Lowy",
        "Rényi Fair Inference",
        "30 of 50 author lists",
        "2026~",
    ):
        assert text_part in text
    assert text.count("<details><summary>") == 50 + 1
    assert len(text) < 1_000_000


def test_headings_of_numbers_are_aligned_right(store: Store) -> None:
    text = report(store, Query())
    for head in ("Papers", "Share", "LG"):
        assert f'<th scope="col" class="number">{head}</th>' in text


def test_a_page_of_another_site_shows_what_the_site_states(store: Store) -> None:
    text = ParsedHTML(report(load(read(SITES / "google-scholar" / "profile.chromium.txt")), Query())).text
    for part in ("Reader in Kites, Kite University", "Kites, Paper folding, AI", "i10-index", "77 since 2021"):
        assert part in text
    assert "Papers by year and category" not in text
    assert re.search(r"Date\s*Title\s*Authors\s*Venue\s*Cited", text)
    assert "[...]" in text
    feed = ParsedHTML(report(store, Query())).text
    assert re.search(r"Date\s*Cat\s*Title\s*Authors\s*(?!Venue)", feed)
    assert "i10-index" not in feed


def test_a_query_restricts_the_papers_and_is_stated(store: Store) -> None:
    text = report(store, build("author:lowy", limit=3))

    assert "Only papers that match <code>author:lowy</code>" in text
    assert "3 of 8 papers" in text
    assert text.count('<tr data-words="') == 3


def test_the_report_loads_no_resources_and_contains_a_single_script(store: Store) -> None:
    text = report(store, Query())
    parsed = ParsedHTML(text)

    assert [name for name in ("img", "iframe", "link", "object", "embed", "base") if name in parsed.tags] == []
    assert parsed.tags.count("script") == 1
    assert [name for name, _ in parsed.attributes if name == "src" or name.startswith("on")] == []
    (policy,) = [value for _, value in parsed.attributes if value and "default-src" in value]
    assert re.fullmatch(
        r"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-\S+'; base-uri 'none'", policy
    )


def test_hostile_text_adds_no_elements(store: Store) -> None:
    text = report(load(read(HOSTILE, as_of=date(2026, 1, 1))), Query())
    hostile, harmless = ParsedHTML(text), ParsedHTML(report(store, Query()))

    assert set(hostile.tags) <= set(harmless.tags)
    assert {name for name, _ in hostile.attributes} <= {name for name, _ in harmless.attributes}
    assert hostile.tags.count("script") == 1
    assert "alert(1)" in hostile.text
    assert "<script>alert" not in text


def test_pictures_in_a_report_are_well_formed_whatever_characters_a_page_contains() -> None:
    forbidden = "".join(map(chr, [*range(1, 9), 11, *range(14, 32), 0xFFFE, 0xFFFF]))
    text = report(
        load(read(HOSTILE.replace("Plato", f"Pl{forbidden}ato, Bo{forbidden}").replace("$", forbidden))), Query()
    )
    pictures = re.findall(r"<svg .*?</svg>", text, re.DOTALL)

    assert [ElementTree.fromstring(picture).tag for picture in pictures] == ["svg"] * len(pictures) != []  # noqa: S314
    assert not set(text) & set(forbidden)


def test_links_lead_only_to_web_addresses(store: Store) -> None:
    attributes = ParsedHTML(report(store, Query())).attributes
    addresses = [value for name, value in attributes if name == "href" and value]
    sections = [f"#{value}" for name, value in attributes if name == "id" and value]

    inside = [address for address in addresses if address.startswith("#")]
    assert len(addresses) - len(inside) == 6
    assert inside == ["#papers", *(section for section in sections if section in inside)]
    assert set(addresses) - set(inside) == {
        address for address in addresses if address.startswith(("https://", "http://"))
    }


BIBLIOGRAPHY = """
@article{a, title = {One Study}, author = {Ada Lovelace}, journal = {Kites}, keywords = {wind, <b>},
 note = {Cited by 9}}
@article{b, title = {Two Study}, author = {Bo Li}, journal = {KITES}, keywords = {wind}, note = {Cited by 0}}
@book{c, title = {Three}, author = {Bo Li and Ada Lovelace}}
"""


def test_a_bibliography_shows_venues_kinds_keywords_and_citations() -> None:
    store = load(read(BIBLIOGRAPHY))
    counts = bibliography(store)
    assert counts.venues == [("Kites", 2)]
    assert counts.keywords == [("wind", 2), ("<b>", 1)]
    assert counts.kinds == [("article", 2), ("book", 1)]
    assert (counts.cited, [paper["title"] for paper in counts.most_cited]) == ([9, 0], ["One Study"])
    text = ParsedHTML(report(store, Query())).text
    for part in ("Venues and citations", "The most cited papers", "Citations are known for 2 of 3 papers: 9 in all"):
        assert part in text
    assert "venues 2, keywords 2" in text or "venues of 2, keywords of 2" in text
    assert "h-index" not in text


def test_each_of_several_people_has_a_part(document: Document) -> None:
    second_page: Any = read("Ada Lovelace\n\nh-index1\n\nLGMar 1, 2022\nTitle\n\nAda Lovelace, Bo Li\n\nAbstract")
    text = report(load(document, second_page), Query())
    assert "<h3>Meisam Razaviyayn</h3><p>50 papers, 2016-2026</p><p>With Andrew Lowy (8)" in text
    assert "<h3>Ada Lovelace</h3><p>1 paper, 2022</p><p>With Bo Li (1).</p>" in text
    assert "<h3>" not in report(load(document), Query())


def test_names_that_may_be_one_person_are_named_below_the_network() -> None:
    text = "".join(
        f"@misc{{k{n}, title = {{Study {n}}}, author = {{{name} and Bo Li and Cy Young}}}}\n"
        for n, name in enumerate(["Ada Lovelace", "A. Lovelace", "Ada Lovelace"])
    )
    assert re.search("May be one person: .*Lovelace and .*Lovelace", report(load(read(text)), Query()))


def test_the_filter_offers_the_people_of_the_papers() -> None:
    text = report(load(read(BIBLIOGRAPHY)), Query())
    assert '<option value="ada lovelace">Ada Lovelace</option>' in text
    assert 'data-people="bo li|ada lovelace"' in text


def test_the_same_answers_give_the_same_bytes(document: Document) -> None:
    assert report(load(document), Query()) == report(load(document), Query())


@examples(40)
@given(strategies.documents())
def test_any_page_has_a_report(document: Document) -> None:
    text = report(load(document), Query())
    depth: list[str] = []
    for end, name in re.findall(
        r"<(/?)([a-z0-9]+)[^>]*(?<!/)>", re.sub(r"<(script|style)>.*?</\1>", "", text, flags=re.S)
    ):
        if end:
            assert depth.pop() == name
        else:
            depth.append(name)
    assert depth == []


def test_long_lists_are_cut_with_a_note(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    monkeypatch.setattr(sections, "PAPERS", 10)
    text = report(store, Query())

    assert "Only 10 of 50 papers are listed here" in text
    assert text.count('<tr data-words="') == 10


def test_findings_that_are_not_listed_are_counted(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    total = len(list(check.check(store).rows))
    monkeypatch.setattr(sections, "PAPERS", 3)
    assert f"{total - 3} more are not listed here; pubcli check lists all of them." in report(store, Query())


def test_several_profiles_are_shown_in_one_table(document: Document) -> None:
    second_page: Any = read("Ada Lovelace\n\nh-index1\n\nLGMar 1, 2022\nTitle\n\nAda Lovelace\n\nAbstract")
    text = report(load(document, second_page), Query())

    assert "Publications on 2 profile pages" in text
    assert ">Ada Lovelace</th>" in text
    assert ">Profile</button>" in text
    assert text.count('class="title"') == 51


def test_a_page_without_a_header_has_no_stated_numbers() -> None:
    assert "As the page states it" not in report(load(read("LGMar 1, 2022\nTitle\n\nAda Lovelace\n")), Query())


def test_a_report_has_the_heading_that_the_user_sets(store: Store) -> None:
    text = report(store, Query(), "A & <b>")
    assert "<h1>A &amp; &lt;b&gt;</h1>" in text
    assert "<title>A &amp; &lt;b&gt;</title>" in text


def test_a_report_says_from_which_days_its_data_are(store: Store, document: Document) -> None:
    assert "data as of 2026-11-23." in ParsedHTML(report(store, Query())).text
    older = read((FIXTURES / "colleague-older.txt").read_bytes(), as_of=date(2026, 1, 31))
    assert "data from 2026-01-31 to 2026-11-23." in ParsedHTML(report(load(document, older), Query())).text
