"""Fields that several formats know under names of their own come out as that field, whatever file they came from."""

import csv
import io
import json
from itertools import product
from pathlib import Path

import pytest

from pubcli.answer import Answer
from pubcli.formats import Look, shown, write
from pubcli.reader import read
from pubcli.store.ask import PAPER_FIELDS

CHAPTERS = {
    "bibtex": (
        "@incollection{a,\n  title = {T},\n  author = {Lovelace, Ada},\n  year = {2001},\n  booktitle = {B},\n"
        "  publisher = {P},\n  editor = {Noether, Emmy and van der Berg, Ada and {Team of A and B}},\n"
        "  isbn = {978-3-16-148410-0},\n  issn = {1234-567X},\n  address = {Berlin},\n  edition = {2},\n"
        "  series = {LNCS},\n  language = {en}\n}\n"
    ),
    "ris": (
        "TY  - CHAP\r\nID  - a\r\nAU  - Lovelace, Ada\r\nTI  - T\r\nPY  - 2001\r\nDA  - 2001///\r\nT2  - B\r\n"
        "PB  - P\r\nA2  - Noether, Emmy\r\nA2  - van der Berg, Ada\r\nA2  - Team of A and B\r\n"
        "SN  - 978-3-16-148410-0\r\nSN  - 1234-567X\r\nCY  - Berlin\r\nET  - 2\r\nT3  - LNCS\r\nLA  - en\r\nER  - \r\n"
    ),
    "csl-json": (
        '[\n{"id":"a","type":"chapter","title":"T","author":[{"family":"Lovelace","given":"Ada"}],'
        '"issued":{"date-parts":[[2001]]},"container-title":"B","publisher":"P",'
        '"editor":[{"family":"Noether","given":"Emmy"},'
        '{"family":"Berg","given":"Ada","non-dropping-particle":"van der"},{"literal":"Team of A and B"}],'
        '"ISBN":"978-3-16-148410-0","ISSN":"1234-567X","publisher-place":"Berlin","edition":"2",'
        '"collection-title":"LNCS","language":"en","custom":{"kind":"chapter"}}\n]\n'
    ),
}
CHAPTERS["biblatex"] = CHAPTERS["bibtex"].replace("year", "date").replace("address", "location")
THESES = {
    "bibtex": "@mastersthesis{a,\n  title = {T},\n  year = {2001},\n  school = {MIT}\n}\n",
    "biblatex": "@thesis{a,\n  title = {T},\n  date = {2001},\n  institution = {MIT},\n  type = {mathesis}\n}\n",
    "ris": "TY  - THES\r\nID  - a\r\nTI  - T\r\nPY  - 2001\r\nDA  - 2001///\r\nPB  - MIT\r\nM3  - Master's thesis\r\n"
    "ER  - \r\n",
    "csl-json": '[\n{"id":"a","type":"thesis","title":"T","issued":{"date-parts":[[2001]]},"publisher":"MIT",'
    '"genre":"Master\'s thesis","custom":{"kind":"thesis"}}\n]\n',
}
REPORTS = {
    "bibtex": "@techreport{a,\n  title = {T},\n  year = {2001},\n  number = {7},\n  institution = {MIT}\n}\n",
    "biblatex": "@report{a,\n  title = {T},\n  date = {2001},\n  number = {7},\n  institution = {MIT}\n}\n",
    "csl-json": '[\n{"id":"a","type":"report","title":"T","issued":{"date-parts":[[2001]]},"publisher":"MIT",'
    '"number":"7","custom":{"kind":"report"}}\n]\n',
}
SUBTITLES = {
    "biblatex": "@online{a,\n  title = {Who?},\n  subtitle = {A {DNA} Tale},\n  date = {2001}\n}\n",
    "bibtex": "@misc{a,\n  title = {Who? A {DNA} Tale},\n  year = {2001}\n}\n",
    "csl-json": '[\n{"id":"a","type":"article","genre":"preprint","title":"Who? A DNA Tale",'
    '"issued":{"date-parts":[[2001]]}}\n]\n',
}


def turned(text: str, source: str, form: str) -> str:
    """A file of one format as one of another."""
    rows = [paper.model_dump(mode="json") for paper in read(text, form=source).papers]
    out, answer = io.StringIO(newline=""), Answer(PAPER_FIELDS, (), rows)
    write(form, answer, shown(form, answer), out, Look())
    return out.getvalue()


def parts(text: str) -> list[str]:
    """What a file says, in any order, names of fields without capitals."""
    lines = text.split('","' if text[0] == "[" else "\n")
    return sorted(line.rstrip(",\r").casefold() for line in lines)


