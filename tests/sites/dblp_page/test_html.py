"""A saved page of DBLP is read with keys and addresses; what the elements do not state comes from the text."""

import pytest

import pubcli

ENTRY = (
    '<li class="entry {kind}" id="conf/kite/Bow{year}"><div class="nr" id="{nr}">[{nr}]</div><nav class="publ"><ul>'
    '<li><a href="https://doi.org/10.5555/{year}" itemprop="url">edition</a></li></ul></nav><div class="data">'
    '<span itemprop="author"><span itemprop="name">Alice Bow 0001</span></span>:<br>'
    '<span class="title" itemprop="name">{title}</span> {venue}</div></li>\n'
)
PROCEEDINGS = (
    '<span itemprop="isPartOf"><span itemprop="name">KITE</span></span> <span itemprop="datePublished">2020</span>: '
    '<span itemprop="pagination">1-2</span>'
)


def page(*entries: str, header: str = "") -> bytes:
    body = "".join(entries)
    return f'<!doctype html>\n<html><body>{header}\n<ul class="publ-list">\n{body}</ul></body></html>'.encode()


def entry(
    title: str = "Walks. On Kites.", venue: str = PROCEEDINGS, kind: str = "inproceedings", nr: str = "c1"
) -> str:
    return ENTRY.format(title=title, venue=venue, kind=kind, nr=nr, year=2020)


def test_the_elements_of_an_entry_are_the_fields_of_a_paper() -> None:
    document = pubcli.read(page(entry(), entry("Maps?", nr="c2")))
    walks, maps = document.papers
    assert (walks.title, walks.authors, walks.title_guessed) == ("Walks. On Kites", ("Alice Bow",), False)
    assert (walks.venue, walks.pages, walks.kind, walks.doi) == ("KITE", "1-2", "inproceedings", "10.5555/2020")
    assert (walks.date and walks.date.year, walks.date_precision) == (2020, "year")
    assert walks.extra == {"nr": "c1", "homonyms": "Alice Bow 0001", "dblp": "conf/kite/Bow2020"}
    assert [(paper.title, paper.line, paper.last_line) for paper in (walks, maps)] == [
        ("Walks. On Kites", 4, 4),
        ("Maps?", 5, 5),
    ]


@pytest.mark.parametrize(
    ("kind", "nr", "venue", "expected"),
    [
        ("incollection", "c1", PROCEEDINGS, ("chapter", "KITE", None)),
        ("book", "b1", "<span itemprop=publisher>Kite Press</span> 2020, pp. 1-9", ("book", None, "Kite Press")),
        ("book", "b1", "University of Wind 2020", ("thesis", None, "University of Wind")),
        ("informal", "i1", "CoRR abs/2001.00001 (2020)", ("preprint", "CoRR", None)),
        ("", "j1", "J. Kites 3(1): 2 (2020)", ("article", "J. Kites", None)),
    ],
)  # fmt: skip
def test_the_kind_and_the_venue_of_an_entry(kind: str, nr: str, venue: str, expected: tuple[str | None, ...]) -> None:
    [paper] = pubcli.read(page(entry(venue=venue, kind=kind, nr=nr))).papers
    assert (paper.kind, paper.venue, paper.publisher) == expected


def test_an_entry_without_a_title_is_a_problem() -> None:
    document = pubcli.read(page(entry(), entry(title="")))
    assert [(problem.line, problem.reason) for problem in document.problems] == [
        (5, "an entry of the list without a title")
    ]


def test_the_header_of_a_page_states_the_person_and_the_number_of_records() -> None:
    header = (
        '<header id="headline"><h1><span class="name primary" itemprop="name">Alice Bow 0001</span></h1></header>'
        '<div id="info-section"><li itemprop="affiliation"><span itemprop="name">Kite University</span></li></div>'
        '<span id="record-count">1</span> of <span id="max-record-count">12</span>'
    )
    profile = pubcli.read(page(entry(), header=header)).profile
    assert (profile.name, profile.affiliation, profile.stated_papers, profile.list_cut) == (
        "Alice Bow",
        "Kite University",
        12,
        True,
    )
