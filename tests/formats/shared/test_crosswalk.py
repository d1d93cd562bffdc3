"""Fields that exist in several formats are translated between any two of them."""

import csv
import io
import json
from itertools import product

import pytest

from conversion import convert
from pubcli.reader import read

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
    "csl-json": '[\n{"id":"a","type":"document","title":"Who? A DNA Tale","issued":{"date-parts":[[2001]]}}\n]\n',
}


def parts(text: str) -> list[str]:
    """Return the lines of a file, sorted, without capitals."""
    lines = text.split('","' if text[0] == "[" else "\n")
    return sorted(line.rstrip(",\r").casefold() for line in lines)


@pytest.mark.parametrize(("source", "form"), list(product(CHAPTERS, CHAPTERS)))
def test_the_fields_of_a_chapter_are_translated(source: str, form: str) -> None:
    converted = convert(CHAPTERS[source], source, form)
    if form == "csl-json":
        assert json.loads(converted) == json.loads(CHAPTERS[form])
    else:
        assert parts(converted) == parts(CHAPTERS[form])
    if source == form:
        assert converted == CHAPTERS[form]


@pytest.mark.parametrize("files", [THESES, REPORTS], ids=["thesis", "report"])
def test_theses_and_reports_are_translated(files: dict[str, str]) -> None:
    for source, form in product(files, files):
        assert convert(files[source], source, form) == files[form]


@pytest.mark.parametrize("form", SUBTITLES)
def test_a_subtitle_is_added_to_the_title_if_the_format_has_no_field_for_it(form: str) -> None:
    assert convert(SUBTITLES["biblatex"], "biblatex", form) == SUBTITLES[form]


def test_a_title_and_its_subtitle_are_joined_with_a_colon() -> None:
    [paper] = read("@book{a, title={Title}, subtitle={Subtitle}, date={2001}}\n").papers
    assert paper.title == "Title: Subtitle"
    converted = convert("@book{a, title={Title}, subtitle={Subtitle}, date={2001}}\n", "biblatex", "biblatex")
    assert "  title = {Title},\n  subtitle = {Subtitle},\n" in converted


@pytest.mark.parametrize("form", ["bibtex", "biblatex", "ris", "csl-json"])
def test_the_series_of_a_book_survives_a_round_trip(form: str) -> None:
    text = '[{"id":"a","type":"book","title":"T","collection-title":"LNCS"}]\n'
    converted = convert(convert(text, "csl-json", form), form, "csl-json")
    assert '"collection-title":"LNCS"' in converted
    assert "container-title" not in converted


def test_pubmed_identifiers_and_page_counts_are_translated() -> None:
    text = "@book{a,\n  title = {T},\n  pmid = {7},\n  pmcid = {PMC8},\n  pagetotal = {9}\n}\n"
    converted = convert(text, "bibtex", "csl-json")
    assert '"PMID":"7","PMCID":"PMC8","number-of-pages":"9"' in converted
    assert convert(converted, "csl-json", "bibtex") == text
    assert "N1  - pmid: 7\r\n" in convert(text, "bibtex", "ris")


def test_the_access_date_of_an_address_is_translated() -> None:
    text = "@misc{a,\n  title = {T},\n  urldate = {2012-07-27}\n}\n"
    ris, csl = convert(text, "bibtex", "ris"), convert(text, "bibtex", "csl-json")
    assert "Y2  - 2012/07/27/\r\n" in ris
    assert '"accessed":{"date-parts":[[2012,7,27]]}' in csl
    assert "urldate = {2012-07-27}" in convert(ris, "ris", "bibtex")
    assert convert(csl, "csl-json", "bibtex") == text
    assert '"accessed":{"literal":"never"}' in convert(text.replace("2012-07-27", "never"), "bibtex", "csl-json")
    assert convert(convert(ris, "ris", "csl-json"), "csl-json", "ris") == ris


def test_a_truncated_list_of_editors_and_an_author_called_others_stay_distinct() -> None:
    text = "@book{a,\n  title = {T},\n  author = {Doe, Jo and {others}},\n  editor = {Noether, Emmy and others}\n}\n"
    assert convert(text, "bibtex", "bibtex") == text
    assert '"editor":[{"family":"Noether","given":"Emmy"},{"literal":"others"}]' in convert(text, "bibtex", "csl-json")


@pytest.mark.parametrize(
    "number", ["0028-0836, 1476-4687", "1476-4687 (Electronic) 0028-0836 (Linking)", "0028-0836; 1476-4687", "00280836"]
)
def test_several_issns_are_not_taken_for_an_isbn(number: str) -> None:
    text = f"TY  - JOUR\nTI  - T\nSN  - {number}\nER  - \n"
    assert f"issn = {{{number}}}" in convert(text, "ris", "bibtex")
    ris = convert(convert(text, "ris", "csl-json"), "csl-json", "ris")
    assert f'"ISSN":"{number}"' in convert(ris, "ris", "csl-json")


