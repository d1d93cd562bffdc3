"""What papers are about."""

import pytest

from pubcli.phrases import counted, peculiar, phrases


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", set()),
        ("we show that the", set()),
        ("Differential Privacy", {"differential", "privacy", "differential privacy"}),
        ("game of life", {"game", "life", "game of life"}),
        ("privacy, fairness", {"privacy", "fairness"}),
        ("min-max games", {"min", "max", "games", "min max", "max games", "min max games"}),
        ("in 2020 x", set()),
        ("Rényi", {"renyi"}),
    ],
)
def test_phrases(text: str, found: set[str]) -> None:
    assert set(phrases(text)) == found


def test_a_text_counts_once() -> None:
    assert counted(["privacy privacy", "privacy"])["privacy"] == 2


def test_only_what_the_others_lack_and_more_than_one_has() -> None:
    own, other = counted(["fair, trees", "fair, trees", "oak"]), counted(["deep trees", "lakes"])
    assert peculiar(own, 3, other, 2) == ["fair"]


def test_the_phrase_stands_for_its_words_and_their_forms() -> None:
    own = counted(["differential privacy; differentially; the privacy"] * 3)
    assert peculiar(own, 3, counted(["lakes"]), 1) == ["differential privacy"]


def test_of_a_large_page_a_few_papers_tell_nothing_against_a_small_one() -> None:
    own = counted(["lakes"] * 2 + ["rivers"] * 48)
    assert peculiar(own, 50, counted(["hills"]), 1) == ["rivers"]
