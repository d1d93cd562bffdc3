"""Words derived from the same word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.language.derivation import beginning, is_derived_alike

ALIKE = (
    ("decoder", "decoding"),
    ("explainability", "explaining"),
    ("hydrologic", "hydrology"),
    ("overconfident", "overconfidence"),
    ("predictions", "predictive"),
    ("regionalization", "regional"),
    ("seasonal", "seasonally"),
)
DIFFERENT = (("fast", "faster"), ("federated", "federation's"), ("policy", "polite"), ("station", "statistic"))


@pytest.mark.parametrize(("word", "other"), ALIKE)
def test_words_with_a_common_beginning_and_known_endings_are_derived_alike(word: str, other: str) -> None:
    assert is_derived_alike(word, other)
    assert is_derived_alike(other, word)


@pytest.mark.parametrize(("word", "other"), [*DIFFERENT, ("decoder", "decoder")])
def test_other_words_are_not(word: str, other: str) -> None:
    assert not is_derived_alike(word, other)


STEMS = st.sampled_from([pair[0] for pair in ALIKE] + ["decod", "predict", "planning", "optim", "region", "x"])
ENDINGS = st.sampled_from(["", "al", "ation", "ing", "er", "s", "ity", "ic", "zzz"])


@given(STEMS, ENDINGS, STEMS, ENDINGS)
def test_the_beginning_of_a_word_is_shared_by_all_words_derived_alike(
    stem: str, ending: str, other_stem: str, other_ending: str
) -> None:
    word, other = stem + ending, other_stem + other_ending
    if is_derived_alike(word, other):
        assert beginning(word)
        assert other.startswith(beginning(word))