@pytest.mark.parametrize(
    ("number", "field"),
    [
        ("WP-12", "number = {WP-12}"),
        ("978-3-16-148410-0", "isbn = {978-3-16-148410-0}"),
        ("3161484100 (pbk)", "isbn = {3161484100 (pbk)}"),
        ("1234-567X", "issn = {1234-567X}"),
    ],
)
def test_the_sn_tag_of_a_report_may_contain_its_number(number: str, field: str) -> None:
    assert field in convert(f"TY  - RPRT\nTI  - T\nSN  - {number}\nER  - \n", "ris", "bibtex")


@pytest.mark.parametrize(
    ("date", "date_in_ris"),
    [
        ("2001-03-04/2002-05", "2001/03/04/2001-03-04 - 2002-05"),
        ("2001~", "2001///circa"),
        ("2001-23", "2001///Autumn"),
        ("2001/", "2001///2001 - .."),
    ],
)
def test_a_date_range_of_biblatex_is_written_unchanged(date: str, date_in_ris: str) -> None:
    text = f"@book{{a,\n  title = {{T}},\n  date = {{{date}}}\n}}\n"
    assert convert(text, "biblatex", "biblatex") == text
    assert f"PY  - 2001\r\nDA  - {date_in_ris}\r\n" in convert(text, "biblatex", "ris")


GROUPS = (
    "@book{a,\n  title = {T},\n  author = {{Ministry of Food, Agriculture and Fisheries} and {Bell Labs}},\n"
    "  year = {2001},\n"
    "  editor = {Roe, Jane and {Springer Nature} and García Márquez, Gabriel and"
    " {University of California, Berkeley}},\n"
    "  translator = {{Team of A and B}}\n}\n"
)


@pytest.mark.parametrize("form", [*CHAPTERS, "json", "csv", "tsv"])
def test_groups_and_multiword_surnames_survive_a_round_trip(form: str) -> None:
    assert convert(convert(GROUPS, "bibtex", form), form, "bibtex") == GROUPS


def test_groups_in_ris_are_marked_with_commas_as_in_endnote() -> None:
    ris = convert(GROUPS, "bibtex", "ris")
    assert "AU  - Ministry of Food, Agriculture and Fisheries\r\nAU  - Bell Labs,\r\n" in ris
    assert "A2  - Springer Nature,\r\nA2  - García Márquez, Gabriel\r\nA2  - University of California,, Berkeley" in ris
    assert '{"literal":"Springer Nature"}' in convert(GROUPS, "bibtex", "csl-json")


@pytest.mark.parametrize("form", CHAPTERS)
@pytest.mark.parametrize("value", [";", " and ", "{", "[{}]", "\x00", "others", "1234-5678; x"])
def test_any_value_in_extra_is_written_without_losing_records(form: str, value: str) -> None:
    extra = dict.fromkeys(("editor", "ED", "SN", "type", "entrytype", "capitals", "address", "place"), value)
    paper = {"key": "a", "title": "T", "authors": [], "extra": extra}
    text = convert(f"{json.dumps([paper | {'kind': kind} for kind in ('book', 'thesis')])}\n", "json", form)
    assert [paper.title for paper in read(text, form=form).papers] == ["T", "T"]


def test_tags_of_web_of_science_are_not_taken_for_tags_of_ris() -> None:
    text = "PT J\nAU Lovelace, A\nTI T\nPY 1999\nCY JUN 10-15, 1999\nER\n\nEF\n"
    assert "address" not in convert(text, "wos", "bibtex")


def test_editors_in_a_table_are_translated() -> None:
    out = io.StringIO()
    csv.writer(out).writerows(
        [["Title", "Item Type", "Editor", "Place"], ["T", "book", "Noether, Emmy; Berg, Ada", "X"]]
    )
    converted = convert(out.getvalue(), "csv", "bibtex")
    assert "editor = {Noether, Emmy and Berg, Ada}" in converted
    assert "address = {X}" in converted


@pytest.mark.parametrize("form", ["ris", "csl-json", "biblatex"])
def test_a_note_stays_a_note_in_every_format(form: str) -> None:
    text = "@book{a,\n  title = {T},\n  year = {2001},\n  note = {Best {B}ook}\n}\n"
    converted = convert(text, "bibtex", form)
    assert "note: " not in converted
    assert convert(converted, form, "bibtex") == text.replace("{B}", "B")


def test_note_and_annotation_of_biblatex_stay_separate() -> None:
    text = "@book{a,\n  title = {T},\n  note = {Printed},\n  annotation = {Not printed; cast: Ada}\n}\n"
    assert convert(text, "biblatex", "biblatex") == text
    cut = "@book{a,\n  title = {T},\n  author = {Doe, Jo and others},\n  note = {Printed}\n}\n"
    assert convert(cut, "biblatex", "biblatex") == cut


