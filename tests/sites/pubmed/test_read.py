"""Texts of PubMed that the examples do not show: other copies of a list, parts of it, unusual records and damage."""

import pytest

import pubcli
from pubcli.errors import InputError
from pubcli.model import Paper
from pubcli.sites import recognised
from work import work

WALKS = (
    "Walks on kites.\nBow A, Day C.\nJ Kites. 2022 Oct 3;10(1):14. doi: 10.5555/x.\nPMID: 36192773 Free PMC article.\n"
)
MAPS = "[Maps fold?].\nJ Maps. 2016 Jul;5:e7. Epub 2016 Jun 27.\nPMID: 27172445Free PMC article. Polish.\n"
BUTTONS = "{}\nCite Share\n\n"
ABSTRACT = """1. J Kites. 2022 Oct 3;10(1):14. doi: 10.5555/x. Epub 2022 Sep 1.

Walks on kites.

Bow A(1), Day C(2); KITE Group; Fox E.

Author information:
(1)Kite University.

We walk.

PMID: 36192773
"""


def only_paper(text: str) -> Paper:
    document = pubcli.read(text)
    assert document.problems == ()
    [paper] = document.papers
    return paper


@pytest.mark.parametrize(
    "text",
    [
        BUTTONS.format(1) + WALKS + BUTTONS.format(2) + MAPS,
        "1\nCite\nShare\n" + WALKS + "2\nCite\nShare\n" + MAPS,
        (BUTTONS.format(1) + WALKS + BUTTONS.format(2) + MAPS).replace("\n", "\r\n"),
        "Cite Share\n" + WALKS + "Item in Clipboard\n" + BUTTONS.format(2) + MAPS,
        WALKS + "\n" + MAPS,
        WALKS + MAPS,
        "\u00a01\n\u00a0 Cite Share \n" + WALKS.replace("\n", " \n\n") + MAPS.replace("\n", "\n\n"),
    ],
)
def test_copies_of_a_list_with_and_without_buttons_are_the_same_list(text: str) -> None:
    document = pubcli.read(text)
    assert document.problems == ()
    walks, maps = document.papers
    assert (walks.title, walks.authors, walks.venue) == ("Walks on kites", ("A Bow", "C Day"), "J Kites")
    assert (walks.volume, walks.issue, walks.pages, walks.doi) == ("10", "1", "14", "10.5555/x")
    assert walks.extra == {"pmid": "36192773", "remarks": "Free PMC article"}
    assert (maps.title, maps.authors, maps.venue, maps.pages) == ("Maps fold?", (), "J Maps", "e7")
    assert (maps.date_precision, maps.date and maps.date.month) == ("month", 7)
    assert maps.extra == {
        "pmid": "27172445",
        "translated": "yes",
        "language": "Polish",
        "note": "Epub 2016 Jun 27",
        "remarks": "Free PMC article. Polish",
    }


def test_the_number_of_results_shows_whether_a_list_is_cut() -> None:
    page = "kites - Search Results\n1,448 results\nSort by:\n" + BUTTONS.format(1) + WALKS + "Page 1 of 145\n"
    profile = pubcli.read(page).profile
    assert (profile.site, profile.name, profile.stated_papers, profile.list_cut) == ("pubmed", None, 1448, True)
    profile = pubcli.read("1 result\n" + WALKS).profile
    assert (profile.stated_papers, profile.list_cut) == (1, False)


def test_the_sentences_below_a_record_stay_with_it() -> None:
    text = BUTTONS.format(1) + WALKS + "… we fly a kite …\n" + BUTTONS.format(2) + MAPS
    document = pubcli.read(text)
    assert [paper.extra.get("snippet") for paper in document.papers] == ["… we fly a kite …", None]
    assert (document.problems, document.papers[0].last_line) == ((), 8)


def test_a_record_without_its_identifier_is_a_problem_and_the_others_are_read() -> None:
    lost = WALKS.replace("PMID: 36192773 Free PMC article.\n", "").replace("Walks", "Tails")
    document = pubcli.read(BUTTONS.format(1) + WALKS + BUTTONS.format(2) + lost + BUTTONS.format(3) + MAPS)
    assert [paper.title for paper in document.papers] == ["Walks on kites", "Maps fold?"]
    assert [(problem.line, problem.last_line) for problem in document.problems] == [(8, 13)]


def test_wrapped_titles_and_bylines_are_joined() -> None:
    text = "1\nCite Share\nWalks on\nkites.\nBow A,\nDay C.\n" + WALKS.partition("C.\n")[2]
    assert (only_paper(text).title, only_paper(text).authors) == ("Walks on kites", ("A Bow", "C Day"))


