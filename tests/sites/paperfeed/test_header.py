"""Headers: whole, short, out of order, with strange lines among them, and none."""

import pytest

from pubcli.model import Profile
from pubcli.reader import read

RECORD = "LGMar 13, 2022\nA Title\nAda Lovelace\nAn abstract.\n"


def header(text: str) -> Profile:
    return read(f"{text}\n{RECORD}").profile


def test_short_header() -> None:
    profile = header("Ada Lovelace\nh-index7\n12papers")
    assert (profile.name, profile.h_index, profile.stated_papers) == ("Ada Lovelace", 7, 12)
    assert (profile.category, profile.citations, profile.novelty, profile.ai_score) == (None, None, None, None)


def test_header_without_a_primary_category() -> None:
    assert header("Ada Lovelace\nh-index7\n12papers\n1,234,567citations").citations == 1_234_567


def test_name_alone() -> None:
    assert header("Ada Lovelace").name == "Ada Lovelace"


def test_no_header() -> None:
    profile = read(RECORD).profile
    assert (profile.name, profile.h_index, profile.stated_papers, profile.listed_heading) == (None, None, None, None)


def test_page_that_lists_nothing() -> None:
    document = read("Ada Lovelace\n\nh-index0\n0papers\n\n0 Papers\n")
    assert (document.profile.name, document.papers, document.problems) == ("Ada Lovelace", (), ())


@pytest.mark.parametrize("category", ["LG", "CHEM-PH", "QUANT-PH", "MTRL-SCI"])
def test_category(category: str) -> None:
    assert header(f"Ada Lovelace\n{category}\nh-index7\n12papers").category == category


def test_lines_above_and_inside_that_are_no_part_of_it_are_problems() -> None:
    document = read(f"Skip to content\nAda Lovelace\nLG\nh-index7\nFollow\n12papers\n{RECORD}")
    assert document.profile.name == "Ada Lovelace"
    assert [(problem.line, problem.text) for problem in document.problems] == [(1, "Skip to content"), (5, "Follow")]


def test_a_number_given_twice_is_kept_once_and_said() -> None:
    document = read(f"Ada Lovelace\nh-index7\nh-index8\n12papers\n{RECORD}")
    assert document.profile.h_index == 7
    assert [problem.text for problem in document.problems] == ["h-index8"]
