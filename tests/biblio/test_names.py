"""Splitting and joining names of people."""

import re
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.biblio import names
from pubcli.biblio.names import (
    Name,
    filing_order,
    full_name,
    given_name_first,
    join_names,
    name_key,
    parts,
    split_dropping_particle,
    split_names,
)
from pubcli.text.normalize import fold
from thoroughness import examples

NAMES = {
    "Aad van der Vaart": Name("Aad", "van der", "Vaart", ""),
    "Jean de La Fontaine": Name("Jean", "de", "La Fontaine", ""),
    "Martin Luther King, Jr.": Name("Martin Luther", "", "King", "Jr."),
    "Martin Luther King Jr.": Name("Martin Luther", "", "King", "Jr."),
    "Ann Lee III": Name("Ann", "", "Lee", "III"),
    "José e Silva Júnior": Name("José", "e", "Silva Júnior", ""),
    "Mihailo R. Jovanović": Name("Mihailo R.", "", "Jovanović", ""),
    "A. S. Poornash": Name("A. S.", "", "Poornash", ""),
    "Sze-chuan Suen": Name("Sze-chuan", "", "Suen", ""),
    "Çelik Şahin": Name("Çelik", "", "Şahin", ""),
    "Nguyễn Thị Ánh": Name("Nguyễn Thị", "", "Ánh", ""),
    "李明": Name("", "", "李明", ""),
    "王 某某": Name("某某", "", "王", ""),
    "山田 太郎": Name("太郎", "", "山田", ""),
    "김 철수": Name("철수", "", "김", ""),
    "カール マルクス": Name("カール", "", "マルクス", ""),
    "王 Wei": Name("王", "", "Wei", ""),
    "Plato": Name("", "", "Plato", ""),
    "The ATLAS Collaboration": Name("", "", "The ATLAS Collaboration", ""),
    "ATLAS Collaboration": Name("", "", "ATLAS Collaboration", ""),
    "the authors": Name("", "", "the authors", ""),
    "Tim O'Neil": Name("Tim", "", "O'Neil", ""),
    "ludwig van beethoven": Name("ludwig", "van", "beethoven", ""),
    "Anna bin": Name("Anna", "", "bin", ""),
    "Lee Jr": Name("Lee", "", "Jr", ""),
    "  Ada \t Lovelace ": Name("Ada", "", "Lovelace", ""),
    "Gerard 't Hooft": Name("Gerard", "'t", "Hooft", ""),
    "Jean d'Alembert": Name("Jean", "", "d'Alembert", ""),
    "Simon and Garfunkel": Name("", "", "Simon and Garfunkel", ""),
    "Lovelace, Ada": Name("", "", "Lovelace, Ada", ""),
    "Ada Lovelace, PhD": Name("", "", "Ada Lovelace, PhD", ""),
    "": Name("", "", "", ""),
    ",": Name("", "", "", ""),
}


@pytest.mark.parametrize(("name", "expected"), NAMES.items(), ids=[name or "empty" for name in NAMES])
def test_a_name_is_split_into_its_parts(name: str, expected: Name) -> None:
    assert parts(name) == expected


WORDS = ("Ada", "van", "de", "La", "O'Neil", "Jr.", "III", "Team", "The", "é", "李")


@given(st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_every_word_of_a_name_is_in_one_of_its_parts(name: str) -> None:
    assert sorted(" ".join(parts(name)).split()) == sorted(name.split())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Aad van der Vaart", "vaart aad van der"),
        ("Mihailo R. Jovanović", "jovanovic mihailo r."),
        ("Martin Luther King, Jr.", "king martin luther jr."),
        ("The ATLAS Collaboration", "the atlas collaboration"),
        ("", ""),
    ],
    ids=["particle", "accents", "suffix", "group", "empty"],
)
def test_names_are_sorted_by_surname(name: str, expected: str) -> None:
    assert filing_order(name) == expected


@pytest.mark.parametrize(
    ("inverted", "expected", "expected_parts"),
    [
        ("Lovelace, Ada", "Ada Lovelace", ("Ada", "", "Lovelace", "")),
        ("van der Vaart, Aad", "Aad van der Vaart", ("Aad", "van der", "Vaart", "")),
        ("King, Jr., Martin Luther", "Martin Luther King, Jr.", ("Martin Luther", "", "King", "Jr.")),
        ("King, Martin Luther, Jr.", "Martin Luther King, Jr.", ("Martin Luther", "", "King", "Jr.")),
        ("Martin Luther King, Jr.", "Martin Luther King, Jr.", ("Martin Luther", "", "King", "Jr.")),
        ("García Márquez, Gabriel", "Gabriel García\u00a0Márquez", ("Gabriel", "", "García Márquez", "")),
        ("Plato", "Plato", ("", "", "Plato", "")),
        ("Ada Lovelace", "Ada Lovelace", ("Ada", "", "Lovelace", "")),
        ("Acme, Inc.", "Acme, Inc.", ("", "", "Acme, Inc.", "")),
        ("Petróleos de Venezuela, S.A.", "Petróleos de Venezuela, S.A.", ("", "", "Petróleos de Venezuela, S.A.", "")),
        ("Baldwin,S.A.", "S.A. Baldwin", ("S.A.", "", "Baldwin", "")),
        (
            "Ministry of Food and Fish, Wood and Air",
            "Ministry of Food and Fish, Wood and Air",
            ("", "", "Ministry of Food and Fish, Wood and Air", ""),
        ),
        ("Plato,", "Plato", ("", "", "Plato", "")),
        ("King Jr., Martin Luther", "Martin Luther King, Jr.", ("Martin Luther", "", "King", "Jr.")),
        ("García Márquez III, Ana", "Ana García\u00a0Márquez, III", ("Ana", "", "García Márquez", "III")),
        ("Bell Labs,", "Bell\u00a0Labs", ("", "", "Bell Labs", "")),
        ("Rathbun, Mary Jane,", "Mary Jane Rathbun", ("Mary Jane", "", "Rathbun", "")),
        ("University of X,, Y", "University of X, Y", ("", "", "University of X, Y", "")),
        ("Ada Lovelace, PhD, MD", "Ada Lovelace, PhD, MD", ("", "", "Ada Lovelace, PhD, MD", "")),
    ],
)
def test_an_inverted_name_is_put_in_reading_order(
    inverted: str, expected: str, expected_parts: tuple[str, ...]
) -> None:
    assert given_name_first(inverted) == expected
    assert parts(expected) == expected_parts


