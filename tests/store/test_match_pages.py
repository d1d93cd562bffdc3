"""Records of two pages that are the same paper."""

import random
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from pubcli.answer.rows import PaperRow
from pubcli.model import Document
from pubcli.store.ask import papers
from pubcli.store.load import load
from pubcli.store.match_pages import PageMatches, match_papers
from thoroughness import repetitions

paper = strategies.paper_row

ABSTRACT = "We study how networks of sensors keep oscillations small when their links come and go at random."
OTHER = "Protein folding is predicted by large transformer models trained on what biologists collected for years."


def titles(matches: PageMatches) -> tuple[list[tuple[object, object]], list[object], list[object]]:
    pairs = sorted((str(a["title"]), str(b["title"])) for a, b in matches.both)
    return list(pairs), [row["title"] for row in matches.gone_papers], [row["title"] for row in matches.new]


# Papers that keep their title


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (paper("A Title", "Ada L"), paper("A Title", "Ada L")),
        (paper("A Title", "Ada L"), paper("A TITLE", "Ada L")),
        (paper("Rényi–Fair", "Ada L"), paper("Renyi Fair", "Ada L")),
        (paper("$O(\\varepsilon)$ Bounds", "Ada L"), paper("O(ε) Bounds", "Ada L")),
        (paper("A Title", "Ada L", "Bo C"), paper("A Title", "Cy D", "ADA L")),
        (paper("A Title", "Ada L"), paper("A Title")),
        (paper("A Title"), paper("A Title")),
        (paper("?!", "Ada L"), paper("?!", "Ada L")),
        (paper("A Title", "Ada L", key="a", abstract=ABSTRACT), paper("A Title", "Ada L", key="b", abstract=OTHER)),
    ],
    ids=lambda row: str(row["title"]),
)
def test_papers_with_the_same_title_and_a_common_author_match(old: PaperRow, new: PaperRow) -> None:
    assert match_papers([old], [new]) == PageMatches([(old, new)], [], [])


def test_papers_with_the_same_title_by_different_people_do_not_match() -> None:
    old, new = paper("Editorial", "Ada L"), paper("Editorial", "Bo C")
    assert match_papers([old], [new]) == PageMatches([], [old], [new])


def test_papers_with_the_same_title_match_by_authors_and_date() -> None:
    first, second = paper("Editorial", "Ada L", "Bo C", date="2020-01-01"), paper("Editorial", "Ada L", "Cy D")
    third = paper("Editorial", "Ada L", "Bo C", date="2021-01-01")
    matches = match_papers([first, second, third], [third, first, second])
    assert all(a == b for a, b in matches.both)
    assert len(matches.both) == 3


def test_of_two_papers_with_one_title_the_one_of_the_same_year_matches() -> None:
    first = paper("Editorial", "Ada L", date="2021-01-01")
    second = paper("Editorial", "Ada L", "Bo C", date="2022-03-01")
    corrected = paper("Editorial", "Ada L", date="2022-03-02")
    assert match_papers([first, second], [corrected]) == PageMatches([(second, corrected)], [first], [])


# Papers that were renamed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            paper("Private Federated Learning at Scale", "Ada L", key="a"),
            paper("Private Federated Learning in Practice", "Ada L", key="b"),
            id="same authors",
        ),
        pytest.param(
            paper("Sensors That Forget", "Ada L", key="a", abstract=ABSTRACT),
            paper("Forgetful Sensors Revisited", "Ada L", "Bo C", key="b", abstract=ABSTRACT + " And more."),
            id="abstracts alike",
        ),
        pytest.param(
            paper("Learning to Rank Fast and Fair", "Ada L"),
            paper("Learning to Sort Fast and Fairly", "Ada L"),
            id="same key",
        ),
        pytest.param(
            paper("A Long Title That Names All of Its Many Subjects", "Ada L", "Bo C", key="a"),
            paper("A Long Title That Names All of Its Subjects", "Ada L", key="b"),
            id="title nearly the same",
        ),
    ],
)
def test_papers_with_changed_titles_match(old: PaperRow, new: PaperRow) -> None:
    assert match_papers([old], [new]) == PageMatches([(old, new)], [], [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            paper("Private Federated Learning", "Ada L"), paper("Private Online Auctions", "Ada L"), id="same key alone"
        ),
        pytest.param(
            paper("Deep Learning for Vision", "Ada L", abstract=ABSTRACT),
            paper("Deep Learning for Proteins", "Ada L", abstract=OTHER),
            id="abstracts have nothing in common",
        ),
        pytest.param(
            paper("Sensors That Forget", "Ada L", abstract=ABSTRACT),
            paper("Sensors That Forget Much", "Bo C", abstract=ABSTRACT),
            id="no common author",
        ),
    ],
)
def test_papers_that_are_only_similar_do_not_match(old: PaperRow, new: PaperRow) -> None:
    assert match_papers([old], [new]) == PageMatches([], [old], [new])


