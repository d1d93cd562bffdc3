"""Records in both layouts, and valid records next to every kind of broken record."""

import pytest

from pubcli.reader import read

SEPARATE = """\
LGMar 13, 2022Code
Nested Learning, Revisited

Ada Lovelace, Alan Turing, Grace Hopper et al. · ibm-research

We learn; see https://example.org/a_(b).
"""
SHORT = """\
OCJul 4
A Short One

Plato

Abstract.
"""
COMPACT = """\
CVMay 12, 2021
Random Set WalksAlice Bow, Carol Day, Eve Fox et al. · pku
[Label] We walk.
"""
COMPACT_ALONE = """\
MLJun 1Code
Is It GPT-4?Alice McBow
We ask.
"""
FAULTS = {
    "date line alone": "LGMar 14, 2022\n",
    "no such day": "LGFeb 30, 2022\nA Title\nAda Lovelace\nAbstract.\n",
    "title alone": "LGMar 14, 2022\nA Title: With Nothing Below\n",
    "no authors": "LGMar 14, 2022\nA Title: Here\n"
    + "An abstract that goes on and on, and is no list of names. " * 3
    + "\n",
    "one paper page": "AICLLGFeb 24\narXiv:2602.12345v1\nA Title\nAda Lovelace\n",
}
GOOD = {"separate": SEPARATE, "short": SHORT}


def test_title_and_authors_on_separate_lines_are_read() -> None:
    [paper] = read(SEPARATE).papers
    assert paper.title == "Nested Learning, Revisited"
    assert paper.authors == ("Ada Lovelace", "Alan Turing", "Grace Hopper")
    assert (paper.authors_complete, paper.org, paper.code, paper.title_guessed) == (False, "ibm-research", True, False)
    assert (paper.abstract, paper.links) == ("We learn; see https://example.org/a_(b).", ("https://example.org/a_(b)",))
    assert (paper.line, paper.last_line, paper.position) == (1, 6, 1)


def test_title_and_authors_on_one_line_are_split() -> None:
    papers = read(COMPACT + COMPACT_ALONE).papers
    assert [paper.title for paper in papers] == ["Random Set Walks", "Is It GPT-4?"]
    assert [paper.authors for paper in papers] == [("Alice Bow", "Carol Day", "Eve Fox"), ("Alice McBow",)]
    assert [paper.org for paper in papers] == ["pku", None]
    assert [paper.authors_complete for paper in papers] == [False, True]
    assert all(paper.title_guessed for paper in papers)
    assert papers[0].classes == ("cs.CV", "math.CV")


def test_a_compact_line_without_a_byline_is_the_title() -> None:
    paper = read(COMPACT + COMPACT_ALONE + "LGMay 2\nno capital anywhere\nAbstract.\n").papers[2]
    assert (paper.title, paper.authors, paper.title_guessed) == ("no capital anywhere", (), True)
    assert paper.abstract == "Abstract."


def test_the_last_abstract_may_be_missing() -> None:
    assert read("LGMar 13, 2022\nA Title\nAda Lovelace, Alan Turing et al.").papers[0].abstract is None
    assert read(COMPACT + "LGMay 2\nRandom WalksAlice Bow, Carol Day").papers[1].abstract is None


def test_text_after_a_record_is_a_separate_problem() -> None:
    document = read(SEPARATE + "\nShow more\nTerms of use\n\n" + SHORT)
    assert len(document.papers) == 2
    [problem] = document.problems
    assert (problem.line, problem.last_line, problem.text) == (8, 9, "Show more\nTerms of use")


@pytest.mark.parametrize("next_record", GOOD, ids=lambda name: f"then {name}")
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("previous_record", GOOD, ids=lambda name: f"{name} before")
def test_a_broken_record_does_not_affect_the_others(previous_record: str, fault: str, next_record: str) -> None:
    document = read(GOOD[previous_record] + "\n" + FAULTS[fault] + "\n" + GOOD[next_record])
    assert [paper.title for paper in document.papers] == [title(GOOD[previous_record]), title(GOOD[next_record])]
    [problem] = document.problems
    assert problem.line == GOOD[previous_record].count("\n") + 2
    assert problem.text == "\n".join(line for line in FAULTS[fault].strip().split("\n"))


