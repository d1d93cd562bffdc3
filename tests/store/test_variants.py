"""What a word stands for."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.query.expression import Or, Query, Text
from pubcli.query.language import build, parse
from pubcli.reader import read
from pubcli.store import ask, variants
from pubcli.store.database import Store
from pubcli.store.load import load
from pubcli.text.normalize import words as words_of
from thoroughness import examples, repetitions


def shelf(*texts: str) -> Store:
    """A store of papers with these titles."""
    records = (f"LGMar 1, 2022\n{text}\n\nAda Lovelace\n\nAbstract" for text in texts)
    return load(read("Nobody Atall\n\nh-index1\n\n" + "\n\n".join(records)))


def found(store: Store, asked: str) -> set[str]:
    return {str(row["title"]) for row in ask.papers(store, asked).rows}


ALIKE = {
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


@pytest.mark.parametrize(("one", "other"), ALIKE.values(), ids=ALIKE.keys())
def test_each_finds_the_other(one: str, other: str) -> None:
    store = shelf(f"One {one} here", f"One {other} here")

    for typed in (one, other):
        assert found(store, typed.replace("$", "")) == {f"One {one} here", f"One {other} here"}


@pytest.mark.parametrize("formula", [r"\epsilon_0", r"\epsilon_{t+1}", r"2\epsilon^2", "ε₀", r"\varepsilon^{-2}"])
@pytest.mark.parametrize("typed", ["epsilon", "ε", r"\epsilon"])
def test_a_greek_letter_is_found_beside_numbers_and_other_letters(formula: str, typed: str) -> None:
    title = f"With ${formula}$-privacy"
    assert found(shelf(title), typed) == {title}
    assert found(shelf(title), formula) == {title}


APART = {
    "what does something": ("transformer", "transformation"),
    "a noun of its own": ("complex", "complexity"),
    "the same beginning": ("general", "generative"),
    "one stem to a stemmer": ("general", "generic"),
    "a participle of another word": ("mission", "missing"),
    "two short words": ("on", "one"),
    "words that only look inflected": ("station", "stated"),
    "in two words": ("together", "to gather"),
}


@pytest.mark.parametrize(("one", "other"), APART.values(), ids=APART.keys())
def test_neither_finds_the_other(one: str, other: str) -> None:
    store = shelf(f"A {one} B", f"A {other} B")

    assert found(store, one) == {f"A {one} B"}
    assert found(store, other) == {f"A {other} B"}


def test_a_quoted_word_stands_for_itself_alone() -> None:
    store = shelf("Private games", "Privately held", "Non-convex", "Nonconvex", "An ε", "An epsilon")

    assert found(store, '"private"') == {"Private games"}
    assert found(store, '"nonconvex"') == {"Nonconvex"}
    assert found(store, '"non-convex"') == {"Non-convex"}
    assert found(store, '"ε"') == {"An ε"}


def test_a_word_left_out_is_left_out_in_every_form() -> None:
    store = shelf("Private games", "Privately held", "Public games")

    assert found(store, "-private") == {"Public games"}
    assert found(store, '-"private"') == {"Public games", "Privately held"}


def test_a_misspelled_word_finds_what_was_probably_meant() -> None:
    store = shelf("Privacy first", "Piracy", "Private", "Primary colours")

    assert found(store, "~privcy") == {"Privacy first", "Piracy"}
    assert found(store, "~pirvacy") == {"Privacy first", "Piracy"}
    assert found(store, "~rpivacy") == {"Privacy first", "Piracy"}
    assert found(store, "~xyzzy") == set()


def test_a_regular_expression_reads_what_people_read() -> None:
    store = shelf("Min-Max games", "Minmax games", r"Rate $O(\varepsilon^2)$", "Nothing")

    assert found(store, "/min-?max/") == {"Min-Max games", "Minmax games"}
    assert found(store, "/ε²/") == {r"Rate $O(\varepsilon^2)$"}
    assert found(store, "/^n/ OR /e games$/") == {"Nothing"}
    assert found(store, "/lovelace/ -/games/") == {r"Rate $O(\varepsilon^2)$", "Nothing"}


def test_forms_that_are_all_words_of_one_beginning_count_as_one_word(store: Store) -> None:
    assert variants.expanded(store, parse("sampling")) == Text("sampl", prefix=True)
    assert variants.expanded(store, parse("epsilon")) == Text("ε", exact=True)
    assert isinstance(variants.expanded(store, parse("optimize")), Or)


def test_the_real_page_has_its_thirteen(store: Store) -> None:
    assert ask.count(store, build("privacy")) == 13


def vocabulary(store: Store) -> list[str]:
    return [row[0] for row in store.execute("SELECT term FROM vocabulary")]


def forms(store: Store, word: str) -> set[str]:
    """The words, not the phrases, that a word stands for."""
    expression = variants.expanded(store, Text(word))
    parts: Iterable[object] = expression.parts if isinstance(expression, Or) else [expression]
    terms = [part for part in parts if isinstance(part, Text)]
    known = vocabulary(store)
    return {
        word for term in terms for word in known if word == term.text or (term.prefix and word.startswith(term.text))
    }


def test_words_of_the_real_page_find_each_other_or_not(store: Store) -> None:
    words = vocabulary(store)[::3]
    words = words[: repetitions(len(words))]
    forms_of = {word: forms(store, word) for word in words}

    assert all(word in forms_of[word] for word in words)
    assert [(word, form) for word in words for form in forms_of[word] & set(words) if word not in forms_of[form]] == []


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
def test_a_word_finds_itself_and_whoever_it_finds_finds_it(words: list[str]) -> None:
    store = shelf(*(f"Q {word} Q" for word in words))
    found = {word: forms(store, word) for word in words}

    assert all(word in found[word] for word in words)
    assert [(one, other) for one in words for other in found[one] & set(words) if one not in found[other]] == []


@pytest.mark.parametrize("typed", ["a" * 20_000, "-".join(["ε"] * 60), "x" * 39 + "s", "~" + "b" * 5_000])
def test_long_words_take_no_long_time_to_understand(store: Store, typed: str) -> None:
    statements = 0

    def count(_: str) -> None:
        nonlocal statements
        statements += 1

    store.set_trace_callback(count)
    ask.count(store, Query(parse(typed)))
    store.set_trace_callback(None)
    assert statements < 5_000  # those inside FTS5 among them; without a bound there would be 2 to the power of 60
