"""Acronyms that a text defines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.language.acronyms import acronyms

DEFINED = {
    "initials": ("We study empirical risk minimization (ERM).", [("ERM", "empirical risk minimization")]),
    "the acronym first": ("We use ERM (empirical risk minimization).", [("ERM", "empirical risk minimization")]),
    "plural": ("Large language models (LLMs) grow.", [("LLM", "Large language models")]),
    "function words": ("the method of multipliers (MM)", [("MM", "method of multipliers")]),
    "hyphens": ("zeroth-order gradient descent (ZO-GD)", [("ZO-GD", "zeroth-order gradient descent")]),
    "letters inside words": ("Polyak-Łojasiewicz (PL)", [("PL", "Polyak-Łojasiewicz")]),
    "several letters of a word": ("hyperparameter tuning (HPT)", [("HPT", "hyperparameter tuning")]),
    "one word left out": (
        "data augmented loss invariant regularization (DAIR)",
        [("DAIR", "data augmented loss invariant regularization")],
    ),
    "not the word before": ("we consider federated learning (FL)", [("FL", "federated learning")]),
    "text after a comma": ("deep learning (DL, see below)", [("DL", "deep learning")]),
    "other letters": ("risk minimization (XYZ)", []),
    "an example": ("of other methods (see Section 2)", []),
    "a number": ("ten papers (10)", []),
    "another sentence": ("Empirical. Risk minimization (ERM)", []),
    "lower case": ("empirical risk minimization (erm)", []),
    "no text before": ("(ERM)", []),
}


@pytest.mark.parametrize(("text", "expected"), DEFINED.values(), ids=DEFINED.keys())
def test_a_definition_gives_the_acronym_and_its_long_form(text: str, expected: list[tuple[str, str]]) -> None:
    assert [tuple(acronym) for acronym in acronyms(text)] == expected


@given(st.text(alphabet="aAbB ()-.é", max_size=60))
def test_any_text_gives_acronyms_whose_words_it_contains(text: str) -> None:
    for acronym in acronyms(text):
        assert acronym.short in text
        assert acronym.long in " ".join(text.split())