@pytest.mark.parametrize(("source", "form"), list(product(CHAPTERS, CHAPTERS)))
def test_a_chapter(source: str, form: str) -> None:
    found = turned(CHAPTERS[source], source, form)
    if form == "csl-json":
        assert json.loads(found) == json.loads(CHAPTERS[form])
    else:
        assert parts(found) == parts(CHAPTERS[form])
    if source == form:
        assert found == CHAPTERS[form]


@pytest.mark.parametrize("files", [THESES, REPORTS], ids=["thesis", "report"])
def test_theses_and_reports(files: dict[str, str]) -> None:
    for source, form in product(files, files):
        assert turned(files[source], source, form) == files[form]


@pytest.mark.parametrize("form", SUBTITLES)
def test_a_subtitle_is_the_end_of_the_title(form: str) -> None:
    assert turned(SUBTITLES["biblatex"], "biblatex", form) == SUBTITLES[form]


def test_a_colon_stands_before_a_subtitle() -> None:
    [paper] = read("@book{a, title={Title}, subtitle={Subtitle}, date={2001}}\n").papers
    assert paper.title == "Title: Subtitle"
    found = turned("@book{a, title={Title}, subtitle={Subtitle}, date={2001}}\n", "biblatex", "biblatex")
    assert "  title = {Title},\n  subtitle = {Subtitle},\n" in found


@pytest.mark.parametrize(
    ("kind", "said", "type_"),
    [
        ("phdthesis", "", "phdthesis"),
        ("thesis", "type = {phdthesis}", "phdthesis"),
        ("thesis", "type = {MSc Thesis}", "mastersthesis"),
        ("phdthesis", "type = {PhD Thesis}", "phdthesis"),
        ("thesis", "", "phdthesis"),
    ],
)
def test_the_entry_type_of_a_thesis(kind: str, said: str, type_: str) -> None:
    text = f"@{kind}{{a, title = {{T}}, year = {{2001}}, school = {{MIT}}, {said}}}\n"
    assert turned(text, "bibtex", "bibtex").startswith(f"@{type_}{{")


@pytest.mark.parametrize("type_", ["Diplomarbeit", "Magisterarbeit", "Tesi di laurea", "Mémoire de maîtrise"])
@pytest.mark.parametrize("form", ["biblatex", "ris", "csl-json"])
def test_a_masters_thesis_by_another_name_stays_one(type_: str, form: str) -> None:
    text = f"@mastersthesis{{a,\n  title = {{T}},\n  year = {{2001}},\n  school = {{ETH}},\n  type = {{{type_}}}\n}}\n"
    assert turned(turned(text, "bibtex", form), form, "bibtex") == text


def test_a_masters_thesis_of_zotero() -> None:
    text = "Item Type,Title,Type\nthesis,T,Master's thesis\n"
    assert turned(text, "csv", "bibtex").startswith("@mastersthesis{")
    assert "type = {mathesis}" in turned(text, "csv", "biblatex")


@pytest.mark.parametrize(
    ("kind", "type_", "printed"),
    [
        ("report", "techreport", "technical report"),
        ("report", "resreport", "research report"),
        ("thesis", "bathesis", "Bachelor's thesis"),
        ("thesis", "a type of its own", "a type of its own"),
    ],
)
def test_the_type_that_a_key_of_biblatex_stands_for(kind: str, type_: str, printed: str) -> None:
    text = f"@{kind}{{a,\n  title = {{T}},\n  date = {{2001}},\n  institution = {{MIT}},\n  type = {{{type_}}}\n}}\n"
    assert turned(text, "biblatex", "biblatex") == text
    assert f"type = {{{printed}}}" in turned(text, "biblatex", "bibtex")
    assert f"M3  - {printed}" in turned(text, "biblatex", "ris")
    assert f'"genre":"{printed}"' in turned(text, "biblatex", "csl-json")


def test_a_cut_list_of_editors_stays_cut_and_an_author_called_others_is_one() -> None:
    text = "@book{a,\n  title = {T},\n  author = {Doe, Jo and {others}},\n  editor = {Noether, Emmy and others}\n}\n"
    assert turned(text, "bibtex", "bibtex") == text
    assert '"editor":[{"family":"Noether","given":"Emmy"},{"literal":"others"}]' in turned(text, "bibtex", "csl-json")


