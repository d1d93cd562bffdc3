"""Postings: the papers that contain each phrase."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from pubcli.language.phrases import phrase_key, phrases
from pubcli.language.postings import PhraseOccurrences, Postings, common_spellings, counts_outside_longer_phrases


def postings_of(*texts: tuple[str, str], max_phrases: int = 1_000) -> Postings:
    postings = Postings(max_phrases)
    for text in texts:
        postings.add(*text)
    return postings


def _keys(*texts: str) -> set[str]:
    return {phrase_key(phrase) for text in texts for phrase in phrases(text)}


def test_occurrences_list_the_papers_and_the_titles() -> None:
    occurrences = postings_of(("Fair trees", ""), ("", "lakes"), ("Oaks", "the fair trees; fair oaks")).occurrences()

    assert [(" ".join(phrase.stems), list(phrase.papers), list(phrase.in_title)) for phrase in occurrences] == [
        ("fair", [0, 2], [0]),
        ("fair oak", [2], []),
        ("fair tree", [0, 2], [0]),
        ("lake", [1], []),
        ("oak", [2], [2]),
        ("tree", [0, 2], [0]),
    ]


def test_phrases_that_differ_in_hyphens_and_blanks_are_merged() -> None:
    postings = postings_of(("", "min-max"), ("Minmax", ""), ("", "min max"), ("", "minmax"))
    by_key = {phrase.key: phrase for phrase in postings.occurrences()}

    assert list(by_key["minmax"].papers) == [0, 1, 2, 3]
    assert list(by_key["minmax"].in_title) == [1]
    assert by_key["minmax"].stems == ("minmax",)


def test_phrases_in_too_few_papers_are_left_out() -> None:
    assert [phrase.key for phrase in postings_of(("", "oak"), ("", "oak, elm")).occurrences(2)] == ["oak"]


def test_rare_phrases_are_dropped_and_the_undercount_is_recorded() -> None:
    texts = [("", f"oak, word{number:c}" if number % 2 else "oak") for number in range(ord("a"), ord("z"))]
    postings = postings_of(*texts, max_phrases=6)
    (oak,) = postings.occurrences(2)

    assert (oak.key, list(oak.papers)) == ("oak", list(range(25)))
    assert postings.max_undercount > 0
    assert len(postings.occurrences()) <= 6


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(strategies.prose, strategies.prose), max_size=8))
def test_counts_agree_with_the_texts(texts: list[tuple[str, str]]) -> None:
    expected = Counter(key for text in texts for key in _keys(*text))
    titles = Counter(key for title, _ in texts for key in _keys(title))
    occurrences = postings_of(*texts).occurrences()

    assert {phrase.key: len(phrase.papers) for phrase in occurrences} == expected
    assert {phrase.key: phrase.titles for phrase in occurrences if phrase.titles} == titles


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(strategies.prose, strategies.prose), max_size=20), st.integers(4, 20))
def test_counts_are_too_low_by_at_most_the_recorded_undercount(texts: list[tuple[str, str]], max_phrases: int) -> None:
    exact = {phrase.key: len(phrase.papers) for phrase in postings_of(*texts, max_phrases=10**6).occurrences()}
    postings = postings_of(*texts, max_phrases=max_phrases)
    counts = {phrase.key: len(phrase.papers) for phrase in postings.occurrences()}

    forms = Counter(map(phrase_key, {phrase for text in texts for part in text for phrase in phrases(part)}))
    for key, count in exact.items():
        if forms[key] == 1 and count > postings.max_undercount:
            assert count - postings.max_undercount <= counts.get(key, 0) <= count


def test_occurrences_inside_longer_phrases_are_subtracted() -> None:
    counts = {("fair",): 6, ("fair", "tree"): 3, ("fair", "oak"): 2, ("tree",): 3, ("oak",): 5}
    expected = {("fair",): 3.5, ("fair", "tree"): 3, ("fair", "oak"): 2, ("oak",): 3}

    assert counts_outside_longer_phrases(counts) == expected


def test_the_common_spelling_is_the_most_frequent_one_in_abstracts() -> None:
    occurrences = [PhraseOccurrences(stems, [0], []) for stems in (("minmax", "game"), ("elm",), ("none",))]
    texts = [
        ("Min-Max Games; Elms", "min-max games, minmax game"),
        ("Min-Max Games; Elms", "Minmax games min-max games"),
    ]

    assert common_spellings(texts, occurrences) == {("minmax", "game"): "min-max games", ("elm",): "Elms"}


def test_lower_case_wins_among_equally_frequent_spellings() -> None:
    assert common_spellings([("", "Fair, fair")], [PhraseOccurrences(("fair",), [0], [])]) == {("fair",): "fair"}
