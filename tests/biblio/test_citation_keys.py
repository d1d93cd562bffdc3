"""Citation keys."""

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.biblio.citation_keys import assign, base_key, first_free, letter_suffix
from pubcli.model import Document
from thoroughness import examples

KEYS = {
    "plain": (["Andrew Lowy"], 2022, "Private Learning", "lowy2022private"),
    "insignificant words": (["Andrew Lowy"], 2022, "On the Use of Games", "lowy2022use"),
    "nothing but insignificant words": (["Andrew Lowy"], 2022, "What It Is", "lowy2022"),
    "particle left out": (["Aad van der Vaart"], 1998, "Statistics", "vaart1998statistics"),
    "two words after the particle": (["Jean de La Fontaine"], 1668, "Fables", "lafontaine1668fables"),
    "suffix left out": (["Martin Luther King, Jr."], 1963, "Dream", "king1963dream"),
    "accents": (["Çelik Şahin"], 2020, "Über Größe", "sahin2020uber"),
    "apostrophe": (["Tim O'Neil"], 2020, "Kant's Antinomy", "oneil2020kants"),
    "hyphens are dropped": (["Ann Lee-Ray"], 2020, "Min-Max Games", "leeray2020minmax"),
    "formula": (["Ann Lee"], 2020, r"$\varepsilon^2$ bounds", "lee20202"),
    "word without a Latin letter": (["Ann Lee"], 2020, "学習 theory", "lee2020theory"),
    "no Latin name": (["李明"], 2020, "Learning", "anon2020learning"),
    "Greek name": (["Γιώργος Παπαδόπουλος"], 2020, "Learning", "papadopoulos2020learning"),
    "Cyrillic name and title": (["Пётр Чебышёв"], 1853, "Теория механизмов", "chebyshev1853"),
    "Latin letters in a name keep others out": (["Ivan Petrov-Иванов"], 2020, "Learning", "petrov2020learning"),
    "no author": ([], 2020, "Learning", "anon2020learning"),
    "no year": (["Ann Lee"], None, "Learning", "leendlearning"),
    "nothing at all": ([], None, "", "anonnd"),
    "group": (["The ATLAS Collaboration"], 2012, "Higgs", "theatlascollaboration2012higgs"),
    "endless word": (["Ann Lee"], 2020, "x" * 100, "lee2020" + "x" * 30),
}


@pytest.mark.parametrize(("authors", "year", "title", "key"), KEYS.values(), ids=KEYS.keys())
def test_a_key_has_surname_year_and_first_significant_word(
    authors: list[str], year: int | None, title: str, key: str
) -> None:
    assert base_key(authors, year, title) == key


@examples(200)
@given(st.lists(st.text(max_size=20), max_size=2), st.none() | st.integers(1, 9999), st.text(max_size=40))
def test_keys_contain_only_lower_case_ascii_letters_and_digits(
    authors: list[str], year: int | None, title: str
) -> None:
    assert re.fullmatch("[a-z0-9]+", base_key(authors, year, title))


def assign_keys(papers: list[tuple[str, str]]) -> list[str]:
    """Return the assigned keys of papers, each a pair of base key and content."""
    return assign([key for key, _ in papers], lambda index: (papers[index][1],))


def test_papers_that_share_a_key_get_letters() -> None:
    assert assign_keys([("lee2020x", "b"), ("lee2020y", ""), ("lee2020x", "a")]) == [
        "lee2020xb",
        "lee2020y",
        "lee2020xa",
    ]


def test_a_letter_that_would_give_another_papers_key_is_skipped() -> None:
    papers = [("lee2020plan", "1"), ("lee2020plana", "2"), ("lee2020plan", "3")]

    assert assign_keys(papers) == ["lee2020planb", "lee2020plana", "lee2020planc"]


def test_letter_suffixes_continue_with_aa_after_z() -> None:
    keys = assign_keys([("x", f"{number:02}") for number in range(28)])

    assert keys[:2] + keys[25:] == ["xa", "xb", "xz", "xaa", "xab"]


@examples(200)
@given(st.sets(st.integers(0, 60)) | st.integers(0, 3000).map(lambda number: set(range(number))))
def test_the_first_free_letter_is_free_and_needs_few_tries(taken: set[int]) -> None:
    calls: list[str] = []
    used = {f"x{letter_suffix(number)}" for number in taken}

    def is_taken(key: str) -> bool:
        calls.append(key)
        return key in used

    key = first_free("x", is_taken)

    assert key not in used
    assert len(calls) <= 2 * max(taken, default=0).bit_length() + 2
    if taken == set(range(len(taken))):
        assert key == f"x{letter_suffix(len(taken))}"


papers = st.lists(st.tuples(st.sampled_from(["x", "xa", "xb", "y", "ya"]), st.integers(0, 99).map(str)), unique=True)


@given(papers, st.randoms(use_true_random=False))
def test_keys_are_distinct_and_do_not_depend_on_the_order_of_papers(
    papers: list[tuple[str, str]], random: Random
) -> None:
    keys = dict(zip(papers, assign_keys(papers), strict=True))
    shuffled = random.sample(papers, len(papers))

    assert len(set(keys.values())) == len(papers)
    assert dict(zip(shuffled, assign_keys(shuffled), strict=True)) == keys


def test_keys_do_not_depend_on_the_order_even_if_two_groups_need_the_same_letters() -> None:
    first_group = [("alph", f"{number:02}") for number in range(28)]
    second_group = [("alpha", "1"), ("alpha", "2")]

    assert dict(zip(first_group + second_group, assign_keys(first_group + second_group), strict=True)) == dict(
        zip(second_group + first_group, assign_keys(second_group + first_group), strict=True)
    )


def test_keys_of_the_real_page_are_distinct(document: Document) -> None:
    keys = [paper.key for paper in document.papers]

    assert len(set(keys)) == 50
    assert keys[2] == "behrouz2025nested"
    assert all(re.fullmatch(r"[a-z]+\d{4}[a-z0-9]+", key) for key in keys)
