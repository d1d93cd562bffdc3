"""Extraction of the words and phrases of a text."""

import pytest

from pubcli.language.phrases import distinctive_stems, is_content_word, is_general, phrase_key, phrases, spelled_phrases


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", set()),
        ("we show that the", set()),
        ("Differential Privacy", {"differential", "privacy", "differential privacy"}),
        ("game of life", {"game", "life"}),
        ("privacy, fairness", {"privacy", "fairness"}),
        ("privacy $x$ fairness", {"privacy", "fairness"}),
        (r"privacy \(\epsilon\) fairness", {"privacy", "fairness"}),
        ("privacy https://x.org/deep fairness", {"privacy", "fairness"}),
        ("privacy -- fairness", {"privacy", "fairness"}),
        ("in 2020 x", set()),
        ("Rényi", {"renyi"}),
        ("R\\'enyi", {"renyi"}),
        ("large language models", {"language", "large language", "language model", "large language model"}),
        ("a b c d e", set()),
        ("ab cd ef gh ij", {"ab cd ef gh", "cd ef gh ij"}),
        ("state-of-the-art", set()),
        ("first-order and large scale", {"first-order", "large scale"}),
        ("Nesterov's method", {"nesterov"}),
    ],
)
def test_phrases_are_adjacent_words_between_separators(text: str, expected: set[str]) -> None:
    extracted = set(phrases(text))
    assert expected <= extracted if text.startswith("ab") else expected == extracted
    assert max((len(phrase.split()) for phrase in extracted), default=0) <= 4


@pytest.mark.parametrize(
    ("form", "other"),
    [
        ("min-max games", "minmax game"),
        ("min–max game", "Min-Max GAMES"),
        ("privacy", "Privacy"),
        ("policies", "policy"),
        ("networks of", "network of"),
        ("non‑convex", "nonconvex"),
    ],
)
def test_forms_of_a_word_have_one_key(form: str, other: str) -> None:
    assert {key for key, _ in spelled_phrases(form)} == {key for key, _ in spelled_phrases(other)}


@pytest.mark.parametrize("word", ["bias", "analysis", "loss", "class", "status"])
def test_words_that_end_in_s_are_not_always_plurals(word: str) -> None:
    assert set(phrases(f"zeta {word[:-1]}")).isdisjoint({f"zeta {word}"})


def test_phrases_are_spelled_as_in_the_text() -> None:
    assert dict(spelled_phrases("the Min-Max\n games, R\\'enyi"))["minmaxgame"] == "Min-Max games"
    assert dict(spelled_phrases("the Min-Max\n games, R\\'enyi"))["renyi"] == "Rényi"


def test_spelled_phrases_yields_the_same_phrases() -> None:
    text = "On first-order min-max games: a Large-Scale $x$ study of RÉNYI's DP-SGD, e.g. 3 non-i.i.d. users' k-means"
    assert sorted(map(phrase_key, phrases(text))) == sorted(key for key, _ in spelled_phrases(text))


def test_stop_words_and_general_words_are_recognised() -> None:
    assert [word for word in ("privacy", "the", "large", "x", "2020") if is_content_word(word)] == ["privacy"]
    assert is_general("large model")
    assert not is_general("large language model")


@pytest.mark.parametrize("phrase", ["upper bounds", "objective functions", "Monte Carlo"])
def test_phrases_of_any_quantitative_paper_are_general(phrase: str) -> None:
    assert any(map(is_general, phrases(phrase)))


def test_words_of_general_phrases_are_not_distinctive() -> None:
    assert distinctive_stems(["strongly", "convex", "privacy", "optimization"]) == ["privacy"]
    assert distinctive_stems(["convex", "game"]) == ["convex", "game"]
