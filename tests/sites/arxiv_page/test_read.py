"""Pages of arXiv that the examples do not show: old pages, parts of lists, several captures, unusual records."""

from collections.abc import Sequence
from itertools import product

import pytest

import pubcli
from pubcli.errors import InputError
from pubcli.model import Document, Paper
from pubcli.sites import recognised

SEARCH = """Showing 1–2 of 2 results for author: Bow, Alice
Search v0.5.6 released 2020-02-24
50
 results per page.
Sort results by
arXiv:2601.01234  [pdf, ps, other]  cs.LG math.CO
doi
10.5555/Kites.1
Walks on kites: a survey

Authors: Alice Bow, Carol Day

Abstract: We walk on kites.

Submitted 14 May, 2026; v1 submitted 2 January, 2026; originally announced January 2026.

Comments: 12 pages

Journal ref: J. Kites 12 (2026) 1-20

arXiv:2512.00007v1  [pdf]  math.CO
Tails

Authors: Alice Bow

Abstract: Tails are long.

Submitted 1 December, 2025; originally announced December 2025.
"""
FOOT = """Previous
Next
1
2
About
Help
contact arXivClick here to contact arXiv Contact
Copyright
Privacy Policy
"""
LISTING = """Combinatorics
Authors and titles for recent submissions
Fri, 4 Aug 2023
Thu, 3 Aug 2023
[ total of 2 entries: 1-2 ]
[ showing 25 entries per page: fewer | more | all ]
Fri, 4 Aug 2023 (showing first 2 of 2 entries)
[1]  arXiv:2308.01904 [pdf, other]
Title: Walks on kites: a survey
Authors: Alice Bow, Carol Day
Comments: 12 pages
Subjects: Combinatorics (math.CO); Machine Learning (cs.LG)
[2]  arXiv:2308.01903 (cross-list from stat.ML) [pdf, ps, other]
Title: Tails
Authors: Eve van der Fox
Journal-ref: J. Kites 12 (2023) 1-20
Subjects: Machine Learning (stat.ML); Combinatorics (math.CO)
[ total of 2 entries: 1-2 ]
[ showing 25 entries per page: fewer | more | all ]
Links to: arXiv, form interface, find, math, recent, 2308, contact, help  (Access key information)
"""
PERSON = """Skip to main content
Alice Bow's articles on arXiv

[1] arXiv:2601.01234 [pdf, html, other]
Title: Walks on kites
Alice Bow, Carol Day
Subjects: Combinatorics (math.CO)
The web address for this page and the arXiv author id for Alice Bow is https://arxiv.org/a/bow_a_1.
See author identifier help for more information about arXiv author identifiers, please report any problems.
"""


def record(number: int, title: str = "Walks", authors: str = "Alice Bow", below: Sequence[str] = ()) -> str:
    """Return a record of a listing."""
    lines = [f"[{number}] arXiv:2601.{number:05} [pdf, html, other]", f"Title: {title}", authors]
    return "\n".join([*lines, "Subjects: Combinatorics (math.CO)", *below]) + "\n"


def result(identifier: str, *lines: str) -> str:
    """Return a result of a search."""
    return "\n".join([f"arXiv:{identifier}  [pdf, ps, other]  math.CO", *lines]) + "\n"


def paper(text: str) -> Paper:
    """Return the only paper in a text, which must have no problem."""
    document = pubcli.read(text)
    assert document.problems == ()
    (only,) = document.papers
    return only


def titles(document: Document) -> list[list[str]]:
    """Return the titles of the papers on each page."""
    return [[paper.title for paper in page.papers] for page in document.pages]


