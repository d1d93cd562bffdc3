from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.biblio.arxiv_categories import (
    ALIASES,
    NAMES,
    classes,
    current_class,
    matching_names,
    meaning,
    selected_classes,
)

AMBIGUOUS = [
    "AP", "CG", "CO", "CV", "DS", "GN", "GR", "GT", "IT", "LO",
    "NA", "OT", "PR", "SC", "SI", "SP", "ST", "SY", "TH",
]  # fmt: skip


def codes() -> Counter[str]:
    return Counter(name.rpartition(".")[2].upper() for name in NAMES)


def test_of_93_two_letter_codes_in_the_taxonomy_19_are_ambiguous() -> None:
    two_letters = {code: count for code, count in codes().items() if len(code) == 2}
    assert len(two_letters) == 93
    assert sorted(code for code, count in two_letters.items() if count > 1) == AMBIGUOUS


def test_longer_codes_are_never_ambiguous() -> None:
    assert all(count == 1 for code, count in codes().items() if len(code) > 2)


def test_aliases_resolve_three_of_the_ambiguous_codes() -> None:
    assert [code for code in AMBIGUOUS if len(classes(code)) == 1] == ["IT", "NA", "SY"]


def test_an_alias_is_never_the_alias_of_another_alias() -> None:
    assert set(ALIASES) | set(ALIASES.values()) <= set(NAMES)
    assert not set(ALIASES) & set(ALIASES.values())


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("LG", ("cs.LG",)),
        ("ML", ("stat.ML",)),
        ("OC", ("math.OC",)),
        ("NA", ("math.NA",)),
        ("SY", ("eess.SY",)),
        ("IT", ("cs.IT",)),
        ("MP", ("math-ph",)),
        ("EC", ("econ.GN",)),
        ("TH", ("econ.TH", "math.ST")),
        ("ST", ("math.ST", "q-fin.ST")),
        ("CV", ("cs.CV", "math.CV")),
        ("GN", ("econ.GN", "math.GN", "q-bio.GN", "q-fin.GN")),
        ("CHEM-PH", ("physics.chem-ph",)),
        ("MTRL-SCI", ("cond-mat.mtrl-sci",)),
        ("GR-QC", ("gr-qc",)),
        ("HEP-TH", ("hep-th",)),
        ("QUANT-PH", ("quant-ph",)),
        ("MATH-PH", ("math-ph",)),
        ("OPTICS", ("physics.optics",)),
        ("ZZ", ()),
        ("", ()),
        ("CS.LG", ()),
        ("CS", ()),
    ],
)
def test_a_code_is_translated_to_its_classes(code: str, expected: tuple[str, ...]) -> None:
    assert classes(code) == expected
    assert classes(code.lower()) == expected
    assert classes(code.title()) == expected


@pytest.mark.parametrize("name", NAMES)
def test_every_class_is_among_the_classes_of_its_code(name: str) -> None:
    assert ALIASES.get(name, name) in classes(name.rpartition(".")[2].upper())


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("LG", "Machine Learning"),
        ("NA", "Numerical Analysis"),
        ("quant-ph", "Quantum Physics"),
        ("CV", "Computer Vision and Pattern Recognition (cs.CV) or Complex Variables (math.CV)"),
        (
            "CO",
            "Cosmology and Nongalactic Astrophysics (astro-ph.CO), Combinatorics (math.CO) or Computation (stat.CO)",
        ),
        ("ZZ", None),
        ("", None),
    ],
)
def test_the_meaning_of_an_ambiguous_code_names_all_classes(code: str, expected: str | None) -> None:
    assert meaning(classes(code)) == expected


@given(st.text())
def test_any_text_is_accepted_as_a_code(code: str) -> None:
    assert (meaning(classes(code)) is None) == (classes(code) == ())


@pytest.mark.parametrize(
    ("text", "selection"),
    [
        ("cs.lg", ("cs.LG",)),
        ("cs.NA", ("math.NA",)),
        ("Machine Learning", ("cs.LG", "stat.ML")),
        ("numerical  analysis", ("math.NA",)),
        ("robot", ("cs.RO",)),
        ("analysis of pde", ("math.AP",)),
        ("logic", ("math.LO",)),
        ("physics", ()),
        ("LG", ()),
        ("zoology", ()),
        ("pd", ()),
        ("cs.ZZ", ()),
        ("", ()),
        ("(", ()),
    ],
)
def test_a_class_or_a_name_selects_classes(text: str, selection: tuple[str, ...]) -> None:
    assert selected_classes(text) == selection


def test_a_part_of_a_name_begins_at_a_word() -> None:
    assert matching_names("computer interaction") == ("Human-Computer Interaction",)
    assert matching_names("nteraction") == ()
    assert len(matching_names("physics")) > 6


@given(st.sampled_from(sorted(NAMES)))
def test_every_class_and_every_name_selects_the_current_class(name: str) -> None:
    assert current_class(name.upper()) in NAMES
    assert current_class(name) in (selected_classes(NAMES[name]) or classes(NAMES[name]))  # optics is also a code