@pytest.mark.parametrize(
    ("citation", "kind", "venue", "extra"),
    [
        ("bioRxiv [Preprint]. 2024 Jan 5:2024.01.02.5738. doi: 10.5555/x.", "preprint", "bioRxiv", {}),
        ("Kite Rev. 2025 Apr 1:S2999-0024(25)00077-1. Online ahead of print.", "article", "Kite Rev",
         {"pii": "S2999-0024(25)00077-1", "note": "Online ahead of print"}),
        ("Kites (Basel). 2019 Winter;12 Suppl 1:S1-5; discussion S6.", "article", "Kites (Basel)",
         {"date": "2019 Winter"}),
        ("2023 Jul 4. In: Kite Pearls [Internet]. Windmill (WM): Kite Press; 2024 Jan.", "chapter",
         "Kite Pearls [Internet]", {"note": "Windmill (WM): Kite Press; 2024 Jan"}),
    ],
)  # fmt: skip
def test_unusual_citations_are_split(citation: str, kind: str, venue: str, extra: dict[str, str]) -> None:
    paper = only_paper(f"Title\nBow A.\n{citation}\nPMID: 1\n")
    assert (paper.kind, paper.venue) == (kind, venue)
    assert paper.extra == {**extra, "pmid": "1"}


@pytest.mark.parametrize(("place", "pages"), [(";22(1):1", "1"), (";22:e7", "e7"), (";22:9.e1-9.e3", "9.e1-9.e3")])
def test_pages_end_at_the_full_stop_and_the_doi_is_read(place: str, pages: str) -> None:
    paper = only_paper(f"Title\nBow A.\nJ Kites. 2022 Oct{place}. doi: 10.5555/S1-6(19)3.x.\nPMID: 1\n")
    assert (paper.pages, paper.doi, paper.venue) == (pages, "10.5555/s1-6(19)3.x", "J Kites")


def test_groups_stand_among_the_authors_of_an_abstract() -> None:
    paper = only_paper(ABSTRACT)
    assert paper.authors == ("A Bow", "C Day", "KITE Group", "E Fox")
    assert paper.abstract == "We walk."
    assert paper.extra["affiliations"] == "(1)Kite University."
    assert paper.extra["note"] == "Epub 2022 Sep 1"


@pytest.mark.parametrize(
    ("old", "new", "authors", "abstract"),
    [
        ("Bow A(1), Day C(2); KITE Group; Fox E.", "KITE Study Group.", ("KITE Study Group",), "We walk."),
        ("Bow A(1), Day C(2); KITE Group; Fox E.", "[No authors listed]", (), "We walk."),
        ("Bow A(1), Day C(2); KITE Group; Fox E.\n\nAuthor information:\n(1)Kite University.\n\n", "", (), "We walk."),
        ("We walk.", "AIM: To walk\n2 kites.\n\nWe walked.", None, "AIM: To walk 2 kites.\nWe walked."),
        ("We walk.\n\n", "", None, None),
    ],
)  # fmt: skip
def test_parts_of_an_abstract_may_be_missing(
    old: str, new: str, authors: tuple[str, ...] | None, abstract: str | None
) -> None:
    paper = only_paper(ABSTRACT.replace(old, new))
    assert paper.abstract == abstract
    assert authors is None or paper.authors == authors


def test_statements_around_an_abstract_are_no_part_of_it() -> None:
    statements = (
        "Erratum in\n    J Kites. 2022 Dec;10(2):1.\n\n"
        "Comment in\n    J Kites. 2023 Jan;11(1):2.\n    J Kites. 2023;11:3.\n\n"
        "We walk.\n\nCopyright © 2022 Kite Press.\n\n"
        "DOI: 10.5555/x\nPMCID: PMC1\nPMID: 36192773 [Indexed for MEDLINE]\n\n"
        "Conflict of interest statement: None."
    )
    paper = only_paper(ABSTRACT.replace("We walk.\n\nPMID: 36192773", statements))
    assert paper.abstract == "We walk."
    assert paper.extra["erratum in"] == "J Kites. 2022 Dec;10(2):1."
    assert paper.extra["comment in"] == "J Kites. 2023 Jan;11(1):2. J Kites. 2023;11:3."
    assert (paper.extra["CI"], paper.extra["COIS"]) == ("Copyright © 2022 Kite Press.", "None.")
    assert (paper.extra["pmcid"], paper.extra["remarks"]) == ("PMC1", "Indexed for MEDLINE")


def test_a_part_of_a_file_with_abstracts_is_read_and_a_text_below_it_is_a_problem() -> None:
    text = ABSTRACT.replace("1. J", "17. J") + "\n\n" + ABSTRACT.replace("1. J", "18. J") + "\nsaved by Alice\n"
    document = pubcli.read(text)
    assert [paper.title for paper in document.papers] == ["Walks on kites", "Walks on kites"]
    assert [(problem.line, problem.text) for problem in document.problems] == [(28, "saved by Alice")]