def test_a_result_of_a_search_has_all_that_the_page_shows() -> None:
    first, second = pubcli.read(SEARCH + FOOT).papers
    assert (first.title, first.authors) == ("Walks on kites: a survey", ("Alice Bow", "Carol Day"))
    assert (first.arxiv, first.doi, first.kind) == ("2601.01234", "10.5555/kites.1", "article")
    assert (first.category, first.classes, first.keywords) == ("LG", ("cs.LG",), ("math.CO",))
    assert (str(first.date), first.date_precision, first.date_assumed) == ("2026-01-02", "day", False)
    assert (first.venue, first.volume, first.pages) == ("J. Kites", "12", "1-20")
    assert (first.abstract, first.cut) == ("We walk on kites.", ())
    assert first.extra == {
        "updated": "2026-05-14",
        "announced": "2026-01",
        "comments": "12 pages",
        "journal-ref": "J. Kites 12 (2026) 1-20",
    }
    assert (second.arxiv, second.extra["version"], str(second.date)) == ("2512.00007", "v1", "2025-12-01")


def test_a_listing_of_2023_is_read() -> None:
    document = pubcli.read(LISTING)
    assert document.problems == ()
    first, second = document.papers
    assert (first.title, first.authors) == ("Walks on kites: a survey", ("Alice Bow", "Carol Day"))
    assert (second.authors, second.extra["announcement"]) == (("Eve van der Fox",), "cross-list from stat.ML")
    assert (second.classes, second.keywords, second.pages) == (("stat.ML",), ("math.CO",), "1-20")
    assert (str(first.date), first.date_precision, first.date_assumed) == ("2023-08-01", "month", True)
    assert (document.profile.name, document.profile.stated_papers, document.profile.list_cut) == (None, 2, False)


def test_an_assumed_month_is_not_an_assumed_year_of_the_page() -> None:
    profile = pubcli.read(LISTING).profile
    assert (profile.assumed_year, profile.fitting_years) == (None, ())


@pytest.mark.parametrize(
    ("heading", "search", "total", "is_cut"),
    [
        ("Showing 1–2 of 2 results for author: Bow, Alice", "author: Bow, Alice", 2, False),
        ("Showing 1–50 of 1,120 results for author: Bow, A", "author: Bow, A", 1120, True),
        ('1-2 of 2 results for author: "Alice Bow"', 'author: "Alice Bow"', 2, False),
        ("Showing 1–50 of 10,000+ results for all: kites", "all: kites", 10000, True),
        ("Showing 1–2 of 2 results", None, 2, False),
        ("", None, None, False),
    ],
)
def test_a_search_is_the_page_of_no_person_and_states_the_number_of_results(
    heading: str, search: str | None, total: int | None, is_cut: bool
) -> None:
    page = SEARCH.replace("Showing 1–2 of 2 results for author: Bow, Alice", heading)
    profile = pubcli.read(page).profile
    assert (profile.site, profile.name) == ("arxiv-page", None)
    assert (profile.search, profile.stated_papers, profile.list_cut) == (search, total, is_cut)


def test_the_pages_of_a_search_that_were_copied_one_after_another_are_one_list() -> None:
    page = SEARCH.replace("1–2 of 2", "1–2 of 4")
    next_page = page.replace("1–2 of 4", "3–4 of 4").replace("Walks", "Strings").replace("Tails", "Knots")
    document = pubcli.read(page + FOOT + next_page + FOOT)
    assert titles(document) == [["Walks on kites: a survey", "Tails", "Strings on kites: a survey", "Knots"]]
    assert not document.profile.list_cut
    apart = pubcli.read(page + FOOT + next_page.replace("Bow, Alice", "Day, Carol"))
    assert [profile.search for profile in apart.profiles] == ["author: Bow, Alice", "author: Day, Carol"]
    assert [profile.list_cut for profile in apart.profiles] == [True, True]


def test_the_pages_of_a_listing_that_were_copied_one_after_another_are_one_list() -> None:
    top = "Skip to main content\nCombinatorics\nTotal of 4 entries : 1-2 3-4\n"
    pages = [top + record(number) + record(number + 1) + "Total of 4 entries : 1-2 3-4\n" for number in (1, 3)]
    document = pubcli.read("".join(pages))
    assert [len(page.papers) for page in document.pages] == [4]
    assert not document.profile.list_cut
    assert pubcli.read(pages[0]).profile.list_cut


