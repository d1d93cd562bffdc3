"""A saved page of Google Scholar is read with the identifiers of its papers; what has no title becomes a problem."""

import pytest

import pubcli
from pubcli.errors import InputError

ROW = (
    '<tr class="gsc_a_tr"><td class="gsc_a_t"><a href="/citations?citation_for_view=u:p1" class="gsc_a_at">{title}</a>'
    '<div class="gs_gray">{byline}</div><div class="gs_gray">{venue}<span class="gs_oph">, 2016</span></div></td>'
    '<td class="gsc_a_c"><a href="/scholar?cites=12,34" class="gsc_a_ac">{citations}</a>{star}</td>'
    '<td class="gsc_a_y"><span class="gsc_a_h">{year}</span></td></tr>'
)
STAR = '<span class="gsc_a_m"><a class="gsc_a_am">*</a></span>'


def row(title: str, byline: str = "A Bow, C Day", venue: str = "J. Kites 3 (1), 2", **cells: str) -> str:
    return ROW.format(title=title, byline=byline, venue=venue, **{"citations": "", "year": "", "star": "", **cells})


def page(*rows: str, below: str = "") -> bytes:
    body = "\n".join(rows)
    return f'<!doctype html>\n<html><body><div id="gsc_prf_in">Alice Bow</div>\n<table>\n{body}</table>{below}'.encode()


def test_the_parts_of_a_row_are_the_fields_of_a_paper() -> None:
    paper = pubcli.read(page(row("Walks on <b>kites</b>", citations="41", star=STAR, year="2016"))).papers[0]
    assert (paper.title, paper.authors) == ("Walks on kites", ("A Bow", "C Day"))
    assert (paper.venue, paper.volume, paper.issue, paper.pages) == ("J. Kites", "3", "1", "2")
    assert (paper.citations, paper.date and paper.date.year) == (41, 2016)
    assert paper.extra == {"citations": "41*", "citation_for_view": "u:p1", "cites": "12,34"}
    assert (paper.line, paper.last_line) == (4, 4)


def test_a_row_may_lack_everything_but_its_title() -> None:
    paper = pubcli.read(b"<html><table><tr class=gsc_a_tr><td><a class=gsc_a_at>Kites</a></table>").papers[0]
    assert (paper.title, paper.authors, paper.venue, paper.citations, paper.date) == ("Kites", (), None, 0, None)


def test_a_row_without_a_title_is_a_problem_with_its_text() -> None:
    document = pubcli.read(page(row("Kites"), row("", byline="A Bow", venue="Sky")))
    assert len(document.papers) == 1
    assert [(problem.line, problem.text) for problem in document.problems] == [(5, "A Bow Sky , 2016")]


def test_cut_values_are_marked() -> None:
    paper = pubcli.read(page(row("Kites …", byline="A Bow, ...", venue="Journal of …"))).papers[0]
    assert (paper.authors_complete, paper.cut) == (False, ("title", "venue"))


@pytest.mark.parametrize(("disabled", "is_cut"), [("", True), (" disabled", False)])
def test_the_list_is_cut_if_the_button_for_more_papers_can_be_pressed(disabled: str, is_cut: bool) -> None:
    button = f'<button id="gsc_bpf_more"{disabled}>Show more</button>'
    assert pubcli.read(page(row("Kites"), below=button)).profile.list_cut is is_cut


def test_html_of_another_kind_is_refused_if_the_site_is_named() -> None:
    with pytest.raises(InputError, match="no list of papers of Google Scholar"):
        pubcli.read(b"<html><body><p>Kites</p></body></html>", form="google-scholar")


@pytest.mark.parametrize("form", [None, "page", "google-scholar"])
def test_the_site_of_saved_html_is_recognised_or_named(form: str | None) -> None:
    assert pubcli.read(page(row("Kites")), form=form).profile.site == "google-scholar"
