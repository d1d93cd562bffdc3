"""Occurrences of words in the texts of a paper."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.query.expression import Text
from pubcli.store.occurrences import PaperTexts
from pubcli.text.normalize import words


def paper(title: str = "", abstract: str = "") -> dict[str, Any]:
    """Return a paper with these texts."""
    return {"title": title, "authors": ["Ada Fair"], "abstract": abstract, "org": None}


COUNTED = {
    "a word": (Text("fair"), (1, 1, 2, 0)),
    "a word in some fields": (Text("fair", columns=("title", "abstract")), (1, 0, 2, 0)),
    "a beginning": (Text("fair", prefix=True), (1, 1, 4, 0)),
    "a phrase with any separator": (Text("fair game"), (0, 0, 2, 0)),
    "a phrase with a beginning": (Text("fair gam", prefix=True), (0, 0, 2, 0)),
    "a part of a word": (Text("air"), (0, 0, 0, 0)),
    "a letter of another alphabet": (Text("ε"), (0, 0, 1, 0)),
}


@pytest.mark.parametrize(("term", "counts"), COUNTED.values(), ids=COUNTED.keys())
def test_words_are_counted_in_each_field(term: Text, counts: tuple[int, ...]) -> None:
    texts = PaperTexts(paper("A Fair trade", "Fairness: a fair-game, unfair to ε₀, and a FAIR  game. Fairly"))
    assert texts.occurrences([term], ()).itself == counts


def test_stand_ins_count_less_than_the_word_and_saturate() -> None:
    texts = PaperTexts(paper(abstract="bias bias parity"))
    itself = texts.occurrences([Text("bias")], ())
    instead = texts.occurrences([Text("fair", columns=("title",))], [Text("bias"), Text("none")])
    assert instead.stand_ins == {"bias": (0, 0, 2, 0)}
    assert 0 < instead.points(1) < itself.points(1) < 2 * texts.occurrences([Text("parity")], ()).points(1)


def test_a_word_that_does_not_occur_adds_nothing() -> None:
    occurrences = PaperTexts(paper("Games")).occurrences([Text("none")], [Text("nothing")])
    assert not occurrences
    assert occurrences.points(5) == 0


TEXTS = st.text(st.sampled_from("ab -ε1é字Ab"), max_size=30)


@given(TEXTS, st.text("ab1ε", min_size=1, max_size=3), st.booleans())
def test_counting_gives_the_same_as_splitting_the_text_into_words(text: str, word: str, is_prefix: bool) -> None:
    expected = sum(other == word or (is_prefix and other.startswith(word)) for other in words(text))
    counts = PaperTexts(paper(text)).occurrences([Text(word, prefix=is_prefix)], ()).itself
    assert counts[0] == (expected if words(word) == [word] else counts[0])