def test_different_papers_of_the_real_page_do_not_match(document: Document) -> None:
    """No paper in one half of the real page matches a paper in the other half."""
    rows = list(papers(load(document)).rows)
    first_half, second_half = rows[::2], rows[1::2]
    assert match_papers(first_half, second_half) == PageMatches([], *map(_unmatched, (first_half, second_half)))


def _unmatched(rows: list[Any]) -> list[Any]:
    return match_papers(rows, []).gone_papers


def test_each_paper_matches_the_most_similar_one() -> None:
    old = [paper("Fair Learning of Trees", "Ada L", key="a"), paper("Fair Learning of Forests", "Ada L", key="b")]
    new = [paper("Fair Learning of Large Forests", "Ada L", key="c"), paper("Fair Learning of Big Trees", "Ada L")]
    assert titles(match_papers(old, new))[0] == [
        ("Fair Learning of Forests", "Fair Learning of Large Forests"),
        ("Fair Learning of Trees", "Fair Learning of Big Trees"),
    ]


# Properties

_rows = st.lists(
    st.builds(
        lambda title, authors, key, abstract, date: paper(
            " ".join(title), *authors, key=key, abstract=abstract, date=date
        ),
        st.lists(st.sampled_from(["fair", "Fair", "private", "deep", "trees", "?"]), min_size=1, max_size=4),
        st.lists(st.sampled_from(["Ada L", "ADA L", "Bo C", "Cy D"]), max_size=2),
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from([None, ABSTRACT, OTHER]),
        st.sampled_from([None, "2020-01-02", "2021-01-02"]),
    ),
    max_size=7,
)


def _sorted_reprs(matches: PageMatches) -> tuple[list[str], list[str], list[str]]:
    return sorted(map(repr, matches.both)), sorted(map(repr, matches.gone_papers)), sorted(map(repr, matches.new))


@given(_rows)
def test_a_page_matches_itself_completely(rows: list[PaperRow]) -> None:
    matches = match_papers(rows, rows)
    assert (matches.gone_papers, matches.new) == ([], [])
    assert all(a == b for a, b in matches.both)


@given(_rows, _rows)
def test_every_paper_is_matched_new_or_removed(old: list[PaperRow], new: list[PaperRow]) -> None:
    matches = match_papers(old, new)
    assert sorted(map(repr, [*(a for a, _ in matches.both), *matches.gone_papers])) == sorted(map(repr, old))
    assert sorted(map(repr, [*(b for _, b in matches.both), *matches.new])) == sorted(map(repr, new))


@given(_rows, _rows)
def test_swapping_the_pages_swaps_the_pairs(old: list[PaperRow], new: list[PaperRow]) -> None:
    matches, reversed_matches = match_papers(old, new), match_papers(new, old)
    assert _sorted_reprs(
        PageMatches([(b, a) for a, b in reversed_matches.both], reversed_matches.new, reversed_matches.gone_papers)
    ) == _sorted_reprs(matches)


@given(_rows, _rows, st.randoms(use_true_random=False))
def test_the_order_of_papers_has_no_influence(old: list[PaperRow], new: list[PaperRow], chance: random.Random) -> None:
    mixed = chance.sample(old, len(old)), chance.sample(new, len(new))
    assert _sorted_reprs(match_papers(*mixed)) == _sorted_reprs(match_papers(old, new))


# Size


@pytest.mark.parametrize("words", [3, 300, 4_000], ids="{} different words in titles".format)
def test_a_thousand_papers_are_compared_with_a_thousand_others_quickly(words: int) -> None:
    chance = random.Random(words)
    vocabulary = [f"word{number}" for number in range(words)]
    count = repetitions(1_000)

    def random_papers() -> list[PaperRow]:
        return [
            paper(" ".join(chance.choices(vocabulary, k=9)), "Ada L", key=str(n), abstract=f"{n} {ABSTRACT}")
            for n in range(count)
        ]

    start = time.process_time()
    matches = match_papers(random_papers(), random_papers())
    assert time.process_time() - start < 10
    assert len(matches.both) + len(matches.gone_papers) == len(matches.both) + len(matches.new) == count
