"""Headers: complete, short, with foreign lines, or missing."""

import pytest

from pubcli.model import Profile
from pubcli.reader import read

RECORD = "LGMar 13, 2022\nA Title\nAda Lovelace\nAn abstract.\n"


def header(text: str) -> Profile:
    return read(f"{text}\n{RECORD}").profile


def test_a_short_header_is_read() -> None:
    profile = header("Ada Lovelace\nh-index7\n12papers")
    assert (profile.name, profile.h_index, profile.stated_papers) == ("Ada Lovelace", 7, 12)
    assert (profile.category, profile.citations, profile.novelty, profile.ai_score) == (None, None, None, None)


def test_the_primary_category_is_optional() -> None:
    assert header("Ada Lovelace\nh-index7\n12papers\n1,234,567citations").citations == 1_234_567


def test_a_header_may_consist_of_a_name() -> None:
    assert header("Ada Lovelace").name == "Ada Lovelace"


def test_a_page_may_have_no_header() -> None:
    profile = read(RECORD).profile
    assert (profile.name, profile.h_index, profile.stated_papers, profile.listed_heading) == (None, None, None, None)


def test_a_page_may_list_no_papers() -> None:
    document = read("Ada Lovelace\n\nh-index0\n0papers\n\n0 Papers\n")
    assert (document.profile.name, document.papers, document.problems) == ("Ada Lovelace", (), ())


@pytest.mark.parametrize("category", ["LG", "CHEM-PH", "QUANT-PH", "MTRL-SCI"])
def test_hyphenated_and_long_categories_are_read(category: str) -> None:
    assert header(f"Ada Lovelace\n{category}\nh-index7\n12papers").category == category


def test_other_lines_above_or_inside_a_header_are_problems() -> None:
    document = read(f"Skip to content\nAda Lovelace\nLG\nh-index7\nFollow\n12papers\n{RECORD}")
    assert document.profile.name == "Ada Lovelace"
    assert [(problem.line, problem.text) for problem in document.problems] == [(1, "Skip to content"), (5, "Follow")]


def test_a_repeated_number_is_read_once_and_reported_as_a_problem() -> None:
    document = read(f"Ada Lovelace\nh-index7\nh-index8\n12papers\n{RECORD}")
    assert document.profile.h_index == 7
    assert [problem.text for problem in document.problems] == ["h-index8"]
