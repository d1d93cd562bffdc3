"""The degree of a thesis survives a round trip through every format."""

import pytest

from conversion import convert


@pytest.mark.parametrize(
    ("kind", "field", "type_"),
    [
        ("phdthesis", "", "phdthesis"),
        ("thesis", "type = {phdthesis}", "phdthesis"),
        ("thesis", "type = {MSc Thesis}", "mastersthesis"),
        ("phdthesis", "type = {PhD Thesis}", "phdthesis"),
        ("thesis", "", "phdthesis"),
    ],
)
def test_a_thesis_keeps_its_entry_type(kind: str, field: str, type_: str) -> None:
    text = f"@{kind}{{a, title = {{T}}, year = {{2001}}, school = {{MIT}}, {field}}}\n"
    assert convert(text, "bibtex", "bibtex").startswith(f"@{type_}{{")


@pytest.mark.parametrize(
    "type_",
    ["Diplomarbeit", "Tesi di laurea", "Mémoire de maîtrise", "Mémoire", "Licentiate thesis", "Habilitation", "Essay",
     "Bachelor's dissertation", "Dissertation", "PhD Thesis", "Thèse de doctorat", "Mémoire d'habilitation"],
)  # fmt: skip
@pytest.mark.parametrize("entry", ["mastersthesis", "phdthesis"])
@pytest.mark.parametrize("form", ["biblatex", "ris", "csl-json"])
def test_a_thesis_keeps_its_degree_whatever_its_type(type_: str, entry: str, form: str) -> None:
    text = f"@{entry}{{a,\n  title = {{T}},\n  year = {{2001}},\n  school = {{ETH}},\n  type = {{{type_}}}\n}}\n"
    assert convert(convert(text, "bibtex", form), form, "bibtex") == text


@pytest.mark.parametrize("type_", ["Diplomarbeit", "Licentiate", "Bachelor thesis", "Mémoire", "Tesi di laurea"])
def test_a_thesis_for_a_lower_degree_is_not_doctoral(type_: str) -> None:
    assert convert(f"TY  - THES\nTI  - T\nM3  - {type_}\nER  - \n", "ris", "bibtex").startswith("@mastersthesis{")


def test_a_masters_thesis_of_zotero_is_recognised_by_its_type_column() -> None:
    text = "Item Type,Title,Type\nthesis,T,Master's thesis\n"
    assert convert(text, "csv", "bibtex").startswith("@mastersthesis{")
    assert "type = {mathesis}" in convert(text, "csv", "biblatex")


@pytest.mark.parametrize(
    ("kind", "type_", "expected"),
    [
        ("report", "techreport", "technical report"),
        ("report", "resreport", "research report"),
        ("thesis", "bathesis", "Bachelor's thesis"),
        ("thesis", "a type of its own", "a type of its own"),
    ],
)
def test_a_type_key_of_biblatex_is_spelled_out_elsewhere(kind: str, type_: str, expected: str) -> None:
    text = f"@{kind}{{a,\n  title = {{T}},\n  date = {{2001}},\n  institution = {{MIT}},\n  type = {{{type_}}}\n}}\n"
    assert convert(text, "biblatex", "biblatex") == text
    assert f"type = {{{expected}}}" in convert(text, "biblatex", "bibtex")
    assert f"M3  - {expected}" in convert(text, "biblatex", "ris")
    assert f'"genre":"{expected}"' in convert(text, "biblatex", "csl-json")


def test_a_degree_is_dropped_if_the_paper_is_not_a_thesis() -> None:
    text = '[{"title": "T", "authors": [], "kind": "book", "extra": {"entrytype": "mastersthesis"}}]\n'
    assert "genre" not in convert(text, "json", "csl-json")
    assert "M3" not in convert(text, "json", "ris")
