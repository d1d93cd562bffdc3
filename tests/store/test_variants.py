"""Forms and spellings that a query word matches."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.language.spelling import is_within, max_edit_distance
from pubcli.query.expression import Or, Query, Text
from pubcli.query.language import build, parse
from pubcli.reader import read
from pubcli.store import ask, index, variants
from pubcli.store.database import Store
from pubcli.store.load import load
from pubcli.store.stored_words import StoredWords
from pubcli.text.normalize import words as words_of
from thoroughness import examples, repetitions


def store_titles(*texts: str) -> Store:
    """Return a store of papers with these titles."""
    records = (f"LGMar 1, 2022\n{text}\n\nAda Lovelace\n\nAbstract" for text in texts)
    return load(read("Nobody Atall\n\nh-index1\n\n" + "\n\n".join(records)))


def titles(store: Store, text: str) -> set[str]:
    return {str(row["title"]) for row in ask.papers(store, text).rows}


SAME_WORD = {
    "adverb": ("private", "privately"),
    "adverb of a short word": ("fair", "fairly"),
    "plural": ("game", "games"),
    "plural in es": ("class", "classes"),
    "plural in ies": ("study", "studies"),
    "plural of what ends in s": ("bias", "biases"),
    "Latin plural": ("minimum", "minima"),
    "Greek plural": ("criterion", "criteria"),
    "plural in ses": ("analysis", "analyses"),
    "plural in ices": ("vertex", "vertices"),
    "plural in ices after i": ("matrix", "matrices"),
    "plural of an acronym": ("GAN", "GANs"),
    "participle": ("learning", "learned"),
    "dropped e": ("optimize", "optimizing"),
    "doubled consonant": ("planning", "plan"),
    "noun of a verb": ("optimizing", "optimization"),
    "noun of an adjective": ("robust", "robustness"),
    "noun in ence": ("convergent", "convergence"),
    "American": ("optimisation", "optimization"),
    "American, another form": ("optimised", "optimizing"),
    "American or": ("behaviour", "behaviors"),
    "American without ue": ("catalogue", "catalogs"),
    "American er": ("centre", "centers"),
    "American er in a form": ("centred", "centered"),
    "American se": ("defence", "defense"),
    "American by itself": ("programme", "programs"),
    "doubled consonant of the British": ("modelling", "modeling"),
    "hyphen": ("min-max", "minmax"),
    "hyphen of a prefix": ("non-convex", "nonconvex"),
    "hyphen of a short prefix": ("co-authors", "coauthor"),
    "hyphen and form": ("fine-tuning", "finetuned"),
    "Greek letter": ("epsilon", "ε"),
    "Greek letter in TeX": ("epsilon", r"$\varepsilon$"),
    "Greek letter by its other name": ("varepsilon", r"$\epsilon$"),
    "Greek letter before a hyphen": ("ε-optimal", "epsilon-optimal"),
    "small words": ("xs", "xs"),
    "accents": ("Rényi", "renyi"),
    "letters that fold": ("Weiß", "WEISS"),
    "hyphens as typed by publishers": ("min–max", "min-max"),
}


@pytest.mark.parametrize(("term", "variant"), SAME_WORD.values(), ids=SAME_WORD.keys())
def test_forms_of_one_word_match_each_other(term: str, variant: str) -> None:
    store = store_titles(f"One {term} here", f"One {variant} here")

    for typed in (term, variant):
        assert titles(store, typed.replace("$", "")) == {f"One {term} here", f"One {variant} here"}


@pytest.mark.parametrize("formula", [r"\epsilon_0", r"\epsilon_{t+1}", r"2\epsilon^2", "ε₀", r"\varepsilon^{-2}"])
@pytest.mark.parametrize("typed", ["epsilon", "ε", r"\epsilon"])
def test_a_greek_letter_matches_next_to_numbers_and_other_letters(formula: str, typed: str) -> None:
    title = f"With ${formula}$-privacy"
    assert titles(store_titles(title), typed) == {title}
    assert titles(store_titles(title), formula) == {title}


DIFFERENT_WORDS = {
    "what does something": ("transformer", "transformation"),
    "a noun of its own": ("complex", "complexity"),
    "the same beginning": ("general", "generative"),
    "one stem to a stemmer": ("general", "generic"),
    "a participle of another word": ("mission", "missing"),
    "two short words": ("on", "one"),
    "words that only look inflected": ("station", "stated"),
    "in two words": ("together", "to gather"),
}


@pytest.mark.parametrize(("term", "variant"), DIFFERENT_WORDS.values(), ids=DIFFERENT_WORDS.keys())
def test_words_with_different_meanings_do_not_match_each_other(term: str, variant: str) -> None:
    store = store_titles(f"A {term} B", f"A {variant} B")

    assert titles(store, term) == {f"A {term} B"}
    assert titles(store, variant) == {f"A {variant} B"}


@pytest.mark.parametrize(("typed", "title"), [("fferm", "f-FERM: fair"), ("ecommerce", "On E-commerce")])
def test_a_word_matches_one_letter_with_a_hyphen_before_the_rest(typed: str, title: str) -> None:
    assert titles(store_titles(title), typed) == {title}


def test_a_word_that_a_paper_contains_does_not_match_a_letter_before_the_rest() -> None:
    store = store_titles("A flower", "Of f, lower bounds")

    assert titles(store, "flower") == {"A flower"}


def test_a_quoted_word_matches_only_itself() -> None:
    store = store_titles("Private games", "Privately held", "Non-convex", "Nonconvex", "An ε", "An epsilon")

    assert titles(store, '"private"') == {"Private games"}
    assert titles(store, '"nonconvex"') == {"Nonconvex"}
    assert titles(store, '"non-convex"') == {"Non-convex"}
    assert titles(store, '"ε"') == {"An ε"}


def test_a_negated_word_excludes_all_its_forms() -> None:
    store = store_titles("Private games", "Privately held", "Public games")

    assert titles(store, "-private") == {"Public games"}
    assert titles(store, '-"private"') == {"Public games", "Privately held"}


def test_a_misspelled_word_matches_close_words() -> None:
    store = store_titles("Privacy first", "Piracy", "Private", "Primary colours")

    assert titles(store, "~privcy") == {"Privacy first", "Piracy"}
    assert titles(store, "~pirvacy") == {"Privacy first", "Piracy"}
    assert titles(store, "~rpivacy") == {"Privacy first", "Piracy"}
    assert titles(store, "~xyzzy") == set()


def test_a_regular_expression_matches_readable_text() -> None:
    store = store_titles("Min-Max games", "Minmax games", r"Rate $O(\varepsilon^2)$", "Nothing")

    assert titles(store, "/min-?max/") == {"Min-Max games", "Minmax games"}
    assert titles(store, "/ε²/") == {r"Rate $O(\varepsilon^2)$"}
    assert titles(store, "/^n/ OR /e games$/") == {"Nothing"}
    assert titles(store, "/lovelace/ -/games/") == {r"Rate $O(\varepsilon^2)$", "Nothing"}


def test_if_all_words_with_a_prefix_match_the_prefix_is_searched(store: Store) -> None:
    assert variants.expanded(StoredWords(store), parse("sampling")) == Text("sampl", prefix=True)
    assert variants.expanded(StoredWords(store), parse("epsilon")) == Text("ε", exact=True)
    assert isinstance(variants.expanded(StoredWords(store), parse("optimize")), Or)


def test_the_sample_page_has_thirteen_papers_on_privacy(store: Store) -> None:
    assert ask.count(store, build("privacy")) == 13


def vocabulary(store: Store) -> list[str]:
    return [row[0] for row in store.execute("SELECT term FROM vocabulary")]


def forms(store: Store, word: str) -> set[str]:
    """Return the single words, without phrases, that a query word matches."""
    expression = variants.expanded(StoredWords(store), Text(word))
    parts: Iterable[object] = expression.parts if isinstance(expression, Or) else [expression]
    terms = [part for part in parts if isinstance(part, Text)]
    stored = vocabulary(store)
    return {
        word for term in terms for word in stored if word == term.text or (term.prefix and word.startswith(term.text))
    }


def test_matching_of_words_on_the_sample_page_is_symmetric(store: Store) -> None:
    words = vocabulary(store)[::3]
    words = words[: repetitions(len(words))]
    forms_by_word = {word: forms(store, word) for word in words}

    assert all(word in forms_by_word[word] for word in words)
    assert [
        (word, form) for word in words for form in forms_by_word[word] & set(words) if word not in forms_by_word[form]
    ] == []


@examples(60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["opt", "train", "bia", "plan", "stud", "ε", "minim", "non", "conv"]),
            st.sampled_from(["", "s", "es", "ing", "ning", "ed", "ly", "y", "ies", "um", "a", "ation", "ex"]),
        )
        .map("".join)
        .filter(lambda word: words_of(word) == [word]),
        min_size=1,
        max_size=8,
        unique=True,
    )
)
def test_every_word_matches_itself_and_matching_is_symmetric(words: list[str]) -> None:
    store = store_titles(*(f"Q {word} Q" for word in words))
    forms_by_word = {word: forms(store, word) for word in words}

    assert all(word in forms_by_word[word] for word in words)
    assert [
        (term, variant)
        for term in words
        for variant in forms_by_word[term] & set(words)
        if term not in forms_by_word[variant]
    ] == []


@pytest.mark.parametrize("typed", ["a" * 20_000, "-".join(["ε"] * 60), "x" * 39 + "s", "~" + "b" * 5_000])
def test_long_words_are_expanded_quickly(store: Store, typed: str) -> None:
    statements = 0

    def count(_: str) -> None:
        nonlocal statements
        statements += 1

    store.set_trace_callback(count)
    ask.count(store, Query(parse(typed)))
    store.set_trace_callback(None)
    assert statements < 5_000  # including those inside FTS5; without a limit there would be 2 to the power of 60


@examples(300)
@given(st.text("abcd", min_size=1, max_size=9), st.lists(st.text("abcde", min_size=1, max_size=10), max_size=8))
def test_no_word_within_the_edit_distance_is_left_out(word: str, others: list[str]) -> None:
    titles = "\n\n".join(f"LGMar 1, 2020\nTitle {other}\n\nAda Bow" for other in others)
    store = load(read(f"Ada Bow\n\nh-index1\n\nLGMar 1, 2020\nTitle\n\nAda Bow\n\n{titles}".encode()))
    index.fill(store)
    most = max_edit_distance(word)
    words = {row[0] for row in store.execute("SELECT term FROM vocabulary")}
    close = {other for other in words if other[0] in word[:2] and is_within(word, other, most)}

    assert set(variants.close_words(StoredWords(store), word)) == close
    assert close <= {other for other, _ in variants.words_like(StoredWords(store), word)}