@pytest.mark.parametrize(
    "number", ["0028-0836, 1476-4687", "1476-4687 (Electronic) 0028-0836 (Linking)", "0028-0836; 1476-4687", "00280836"]
)
def test_several_issns_are_no_isbn(number: str) -> None:
    text = f"TY  - JOUR\nTI  - T\nSN  - {number}\nER  - \n"
    assert f"issn = {{{number}}}" in turned(text, "ris", "bibtex")
    again = turned(turned(text, "ris", "csl-json"), "csl-json", "ris")
    assert f'"ISSN":"{number}"' in turned(again, "ris", "csl-json")


@pytest.mark.parametrize(
    ("number", "field"),
    [
        ("WP-12", "number = {WP-12}"),
        ("978-3-16-148410-0", "isbn = {978-3-16-148410-0}"),
        ("3161484100 (pbk)", "isbn = {3161484100 (pbk)}"),
        ("1234-567X", "issn = {1234-567X}"),
    ],
)
def test_a_report_may_have_its_number_where_others_have_an_issn(number: str, field: str) -> None:
    assert field in turned(f"TY  - RPRT\nTI  - T\nSN  - {number}\nER  - \n", "ris", "bibtex")


@pytest.mark.parametrize("date", ["2001-03-04/2002-05", "2001~", "2001-23"])
def test_a_date_of_biblatex_is_written_as_it_was(date: str) -> None:
    text = f"@book{{a,\n  title = {{T}},\n  date = {{{date}}}\n}}\n"
    assert turned(text, "biblatex", "biblatex") == text
    assert f"N1  - date: {date}" in turned(text, "biblatex", "ris")


GROUPS = (
    "@book{a,\n  title = {T},\n  year = {2001},\n"
    "  editor = {Roe, Jane and {Springer Nature} and {Garc{\\'i}a M{\\'a}rquez}, Gabriel},\n"
    "  translator = {{Institute Z} and {Team of A and B}}\n}\n"
)


def test_groups_and_surnames_of_several_words_stay_so_among_editors() -> None:
    for form in "bibtex", "csl-json", "json":
        found = turned(turned(GROUPS, "bibtex", form), form, "bibtex")
        assert "editor = {Roe, Jane and {Springer Nature} and García Márquez, Gabriel}" in found
        assert "translator = {{Institute Z} and {Team of A and B}}" in found
    assert '{"literal":"Springer Nature"}' in turned(GROUPS, "bibtex", "csl-json")


@pytest.mark.parametrize("form", CHAPTERS)
@pytest.mark.parametrize("value", [";", " and ", "{", "[{}]", "\x00", "others", "1234-5678; x"])
def test_any_value_is_written_and_read_again(form: str, value: str) -> None:
    extra = dict.fromkeys(("editor", "ED", "SN", "type", "entrytype", "capitals", "address", "place"), value)
    one = {"key": "a", "title": "T", "authors": [], "extra": extra}
    text = turned(f"{json.dumps([one | {'kind': kind} for kind in ('book', 'thesis')])}\n", "json", form)
    assert [paper.title for paper in read(text, form=form).papers] == ["T", "T"]


def test_what_web_of_science_calls_by_two_letters_is_no_tag_of_ris() -> None:
    text = "PT J\nAU Lovelace, A\nTI T\nPY 1999\nCY JUN 10-15, 1999\nER\n\nEF\n"
    assert "address" not in turned(text, "wos", "bibtex")


def test_editors_of_a_table() -> None:
    out = io.StringIO()
    csv.writer(out).writerows(
        [["Title", "Item Type", "Editor", "Place"], ["T", "book", "Noether, Emmy; Berg, Ada", "X"]]
    )
    found = turned(out.getvalue(), "csv", "bibtex")
    assert "editor = {Noether, Emmy and Berg, Ada}" in found
    assert "address = {X}" in found


SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "csl-data.json").read_text(encoding="utf-8"))
TYPES = {
    "csl-json": SCHEMA["items"]["properties"]["type"]["enum"],
    "ris": (
        "ABST ADVS AGGR ANCIENT ART BILL BLOG BOOK CASE CHAP CHART CLSWK COMP CONF CPAPER CTLG DATA DBASE DICT EBOOK "
        "ECHAP EDBOOK EJOUR ELEC ENCYC EQUA FIGURE GEN GOVDOC GRANT HEAR ICOMM INPR JFULL JOUR LEGAL MANSCPT MAP MGZN "
        "MPCT MULTI MUSIC NEWS PAMP PAT PCOMM RPRT SER SLIDE SOUND STAND STAT THES UNBILL UNPB UNPD VIDEO WEB"
    ).split(),
    "biblatex": (
        "article artwork audio book bookinbook booklet collection dataset image inbook incollection "
        "inproceedings inreference jurisdiction legal legislation letter manual movie music mvbook mvcollection "
        "mvproceedings mvreference online patent performance periodical proceedings reference report review set "
        "software standard suppbook suppcollection suppperiodical thesis unpublished video"
    ).split(),
}
"""All types that the schema of CSL 1.0.2, the specification of RIS with EndNote, and the manual of biblatex have."""