def test_different_pages_in_a_file_are_pages_of_their_own() -> None:
    document = pubcli.read(SEARCH + FOOT + PERSON + LISTING.replace("Combinatorics\n", "Skip to main content\n", 1))
    assert [profile.name for profile in document.profiles] == [None, "Alice Bow", None]
    assert [len(page.papers) for page in document.pages] == [2, 1, 2]
    assert document.problems == ()


def test_a_part_of_a_list_is_read_without_a_header() -> None:
    part = SEARCH[SEARCH.index("arXiv:2512") :]
    assert [profile.name for profile in pubcli.read(part).profiles] == [None]
    assert titles(pubcli.read(part)) == [["Tails"]]
    assert titles(pubcli.read(record(26) + record(27, "Tails"))) == [["Walks", "Tails"]]


def test_the_end_of_a_record_at_the_beginning_of_a_copy_is_a_problem() -> None:
    for part in (
        "Authors: Alice Bow\n\nAbstract: We fly.\n\n" + result("2601.00001", "Tails"),
        "Title: Lost\n" + record(2),
    ):
        document = pubcli.read(part)
        assert len(document.papers) == 1
        assert [problem.reason for problem in document.problems] == ["the beginning of the record is missing"]


def test_a_damaged_first_line_makes_its_record_a_problem_and_no_abstract() -> None:
    page = record(1, "One") + record(2, "Two").replace("[2] arXiv", "[2 arXiv") + record(3, "Three")
    document = pubcli.read(page)
    assert titles(document) == [["One", "Three"]]
    assert document.papers[0].abstract is None
    assert [(problem.line, problem.last_line) for problem in document.problems] == [(5, 8)]


def test_glued_lines_are_a_problem() -> None:
    glued = "[1] arXiv:2609.99101 [pdf, html, other]\nTitle: Nets of kitesComments: 9 pagesSubjects: X (math.CO)\n"
    with pytest.raises(InputError, match="line breaks of the record are lost"):
        pubcli.read(glued)
    document = pubcli.read(glued + record(2))
    assert [problem.reason.partition(";")[0] for problem in document.problems] == [
        "the line breaks of the record are lost"
    ]


@pytest.mark.parametrize(
    ("text", "authors", "is_complete"),
    [
        ("Alice Bow, Carol Day, et al. (31 additional authors not shown)", ("Alice Bow", "Carol Day"), False),
        ("Alice Bow et al. (31 additional authors not shown)", ("Alice Bow",), False),
        ("(author list is unavailable)", (), False),
        ("Alice Bow (Kite University, Wind Institute), Carol Day", ("Alice Bow", "Carol Day"), True),
        ("Alice Bow (1), Carol Day (1 and 2) ((1) Kite University, (2) Wind)", ("Alice Bow", "Carol Day"), True),
        ("KITE Collaboration: Alice Bow, Carol Day", ("KITE Collaboration: Alice Bow", "Carol Day"), True),
        ("Alice Bow, Martin Kite, Jr., Carol Day", ("Alice Bow", "Martin Kite, Jr.", "Carol Day"), True),
        ("Alice Bow (Kite", ("Alice Bow (Kite",), True),
        ("M. O'Paperly Jr., The KITE Collaboration", ("M. O'Paperly Jr.", "The KITE Collaboration"), True),
    ],
)
def test_names_are_separated_from_affiliations(text: str, authors: tuple[str, ...], is_complete: bool) -> None:
    listed = paper(record(1, authors=text))
    assert (listed.authors, listed.authors_complete) == (authors, is_complete)
    searched = paper(result("2601.00001", "Walks", f"Authors: {text}", "Abstract: We fly."))
    assert (searched.authors, searched.authors_complete) == (authors, is_complete)
    assert ("authors" in listed.extra) is ("University" in text)


