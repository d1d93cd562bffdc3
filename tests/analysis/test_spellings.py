"""Spellings of one name, which are counted as one value."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.analysis.spellings import preferred_spellings, spelling_key
from pubcli.analysis.stats import count_by
from pubcli.reader import read
from pubcli.store.load import load

JMLR = "Journal of Machine Learning Research"


@pytest.mark.parametrize(
    "other",
    [
        "JOURNAL OF MACHINE LEARNING RESEARCH",
        "Journal of Machine-Learning Research.",
        "The Journal of machine learning research",
    ],
)
def test_names_that_differ_in_case_punctuation_or_articles_are_one(other: str) -> None:
    assert preferred_spellings({JMLR: 2, other: 1}) == {other: JMLR}


def test_an_ampersand_means_and() -> None:
    assert preferred_spellings({"Kites & Maps": 1, "Kites and Maps": 3}) == {"Kites & Maps": "Kites and Maps"}


def test_small_letters_are_preferred_even_if_capitals_are_more_frequent() -> None:
    assert preferred_spellings({JMLR: 1, JMLR.upper(): 9}) == {JMLR.upper(): JMLR}


@pytest.mark.parametrize("short", ["J. Mach. Learn. Res.", "JMLR", "Mach. Learn."])
def test_an_abbreviation_that_no_record_states_is_another_name(short: str) -> None:
    assert preferred_spellings({JMLR: 2, short: 5}) == {}


def test_an_abbreviation_that_a_record_states_is_the_full_name() -> None:
    counts = {JMLR: 1, "J. Mach. Learn. Res.": 5}
    stated = [("J MACH LEARN RES", JMLR.upper())]
    assert preferred_spellings(counts, stated) == {"J. Mach. Learn. Res.": JMLR}


def test_an_abbreviation_of_two_journals_means_neither() -> None:
    stated = [("Phys. Lett.", "Physics Letters A"), ("Phys. Lett.", "Physics Letters B")]
    assert preferred_spellings(Counter(name for pair in stated for name in pair), stated) == {}


@given(st.dictionaries(st.sampled_from(["a b", "A-B", "ab", "The A B", "&", "é", "E", "", "..."]), st.integers(1, 9)))
def test_each_name_has_one_spelling_with_the_same_key(counts: dict[str, int]) -> None:
    preferred = preferred_spellings(counts)
    assert not set(preferred) & set(preferred.values())
    assert all(spelling_key(name) == spelling_key(other) for name, other in preferred.items())
    rest = [name for name in counts if name not in preferred]
    assert len({spelling_key(name) for name in rest}) == len(rest)


def test_a_note_lists_the_spellings_that_were_joined() -> None:
    entries = [(JMLR.upper(), "One"), (JMLR, "Two"), ("Other", "Three")]
    text = "\n".join(
        f"@article{{k{i}, title={{{title}}}, journal={{{name}}}}}" for i, (name, title) in enumerate(entries)
    )
    answer = count_by(load(read(text.encode())), "venue")
    assert [(row["venue"], row["papers"]) for row in answer.rows] == [(JMLR, 2), ("Other", 1)]
    assert answer.notes[0] == f"1 spelling is counted as another venue: {JMLR.upper()} = {JMLR}"
