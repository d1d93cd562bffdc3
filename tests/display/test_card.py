"""Cards with all fields of a paper."""

import io
from typing import Any

from rich.console import Console

from pubcli.analysis.check import profiles
from pubcli.display import card
from pubcli.formats import RenderOptions, default_fields, write
from pubcli.reader import read
from pubcli.store.load import load
from repository import SITES
from strategies import paper_row


def test_extra_fields_are_shown_without_control_characters() -> None:
    out = io.StringIO()
    row = paper_row(extra={"editor": "Emmy [bold]Noether[/]", "isbn": "1\x1b[31m2"})
    Console(file=out, width=80).print(card.paper(row))
    assert "editor    Emmy [bold]Noether[/]" in out.getvalue()
    assert "isbn      1\u241b[31m2" in out.getvalue()


def test_the_card_of_a_profile_shows_what_its_site_states() -> None:
    answer: Any = profiles(load(read(SITES / "google-scholar" / "profile.chromium.txt")))
    out = io.StringIO()
    write("table", answer, default_fields("table", answer), out, RenderOptions(width=100))
    lines = [line.strip() for line in out.getvalue().splitlines()]
    assert lines[:3] == ["Nora Quillfeather", "Reader in Kites, Kite University", "interests: Kites, Paper folding, AI"]
    assert lines[3].startswith("a profile page of Google Scholar: ")
    stated = [line.split("  ")[-1].strip() for line in lines if line.startswith(("h-index", "i10-index"))]
    assert stated == ["6 (5 since 2021)", "4 (3 since 2021)"]
    assert not any(line.startswith(("novelty", "category")) for line in lines)


def test_the_card_of_a_search_names_the_search() -> None:
    [row] = profiles(load(read(SITES / "arxiv" / "search.html"))).rows
    out = io.StringIO()
    Console(file=out, width=120).print(card.profile_heading(row))
    assert out.getvalue().startswith("Results of a search for author: Quillfeather, N\n")
