"""Pages of Google Scholar that the examples do not show: other languages, old pages, parts of lists, more captures."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pubcli
from pubcli.errors import InputError
from pubcli.sites import recognised
from pubcli.sites.google_scholar import lines
from pubcli.sites.google_scholar.lines import Counts
from pubcli.sites.google_scholar.records import fields, is_byline
from thoroughness import examples

NUMBERS = "Cited by\nAll\tSince 2021\nCitations\t1,429\t1002\nh-index\t17\t16\ni10-index\t26\t22\n"
PERSON = "Follow\nAlice Bow\nAlice Bow\nProfessor of Kites\nVerified email at kite.example - Homepage\nKitesWalks\n"
LIST = "Title\t\nCited by\nYear\nWalks on kites\nA Bow, C Day, ...\nJournal of Kites 12 (3), 1-20\n194\t2006\n"
FOOTER = "Articles 1–1\nPrivacyTermsHelp\n"
PAGE = NUMBERS + PERSON + LIST + FOOTER


def rows(text: str) -> list[tuple[str, tuple[str, ...], str | None, int | None, int | None]]:
    """Return title, authors, venue, citations and year of each paper in a text."""
    return [
        (paper.title, paper.authors, paper.venue, paper.citations, paper.date.year if paper.date else None)
        for paper in pubcli.read(text).papers
    ]


WALKS = ("Walks on kites", ("A Bow", "C Day"), "Journal of Kites", 194, 2006)


def test_a_page_in_another_language_is_recognised_by_its_shape() -> None:
    page = PAGE.replace("All\tSince", "Todos\tDesde").replace("Citations", "Citações").replace("h-index", "Índice h")
    page = page.replace("Verified email at", "E-mail confirmado em").replace("Articles", "Artigos")
    page = page.replace("Title\t\nCited by\nYear", "Título\t\nCitado por\nAno").replace("Cited by\n", "Citado por\n")
    profile = pubcli.read(page).profile
    assert (profile.name, profile.citations, profile.recent_h_index, profile.recent_since) == (
        "Alice Bow",
        1429,
        16,
        2021,
    )
    assert profile.interests == ("Kites", "Walks")
    assert rows(page) == [WALKS]


def test_a_page_with_its_headings_on_one_line_is_read() -> None:
    assert rows(PAGE.replace("Title\t\nCited by\nYear", "Title\tCited by\tYear")) == [WALKS]
    assert rows(PAGE.replace("Title\t\nCited by\nYear", "Title1–1\tCited by\tYear")) == [WALKS]


@pytest.mark.parametrize(
    "headings", ["Title\nCited by\nYear", "\t\t\nTitle\n\t\nCited by\n\tYear", "Title\nSort\nYear", ""]
)
@pytest.mark.parametrize("person", [PERSON, PERSON.replace("Professor of Kites", "UC Berkeley")])
def test_headings_without_their_tabs_belong_to_no_paper(headings: str, person: str) -> None:
    document = pubcli.read(NUMBERS + person + LIST.replace("Title\t\nCited by\nYear", headings) + FOOTER)
    assert document.problems == ()
    assert rows(NUMBERS + person + LIST.replace("Title\t\nCited by\nYear", headings) + FOOTER) == [WALKS]
    assert document.profile.interests == ("Kites", "Walks")


def test_the_spellings_of_the_owner_in_bylines_are_those_of_one_person() -> None:
    bylines = ("A Bow, C Day", "C Day, A Bow", "AJ Bow", "A Bow, AK Bow", "B Bow")
    papers = "".join(f"Walks {byline}\n{byline}\nKites\n7\t2006\n" for byline in bylines)
    listed = LIST[: LIST.index("Walks")] + papers
    assert pubcli.read(NUMBERS + PERSON + listed).profile.name_variants == ("A Bow", "AJ Bow")
    assert pubcli.read(listed).profile.name_variants == ()


def test_a_year_above_a_line_of_authors_is_a_title() -> None:
    page = PAGE.replace("194\t2006", "194\t2006\n1984\nA Bow\nSecker\n7\t1949\n2018\n")
    assert rows(page)[1] == ("1984", ("A Bow",), "Secker", 7, 1949)
    assert [problem.text for problem in pubcli.read(page).problems] == ["2018"]


def test_authors_without_initials_are_known_from_records_with_a_venue() -> None:
    page = PAGE.replace(
        "194\t2006", "194\t2006\n凧の散歩\n弓太郎, 日花子\n凧誌\n7\t1999\n尾\n弓太郎\n5\t1998\n風\n凧誌\n3\t1997\n"
    )
    assert rows(page)[2:] == [("尾", ("弓太郎",), None, 5, 1998), ("風", (), "凧誌", 3, 1997)]


def test_a_list_without_the_column_of_years_is_reported_and_not_taken_for_a_header() -> None:
    papers = "".join(f"Walks {n}\nA Bow, C Day\nKites {n}, 200{n}\n{n}\n" for n in range(1, 5))
    document = pubcli.read(NUMBERS + PERSON + papers + "Tails\nA Bow\n2001\n7\n" + FOOTER)
    titles = [problem.text.split("\n")[0] for problem in document.problems[1:]]
    assert titles == ["Walks 1", "Walks 2", "Walks 3", "Walks 4", "7"]


@pytest.mark.parametrize("damage", ["@@", "x\t41"])
def test_a_first_record_with_damaged_counts_is_a_problem(damage: str) -> None:
    document = pubcli.read(PAGE.replace("194\t2006", f"{damage}\nTails\nA Bow\nKites\n7\t1999"))
    assert [paper.title for paper in document.papers] == ["Tails"]
    assert [problem.text.split("\n")[0] for problem in document.problems] == ["Walks on kites"]


def test_the_year_at_the_end_of_a_venue_is_no_part_of_it() -> None:
    assert rows(PAGE.replace("12 (3), 1-20", "12 (3), 1-20, 2006")) == [WALKS]
    assert rows(PAGE.replace("Journal of Kites 12 (3), 1-20", "Journal of Kites, 2006")) == [WALKS]


def test_the_owner_of_an_old_page_is_above_the_numbers() -> None:
    above = "WebImagesMore…alice@kite.example\nAlice Bow\nProfessor of Kites\nVerified email at kite.example\nKites\n"
    numbers = NUMBERS.replace("All\tSince", "Citation indices\tAll\tSince")
    profile = pubcli.read(above + numbers + LIST + FOOTER).profile
    assert (profile.name, profile.affiliation, profile.interests) == ("Alice Bow", "Professor of Kites", ("Kites",))


def test_a_part_of_a_list_is_read_without_a_header() -> None:
    part = "Walks on kites\nA Bow, C Day, ...\nJournal of Kites 12 (3), 1-20\n194\t2006\n"
    document = pubcli.read(f"{part}Tails\nA Bow\n3\t2019\nStrings\nC Day\n2\t\n")
    assert document.profile.name is None
    assert [paper.title for paper in document.papers] == ["Walks on kites", "Tails", "Strings"]


def test_each_capture_of_a_file_is_a_page_of_its_own() -> None:
    other = PAGE.replace("Alice Bow", "Carol Day").replace("Walks on kites", "Tails of kites")
    document = pubcli.read(PAGE + "\n" + other)
    assert [profile.name for profile in document.profiles] == ["Alice Bow", "Carol Day"]
    assert [[paper.title for paper in page.papers] for page in document.pages] == [
        ["Walks on kites"],
        ["Tails of kites"],
    ]


@pytest.mark.parametrize(("count", "is_cut"), [(19, False), (20, True), (21, False), (100, True), (200, True)])
def test_a_list_that_ends_with_a_page_of_rows_may_go_on(count: int, is_cut: bool) -> None:
    records = "".join(
        f"Paper {number} on kites\nA Bow\nJournal of Kites {number}\n1\t2006\n" for number in range(count)
    )
    page = NUMBERS + PERSON + "Title\t\nCited by\nYear\n" + records + f"Articles 1–{count}\n"
    assert pubcli.read(page).profile.list_cut is is_cut


def test_chromium_omits_the_line_of_a_paper_without_citations_and_year() -> None:
    page = PAGE.replace(
        "Walks on kites\n", "First\nC Day, A Bow\nSecond\nEJ van der Fox\nNewsletter of Kites\nWalks on kites\n"
    ).replace(FOOTER, "Last\nA Bow\n" + FOOTER)
    assert rows(page) == [
        ("First", ("C Day", "A Bow"), None, 0, None),
        ("Second", ("EJ van der Fox",), "Newsletter of Kites", 0, None),
        WALKS,
        ("Last", ("A Bow",), None, 0, None),
    ]


def test_lines_that_belong_to_no_record_are_a_problem() -> None:
    page = PAGE.replace("194\t2006\n", "194\t2006\n7\t2001\nTails\nA Bow\nJ. Kites\nan advertisement\n1\t2002\n")
    document = pubcli.read(page)
    assert [paper.title for paper in document.papers] == ["Walks on kites"]
    reasons = [problem.reason for problem in document.problems]
    assert reasons == ["a number of citations without a paper", "more lines than a title, authors and a venue"]


@pytest.mark.parametrize("button", ["Show more", "SHOW MORE\nPrivacyTermsHelp", "もっと見る"])
def test_a_button_below_a_list_is_no_paper(button: str) -> None:
    document = pubcli.read(PAGE.replace(FOOTER, f"{button}\n"))
    assert [paper.title for paper in document.papers] == ["Walks on kites"]
    assert [(problem.reason, problem.text) for problem in document.problems] == [("a text below the list", button)]


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "194\t2006": Counts(194, False, 2006),
        "9*\t2014": Counts(9, True, 2014),
        "2\t": Counts(2, False, None),
        "2018\t": Counts(2018, False, None),
        "2018": Counts(None, False, 2018),
        "\t41\t2016": Counts(41, False, 2016),
        "\t\t2026": Counts(None, False, 2026),
        "\t\t": Counts(None, False, None),
        "12": None,
        "12345": None,
        "Title\t": None,
        "\tYear": None,
        "1984, a novel": None,
    }.items(),
)
def test_the_end_of_a_record_shows_citations_and_year(text: str, expected: Counts | None) -> None:
    assert lines.counts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("A Bow, C Day", True), ("EJ van der Fox, ...", True), ("J Ñandú-Ríos, Ł Świtka", True), ("A Bow, Wahidin", True),
     ("م علي, ف حسن", True), ("А Иванов, П Петров", True), ("דרך ארוכה", False),
     ("Journal of Kites 12 (3), 1-20", False), ("Walks on kites: a survey", False), ("Kite University", False)],
)  # fmt: skip
def test_authors_are_recognised_by_their_initials(text: str, expected: bool) -> None:
    assert is_byline(text) is expected


@pytest.mark.parametrize("text", ["A page of prose.\n", "Title\tAuthors\nWalks\tA Bow\n", "1\t2\n3\t4\n5\t6\n7\t8\n"])
def test_other_text_with_tabs_is_not_a_page(text: str) -> None:
    assert recognised(text) is None


def test_text_without_a_list_is_refused_even_if_the_user_names_the_site() -> None:
    with pytest.raises(InputError, match="no list of papers of Google Scholar"):
        pubcli.read("Dear diary\n", form="google-scholar")


WORDS = st.sampled_from(["Walks", "on", "kites", "A", "2018", "…", "12", "(3)", "J.", "Ł"])
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
LINES = st.one_of(
    TEXTS,
    st.sampled_from(["A Bow, C Day", "A Bow, ...", "194\t2006", "\t\t", "2018", "\t9", "*", "\t2014", "Title\t", ""]),
    st.sampled_from([*NUMBERS.split("\n"), *FOOTER.split("\n")]),
)


@examples(300)
@given(st.lists(LINES, max_size=30), st.sampled_from(["", PAGE]))
def test_no_line_of_any_page_is_lost(extra: list[str], beginning: str) -> None:
    text = beginning + "\n".join([*extra, "Tails", "A Bow", "3\t2019"])
    try:
        document = pubcli.read(text, form="google-scholar")
    except InputError:  # refused as a whole
        return
    accounted = {number for profile in document.profiles for number in profile.lines}
    for paper in document.papers:
        accounted.update(range(paper.line, paper.last_line + 1))
    for problem in document.problems:
        accounted.update(range(problem.line, problem.last_line + 1))
    assert [line for number, line in enumerate(text.split("\n"), 1) if line.strip() and number not in accounted] == []


def test_columns_and_numbers_of_the_header_are_recognised_with_and_without_an_empty_cell() -> None:
    for cell, words in product(
        ["", "\t"], ["All\tSince 2021", "Citation indices\tAll\tSince 2021", "すべて\t2021 年以来"]
    ):
        assert lines.recent_year(cell + words) == 2021


@pytest.mark.parametrize(
    ("venue", "kind"),
    [
        ("Journal of Kites 12 (3), 1-20", "article"),
        ("Proceedings of the 3rd Workshop on Kites, 1-20", "inproceedings"),
        ("International Conference on Kites 119, 12-34", "inproceedings"),
        ("Proceedings of the 3rd Workshop on Kites and ...", "inproceedings"),
        ("Annals of Wind", None),
        ("arXiv preprint arXiv:2410.03532", "preprint"),
        ("US Patent 9,104,700", "other"),
    ],
)
def test_the_venue_implies_the_kind_of_paper(venue: str, kind: str | None) -> None:
    assert fields("Walks on Kites", "A Bow, C Day", venue, Counts(5, is_merged=False, year=2020)).get("kind") == kind


@pytest.mark.parametrize(
    ("above", "titles"),
    [
        ("A Bow, C Day\nJournal of Kites 12\n7\t2001\n", []),
        ("Journal of Kites 12\n7\t2001\n", []),
        ("7\t2001\n", []),
        ("Cited by\nYear\nTails\nA Bow\n7\t2001\n", ["Tails"]),
        ("Tails\nWahidin\nKites\n7\t2001\n", ["Tails"]),
        ("Tails\nA Bow\n7\t2001\n", ["Tails"]),
        ("C Programming, R Packages\nA Bow\nKites\n7\t2001\n", ["C Programming, R Packages"]),
        ("i10-index\t1\t1\nFollow\nAlice Bow\nTitle\t\nCited by\nYear\nTails\nA Bow\n7\t2001\n", ["Tails"]),
    ],
)
def test_a_copy_may_begin_inside_of_a_record(above: str, titles: list[str]) -> None:
    below = "".join(f"Walks {number}\nA Bow, C Day\nKites {number}\n{number}\t2006\n" for number in range(1, 4))
    document = pubcli.read(above + below)
    assert [paper.title for paper in document.papers] == [*titles, "Walks 1", "Walks 2", "Walks 3"]
    assert bool(document.problems) == (not titles or above.startswith("Cited by"))


@pytest.mark.parametrize("lines", ["A Bow, C Day\nKites 12\n7\t2001\n", "A Bow\n7\t2001\n", "C Day\nKites 12\n2001\n"])
def test_a_record_whose_title_is_missing_is_a_problem_and_not_named_after_its_authors(lines: str) -> None:
    document = pubcli.read(PAGE.replace("194\t2006\n", f"194\t2006\n{lines}Tails\nA Bow\n1\t2002\n"))
    assert [paper.title for paper in document.papers] == ["Walks on kites", "Tails"]
    assert [(problem.reason, f"{problem.text}\n") for problem in document.problems] == [
        ("the record has no title", lines)
    ]