TABLES = {
    "Zotero": (
        "Item Type,Title,Author,Date,Publication Title,Publisher,Editor,Translator,ISBN,ISSN,Place,Edition,Series,"
        "Language,Journal Abbreviation,Short Title\n"
        'bookSection,T,"Lovelace, Ada",2001,B,P,"Noether, Emmy; Institute Z","Berg, Ada",978-3-16-148410-0,1234-567X,'
        "Berlin,2,LNCS,en,J. B.,S\n",
        'translator = {Berg, Ada}|address = {Berlin}|edition = {2}|shorttitle = {S}',
    ),
    "Scopus": (
        "Authors,Title,Year,Source title,Editors,Publisher,ISSN,ISBN,Language of Original Document,"
        "Abbreviated Source Title,Document Type\n"
        "Lovelace A.,T,2001,B,Noether E.,P,1234567X,978-3-16-148410-0,English,J. B.,Conference Paper\n",
        "",
    ),
    "tags of Web of Science": (
        "PT,AU,BE,TI,SO,SE,LA,DT,CY,PU,PI,SN,EI,BN,JI,PY\n"
        'C,"Lovelace, A","Noether, E",T,B,LNCS,English,Proceedings Paper,JUL 2001,P,Berlin,1234-567X,2345-6789,'
        "978-3-16-148410-0,J. B.,2001\n",
        "address = {Berlin}|series = {LNCS}|issn = {1234-567X; 2345-6789}",
    ),
    "names of Web of Science": (
        "Authors,Book Editors,Article Title,Source Title,Book Series Title,Language,Document Type,Publisher,"
        "Publisher City,ISSN,eISSN,ISBN,Journal Abbreviation,Publication Year\n"
        '"Lovelace, A","Noether, E",T,B,LNCS,English,Proceedings Paper,P,Berlin,1234-567X,2345-6789,'
        "978-3-16-148410-0,J. B.,2001\n",
        "address = {Berlin}|series = {LNCS}|issn = {1234-567X; 2345-6789}",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("table", "further_fields"), TABLES.values(), ids=TABLES)
def test_columns_of_other_programs_are_translated(table: str, further_fields: str) -> None:
    converted = convert(table, "csv", "bibtex")
    fields = ["editor = {Noether, E", "isbn = {978-3-16-148410-0}", "issn = {1234", "language = {E", "publisher = {P}",
              "shortjournal = {J. B.}", *filter(None, further_fields.split("|"))]  # fmt: skip
    assert [field for field in fields if field.casefold() not in converted.casefold()] == []
    reconverted = convert(convert(table, "csv", "ris"), "ris", "bibtex")
    assert [field for field in fields if field.casefold() not in reconverted.casefold()] == []


def test_ambiguous_tags_of_web_of_science_become_notes_in_ris() -> None:
    converted = convert(TABLES["tags of Web of Science"][0], "csv", "ris")
    assert "CY  - Berlin\r\n" in converted
    assert "N1  - publication type: C\r\nN1  - conference date: JUL 2001\r\n" in converted
    assert "PT  - " not in converted


def test_the_version_in_an_arxiv_identifier_is_kept() -> None:
    text = "@misc{a,\n  title = {T},\n  eprint = {1008.2849v1},\n  archivePrefix = {arXiv}\n}\n"
    assert convert(text, "bibtex", "bibtex") == text
    assert "eprint = {1008.2849v1}" in convert(text, "bibtex", "biblatex")
    assert "N1  - eprint: 1008.2849v1\r\n" in convert(text, "bibtex", "ris")


def test_a_year_is_written_with_four_digits() -> None:
    text = "@book{a,\n  title = {T},\n  year = {0005}\n}\n"
    converted = convert('[{"id":"a","type":"book","title":"T","issued":{"date-parts":[[5]]}}]\n', "csl-json", "bibtex")
    assert converted == text


def test_a_ris_record_with_a_pt_tag_is_not_taken_for_web_of_science() -> None:
    assert "address = {Paris}" in convert("TY  - BOOK\nTI  - T\nPT  - x\nCY  - Paris\nER  - \n", "ris", "bibtex")


def test_names_with_separators_survive_a_round_trip() -> None:
    text = (
        "@book{a,\n  title = {T},\n  author = {{Foo; Bar} and Roe, Jane},\n"
        "  editor = {{Foo; Bar} and {A and B} and Roe, Jane}\n}\n"
    )
    for form in ("bibtex", "biblatex", "csl-json", "csv"):
        assert convert(convert(text, "bibtex", form), form, "bibtex") == text
    item = '[{"id":"a","type":"book","title":"T","author":[{"family":"King","given":"Martin","suffix":"PhD"}]}]\n'
    assert json.loads(convert(item, "csl-json", "csl-json"))[0]["author"] == json.loads(item)[0]["author"]