def of_type(form: str, type_: str) -> str:
    """A small file of one format with one record."""
    if form == "csl-json":
        one = {"id": "a", "type": type_, "title": "T", "container-title": "C", "URL": "https://x.org"}
        return f"{json.dumps([one])}\n"
    if form == "ris":
        return f"TY  - {type_}\nTI  - T\nT2  - C\nUR  - https://x.org\nER  - \n"
    type_, _, subtype = type_.partition("/")
    return (
        f"@{type_}{{a,\n  title = {{T}},\n  entrysubtype = {{{subtype}}},\n  booktitle = {{C}},\n"
        "  journal = {C},\n  url = {https://x.org}}\n"
    )


def type_in(form: str, text: str) -> str:
    """The type of the one record in a file."""
    if form == "csl-json":
        [one] = json.loads(text)
        return str(one["type"])
    if form == "ris":
        return text.partition("\n")[0].removeprefix("TY  - ").strip()
    subtype = text.partition("entrysubtype = {")[2].partition("}")[0]
    return "/".join(filter(None, (text.partition("{")[0].removeprefix("@"), subtype)))


@pytest.mark.parametrize("through", ["", "json", "csv"])
@pytest.mark.parametrize(("form", "type_"), [(form, type_) for form, types in TYPES.items() for type_ in types])
def test_a_type_is_written_as_it_was_read(form: str, type_: str, through: str) -> None:
    text, source = of_type(form, type_), form
    if through:
        text, source = turned(text, form, through), through
    assert type_in(form, turned(text, source, form)) == type_


@pytest.mark.parametrize("through", ["bibtex", "biblatex"])
@pytest.mark.parametrize("type_", TYPES["csl-json"])
def test_a_type_of_csl_comes_back_from_bibtex(type_: str, through: str) -> None:
    text = turned(of_type("csl-json", type_), "csl-json", through)
    unnamed = ("document", "dataset", "software") if through == "bibtex" else ("document",)
    expected = "article" if type_ in unnamed else type_  # what is @misc may be a preprint
    assert type_in("csl-json", turned(text, through, "csl-json")) == expected


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
def test_types_that_mean_the_same(types: tuple[str, ...]) -> None:
    named = {form: type_ for form, type_ in zip(TYPES, types, strict=True) if type_}
    for source, form in product(named, named):
        found = turned(of_type(source, named[source]), source, form)
        assert type_in(form, found) == named[form]
        assert named[source] not in found.replace(f'"type":"{named[form]}"', "").replace(f"@{named[form]}", "") or (
            source == form
        )


@pytest.mark.parametrize(
    ("source", "type_", "printed"), [("ris", "VIDEO", "motion_picture"), ("biblatex", "video", "motion_picture")]
)
def test_a_type_that_is_more_exact_stays_beside_the_other(source: str, type_: str, printed: str) -> None:
    text = turned(of_type(source, type_), source, "csl-json")
    assert type_in("csl-json", text) == printed
    assert type_in(source, turned(text, "csl-json", source)) == type_


@pytest.mark.parametrize(("source", "type_"), [("csl-json", "patent"), ("ris", "PAT"), ("biblatex", "patent")])
def test_a_type_does_not_outlive_the_kind_of_its_paper(source: str, type_: str) -> None:
    [paper] = json.loads(turned(of_type(source, type_), source, "json"))
    changed = f"{json.dumps([paper | {'kind': 'book'}])}\n"
    found = {form: type_in(form, turned(changed, "json", form)) for form in TYPES}
    assert found == {"csl-json": "book", "ris": "BOOK", "biblatex": "book"}


@pytest.mark.parametrize("through", ["csl-json", "bibtex", "biblatex", "ris", "json", "csv"])
def test_particles_of_csl_drop_or_do_not_as_they_did(through: str) -> None:
    people = [
        {"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van"},
        {"family": "Vaart", "given": "Aad", "non-dropping-particle": "van der"},
    ]
    text = f"{json.dumps([{'id': 'a', 'type': 'book', 'title': 'T', 'author': people, 'editor': people}])}\n"
    [item] = json.loads(turned(turned(text, "csl-json", through), through, "csl-json"))
    assert (item["author"], item["editor"]) == (people, people)
