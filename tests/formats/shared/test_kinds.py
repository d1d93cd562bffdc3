"""Record types that are more exact than kinds survive a round trip and are translated between formats."""

import json
from itertools import product

import pytest

from conversion import convert
from repository import SCHEMAS

SCHEMA = json.loads((SCHEMAS / "csl-data.json").read_text(encoding="utf-8"))
TYPES = {
    "csl-json": SCHEMA["items"]["properties"]["type"]["enum"],
    "ris": (
        "ABST ADVS AGGR ANCIENT ART BILL BLOG BOOK CASE CHAP CHART CLSWK COMP CONF CPAPER CTLG DATA DBASE DICT EBOOK "
        "ECHAP EDBOOK EJOUR ELEC ENCYC EQUA FIGURE GEN GOVDOC GRANT HEAR ICOMM INPR JFULL JOUR LEGAL MANSCPT MAP MGZN "
        "MPCT MULTI MUSIC NEWS PAMP PAT PCOMM RPRT SER SLIDE SOUND STAND STAT THES UNBILL UNPB UNPD VIDEO WEB"
    ).split(),
    "biblatex": (
        "article artwork audio book bookinbook booklet collection commentary dataset image inbook incollection "
        "inproceedings inreference jurisdiction legal legislation letter manual movie music mvbook mvcollection "
        "mvproceedings mvreference online patent performance periodical proceedings reference report review set "
        "software standard suppbook suppcollection suppperiodical thesis unpublished video"
    ).split(),
}
"""All types in the schema of CSL 1.0.2, the specification of RIS with EndNote, and the manual of biblatex."""


TYPE_FIELD = {"csl-json": "type", "ris": "TY", "biblatex": "entrytype"}
"""The name in `extra` of the type that a file states."""


def file_with_type(form: str, type_: str) -> str:
    """Return a small file with one record of a type."""
    if form == "csl-json":
        item = {"id": "a", "type": type_, "title": "T", "container-title": "C", "URL": "https://x.org"}
        return f"{json.dumps([item])}\n"
    if form == "ris":
        return f"TY  - {type_}\nTI  - T\nT2  - C\nUR  - https://x.org\nER  - \n"
    type_, _, subtype = type_.partition("/")
    return (
        f"@{type_}{{a,\n  title = {{T}},\n  entrysubtype = {{{subtype}}},\n  booktitle = {{C}},\n"
        "  journal = {C},\n  url = {https://x.org}}\n"
    )


def read_type(form: str, text: str) -> str:
    """Return the type of the only record in a file."""
    if form == "csl-json":
        [item] = json.loads(text)
        return str(item["type"])
    if form == "ris":
        return text.partition("\n")[0].removeprefix("TY  - ").strip()
    subtype = text.partition("entrysubtype = {")[2].partition("}")[0]
    return "/".join(filter(None, (text.partition("{")[0].removeprefix("@"), subtype)))


@pytest.mark.parametrize("intermediate", ["", "json", "csv"])
@pytest.mark.parametrize(("form", "type_"), [(form, type_) for form, types in TYPES.items() for type_ in types])
def test_a_type_is_written_as_it_was_read(form: str, type_: str, intermediate: str) -> None:
    text, source = file_with_type(form, type_), form
    if intermediate:
        text, source = convert(text, form, intermediate), intermediate
    assert read_type(form, convert(text, source, form)) == type_


@pytest.mark.parametrize("intermediate", ["bibtex", "biblatex"])
@pytest.mark.parametrize("type_", TYPES["csl-json"])
def test_a_csl_type_survives_a_round_trip_through_bibtex(type_: str, intermediate: str) -> None:
    text = convert(file_with_type("csl-json", type_), "csl-json", intermediate)
    unnamed = ("article", "dataset", "software") if intermediate == "bibtex" else ()
    expected = "document" if type_ in unnamed else type_  # an @misc entry may be anything
    assert read_type("csl-json", convert(text, intermediate, "csl-json")) == expected


@pytest.mark.parametrize(
    "types",
    [
        ("patent", "PAT", "patent"),
        ("webpage", "ELEC", "online"),
        ("article-magazine", "MGZN", "article/magazine"),
        ("article-newspaper", "NEWS", "article/newspaper"),
        ("post-weblog", "BLOG", ""),
        ("entry-encyclopedia", "ENCYC", "inreference"),
        ("entry-dictionary", "DICT", ""),
        ("speech", "SLIDE", ""),
        ("legal_case", "CASE", "jurisdiction"),
        ("legislation", "STAT", "legislation"),
        ("bill", "BILL", ""),
        ("hearing", "HEAR", ""),
        ("motion_picture", "MPCT", "movie"),
        ("song", "SOUND", "audio"),
        ("graphic", "ART", "artwork"),
        ("map", "MAP", ""),
        ("manuscript", "MANSCPT", "unpublished"),
        ("standard", "STAND", "standard"),
        ("personal_communication", "PCOMM", "letter"),
        ("pamphlet", "PAMP", "booklet"),
        ("review", "", "review"),
    ],
    ids=lambda types: types[0],
)
def test_types_are_translated_between_formats(types: tuple[str, ...]) -> None:
    type_by_format = {form: type_ for form, type_ in zip(TYPES, types, strict=True) if type_}
    for source, form in product(type_by_format, type_by_format):
        converted = convert(file_with_type(source, type_by_format[source]), source, form)
        assert read_type(form, converted) == type_by_format[form]
        if source != form:  # the translated type implies the original type, so no field or note repeats it
            field = TYPE_FIELD[source], type_by_format[source].rpartition("/")[2]
            assert not any(text.format(*field) in converted for text in ("{}: {}", "{} = {{{}}}", '"{}":"{}"'))


@pytest.mark.parametrize(
    ("source", "type_", "csl_type"), [("ris", "VIDEO", "motion_picture"), ("biblatex", "video", "motion_picture")]
)
def test_a_more_exact_type_survives_its_translation_to_csl(source: str, type_: str, csl_type: str) -> None:
    text = convert(file_with_type(source, type_), source, "csl-json")
    assert read_type("csl-json", text) == csl_type
    assert read_type(source, convert(text, "csl-json", source)) == type_


@pytest.mark.parametrize(("source", "type_"), [("csl-json", "patent"), ("ris", "PAT"), ("biblatex", "patent")])
def test_a_type_is_dropped_if_the_kind_of_the_paper_changes(source: str, type_: str) -> None:
    [paper] = json.loads(convert(file_with_type(source, type_), source, "json"))
    changed_paper = f"{json.dumps([paper | {'kind': 'book'}])}\n"
    converted = {form: read_type(form, convert(changed_paper, "json", form)) for form in TYPES}
    assert converted == {"csl-json": "book", "ris": "BOOK", "biblatex": "book"}


@pytest.mark.parametrize("intermediate", ["csl-json", "bibtex", "biblatex", "ris", "json", "csv"])
def test_dropping_and_non_dropping_particles_survive_a_round_trip(intermediate: str) -> None:
    people = [
        {"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van"},
        {"family": "Vaart", "given": "Aad", "non-dropping-particle": "van der"},
    ]
    text = f"{json.dumps([{'id': 'a', 'type': 'book', 'title': 'T', 'author': people, 'editor': people}])}\n"
    [item] = json.loads(convert(convert(text, "csl-json", intermediate), intermediate, "csl-json"))
    assert (item["author"], item["editor"]) == (people, people)
