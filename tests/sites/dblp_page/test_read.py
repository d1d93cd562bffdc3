"""Pages of DBLP that the examples do not show: parts of lists, names on lines of their own, editors, several pages."""

import pytest

import pubcli
from pubcli.errors import InputError
from pubcli.sites import recognised
from work import work

TOP = "dblp computer science bibliography\nsearch dblp\nAlice Bow 0001\nexport\n> Home > Persons\n"
WALKS = "[j2]\nview\nexport\nask others\nAlice Bow 0001, Carol Day:\nWalks. J. Kites 12(3): 1-20 (2023)\n"
MAPS = "[c1]\nview\nAlice Bow 0001:\nMaps Fold? KITE (2) 2022: 3-4\n"
HEADINGS = "2020 – today\n2023\n"
FOOT = "Coauthor Index\nCarol Day\n[j2]\nEve Fox\n[j1] [c1]\nlast updated on 2024-11-04 01:30 CET by the dblp team\n"


@pytest.mark.parametrize(
    "text",
    [
        TOP + HEADINGS + WALKS + "2022\n" + MAPS + FOOT,
        WALKS + MAPS,
        (TOP + WALKS + MAPS + FOOT).replace("\n", "\r\n"),
        TOP + WALKS.replace("Alice Bow 0001, Carol Day:", "Alice Bow 0001\n, Carol Day\n:") + MAPS,
        "\n".join(f"\t{line} \t\n" for line in (HEADINGS + WALKS + MAPS).split("\n")),
        "- 2023\n- [j2]Alice Bow 0001, Carol Day:\nWalks. J. Kites 12(3): 1-20 (2023) - [c1]Alice Bow 0001:\n"
        "Maps Fold? KITE (2) 2022: 3-4 - 2021\n",
        WALKS.replace("(2023)", "(2023) [contents]") + MAPS.replace("3-4", "3-4\n[contents]"),
        WALKS.replace("Walks. J.", "Walks.\nJ.") + MAPS,
    ],
)
def test_copies_and_parts_of_a_page_have_the_same_records(text: str) -> None:
    document = pubcli.read(text)
    assert document.problems == ()
    walks, maps = document.papers
    assert (walks.title, walks.authors, walks.kind) == ("Walks", ("Alice Bow", "Carol Day"), "article")
    assert (walks.venue, walks.volume, walks.issue, walks.pages) == ("J. Kites", "12", "3", "1-20")
    assert (walks.date_precision, walks.date and walks.date.year) == ("year", 2023)
    assert walks.extra == {"nr": "j2", "homonyms": "Alice Bow 0001"}
    assert (maps.title, maps.venue, maps.pages, maps.kind) == ("Maps Fold?", "KITE (2)", "3-4", "inproceedings")


def test_the_header_states_the_person_and_how_many_records_are_shown() -> None:
    more = "affiliation: Kite University\naffiliation (former): Map School\nzoomed in on 2 of 1,120 records\n"
    profile = pubcli.read(TOP + more + WALKS + MAPS).profile
    assert (profile.name, profile.affiliation) == ("Alice Bow", "Kite University; Map School")
    assert (profile.stated_papers, profile.list_cut, profile.site) == (1120, True, "dblp-page")
    profile = pubcli.read(TOP + "showing all 2 records\n" + WALKS + MAPS).profile
    assert (profile.stated_papers, profile.list_cut) == (2, False)
    assert not pubcli.read(TOP + "zoomed in on ?? of ?? records\n" + WALKS + MAPS).profile.list_cut


def test_pages_one_after_another_are_separate() -> None:
    document = pubcli.read(TOP + WALKS + FOOT + TOP.replace("Alice Bow 0001", "Eve Fox") + MAPS + FOOT)
    assert [profile.name for profile in document.profiles] == ["Alice Bow", "Eve Fox"]
    assert [len(page.papers) for page in document.pages] == [1, 1]


@pytest.mark.parametrize(
    ("number", "line", "fields"),
    [
        ("e1", "Wind 2020, Kites. Lecture Notes 12, Springer 2020, ISBN 978-3-16-148410-0 [contents]",
         {"kind": "book", "publisher": "Springer", "authors": ()}),
        ("b1", "Kites. University of Wind, 2019", {"kind": "thesis", "publisher": "University of Wind", "venue": None}),
        ("i1", "Kites. CoRR cs.LG/0701001 (2007)", {"kind": "preprint", "arxiv": "cs/0701001"}),
        ("i2", "Kites. IACR Cryptol. ePrint Arch. 2023: 1 (2023)", {"kind": "preprint", "arxiv": None}),
        ("d1", "Kites. Zenodo, 2023", {"kind": "dataset", "venue": "Zenodo"}),
        ("p1", "Kites. The Wind Book 2023: 1-2", {"kind": "chapter", "venue": "The Wind Book"}),
        ("s1", "Kites. Wind 2023", {"kind": None}),
    ],
)  # fmt: skip
def test_the_letter_of_a_number_is_the_kind(number: str, line: str, fields: dict[str, object]) -> None:
    paper = pubcli.read(f"[{number}]\nAlice Bow, Carol Day:\n{line}\n", form="dblp-page").papers[0]
    assert {field: getattr(paper, field) for field in fields} == fields
    assert paper.extra.get("editor") == ("Alice Bow and Carol Day" if number == "e1" else None)


def test_a_record_whose_number_or_names_are_missing_is_read() -> None:
    document = pubcli.read(WALKS.partition("\n")[2] + MAPS + "[c2]\nNotes. KITE 2021\n" + WALKS, form="dblp-page")
    assert [paper.title for paper in document.papers] == ["Walks", "Maps Fold?", "Notes", "Walks"]
    assert document.papers[2].authors == ()


def test_damaged_records_and_other_lines_are_problems_with_their_numbers() -> None:
    text = WALKS + "a note of mine\n" + "[j1]\nview\nEve Fox:\nNo venue\n" + MAPS
    document = pubcli.read(text)
    assert [paper.title for paper in document.papers] == ["Walks", "Maps Fold?"]
    assert [(problem.line, problem.last_line) for problem in document.problems] == [(7, 7), (8, 11)]


@pytest.mark.parametrize(
    "text",
    [
        "[a1] Notes:\nWritten in 2024.\n",
        "[b1] Bow, A.: Walks. J. Kites 12 (2023)\n[b2] Day, C.: Maps. KITE 2022\n",
        "[c1] see below\n[c2] see above\n",
    ],
)
def test_text_with_numbers_in_brackets_is_not_taken_for_a_page(text: str) -> None:
    assert recognised(text) is None
    with pytest.raises(InputError):
        pubcli.read(text)


@pytest.mark.parametrize(
    "unit", ["[j1]\n", "[j1]:\n", "A Bow, ", "A Bow\n", "J. ", ":\n", "2020\n", "[a1] - ", WALKS, "(2020)"]
)
def test_twice_the_text_takes_twice_the_work(unit: str) -> None:
    short, long = (WALKS + MAPS + unit * count + "\n" + MAPS for count in (200, 400))
    assert work(lambda: pubcli.read(long)) < 3 * work(lambda: pubcli.read(short))


def test_a_record_with_thousands_of_people_is_read() -> None:
    people = ", ".join(f"Person{number} Bow" for number in range(2_000))
    page = f"[j1]\n{people}:\nBig. J. Kites 1: 2 (2020)\n[c1]\nCarol Day:\nSmall. KITE 2021: 1-2\n"
    big, small = pubcli.read(page).papers
    assert (big.title, len(big.authors), small.authors) == ("Big", 2_000, ("Carol Day",))
