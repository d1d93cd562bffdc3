"""Names of PubMed, with the surname first, become names with the given names first."""

import pytest

from pubcli.biblio.names import parts
from pubcli.biblio.nlm_names import given_name_first, people


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Quillfeather N", "N Quillfeather"),
        ("van der Kork IM", "IM van der Kork"),
        ("O'Paperly M Jr", "M O'Paperly, Jr"),
        ("Uçurtmalı Ö", "Ö Uçurtmalı"),
        ("Ñandú-Ríos J-P", "J-P Ñandú-Ríos"),
        ("LI X", "X LI"),
        ("Sukarno", "Sukarno"),
        ("KITE Collaboration", "KITE Collaboration"),
        ("KITE STUDY", "KITE STUDY"),
        ("O'Paperly, Max Jr", "Max O'Paperly, Jr"),
        ("van der Kork, Ilse M", "Ilse M van der Kork"),
        ("Bow,", "Bow,"),
    ],
)
def test_the_given_names_come_first(written: str, name: str) -> None:
    assert given_name_first(written) == name


@pytest.mark.parametrize("written", ["García Márquez G", "García Márquez, Gabriel", "García Márquez G 3rd"])
def test_the_words_of_a_surname_stay_together(written: str) -> None:
    assert parts(given_name_first(written)).family == "García Márquez"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bow A, Day C", ["A Bow", "C Day"]),
        ("Bow A, Sukarno; KITE Collaboration", ["A Bow", "Sukarno", "KITE Collaboration"]),
        ("Bow A; Group for Maps, Wind; Day C, Fox E", ["A Bow", "Group for Maps, Wind", "C Day", "E Fox"]),
        ("", []),
    ],
)  # fmt: skip
def test_a_list_has_groups_next_to_semicolons(text: str, names: list[str]) -> None:
    assert people(text) == names
