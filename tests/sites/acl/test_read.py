"""Pages of the ACL Anthology that the examples do not show: parts of lists, several captures, unusual records."""

import pytest

import pubcli
from pubcli.errors import InputError
from pubcli.model import Document
from pubcli.sites import recognised

HEAD = "ACL LogoACL Anthology\nFAQ(current)\nAlice Bow\nAlso published as: A. Bow, Alice B. Bow\n"
RECORD = "pdfbibabs\nWalks on kites\nAlice Bow | Carol Day\nProceedings of Kites (Volume 1: Long Papers)\n"
FOOT = "Co-authors\nCarol Day 1\nVenues\nACL1\nFix author\n"
PAGE = f"{HEAD}\n2025\n{RECORD}{FOOT}"


def rows(document: Document) -> list[tuple[str, tuple[str, ...], str | None, int | None]]:
    """Return title, authors, venue and year of each paper."""
    return [
        (paper.title, paper.authors, paper.venue, paper.date.year if paper.date else None) for paper in document.papers
    ]


WALKS = ("Walks on kites", ("Alice Bow", "Carol Day"), "Proceedings of Kites (Volume 1: Long Papers)")


def test_the_header_states_the_person_and_other_spellings() -> None:
    profile = pubcli.read(PAGE).profile
    assert (profile.site, profile.name, profile.name_variants) == ("acl", "Alice Bow", ("A. Bow", "Alice B. Bow"))


@pytest.mark.parametrize(
    "links",
    [
        "pdfbibabs\nCode",
        "pdf bib abs Code",
        "pdfbib\nCode",
        "bib\nCode",
        "bibabs\nCode",
        "pdf bib Code",
        "pdfabs\nCode",
    ],
)
def test_the_links_of_both_browsers_begin_a_record(links: str) -> None:
    (paper,) = pubcli.read(PAGE.replace("pdfbibabs", links), form="acl").papers
    assert (paper.title, paper.badges, paper.code) == ("Walks on kites", ("Code",), True)


@pytest.mark.parametrize(
    ("further", "badges"),
    [
        ("PosterDataset", ("Poster", "Dataset")),
        ("Optional Supplementary Material", ("Optional Supplementary Material",)),
        ("Software Video", ("Software", "Video")),
        ("Hardware", ("Hardware",)),
    ],
)
def test_further_links_are_badges(further: str, badges: tuple[str, ...]) -> None:
    for links in (f"pdfbib\n{further}", f"pdf bib {further}"):
        (paper,) = pubcli.read(PAGE.replace("pdfbibabs", links)).papers
        assert (paper.title, paper.badges) == ("Walks on kites", badges)


@pytest.mark.parametrize(
    "title", ["Bib", "Code", "2024", "Alice | Bob: a Dialogue", "Proceedings of Nothing", "Venues"]
)
def test_any_text_may_be_a_title(title: str) -> None:
    page = PAGE.replace("Walks on kites", title)
    assert rows(pubcli.read(page)) == [(title, *WALKS[1:], 2025)]


def test_an_abstract_that_was_opened_is_read() -> None:
    (paper,) = pubcli.read(PAGE.replace(FOOT, "We fly kites.\nThey fly.\n" + FOOT)).papers
    assert paper.abstract == "We fly kites.\nThey fly."


def test_other_spellings_are_recognised_among_the_authors() -> None:
    record = "pdfbib\nHardware\nTails\nCarol Day | A. Bow\nKite Studies\n"
    assert rows(pubcli.read(PAGE.replace(FOOT, record + FOOT)))[1] == (
        "Tails",
        ("Carol Day", "A. Bow"),
        "Kite Studies",
        2025,
    )


def test_each_record_has_the_year_above_it() -> None:
    older = RECORD.replace("Walks", "Tails")
    document = pubcli.read(f"{HEAD}2025\n{RECORD}2019\n{older}{older.replace('Tails', 'Knots')}{FOOT}")
    assert [(title, year) for title, _, _, year in rows(document)] == [
        ("Walks on kites", 2025),
        ("Tails on kites", 2019),
        ("Knots on kites", 2019),
    ]