def test_the_name_of_a_group_is_not_split() -> None:
    assert parts(full_name("", "", "Research Group Alpha")).family == "Research Group Alpha"
    assert full_name("", "", "The ATLAS Collaboration") == "The ATLAS Collaboration"


def test_blanks_next_to_joined_words_are_removed() -> None:
    assert parts("Gabriel  García\u00a0Márquez") == ("Gabriel", "", "García Márquez", "")


def test_names_in_one_text_are_split() -> None:
    names = ["Ada Lovelace", "Aad van der Vaart", "Team of A and B", "University of X, Y"]
    assert [name.replace("\u00a0", " ") for name in split_names(join_names(names))] == names
    assert split_names("Lovelace, Ada; Vaart, Aad") == ["Ada Lovelace", "Aad Vaart"]
    assert split_names("; ") == ["; "]


@pytest.mark.parametrize(
    ("given_names", "particle", "family"),
    [
        ("Ludwig van", "", "Beethoven"),
        ("Jean de", "", "La Fontaine"),
        ("Muhammad ibn Musa", "", "al-Khwarizmi"),
        ("danah m.", "", "boyd"),
        ("Ludwig von", "der", "Tann"),
        ("Ludwig", "von der", "Tann"),
    ],
)
def test_lower_case_words_after_given_names_are_not_taken_for_particles(
    given_names: str, particle: str, family: str
) -> None:
    name = full_name(given_names, particle, family)
    assert parts(name) == Name(given_names, particle, family, "")
    assert fold(name) == fold(" ".join(filter(None, (given_names, particle, family))))


@pytest.mark.parametrize(("particle", "family"), [("La", "Fontaine"), ("Le", "Corbu Sier")])
def test_a_capitalised_particle_is_part_of_the_surname(particle: str, family: str) -> None:
    assert parts(full_name("Jean", particle, family)) == Name("Jean", "", f"{particle} {family}", "")


@pytest.mark.parametrize("name", ["Beethoven, Ludwig van", "Humboldt, Alexander von, Jr."])
def test_an_inverted_name_may_have_particles_after_the_given_names(name: str) -> None:
    given_names, _, family, suffix = parts(given_name_first(name))
    assert ", ".join(filter(None, (family, given_names, suffix))) == name


@pytest.mark.parametrize(
    ("given_names", "expected"),
    [
        ("Ludwig van", ("Ludwig", "van")),
        ("Ludwig", ("Ludwig", "")),
        ("danah m.", ("danah m.", "")),
        ("José e Silva", ("José e Silva", "")),
        ("Maria de los", ("Maria", "de los")),
        ("", ("", "")),
    ],
)
def test_dropping_particles_are_split_from_given_names(given_names: str, expected: tuple[str, str]) -> None:
    assert split_dropping_particle(given_names) == expected


@pytest.mark.parametrize(
    ("filed", "name"),
    [("王, 某某", "王 某某"), ("山田, 太郎", "山田 太郎"), ("김, 철수", "김 철수"), ("마르크스, Karl", "Karl 마르크스"),
     ("マルクス, カール", "カール マルクス"), ("王, Wei", "Wei 王")],
)  # fmt: skip
def test_the_surname_stands_first_in_east_asian_writing(filed: str, name: str) -> None:
    assert given_name_first(filed) == name
    family, given_name = filed.split(", ")
    assert full_name(given_name, "", family) == name
    assert (parts(name).family, parts(name).given_name) == (family, given_name)


@pytest.mark.parametrize("names", [("王 某某", "王某某"), ("김 철수", "김철수"), ("ÁDA Lovelace", "Ada Lovelace")])
def test_spellings_of_a_name_that_do_not_matter_have_one_key(names: tuple[str, str]) -> None:
    assert len(set(map(name_key, names))) == 1


def test_other_blanks_in_a_name_matter() -> None:
    assert name_key("Ada Love Lace") != name_key("Ada Lovelace")
    assert name_key("Wei 王") != name_key("Wei王")


_WORDS = st.sampled_from(
    [
        "Ada",
        "Bow",
        "J.",
        "Jr",
        "III",
        "The",
        "And",
        "and",
        "Group",
        "University",
        "van",
        "O'Neil",
        "Mary-Ann",
        "JR.",
        "D",
        "Inc.",
        "Vries",
        "Ünal",
    ]
)


@examples(500)
@given(st.lists(_WORDS, min_size=1, max_size=4).map(" ".join))
def test_ordinary_names_are_split_as_all_names(name: str) -> None:
    with patch.object(names, "_CAPITALISED_WORDS", re.compile("(?!)")):
        expected = names._parts(name, name.split())
    assert names._parts(name, name.split()) == expected
