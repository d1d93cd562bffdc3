"""Organisations, countries and languages that records name."""

import pytest

from pubcli.biblio.affiliations import countries, organisations
from pubcli.biblio.places_and_languages import country, country_of_code, language, languages


@pytest.mark.parametrize(
    ("field", "text", "names", "places"),
    [
        (
            "C1",
            "[Muller, Jurgen; Doe, J.] Univ Trier, Dept CS, Trier, Germany.; [Roe, K.] Univ Bogota, Bogota, Colombia.",
            ["Univ Trier", "Univ Bogota"],
            ["Germany", "Colombia"],
        ),
        ("C1", "Stanford Univ, Stanford, CA 94305 USA; Tsinghua Univ, Beijing 100084, Peoples R China",
         ["Stanford Univ", "Tsinghua Univ"], ["United States", "China"]),
        (
            "affiliations",
            "Nora Quill: Department of Kites, Kite University, Windmill, Scotland. nora@kite.example.; "
            "Nora Quill: Institute of Maps, Folding.",
            ["Kite University", "Institute of Maps"],
            ["United Kingdom"],
        ),
        ("Affiliations", "Dept of Kites, Kite University, Paris, France; Kite Press, Oslo, Norway",
         ["Kite University", "Kite Press"], ["France", "Norway"]),
        ("institutions", "Kite University (DE); CNRS (FR); Free Kites", ["Kite University", "CNRS", "Free Kites"],
         ["Germany", "France"]),
        ("affiliation", "USC", ["USC"], []),
        ("authorships.countries", "GB|GB|IT", [], ["United Kingdom", "Italy"]),
        ("note", "Kite University, Germany", [], []),
        ("affiliation", "; , ;[", ["["], []),
    ],
)  # fmt: skip
def test_affiliations_name_organisations_and_countries(
    field: str, text: str, names: list[str], places: list[str]
) -> None:
    assert organisations({field: text}) == names
    assert countries({field: text}) == places


def test_a_state_is_not_taken_for_a_country() -> None:
    assert countries({"affiliation": "Emory University, Atlanta, Georgia; Kite University, Stanford, CA"}) == []
    assert countries({"affiliation": "Kite University, Tbilisi, Georgia"}) == ["Georgia"]


def test_names_and_codes_of_countries_have_one_name() -> None:
    names = ("USA", "U.S.A.", "united states of america", "US")
    assert {country(name) for name in names} == {"United States"}
    assert (country("CA"), country("Atlantis"), country("")) == (None, None, None)
    assert (country_of_code("CA"), country_of_code("DEU"), country_of_code("xx")) == ("Canada", "Germany", None)


@pytest.mark.parametrize("text", ["en", "eng", "en-GB", "English", "ENGLISH", "en_US"])
def test_names_and_codes_of_languages_have_one_name(text: str) -> None:
    assert language(text) == "English"


def test_a_text_may_list_several_languages() -> None:
    assert languages("eng; ger") == ["English", "German"]
    assert languages("English|French and Klingon, en") == ["English", "French", "Klingon"]
    assert languages(" ; ") == []