@pytest.mark.parametrize(
    ("shown", "abstract", "is_cut"),
    [
        ("We fly.", "We fly.", False),
        ("We fly kites and… ▽ More", "We fly kites and…", True),
        ("…kites and… ▽ More", "…kites and…", True),
        ("We fly kites and more. △ Less", "We fly kites and more.", False),
        ("…kites and tails", "…kites and tails", True),
        ("We fly.\n\nIn two paragraphs.", "We fly.\nIn two paragraphs.", False),
    ],
)
def test_a_shortened_abstract_is_marked(shown: str, abstract: str, is_cut: bool) -> None:
    searched = paper(
        result("2601.00001", "Walks", "Authors: Alice Bow", f"Abstract: {shown}", "Submitted 1 May, 2026;")
    )
    assert (searched.abstract, searched.cut) == (abstract, ("abstract",) if is_cut else ())


def test_a_search_without_abstracts_is_read() -> None:
    searched = paper(
        result("2601.00001", "Walks", "Authors: Alice Bow", "Submitted 1 May, 2026; originally announced May 2026.")
    )
    assert (searched.title, searched.abstract, str(searched.date)) == ("Walks", None, "2026-05-01")


@pytest.mark.parametrize(
    "latest", ["Latest version: 2512.00007v2.", "[Latest version: 2512.00007v2]", "[Latest version: 2512.00007v2.]"]
)
def test_an_older_version_names_the_latest_one(latest: str) -> None:
    lines = ("Walks", "Authors: Alice Bow", f"Submitted 1 May, 2026; originally announced May 2026. {latest}")
    searched = paper(result("2512.00007v1", *lines))
    assert searched.extra == {"version": "v1", "announced": "2026-05", "latest_version": "2512.00007v2"}


def test_further_fields_are_kept_under_the_names_of_arxiv() -> None:
    lines = ("Walks", "Authors: Alice Bow", "Report number: KITE-1 MSC Class: 68W20 (Primary) ACM Class: F.2.2")
    assert paper(result("2601.00001", *lines)).extra == {
        "report-no": "KITE-1",
        "msc-class": "68W20 (Primary)",
        "acm-class": "F.2.2",
    }
    listed = record(1).replace("Subjects", "Report-no: KITE-1\nDOI: 10.5555/Kites\nMSC-class: 68W20\nSubjects")
    assert (paper(listed).extra, paper(listed).doi) == ({"report-no": "KITE-1", "msc-class": "68W20"}, "10.5555/kites")


@pytest.mark.parametrize(
    "identifier", ["math/0601001", "math.CO/0601001", "hep-th/9901001v3", "0704.0001", "2601.01234v12"]
)
def test_old_and_new_identifiers_begin_a_record(identifier: str) -> None:
    base, _, version = identifier.partition("v")
    searched = paper(result(identifier, "Walks"))
    assert searched.arxiv == base.replace("math.CO", "math")
    assert searched.extra.get("version", "") == (f"v{version}" if version else "")


def test_a_paper_without_files_begins_a_record() -> None:
    document = pubcli.read(result("2601.00001", "Tails") + "arXiv:2601.00002    math.PR math.CO\nWithdrawn\n")
    assert titles(document) == [["Tails", "Withdrawn"]]


@pytest.mark.parametrize(
    "title",
    [
        "Comments: a title", "Title: a study", "1984", "Help", "Abstract kites", "Submitted for approval",
        "Authors: a study", "Abstract: what is it?", "Submitted 3 May, 2026; a poem",
    ],
)  # fmt: skip
def test_any_text_may_be_a_title(title: str) -> None:
    lines = ("Authors: Alice Bow", "Abstract: We fly.", "Submitted 1 May, 2026; originally announced May 2026.")
    assert paper(result("2601.00001", title, *lines)).title == title
    assert paper(record(1, title)).title == title