@pytest.mark.parametrize(
    "text",
    [
        "PMID: 1\n",
        "A note.\nJ Kites. 2022;1:2.\n",
        "As Bow (PMID: 1) wrote.\nJ Kites. 2022;1:2.\n",
    ],
)
def test_text_that_only_mentions_papers_is_not_taken_for_a_list(text: str) -> None:
    assert recognised(text) is None
    with pytest.raises(InputError, match="no record of PubMed"):
        pubcli.read(text, form="pubmed")


@pytest.mark.parametrize(
    "unit",
    ["1. J\n", "PMID: 1\n", "J Kites. 2022;1:2.\n", "1. J. 2022;\n", "Bow A, ", "1\n", "(1)", "DOI: 10.1/x\n", WALKS],
)
def test_twice_the_text_takes_twice_the_work(unit: str) -> None:
    short, long = (ABSTRACT + unit * count + "\n" + WALKS for count in (150, 300))
    assert work(lambda: pubcli.read(long, form="pubmed")) < 3 * work(lambda: pubcli.read(short, form="pubmed"))


def test_a_line_with_an_identifier_is_never_the_citation_of_the_next_record() -> None:
    document = pubcli.read(WALKS + "PMID: 990 J Maps. 2016 Jul;5:e7.\nPMID: 27172445\n\n" + BUTTONS.format(2) + MAPS)
    assert [paper.title for paper in document.papers] == ["Walks on kites", "Maps fold?"]
    assert [problem.line for problem in document.problems] == [5]


def test_a_copy_that_begins_below_a_title_has_a_problem_and_no_paper_named_after_its_authors() -> None:
    rest = "Quillfeather N, van der Kork IM.\nJ Kites. 2026 Jan 5;22(1):14-29.\nPMID: 99000101\n"
    record = "2\nCite Share\n\nKites.\nBrindlewick T.\nJ Kites. 2025 Apr 1;3:5.\nPMID: 99000077\n"
    document = pubcli.read(f"{rest}\n{record}")
    assert [paper.title for paper in document.papers] == ["Kites"]
    assert [problem.line for problem in document.problems] == [1]


LISTED = "Kites.\nBrindlewick T.\nJ Kites. {year} Apr 1;3:5.\nPMID: 9900007{number}\n\n"
IN_FILE = (
    "\n{number}. J Kites. 2025 Apr 1;3:5.\n\nKites.\n\nBow A.\n\nWe fly.\n\nDOI: 10.5555/x\nPMID: 990{number}\n\n\n"
)


@pytest.mark.parametrize(
    "text",
    [
        "1\nCite Share\n\n"
        + LISTED.format(year=999, number=1)
        + "2\nCite Share\n\n"
        + LISTED.format(year=2024, number=2),
        IN_FILE.format(number=1)[30:] + IN_FILE.format(number=2),
    ],
    ids=["a damaged citation", "a copy that begins inside an abstract"],
)
def test_a_record_above_the_first_readable_one_is_a_problem(text: str) -> None:
    document = pubcli.read(text)
    assert len(document.papers) == 1
    (problem,) = document.problems
    assert problem.reason == "a record without a citation that can be read"
    assert "PMID: 990" in problem.text


WRAPPED = ABSTRACT.replace("Walks on kites.\n", "Walks on kites: a survey of all those\nthat fly.\n")


@pytest.mark.parametrize("line_end", ["\n\n", "\r\r\n", "\n \n", "\n\n\n\n"])
@pytest.mark.parametrize("above", ["", "\n", "Nora wrote:\n\n"])
def test_doubled_line_ends_separate_no_paragraphs(above: str, line_end: str) -> None:
    text = above + WRAPPED + "\n\n" + WRAPPED.replace("1. J", "2. J").replace("36192773", "36192774")
    before, after = pubcli.read(text), pubcli.read(text.replace("\n", line_end))
    assert before.papers[0].title == "Walks on kites: a survey of all those that fly"
    numbers = {"line", "last_line"}
    assert [paper.model_dump(exclude=numbers) for paper in after.papers] == [
        paper.model_dump(exclude=numbers) for paper in before.papers
    ]
    distance = len(line_end.replace(" ", "").replace("\r\r\n", "\n\n"))
    assert [paper.line for paper in after.papers] == [distance * (paper.line - 1) + 1 for paper in before.papers]