def title(record: str) -> str:
    return record.split("\n")[1]


def test_two_captures_in_one_file_are_two_profiles(sample: bytes) -> None:
    short = f"Ada Lovelace\nh-index7\n2papers\n\n{SHORT}\n{SEPARATE}"
    document = read(short.encode() + b"\n" + sample)
    assert [profile.name for profile in document.profiles] == ["Ada Lovelace", "Meisam Razaviyayn"]
    assert [len(page.papers) for page in document.pages] == [2, 50]
    assert document.problems == ()
    assert document.pages[1].papers[0].position == 1
    assert document.pages[1].papers[0].profile == "Meisam Razaviyayn"


def test_a_capture_without_a_final_line_end_is_separated_from_the_next_capture(sample: bytes) -> None:
    assert not sample.endswith(b"\n")
    document = read(sample + sample)
    assert [(profile.name, profile.h_index) for profile in document.profiles] == [("Meisam Razaviyayn", 61)] * 2
    first, second = (page.papers for page in document.pages)
    assert [paper.abstract for paper in first] == [paper.abstract for paper in second]
    assert document.problems == ()


def test_titles_may_look_like_other_lines() -> None:
    titles = ["May 1968: A Turning Point", "12 Papers", "Rényi Fair Inference", "h-index12", "Dec 25 Revisited"]
    page = "".join(
        f"LGMay {day}, 2020\n{title}\n\nAda Lovelace\n\nAbstract.\n\n" for day, title in enumerate(titles, 1)
    )
    document = read(page)
    assert [paper.title for paper in document.papers] == titles
    assert document.problems == ()


UNUSUAL_BYLINES = (
    "J-P. Serre, K-R. Müller",
    "LHCb collaboration, R. Aaij",
    "Li Ming (李明), Wang Fang",
    "5G Working Group",
    "2dFGRS Team, 01.AI",
    "Prof. Dr. Hans Muster",
)


@pytest.mark.parametrize("byline", UNUSUAL_BYLINES)
def test_a_byline_on_a_separate_line_may_look_unusual(byline: str) -> None:
    unusual_record = f"LGMar 14, 2022\nPhysics of GaAs Quantum Wells\n\n{byline}\n\nWe measure it.\n\n"
    document = read(SEPARATE + "\n" + unusual_record + SHORT)
    assert [paper.title for paper in document.papers] == [title(SEPARATE), title(unusual_record), title(SHORT)]
    assert ", ".join(document.papers[1].authors) == byline
    assert document.problems == ()


def test_the_title_and_byline_of_a_truncated_last_record_are_not_split() -> None:
    papers = read(SEPARATE + "\n" + SHORT + "\nLGMay 2\nPhysics of GaAs Quantum Wells\n\nBo Li, Carol Day\n").papers
    assert (papers[2].title, papers[2].authors) == ("Physics of GaAs Quantum Wells", ("Bo Li", "Carol Day"))
    assert (papers[2].title_guessed, papers[2].abstract) == (False, None)


@pytest.mark.parametrize("end", ["see https://example.org/x", "without a full stop", "with one."])
@pytest.mark.parametrize("owner", ["Meisam Razaviyayn", "J. R. Smith"])
def test_the_name_of_the_next_page_is_split_from_an_abstract(end: str, owner: str) -> None:
    page = f"{owner}\n\nLG\nh-index7\n1papers\n\n1 Papers\n\nLGMay 1, 2020\nA Title\n\nAda Lovelace\n\n"
    abstract = "This abstract is long enough to be no name at all, " + end
    document = read(f"{page}{abstract}{page}{abstract}\n")
    assert [profile.name for profile in document.profiles] == [owner, owner]
    assert [paper.abstract for paper in document.papers] == [abstract, abstract]


def test_a_page_with_only_unreadable_records_has_only_problems() -> None:
    document = read("LGMar 14, 2022\n")
    assert (document.papers, len(document.problems)) == ((), 1)