def test_an_abstract_of_new_papers_ends_at_the_next_record_or_below_the_list() -> None:
    page = "New submissions (showing 2 of 2 entries)\n" + record(1, below=("We fly.", "Comments: many.", ""))
    page += record(2, below=("We fold.", "", "Cross submissions (showing 0 of 0 entries)", "Total of 2 entries"))
    document = pubcli.read(page)
    assert [paper.abstract for paper in document.papers] == ["We fly.\nComments: many.", "We fold."]
    assert document.problems == ()


def test_firefox_and_windows_change_nothing() -> None:
    for page in (SEARCH + FOOT, LISTING, PERSON):
        expected = [paper.model_dump(exclude={"line", "source"}) for paper in pubcli.read(page).papers]
        for indent, end in product(("", "    "), ("\n", "\r\n", "\r")):
            lines = [f"{indent}{line}\u00a0" for line in page.replace("  [", "\u00a0 [").split("\n")]
            copied = "\ufeff" + f"{end}{end}".join(lines)
            assert [paper.model_dump(exclude={"line", "source"}) for paper in pubcli.read(copied).papers] == expected


@pytest.mark.parametrize(
    "text",
    [
        "References\n[1] arXiv:2601.01234\n[2] A. Bow, arXiv:2601.01235\n",
        "arXiv:2601.01234 is a paper.\nIt is good.\n",
        "Title: Walks\nAuthors: Alice Bow\nAbstract: We walk.\n",
    ],
)
def test_other_text_with_identifiers_is_not_a_page(text: str) -> None:
    assert recognised(text) is None


def test_text_without_a_record_is_refused_even_if_the_user_names_the_site() -> None:
    with pytest.raises(InputError, match="no list of papers of arXiv"):
        pubcli.read("Dear diary\n", form="arxiv-page")


@pytest.mark.parametrize(
    ("reference", "kind"),
    [("J. Kites 12 (2026) 1-20", "article"), ("Proceedings of KITE 2026", None), ("", "preprint")],
)
def test_a_paper_that_states_its_journal_is_not_only_a_preprint(reference: str, kind: str | None) -> None:
    below = [f"Journal-ref: {reference}"] if reference else []
    lines = record(1).splitlines()
    assert paper("\n".join([*lines[:3], *below, *lines[3:]]) + "\n").kind == kind


def test_classes_below_the_first_line_of_a_result_are_its_classes() -> None:
    lines = (
        "arXiv:2601.00001  [pdf, ps, other]",
        "cs.LG stat.ML",
        "doi 10.5555/kites.1",
        "Walks",
        "Authors: Alice Bow",
    )
    shown = paper("\n".join([*lines, "Submitted 1 May, 2026; originally announced May 2026."]))
    assert (shown.title, shown.classes, shown.keywords, shown.doi) == (
        "Walks", ("cs.LG",), ("stat.ML",), "10.5555/kites.1"
    )  # fmt: skip


def test_an_abstract_of_a_search_ends_above_the_dates_whatever_its_paragraphs_are() -> None:
    text = result(
        "2601.00001", "Walks", "Authors: A Bow", "Abstract: We fly.", "Help", "2019", "Submitted 1 May, 2026."
    )
    walks = paper(text)
    assert (walks.abstract, str(walks.date)) == ("We fly.\nHelp\n2019", "2026-05-01")


def test_an_invalid_doi_is_no_part_of_the_title() -> None:
    walks = paper(result("2601.00001", "doi", "10.1/x", "doi", "10.5555/ABC", "Walks", "Authors: A Bow"))
    assert (walks.title, walks.doi, walks.extra["doi"]) == ("Walks", "10.5555/abc", "10.1/x 10.5555/ABC")


def test_a_copy_that_ends_below_the_label_of_a_doi_names_no_paper_after_it() -> None:
    document = pubcli.read(result("2601.00001", "Walks", "Authors: A Bow") + result("2601.00002", "doi"))
    assert [paper.title for paper in document.papers] == ["Walks"]
    assert [problem.reason for problem in document.problems] == ["the record has no title"]
