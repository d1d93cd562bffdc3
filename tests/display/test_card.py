"""Cards with all fields of a paper."""

import io
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pubcli.analysis.check import profiles
from pubcli.display import card
from pubcli.formats import RenderOptions, default_fields, write
from pubcli.reader import read
from pubcli.store.load import load
from repository import SITES
from strategies import paper_row


def test_extra_fields_are_shown_without_control_characters() -> None:
    row = paper_row(extra={"editor": "Emmy [bold]Noether[/]", "isbn": "1\x1b[31m2"})
    lines = list(card.texts(card.paper(row), 80, color=False))
    assert "editor    Emmy [bold]Noether[/]\n" in lines
    assert "isbn      1\u241b[31m2\n" in lines


@given(st.text(), st.lists(st.text()), st.text(), st.integers(1, 120))
def test_colour_adds_only_escape_codes(title: str, authors: list[str], abstract: str, width: int) -> None:
    lines = card.paper(paper_row(title=title, authors=authors, abstract=abstract, doi="10.1/a", links=["https://a.b"]))
    coloured = "".join(card.texts(lines, width, color=True, links=True))
    plain = re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\", "", coloured)
    assert plain == "".join(card.texts(lines, width, color=False))


@given(st.text(), st.lists(st.text()), st.text(), st.integers(2, 120))
def test_no_line_but_an_address_is_wider_than_the_screen(
    title: str, authors: list[str], abstract: str, width: int
) -> None:
    row = paper_row(title=title, authors=authors, abstract=abstract, links=["https://example.org/" + "a" * 200])
    lines = list(card.texts(card.paper(row), width, color=False))
    assert all(cell_len(line.rstrip("\n")) <= width for line in lines if "https:" not in line)


def test_an_address_is_not_wrapped_so_that_it_can_be_copied() -> None:
    address = "https://example.org/" + "a" * 200
    assert f"link      {address}\n" in card.texts(card.paper(paper_row(links=[address])), 60, color=False)


def test_the_further_lines_of_a_fact_begin_below_its_text() -> None:
    lines = list(card.texts(card.paper(paper_row(venue="Journal of " + "Long Words " * 9)), 40, color=False))
    at = next(number for number, line in enumerate(lines) if line.startswith("venue"))
    assert lines[at : at + 2] == ["venue     Journal of Long Words Long\n", "          Words Long Words Long Words\n"]


def test_the_key_and_the_doi_are_links() -> None:
    text = "".join(card.texts(card.paper(paper_row(key="a2020b", doi="10.1/a")), 80, color=True, links=True))
    assert text.count("\x1b]8;;https://doi.org/10.1/a\x1b\\") == 2
    assert "\x1b\\\x1b[36ma2020b\x1b[0m\x1b]8;;\x1b\\" in text


def test_the_card_of_a_profile_shows_what_its_site_states() -> None:
    answer: Any = profiles(load(read(SITES / "google-scholar" / "profile.chromium.txt")))
    out = io.StringIO()
    write("table", answer, default_fields("table", answer), out, RenderOptions(width=100))
    lines = [line.strip() for line in out.getvalue().splitlines()]
    assert lines[:3] == ["Nora Quillfeather", "Reader in Kites, Kite University", "interests: Kites, Paper folding, AI"]
    assert lines[3].startswith("a profile page of Google Scholar:")  # the path may be on the next line
    indexes = [[*filter(None, line.split("  "))] for line in lines if line.startswith(("h-index", "i10-index"))]
    assert [stated.strip() for _, stated, _ in indexes] == ["6 (5 since 2021)", "4 (3 since 2021)"]
    assert [listed.strip() for _, _, listed in indexes] == ["6, from 12 papers", "4, from 12 papers"]
    assert not any(line.startswith(("novelty", "category")) for line in lines)


def test_the_card_of_a_search_names_the_search() -> None:
    [row] = profiles(load(read(SITES / "arxiv" / "search.html"))).rows
    [line, *_] = card.texts(card.profile_heading(row), 120, color=False)
    assert line.startswith("Results of a search for author: Quillfeather, N\n")