def test_a_part_of_a_list_is_read_without_a_header() -> None:
    document = pubcli.read(RECORD + "2024\n" + RECORD.replace("pdfbibabs", "pdfbib\nCode").replace("Walks", "Tails"))
    assert rows(document) == [(*WALKS, None), ("Tails on kites", *WALKS[1:], 2024)]
    assert document.profile.name is None


def test_the_end_of_a_record_at_the_beginning_of_a_copy_is_a_problem() -> None:
    document = pubcli.read("Tails\nAlice Bow | Eve van der Fox\nProceedings of Tails\n2025\n" + RECORD)
    assert len(document.papers) == 1
    assert [(problem.line, problem.last_line) for problem in document.problems] == [(1, 3)]


def test_a_record_without_its_links_is_a_problem_and_no_abstract() -> None:
    document = pubcli.read(PAGE.replace(FOOT, "Tails\nAlice Bow\nProceedings of Tails\n" + FOOT))
    assert [paper.abstract for paper in document.papers] == [None]
    assert [problem.reason for problem in document.problems] == ["a record without its first line"]


@pytest.mark.parametrize("head", [HEAD, HEAD.split("\n", 2)[2]])
def test_each_capture_of_a_file_is_a_page_of_its_own(head: str) -> None:
    other = f"{head}2020\n{RECORD}{FOOT}".replace("Alice", "Eve").replace("Walks", "Tails")
    document = pubcli.read(PAGE + other)
    assert [profile.name for profile in document.profiles] == ["Alice Bow", "Eve Bow"]
    assert [[paper.title for paper in page.papers] for page in document.pages] == [
        ["Walks on kites"],
        ["Tails on kites"],
    ]


def test_volumes_of_journals_are_articles() -> None:
    journal = "Transactions of the Association for Computational Linguistics, Volume 12"
    (paper,) = pubcli.read(PAGE.replace(WALKS[2], journal)).papers
    assert (paper.kind, paper.venue) == ("article", journal)


@pytest.mark.parametrize(
    "text", ["A bib is a kite.\nbib\n", "pdf bib\n", "@article{bib,\n title = {Kites | Tails}\n}\n"]
)
def test_other_text_is_not_a_page(text: str) -> None:
    assert recognised(text) is None


def test_text_without_a_list_is_refused_even_if_the_user_names_the_site() -> None:
    with pytest.raises(InputError, match="no list of papers of the ACL Anthology"):
        pubcli.read("Dear diary\n", form="acl")


@pytest.mark.parametrize("page", [f"{PAGE}{HEAD}2020\npdfbib\n", f"{HEAD}2020\npdfbib\n{PAGE}"])
def test_a_capture_without_a_record_does_not_hide_the_others(page: str) -> None:
    document = pubcli.read(page)
    assert [profile.name for profile in document.profiles] == ["Alice Bow"]
    assert [paper.title for paper in document.papers] == ["Walks on kites"]
    assert [problem.reason for problem in document.problems] == ["a record without a title"]


def test_a_copy_that_ends_below_the_links_of_a_record_names_no_paper_after_them() -> None:
    document = pubcli.read(PAGE.replace(FOOT, "pdfbibabs\nPosterDataset\n"))
    assert [paper.title for paper in document.papers] == ["Walks on kites"]
    assert [problem.reason for problem in document.problems] == ["the record has no title"]


def test_a_record_whose_title_is_missing_is_a_problem_and_not_named_after_its_authors() -> None:
    document = pubcli.read(PAGE.replace(FOOT, RECORD.replace("Walks on kites\n", "") + FOOT))
    assert [paper.title for paper in document.papers] == ["Walks on kites"]
    assert [problem.reason for problem in document.problems] == ["the record has no title"]
