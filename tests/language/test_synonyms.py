"""Synonyms, and the file that lists them."""

import re
from importlib.resources import files

import pytest

from pubcli.language.synonyms import inflections, synonyms


@pytest.mark.parametrize("word", ["doctor", "doctors", "physician"])
def test_inflected_words_have_the_synonyms_of_their_base_form(word: str) -> None:
    assert {"clinician", "doctor", "physician"} - {word.removesuffix("s")} <= set(synonyms(word))


def test_a_word_in_several_groups_has_the_synonyms_of_each_group_once() -> None:
    others = synonyms("bias")
    assert {"fairness", "unfair", "prejudice"} <= set(others)
    assert len(others) == len(set(others))
    assert "bias" not in others


def test_phrases_have_synonyms_and_are_synonyms() -> None:
    assert "climate change" in synonyms("global warming")
    assert "language model" in synonyms("chatbot")


@pytest.mark.parametrize("word", ["xyzzy", "", "s", "ing", "нет"])
def test_an_unlisted_word_has_no_synonyms(word: str) -> None:
    assert synonyms(word) == ()


INFLECTED = {
    "study": {"studies", "studied", "studying"},
    "estimate": {"estimates", "estimated", "estimating"},
    "approach": {"approaches"},
    "survey": {"surveys", "surveyed"},
    "language model": {"language models"},
}


@pytest.mark.parametrize(("word", "forms"), INFLECTED.items())
def test_regular_inflections_follow_english_spelling(word: str, forms: set[str]) -> None:
    assert forms | {word} <= set(inflections(word))


def test_each_line_of_the_list_is_a_group_of_different_folded_words() -> None:
    lines = files("pubcli.language").joinpath("synonyms.txt").read_text(encoding="ascii").splitlines()
    groups = [line for line in lines if not line.startswith("#")]
    for line in groups:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*( [a-z]+(-[a-z]+)*)+", line), line
        assert len(set(line.split())) == len(line.split()), line
    assert len(groups) == len(set(groups))
