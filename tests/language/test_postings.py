"""In which papers phrases stand."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

import strategies
from pubcli.language.phrases import phrase_key, phrases
from pubcli.language.postings import PhraseOccurrences, Postings, outside, spellings
from thoroughness import examples


def built(*texts: tuple[str, str], most: int = 1_000) -> Postings:
    postings = Postings(most)
    for text in texts:
        postings.add(*text)
    return postings


def test_papers_and_titles_are_told() -> None:
    found = built(("Fair trees", ""), ("", "lakes"), ("Oaks", "the fair trees; fair oaks")).found()

    assert [(" ".join(one.stems), list(one.papers), list(one.in_title)) for one in found] == [
        ("fair", [0, 2], [0]),
        ("fair oak", [2], []),
        ("fair tree", [0, 2], [0]),
        ("lake", [1], []),
        ("oak", [2], [2]),
        ("tree", [0, 2], [0]),
    ]


def test_hyphens_and_blanks_make_no_difference() -> None:
    found = {one.key: one for one in built(("", "min-max"), ("Minmax", ""), ("", "min max"), ("", "minmax")).found()}

    assert list(found["minmax"].papers) == [0, 1, 2, 3]
    assert list(found["minmax"].in_title) == [1]
    assert found["minmax"].stems == ("minmax",)


def test_few_papers_are_left_out() -> None:
    assert [one.key for one in built(("", "oak"), ("", "oak, elm")).found(2)] == ["oak"]


def test_rare_phrases_are_forgotten_and_it_is_told() -> None:
    texts = [("", f"oak, word{number:c}" if number % 2 else "oak") for number in range(ord("a"), ord("z"))]
    postings = built(*texts, most=6)
    (oak,) = postings.found(2)

    assert (oak.key, list(oak.papers)) == ("oak", list(range(25)))
    assert postings.missed > 0
    assert len(postings.found()) <= 6


@examples(60)
@given(st.lists(st.tuples(strategies.prose, strategies.prose), max_size=8))
def test_counts_are_those_of_the_texts(texts: list[tuple[str, str]]) -> None:
    expected = Counter(key for text in texts for key in {phrase_key(one) for part in text for one in phrases(part)})
    titles = Counter(key for title, _ in texts for key in {phrase_key(one) for one in phrases(title)})
    found = built(*texts).found()

    assert {one.key: len(one.papers) for one in found} == expected
    assert {one.key: one.titles for one in found if one.titles} == titles


@examples(60)
@given(st.lists(st.tuples(strategies.prose, strategies.prose), max_size=20), st.integers(4, 20))
def test_counts_are_short_by_no_more_than_is_told(texts: list[tuple[str, str]], most: int) -> None:
    exact = {one.key: len(one.papers) for one in built(*texts, most=10**6).found()}
    postings = built(*texts, most=most)
    found = {one.key: len(one.papers) for one in postings.found()}

    ways = Counter(phrase_key(one) for one in {one for text in texts for part in text for one in phrases(part)})
    for key, count in exact.items():
        if ways[key] == 1 and count > postings.missed:
            assert count - postings.missed <= found.get(key, 0) <= count


def test_what_is_due_to_longer_phrases_is_taken_off() -> None:
    counts = {("fair",): 6, ("fair", "tree"): 3, ("fair", "oak"): 2, ("tree",): 3, ("oak",): 5}

    assert outside(counts) == {("fair",): 3.5, ("fair", "tree"): 3, ("fair", "oak"): 2, ("oak",): 3}


def test_spellings_are_the_usual_ones_of_abstracts() -> None:
    wanted = [
        PhraseOccurrences(("minmax", "game"), [0], []),
        PhraseOccurrences(("elm",), [0], []),
        PhraseOccurrences(("none",), [0], []),
    ]
    texts = [
        ("Min-Max Games; Elms", "min-max games, minmax game"),
        ("Min-Max Games; Elms", "Minmax games min-max games"),
    ]

    assert spellings(texts, wanted) == {("minmax", "game"): "min-max games", ("elm",): "Elms"}


def test_of_equal_spellings_small_letters_are_taken() -> None:
    assert spellings([("", "Fair, fair")], [PhraseOccurrences(("fair",), [0], [])]) == {("fair",): "fair"}
