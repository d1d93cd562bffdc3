"""Where words occur in a text, and the snippet that shows them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracle
import strategies
from pubcli.query import snippets
from pubcli.query.expression import Text
from pubcli.query.snippets import snippet, spans
from pubcli.text.normalize import words
from thoroughness import examples

LENGTH = 160


def in_brackets(text: str, *terms: Text) -> str:
    """Return the text with its spans in brackets."""
    for start, end in reversed(spans(text, terms)):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


SPANS = {
    "word": ("Fair games, fairly", [Text("fair")], "[Fair] games, fairly"),
    "every place": ("fair fair Fair", [Text("fair")], "[fair] [fair] [Fair]"),
    "prefix": ("Fair games, fairly", [Text("fair", prefix=True)], "[Fair] games, [fairly]"),
    "phrase is one span": ("Min-Max games", [Text("min max")], "[Min-Max] games"),
    "prefix on a phrase": ("min max gamers", [Text("max game", prefix=True)], "min [max gamers]"),
    "overlapping phrases": ("one two three", [Text("one two"), Text("two three")], "[one two three]"),
    "word inside a phrase": ("one two three", [Text("two"), Text("one two")], "[one two] three"),
    "neighbours stay apart": ("one two", [Text("one"), Text("two")], "[one] [two]"),
    "accents": ("Jovanović", [Text("jovanovic")], "[Jovanović]"),
    "decomposed accents": ("Jovanovic\u0301 et", [Text("jovanovic")], "[Jovanovic\u0301] et"),
    "letters that fold to two": ("große Straße", [Text("grosse")], "[große] Straße"),
    "ligature": ("eﬃcient", [Text("efficient")], "[eﬃcient]"),
    "underscore parts words": ("min_max", [Text("max")], "min_[max]"),
    "arrow above a letter": ("a x\u20d7y b", [Text("xy")], "a [x\u20d7y] b"),
    "soft hyphen": ("opti\u00admal rate", [Text("optimal")], "[opti\u00admal] rate"),
    "kana with a sound mark": ("がく 学習", [Text("か く")], "[がく] 学習"),
    "fraction": ("a ½ cup", [Text("1 2")], "a [½] cup"),
    "nothing": ("Fair games", [Text("chance")], "Fair games"),
    "no words": ("Fair games", [], "Fair games"),
    "no text": ("", [Text("fair")], ""),
}


@pytest.mark.parametrize(("text", "terms", "expected"), SPANS.values(), ids=SPANS.keys())
def test_spans_cover_the_words_of_the_query(text: str, terms: list[Text], expected: str) -> None:
    assert in_brackets(text, *terms) == expected


any_texts = st.text(max_size=40) | strategies.prose
term = st.builds(
    lambda texts, first, length, prefix: Text(" ".join(texts[first : first + length]), prefix),
    strategies.prose.map(words), st.integers(0, 2), st.integers(1, 3), st.booleans(),
).filter(lambda term: term.text != "")  # fmt: skip


@examples(300)
@given(any_texts, term)
def test_every_span_contains_the_term(text: str, term: Text) -> None:
    assert all(oracle.contains(text[start:end], term) for start, end in spans(text, [term]))


@examples(300)
@given(st.text(alphabet="aAbB -_", max_size=20), st.sampled_from(["a", "ab", "b a", "a a"]), st.booleans())
def test_a_span_begins_and_ends_with_the_term(text: str, phrase: str, prefix: bool) -> None:
    first, *_, last = [*phrase.split(), *phrase.split()]
    for start, end in spans(text, [Text(phrase, prefix)]):
        span_words = oracle.text_words(text[start:end])
        assert span_words[0].startswith(first) if prefix and " " not in phrase else span_words[0] == first
        assert span_words[-1].startswith(last) if prefix else span_words[-1] == last


@pytest.mark.parametrize(("text", "word"), [("¾0", "3"), ("0¾", "4"), ("¾0", "40")])
def test_words_within_one_character_are_marked_together(text: str, word: str) -> None:
    assert spans(text, [Text(word)]) == ((0, 2),)


@examples(300)
@given(any_texts, st.lists(term, max_size=3))
def test_spans_are_in_order_separate_and_whole_words(text: str, terms: list[Text]) -> None:
    all_spans = spans(text, terms)

    assert all(0 <= start < end <= len(text) for start, end in all_spans)
    assert all(first[1] < second[0] for first, second in pairwise(all_spans))
    for start, end in all_spans:
        assert words(text) == [*words(text[:start]), *words(text[start:end]), *words(text[end:])]


@examples(300)
@given(any_texts, st.data())
def test_every_word_that_the_engine_matches_has_a_span(text: str, data: st.DataObject) -> None:
    text_words = oracle.text_words(text)
    if text_words:
        word = data.draw(st.sampled_from(text_words))
        assert spans(text, [Text(word)]), word


long_texts = st.lists(
    st.sampled_from(["alpha", "beta", "min-max", "x", "learning,", "théorème", "(a", "b)", "state-of-the-art;", "OK."]),
    min_size=1,
    max_size=120,
).map(" ".join)
term_lists = st.lists(
    st.sampled_from([Text("alpha"), Text("beta"), Text("min max"), Text("the", prefix=True), Text("absent")]),
    max_size=3,
)


@examples(300)
@given(long_texts, term_lists)
def test_a_snippet_is_short_and_contiguous_and_shows_a_match(text: str, terms: list[Text]) -> None:
    short = snippet(text, terms, LENGTH)
    core = short.removeprefix("…").removesuffix("…")
    position = text.find(core)

    assert len(short) <= LENGTH + 2
    assert position >= 0
    assert short.startswith("…") or text.startswith(core)
    assert short.endswith("…") or text.endswith(core)
    assert bool(spans(short, terms)) is bool(spans(text, terms))


@examples(200)
@given(st.text(alphabet="ab -.\n\t\u00a0学、é", max_size=400), st.integers(1, 60))
def test_a_snippet_of_any_text_is_not_longer_than_requested(text: str, length: int) -> None:
    assert len(snippet(text, [Text("a"), Text("b", prefix=True)], length)) <= length + 2


def test_a_snippet_consists_of_whole_words() -> None:
    text = " ".join(f"word{number}" for number in range(100))
    short = snippet(text, [Text("word50")], LENGTH).strip("…").split()

    assert "word50" in short
    assert set(short) <= set(text.split())


def test_the_snippet_of_a_short_text_is_the_whole_text() -> None:
    text = "x" * LENGTH

    assert snippet(text, [Text("a")], LENGTH) == text
    assert snippet("", [Text("a")], LENGTH) == ""


def test_without_a_match_the_snippet_is_the_beginning() -> None:
    text = "lorem ipsum, " * 30

    assert snippet(text, [Text("absent")], 40) == "lorem ipsum, lorem ipsum, lorem ipsum…"
    assert snippet(text, [], 40) == "lorem ipsum, lorem ipsum, lorem ipsum…"


FILLER = "lorem ipsum dolor " * 20


HARD: dict[str, tuple[str, list[str]]] = {
    "near the end": (FILLER + "alpha", ["alpha"]),
    "one word far after the other": (FILLER + "alpha " + "dolor " * 21 + "beta " + FILLER, ["alpha", "beta"]),
    "both better than one": ("alpha " + FILLER + "alpha beta " + FILLER, ["alpha", "beta"]),
    "after a long chain": ("https://x.org/" + "a-" * 100 + "alpha-rest and " + FILLER, ["alpha"]),
    "in a text without blanks": ("学、" * 100 + "alpha" + "、学" * 100, ["alpha"]),
    "after other blanks": (FILLER.replace(" ", "\n") + "alpha\n" + FILLER.replace(" ", "\n"), ["alpha"]),
    "phrase at the edge": (FILLER + "alpha " * 6 + "beta " + FILLER, ["alpha beta"]),
}


@pytest.mark.parametrize(("text", "terms"), HARD.values(), ids=HARD.keys())
def test_a_snippet_shows_all_words_that_fit(text: str, terms: list[str]) -> None:
    words_of_query = [Text(term) for term in terms]
    short = snippet(text, words_of_query, LENGTH)

    assert all(spans(short, [term]) for term in words_of_query)


def test_a_phrase_longer_than_the_text_has_no_span() -> None:
    assert spans("Fair Résumé", [Text("fair resume ranking with privacy")]) == ()


_MIXED = st.text("ab3 -.…–é½㎯㏂㍘学γε∞İßﬁ\u0301_", max_size=25)
_PHRASES = st.text("ab3éγ学sfi ", min_size=1, max_size=6).filter(str.strip)


@examples(1000)
@given(_MIXED, _PHRASES, st.booleans())
def test_words_are_found_in_any_text_as_word_by_word(text: str, phrase: str, prefix: bool) -> None:
    term = Text(" ".join(words(phrase)), prefix)
    if term.text:
        assert list(snippets._finder(text)(term)) == list(snippets._phrase_spans(snippets._words(text), term))
