"""Greek and Cyrillic in Latin letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.text.transliteration import in_latin

NAMES = {
    # ISO 843, with its digraphs
    "Παπαδόπουλος": "papadopoulos",
    "Αγγελόπουλος": "angelopoulos",
    "Ευαγγέλου": "evangelou",
    "Ευθυμίου": "efthymiou",
    "Μπαμπινιώτης": "bampiniotis",
    "Παύλου": "pavlou",
    "Θεοχάρης": "theocharis",
    "Ψυχάρης": "psycharis",
    "Χατζηδάκις": "chatzidakis",
    "Μαΐου": "maiou",
    "ΞΕΝΟΣ": "xenos",
    # BGN/PCGN
    "Колмогоров": "kolmogorov",
    "Чебышёв": "chebyshev",
    "Щукин": "shchukin",
    "Толстой": "tolstoy",
    "Юрьев": "yurev",
    "ЯКОВЛЕВ": "yakovlev",
    "Хазанович": "khazanovich",
    "Ґеник": "genik",
    "Їжак": "yizhak",
    "Быкаў": "bykaw",
    "Николић": "nikolic",
    "Ђоковић": "djokovic",
    "Ќосев": "kjosev",
    # other letters stay
    "Lowy": "lowy",
    "李明": "李明",
}


@pytest.mark.parametrize(("name", "latin"), NAMES.items(), ids=NAMES.values())
def test_names_are_written_in_latin_letters(name: str, latin: str) -> None:
    assert in_latin(name) == latin


def test_a_letter_with_a_combining_mark_is_transliterated() -> None:
    assert in_latin("Толстои\u0306") == "tolstoy"
    assert in_latin("Παπαδο\u0301πουλος") == "papadopoulos"


@given(
    st.text(
        st.characters(min_codepoint=0x3B1, max_codepoint=0x3C9) | st.sampled_from("абвгдежзийклмнопрстуфхцчшщъыьэюя")
    )
)
def test_every_letter_of_the_alphabets_is_transliterated(text: str) -> None:
    assert in_latin(text).isascii()