def test_single_blank_lines_between_all_lines_separate_paragraphs() -> None:
    parts = ("J Kites. 2022 Oct 3;10(1):14.", "Walks on kites.", "Bow A.", "We walk.", "We fly.", "PMID: 7")
    first, _ = pubcli.read(
        "\n\n\n\n".join("\n\n".join((f"{number}. {parts[0]}", *parts[1:])) for number in (1, 2))
    ).papers
    assert (first.title, first.authors, first.abstract) == ("Walks on kites", ("A Bow",), "We walk.\nWe fly.")


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("王某某, 李四.", ("王某某", "李四")),
        ("王某某、李四。", ("王某某", "李四")),
        ("山田 太郎, Bow A.", ("山田 太郎", "A Bow")),
        ("김철수.", ("김철수",)),
        ("محمد علي، فاطمة حسن.", ("محمد علي", "فاطمة حسن")),
        ("כהן דוד.", ("כהן דוד",)),
        ("สมชาย ใจดี, กานดา ดี.", ("สมชาย ใจดี", "กานดา ดี")),
        ("राम कुमार.", ("राम कुमार",)),
        ("Иванов ИИ, Петров П.", ("ИИ Иванов", "П Петров")),
    ],
)
def test_names_in_any_script_are_authors_and_not_the_title(byline: str, authors: tuple[str, ...]) -> None:
    [*listed] = pubcli.read(WALKS.replace("Bow A, Day C.", byline) * 2).papers
    in_file = only_paper(ABSTRACT.replace("Bow A(1), Day C(2); KITE Group; Fox E.", byline))
    for paper in (*listed, in_file):
        assert (paper.title, paper.authors) == ("Walks on kites", authors)
    assert in_file.abstract == "We walk."


def test_a_sentence_in_a_script_without_capitals_is_not_a_list_of_names() -> None:
    paper = only_paper(ABSTRACT.replace("Bow A(1), Day C(2); KITE Group; Fox E.", "我们在风筝上行走，并且计算它们。"))
    assert (paper.authors, paper.abstract) == ((), "我们在风筝上行走，并且计算它们。\nWe walk.")


def test_a_title_ends_above_its_authors_even_if_the_blank_lines_are_lost() -> None:
    paper = only_paper(WRAPPED.replace("\n\n", "\n").replace("Bow A(1), Day C(2);", "Bow A(1), Day C(2);\n"))
    assert paper.title == "Walks on kites: a survey of all those that fly"
    assert paper.authors == ("A Bow", "C Day", "KITE Group", "E Fox")
    translated = only_paper(
        "1. J Kites. 2022;10:14.\n[Walks].\n[Article in Polish; Abstract in Polish]\nBow A.\nPMID: 7\n"
    )
    assert (translated.title, translated.authors) == ("Walks", ("A Bow",))
    assert translated.extra["language"] == "Polish; Abstract in Polish"


def test_a_copied_list_below_a_file_with_abstracts_is_read_too() -> None:
    document = pubcli.read(ABSTRACT + "\n12 results\n" + BUTTONS.format(1) + WALKS + BUTTONS.format(2) + MAPS)
    assert document.problems == ()
    assert [paper.title for paper in document.papers] == ["Walks on kites", "Walks on kites", "Maps fold?"]
    assert document.papers[0].extra["pmid"] == "36192773"
    assert document.profile.stated_papers == 12


def test_nobody_is_no_part_of_a_title() -> None:
    for nobody in ("[No authors listed]", "[No authors listed]."):
        paper, _ = pubcli.read(WALKS.replace("Bow A, Day C.", nobody) + MAPS).papers
        assert (paper.title, paper.authors) == ("Walks on kites", ())


@pytest.mark.parametrize(
    "text",
    [
        ABSTRACT.replace("Walks on kites.\n\n", ""),
        ABSTRACT.replace("Walks on kites.", "[Article in Polish]"),
    ],
)
def test_a_record_whose_title_is_missing_is_a_problem_and_not_named_after_its_authors(text: str) -> None:
    document = pubcli.read(text + "\n" + ABSTRACT.replace("1. J", "2. J"))
    assert [paper.title for paper in document.papers] == ["Walks on kites"]
    assert [problem.reason for problem in document.problems] == ["the record has no title"]
    assert "A Bow" in document.problems[0].text


@pytest.mark.parametrize(
    "title",
    ["Kites: a cohort study", "The work of the Kite Foundation", "Vitamin D", "Hepatitis B, hepatitis C and HIV"],
)
def test_a_title_that_ends_like_the_name_of_a_group_is_a_title(title: str) -> None:
    for text in (WALKS, BUTTONS.format(1) + WALKS, ABSTRACT):
        assert only_paper(text.replace("Walks on kites", title)).title == title
    without_authors = (BUTTONS.format(1) + WALKS).replace("Bow A, Day C.\n", "")
    for text in (without_authors, ABSTRACT.replace("Bow A(1), Day C(2); KITE Group; Fox E.\n\n", "")):
        assert only_paper(text.replace("Walks on kites", "Kites: a cohort study")).title == "Kites: a cohort study"
