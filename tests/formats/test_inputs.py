"""Read files of services and programs, and broken files, of which only the broken records may be lost.

`UPDATE_GOLDEN=1 pytest tests/formats/test_inputs.py` rewrites the golden files.
"""

import io
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pubcli.answer.answer import Answer
from pubcli.biblio.names import parts
from pubcli.errors import InputError
from pubcli.formats import READABLE, WRITABLE, RenderOptions, write
from pubcli.formats.detect import recognised
from pubcli.model import Document
from pubcli.reader import read
from pubcli.sites import SITES
from pubcli.store.ask import PAPER_FIELDS
from repository import GOLDEN, INPUTS
from strategies import paper_row

GOLDEN_INPUTS = GOLDEN / "inputs"
FORMATS = {
    "zotero.bib": "bibtex",
    "google-scholar.bib": "bibtex",
    "biber.bib": "bibtex",
    "broken.bib": "bibtex",
    "zotero.ris": "ris",
    "endnote.ris": "ris",
    "broken.ris": "ris",
    "zotero.csl.json": "csl-json",
    "broken.json": "csl-json",
    "zotero.csv": "csv",
    "broken.csv": "csv",
    "openalex-works.csv": "csv",
    "openalex-works.json": "openalex",
    "arxiv-api.atom": "arxiv",
    "arxiv-snapshot.jsonl": "arxiv-jsonl",
    "dblp-person.xml": "dblp",
    "dblp-search.xml": "dblp",
    "broken-dblp.xml": "dblp",
    "web-of-science.txt": "wos",
    "web-of-knowledge.txt": "wos",
    "web-of-science.tsv": "tsv",
    "pubmed.nbib": "medline",
}


def details(document: Document) -> list[dict[str, Any]]:
    """Return the fields of each paper that have a value, and the problems."""
    rows: list[dict[str, Any]] = []
    for page in document.pages:
        rows += [
            {
                field: value
                for field, value in {**paper.model_dump(mode="json"), "last_line": paper.last_line}.items()
                if value not in (None, [], {}, False) and field not in ("source", "position")
            }
            for paper in page.papers
        ]
        rows += [problem.model_dump(exclude={"source"}) for problem in page.problems]
    return rows


@pytest.mark.parametrize("name", FORMATS)
def test_each_input_file_is_read_as_its_golden_file_states(name: str) -> None:
    rows = details(read((INPUTS / name).read_bytes(), date(2026, 1, 1)))
    text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    golden = GOLDEN_INPUTS / f"{name}.jsonl"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert rows == [json.loads(line) for line in golden.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("name", "form"), FORMATS.items())
def test_a_file_is_recognised_by_its_content(name: str, form: str) -> None:
    assert recognised((INPUTS / name).read_bytes(), "unnamed") == form


def test_every_input_file_has_a_test() -> None:
    assert {path.name for path in INPUTS.iterdir()} == {*FORMATS, "german.csv"}


def test_every_format_that_is_only_read_has_an_input_file() -> None:
    only_read = READABLE.keys() - WRITABLE.keys() - {"page"} - SITES.keys()  # fixtures/ and fixtures/sites have pages
    assert only_read - set(FORMATS.values()) == set()


CHILD = "@inproceedings{{c, crossref = {{DBLP:X}}, title = {{A Paper}}, author = {{Ada Lovelace}}{more}}}\n"
PARENT = (
    '@string{jan = "January"}\n@proceedings{dblp:x, title = {Proceedings of {X}}, year = 2020, month = jan # "~1",'
    " publisher = {ACM}, series = {LNCS}, volume = {12}, editor = {Emmy Noether}, doi = {10.1000/x}, abstract = {All},"
    " url = {https://example.org/x}}\n"
)


@pytest.mark.parametrize("text", [CHILD.format(more="") + PARENT, PARENT + CHILD.format(more="")])
def test_an_entry_inherits_missing_fields_from_its_crossref(text: str) -> None:
    papers = {paper.key: paper for paper in read(text).papers}
    child, parent = papers["c"], papers["dblp:x"]
    assert (child.title, child.venue, child.publisher, child.volume) == ("A Paper", "Proceedings of X", "ACM", "12")
    assert (child.date, child.authors) == (date(2020, 1, 1), ("Ada Lovelace",))
    assert child.extra == {"series": "LNCS", "editor": "Emmy Noether"}
    assert (child.doi, child.url, child.abstract) == (None, None, None)
    assert (parent.title, parent.doi, parent.kind) == ("Proceedings of X", "10.1000/x", "book")


def test_an_entry_keeps_its_own_fields_despite_a_crossref() -> None:
    fields = ", year = {2019}, booktitle = {X'19}, publisher = {IEEE}"
    child = next(paper for paper in read(CHILD.format(more=fields) + PARENT).papers if paper.key == "c")
    assert (child.date, child.date_precision) == (date(2019, 1, 1), "year")
    assert (child.venue, child.publisher, child.volume) == ("X'19", "IEEE", "12")
    [paper] = read(CHILD.format(more=fields)).papers
    assert paper.extra == {"crossref": "DBLP:X"}


MISSING = [
    "@article{a,\n title = {One {and} a half}\n author = {Ada Lovelace},\n year = 2001}\n",
    '@article{a,\n title = "One {and} a half"\n author = "Ada Lovelace"\n year = {2001}}\n',
    "@article{a, author = {Ada Lovelace}, year = 2001\n title = {One {and} a half}}\n",
]


@pytest.mark.parametrize("text", MISSING)
def test_a_field_after_a_missing_comma_is_read_and_reported(text: str) -> None:
    document = read(text)
    [paper], [problem] = document.papers, document.problems
    assert (paper.title, paper.authors, paper.date) == ("One and a half", ("Ada Lovelace",), date(2001, 1, 1))
    assert problem.reason.startswith("a comma is missing before ")


@pytest.mark.parametrize(
    "key",
    ["10.1145/3292500.3330701", "9046288", "2020A&A...641A...6P", "DBLP:conf/x/Y", "Smith2000", "döe2010", "a/b+c",
     "associação1988", "李2020", "नमस्ते", "o'neil", "_x", "[x]*", "12", "https://doi.org/10.5281/zenodo.1"],
)  # fmt: skip
def test_keys_of_a_bibtex_file_are_not_changed(key: str) -> None:
    [paper] = read(f"@misc{{{key}, title={{T}}}}\n").papers
    assert (paper.key, paper.extra, paper.key_stated) == (key, {}, True)


@pytest.mark.parametrize("key", ["a b", "a~b", "a\u202eb", "x" * 301])
def test_a_key_that_cannot_be_cited_is_replaced_and_stays_in_extra(key: str) -> None:
    [paper] = read(f"@misc{{{key}, title={{T}}}}\n", form="bibtex").papers
    assert (paper.key, paper.extra, paper.key_stated) == ("anonndt", {"citekey": key}, False)


def test_of_equal_keys_the_first_stays_and_the_others_get_letters_in_the_order_of_the_file() -> None:
    text = "".join(f"@misc{{doe2001, title={{{title}}}}}\n" for title in ("Zebras", "Antelopes", "Bears"))
    papers = read(text).papers
    assert [(paper.title, paper.key) for paper in papers] == [
        ("Zebras", "doe2001"), ("Antelopes", "doe2001a"), ("Bears", "doe2001b")
    ]  # fmt: skip


def test_a_stated_key_has_precedence_over_an_equal_derived_key() -> None:
    papers = [{"title": "Games", "authors": ["Ada Li"], "date": "2001-01-01"}, {"title": "Walks", "key": "li2001games"}]
    assert [paper.key for paper in read(json.dumps(papers).encode()).papers] == ["li2001gamesa", "li2001games"]


@pytest.mark.parametrize("key", ["3", "2020", "http://zotero.org/1", "-x", "a b"])
def test_a_number_or_several_words_are_not_a_key(key: str) -> None:
    [paper] = read(json.dumps([{"id": key, "type": "book", "title": "Title"}], indent=1)).papers
    assert paper.key == "anonndtitle"
    assert paper.extra == {"id": key}


@pytest.mark.parametrize(
    ("date", "extra"),
    [
        ("2001-03-04/2002-05", {"date": "2001-03-04/2002-05"}),
        ("2001/", {"date": "2001/"}),
        ("2001~", {"date": "2001~"}),
        ("2001?", {"date": "2001?"}),
        ("2001-23", {"date": "2001-23"}),
        ("2001-03-04T10:00", {"date": "2001-03-04T10:00"}),
        ("2001-03-04T00:00", {}),
        ("2001/03/04", {}),
        ("4 March 2001", {}),
        ("2001-03", {}),
    ],
)
def test_a_biblatex_date_that_is_not_a_single_day_stays_as_written(date: str, extra: dict[str, str]) -> None:
    [paper] = read(f"@book{{a, title={{T}}, date={{{date}}}}}\n").papers
    assert (paper.date and paper.date.year, paper.extra) == (2001, extra)


@pytest.mark.parametrize(
    ("issued", "is_in_extra"),
    [
        ('{"date-parts":[[1914],[1918]]}', True),
        ('{"date-parts":[[1914]],"season":3}', True),
        ('{"date-parts":[[1914]],"circa":true}', True),
        ('{"date-parts":[[1914]]}', False),
        ('{"raw":"1914"}', False),
    ],
)
def test_a_csl_date_that_is_not_a_single_day_stays_as_written(issued: str, is_in_extra: bool) -> None:
    [paper] = read(f'[{{"type":"book","title":"T","issued":{issued}}}]\n').papers
    assert paper.date is not None
    assert paper.date.year == 1914
    assert (json.loads(paper.extra["issued"]) == json.loads(issued)) if is_in_extra else not paper.extra


@pytest.mark.parametrize(
    ("fields", "year", "extra"),
    [
        ("year={2001--2003}", 2001, {"year": "2001--2003"}),
        ("year={in press}", None, {"year": "in press"}),
        ("year={{2001}}", 2001, {}),
    ],
)
def test_a_range_of_years_stays_as_written(fields: str, year: int | None, extra: dict[str, str]) -> None:
    [paper] = read(f"@misc{{a, title={{T}}, {fields}}}\n").papers
    assert (paper.date and paper.date.year, paper.extra) == (year, extra)


@pytest.mark.parametrize("field", [r"url={\url{http://a.b/~x_y}}", r"url={{\url{http://a.b/~x_y}}}",
                                   r"howpublished={\url{http://a.b/\~x\_y}}"])  # fmt: skip
def test_an_address_is_read_from_its_macro(field: str) -> None:
    [paper] = read(f"@misc{{a, title={{T}}, {field}}}\n").papers
    assert (paper.url, paper.venue) == ("http://a.b/~x_y", None)


@pytest.mark.parametrize(
    ("field", "venue"),
    [
        (r"{\apj}", "The Astrophysical Journal"),
        (r"\mnras", "Monthly Notices of the Royal Astronomical Society"),
        (r"{\prd{} (Rapid)}", "Physical Review D (Rapid)"),
        (r"{Acta \AA bo}", "Acta Åbo"),
    ],
)
def test_journal_macros_of_astronomers_are_expanded(field: str, venue: str) -> None:
    [paper] = read(f"@article{{a, title={{T}}, journal={field}, year={{2001}}}}\n").papers
    assert paper.venue == venue


def test_series_macros_of_astronomers_are_expanded() -> None:
    [paper] = read("@inproceedings{a, title={T}, booktitle={B}, series={\\procspie}}\n").papers
    assert paper.extra["series"] == "Society of Photo-Optical Instrumentation Engineers (SPIE) Conference Series"


@pytest.mark.parametrize(
    "text",
    [
        '[{"id": "a", "type": "chapter", "title": "A <i>B</i> H<sub>2</sub>O", "container-title": "C &amp; D"}]\n',
        '{"id": "https://openalex.org/W1", "title": "A <i>B</i> H<sub>2</sub>O", "authorships": []}\n',
    ],
    ids=["CSL-JSON", "OpenAlex"],
)
def test_tags_and_entities_in_titles_are_converted_to_text(text: str) -> None:
    [paper] = read(text).papers
    assert (paper.title, paper.venue or "C & D") == ("A B H₂O", "C & D")


def test_group_authors_and_lists_of_texts_of_crossref_are_read() -> None:
    item = {
        "type": "article-journal", "title": ["On It"], "container-title": ["Physical Review"], "ISSN": ["1", "2"],
        "subtitle": [], "author": [{"given": "B.", "family": "Abbott"}, {"name": "LIGO Scientific Collaboration"}],
        "issued": {"date-parts": [[-44, 3, 15]]},
    }  # fmt: skip
    [paper] = read(json.dumps([item], indent=1)).papers
    assert (paper.title, paper.venue, paper.date) == ("On It", "Physical Review", None)
    assert [parts(name).family for name in paper.authors] == ["Abbott", "LIGO Scientific Collaboration"]
    assert paper.extra == {"ISSN": "1; 2", "issued": '{"date-parts": [[-44, 3, 15]]}'}


@pytest.mark.parametrize(
    "text", ["{}", '{"name": "x", "version": "1.0"}', '[{"id": "x"}]', '{"message": {"items": []}}']
)
def test_json_without_papers_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "some.json").write_text(text)
    with pytest.raises(InputError, match="no title"):
        read(tmp_path / "some.json")


@pytest.mark.parametrize(
    ("kind", "number", "issue"), [("JOUR", "12A", "12A"), ("JOUR", "Accession 7", None), ("RPRT", "7", None)]
)
def test_the_m1_tag_of_endnote_is_the_issue_of_a_journal_article(kind: str, number: str, issue: str | None) -> None:
    [paper] = read(f"TY  - {kind}\nTI  - A Paper\nM1  - {number}\nER  - \n").papers
    assert paper.issue == issue
    assert paper.extra == ({} if issue else {"M1": number})


def test_keywords_and_the_issn_of_an_openalex_work_are_read() -> None:
    source = {"issn_l": "0033-5533", "issn": None, "display_name": "QJE"}
    work = {"id": "https://openalex.org/W1", "title": "A Paper", "keywords": [{"keyword": "gift"}]}
    [paper] = read(json.dumps([work | {"primary_location": {"source": source}}]).encode(), form="openalex").papers
    assert paper.keywords == ("gift",)
    assert paper.extra["issn"] == "0033-5533"


def test_bibtex_entries_without_a_key_are_read() -> None:
    text = "@article{,\n title={One}, year=2001}\n@article{, title={Two},\n title={Three}}\n@book{\n title = {Four}}\n"
    document = read(text + "@string{x = {y}}\n@book{title={Five}, publisher=x}\n")
    assert [paper.title for paper in document.papers] == ["One", "Two", "Four", "Five"]
    assert document.papers[-1].publisher == "y"
    assert [problem.reason for problem in document.problems] == ["the entry repeats these fields: title"]


@pytest.mark.parametrize("name", ["World Health Organization", "European Commission", "Google Inc."])
def test_names_of_groups_in_ris_are_not_inverted(name: str) -> None:
    [paper] = read(f"TY  - JOUR\nTI  - T\nAU  - {name}\nER  - \n").papers
    assert parts(paper.authors[0]) == ("", "", name, "")


@pytest.mark.parametrize(
    ("tex", "authors"),
    [
        ("Sa, M. CM.; Kascheres, A.", ("M. CM. Sa", "A. Kascheres")),
        ("Ada Lovelace; Emmy Noether;", ("Ada Lovelace", "Emmy Noether")),
        ("Ada Lovelace; PhD", ("Ada Lovelace; PhD",)),
        ("{Food; Drugs} and Emmy Noether", ("Food; Drugs", "Emmy Noether")),
    ],
)
def test_names_in_bibtex_may_be_separated_by_semicolons(tex: str, authors: tuple[str, ...]) -> None:
    [paper] = read(f"@misc{{a, title={{T}}, author={{{tex}}}}}\n").papers
    assert tuple(name.replace("\u00a0", " ") for name in paper.authors) == authors


def test_numbers_after_names_of_dblp_are_removed_in_bibtex() -> None:
    [paper] = read("@misc{a, title={T}, author={Wei Wang 0001 and Kim Doe}}\n").papers
    assert paper.authors == ("Wei Wang", "Kim Doe")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("family=Gogh, given=Vincent, prefix=van, useprefix=true", ("Vincent", "van", "Gogh", "")),
        ("given=Jane, family=Doe", ("Jane", "", "Doe", "")),
        ("given=Gabriel, given-i=G, family={Garc{\\'i}a M{\\'a}rquez}", ("Gabriel", "", "García Márquez", "")),
        ("family=King, given={Martin Luther}, suffix=Jr", ("Martin Luther", "", "King", "Jr")),
        ("family={Doe and Sons, Booksellers}", ("", "", "Doe and Sons, Booksellers", "")),
        ("{a=b Team}", ("", "", "a=b Team", "")),
    ],
)
def test_biblatex_names_in_named_parts_are_read(name: str, expected: tuple[str, ...]) -> None:
    [paper] = read(f"@misc{{a, title={{T}}, author={{{name} and Kim Poe}}}}\n").papers
    assert paper.authors[1:] == ("Kim Poe",)
    assert parts(paper.authors[0]) == expected


@pytest.mark.parametrize(
    "text",
    [
        "@proceedings{a, title={CDC}, editor={Ada Lovelace and Emmy Noether}}\n",
        "<dblp><proceedings key='a'><editor>Ada Lovelace 0001</editor><editor>Emmy Noether</editor><title>CDC.</title>"
        "</proceedings></dblp>\n",
        "<result><hit><info><authors><author>Ada Lovelace 0001</author><author>Emmy Noether</author></authors>"
        "<title>CDC.</title><type>Editorship</type></info></hit></result>\n",
    ],
    ids=["BibTeX", "a record of DBLP", "a hit of DBLP"],
)
def test_editors_are_not_authors(text: str) -> None:
    [paper] = read(text).papers
    assert (paper.title, paper.authors, paper.extra["editor"]) == ("CDC", (), "Ada Lovelace and Emmy Noether")


@pytest.mark.parametrize(
    ("cell", "authors"),
    [
        ("Okafor, C., Nguyen, M.", ("C. Okafor", "M. Nguyen")),
        ("Okafor, C.B., van der Berg, J.-P., Kuznetsov, Yu.", ("C.B. Okafor", "J.-P. van der Berg", "Yu. Kuznetsov")),
        ("Okafor C.; Nguyen M.", ("C. Okafor", "M. Nguyen")),
        ("Okafor C., de la Cruz M.J.", ("C. Okafor", "M.J. de la Cruz")),
        (
            "Sammy Davis, Jr., Dean Martin, and Frank Sinatra",
            ("Sammy Davis, Jr.", "Dean Martin", "Frank Sinatra"),
        ),
        ("Martin Luther King, Jr., John Doe", ("Martin Luther King, Jr.", "John Doe")),
        ("King, Jr., Martin Luther", ("Martin Luther King, Jr.",)),
        ("Roe, J., Jr., & Doe, K.", ("J. Roe, Jr.", "K. Doe")),
        ("Doe, John, Jane Roe, and Mary Major", ("John Doe", "Jane Roe", "Mary Major")),
        ("Doe, John B., Jane Roe, and Mary Major", ("John B. Doe", "Jane Roe", "Mary Major")),
        ("Roe, Jane, Doe, John, and Major, Mary", ("Jane Roe", "John Doe", "Mary Major")),
        ("van der Berg, Aad, Doe, John B., and Major, Mary", ("Aad van der Berg", "John B. Doe", "Mary Major")),
        ("Simon and Schuster, Inc.", ("Simon and Schuster, Inc.",)),
        ("Acme, Inc.", ("Acme, Inc.",)),
        ("Jane Roe and Acme Widgets, Inc.", ("Jane Roe", "Acme Widgets, Inc.")),
        ("Ministry of Food, Agriculture and Fisheries", ("Ministry of Food, Agriculture and Fisheries",)),
        ("Jane Roe, University of X and John Doe", ("Jane Roe", "University of X", "John Doe")),
        ("Roe J, Doe JB", ("J Roe", "JB Doe")),
        ("Roe J; de la Cruz J-P", ("J Roe", "J-P de la Cruz")),
        ("Roe J, Doe JB.", ("J Roe", "JB Doe")),
        ("Doe JB", ("JB Doe",)),
        ("Smith, J, Jones, KL", ("J Smith", "KL Jones")),
        ("Smith, J, Jones, KL, and Major, M", ("J Smith", "KL Jones", "M Major")),
        ("Wei ZHANG, Jun LI", ("Wei ZHANG", "Jun LI")),
        ("John Doe II, Jane Roe", ("John Doe II", "Jane Roe")),
        ("Ada Lovelace, Okafor C", ("Ada Lovelace", "Okafor C")),
        ("Research Group A; Research Group B", ("Research Group A", "Research Group B")),
        ("王 明; 李 芳", ("王 明", "李 芳")),
        ("李明, 王芳", ("李明", "王芳")),
        ("李明,欧阳修", ("李明", "欧阳修")),
        ("李明、王芳", ("李明", "王芳")),
        ("李明，王芳", ("李明", "王芳")),
        ("李明；王芳", ("李明", "王芳")),
        ("李明, 王芳 et al.", ("李明", "王芳")),
        ("김철수, 이영희", ("김철수", "이영희")),
        ("中国科学院, 北京大学", ("中国科学院", "北京大学")),
        ("山田 太郎、佐藤 花子", ("山田 太郎", "佐藤 花子")),
        ("山田, 太郎", ("山田 太郎",)),
        ("王, 小明", ("王 小明",)),
        ("A. B.; C. D.", ("A. B.", "C. D.")),
        ("García Márquez G.", ("G. García Márquez",)),
        ("Okafor, Chidi (57123); Nguyen, Mai (5712)", ("Chidi Okafor", "Mai Nguyen")),
        ("C. Okafor, M. Nguyen", ("C. Okafor", "M. Nguyen")),
        ("Ada Lovelace, Okafor C.", ("Ada Lovelace", "Okafor C.")),
        ("Robert Downey Jr.; Sammy Davis Jr.", ("Robert Downey Jr.", "Sammy Davis Jr.")),
        ("Okafor C., Nguyen M., et al.", ("C. Okafor", "M. Nguyen")),
        ("[No author name available]", ()),
        ("A Lovelace, B Noether and C Turing", ("A Lovelace", "B Noether", "C Turing")),
        ("Ada Lovelace, Emmy Noether, and Alan Turing", ("Ada Lovelace", "Emmy Noether", "Alan Turing")),
        ("Lovelace, Noether and Turing", ("Lovelace", "Noether", "Turing")),
        ("Ada Lovelace, Emmy Noether & Alan Turing", ("Ada Lovelace", "Emmy Noether", "Alan Turing")),
        ("Ada Lovelace & Emmy Noether", ("Ada Lovelace", "Emmy Noether")),
        ("Johnson & Johnson", ("Johnson & Johnson",)),
        ("Ernst & Young Global", ("Ernst & Young Global",)),
        ("Lovelace, A., Noether, E., & Turing, A.", ("A. Lovelace", "E. Noether", "A. Turing")),
        ("Lovelace, Ada and Noether, Emmy", ("Ada Lovelace", "Emmy Noether")),
        ("Lovelace, Ada, and Noether, Emmy", ("Ada Lovelace", "Emmy Noether")),
        ("Lovelace, Ada and Alan Turing", ("Ada Lovelace", "Alan Turing")),
        ("Lovelace, A. and Plato", ("A. Lovelace", "Plato")),
        ("King, Jr., Martin Luther and Ada Lovelace", ("Martin Luther King, Jr.", "Ada Lovelace")),
    ],
)
def test_a_cell_of_author_names_is_split(cell: str, authors: tuple[str, ...]) -> None:
    [paper] = read(f'"Title","Authors"\n"A Paper","{cell}"\n').papers
    assert tuple(name.replace("\u00a0", " ") for name in paper.authors) == authors
    assert paper.authors_complete == ("et al." not in cell)


@pytest.mark.parametrize("cell", ["李明, 王芳等", "李明、王芳、等", "山田太郎、佐藤花子、他"])
def test_truncated_author_lists_in_chinese_and_japanese_are_recognised(cell: str) -> None:
    [paper] = read(f'"Title","Authors","Keywords"\n"A Paper","{cell}","学习；隐私"\n').papers
    assert (len(paper.authors), paper.authors_complete) == (2, False)
    assert paper.keywords == ("学习", "隐私")


def test_full_author_names_are_preferred_to_short_names() -> None:
    header = "Authors,Author full names,Title,Year,Page start,Page end,Document Type"
    rows = [
        '"Okafor C.; Nguyen M.","Okafor, Chidi (57123); Nguyen, Mai (5712)",One,2023,100,117,Article',
        '"Okafor C.; Nguyen M.",,Two,2023,7,,Conference paper',
        '"Okafor C.; Nguyen M.","Okafor, Chidi (57123)",Three,2023,,,Review',
    ]
    first, second, third = read("\n".join([header, *rows])).papers
    assert (first.key, first.authors, first.pages, first.kind) == (
        "okafor2023one", ("Chidi Okafor", "Mai Nguyen"), "100-117", "article",
    )  # fmt: skip
    assert (second.authors, second.pages, second.kind) == (("C. Okafor", "M. Nguyen"), "7", "inproceedings")
    assert (first.extra, second.extra) == ({}, {})
    assert (third.authors, third.extra) == (
        ("C. Okafor", "M. Nguyen"),
        {"Author full names": "Okafor, Chidi (57123)"},
    )


def test_column_tags_of_web_of_science_apply_only_to_its_tables() -> None:
    [paper] = read("Title\tYear\tIS\tDE\nA Paper\t1999\tyes\tno\n").papers
    assert (paper.issue, paper.keywords, paper.extra) == (None, (), {"IS": "yes", "DE": "no"})


def test_blank_cells_after_a_row_are_ignored() -> None:
    document = read("title,year\nA,1999,,\n,,\n")
    assert [paper.title for paper in document.papers] == ["A"]
    assert document.problems == ()


@pytest.mark.parametrize(
    "field",
    ["howpublished={arXiv preprint arXiv:1706.03762}", "note={arXiv:1706.03762 [cs.CL]}", "number={arXiv:1706.03762}",
     "journal={CoRR}, volume={abs/1706.03762}", "arxivid={1706.03762}"],
)  # fmt: skip
def test_an_arxiv_identifier_is_found_in_many_bibtex_fields(field: str) -> None:
    [paper] = read(f"@misc{{a, title={{T}}, {field}}}\n").papers
    assert (paper.arxiv, paper.issue) == ("1706.03762", None)


def test_an_arxiv_number_in_a_note_is_not_another_papers_identifier() -> None:
    [paper] = read("@misc{a, title={T}, note={See 1706.03762, on arXiv}, volume={1706.03762}}\n").papers
    assert (paper.arxiv, paper.volume) == (None, "1706.03762")


@pytest.mark.parametrize("type_", ["phdthesis", "techreport"])
def test_the_publisher_of_a_thesis_or_report_is_read(type_: str) -> None:
    [paper] = read(f"@{type_}{{a, title={{T}}, publisher={{MIT}}}}\n").papers
    assert (paper.publisher, paper.extra.get("publisher")) == ("MIT", None)


_WORK = {
    "title": ["A work"], "author": [{"given": "Jane", "family": "Doe", "sequence": "first"}], "DOI": "10.1000/x",
    "container-title": ["Journal"], "type": "journal-article", "issued": {"date-parts": [[2020, 3]]},
    "is-referenced-by-count": 5, "abstract": "<jats:title>Abs</jats:title><jats:p>tract</jats:p>",
}  # fmt: skip


@pytest.mark.parametrize(
    "container",
    [{"status": "ok", "message-type": "work", "message": _WORK}, {"references": [_WORK]}, {"items": [_WORK]},
     {"status": "ok", "message": {"facets": {}, "items": [_WORK], "query": {"start-index": 0}}}],
    ids=["a work of Crossref", "pandoc", "Zotero", "a search of Crossref"],
)  # fmt: skip
def test_csl_items_inside_another_object_are_read(container: dict[str, Any]) -> None:
    [paper] = read(json.dumps(container) + "\n").papers
    assert (paper.title, paper.authors, paper.venue, paper.doi) == ("A work", ("Jane Doe",), "Journal", "10.1000/x")
    assert (paper.kind, paper.citations, paper.abstract, paper.extra) == ("article", 5, "Abs tract", {})


@pytest.mark.parametrize(
    ("issued", "day", "precision", "extra"),
    [("2019-05", date(2019, 5, 1), "month", {}), (2019, date(2019, 1, 1), "year", {}),
     ("2019-05-01/2019-06-01", date(2019, 5, 1), "day", {"issued": "2019-05-01/2019-06-01"})],
)  # fmt: skip
def test_dates_in_metadata_of_pandoc_are_read(issued: Any, day: date, precision: str, extra: dict[str, str]) -> None:
    item = {"id": "a", "type": "book", "title": "T", "issued": issued}
    [paper] = read(json.dumps([item]) + "\n").papers
    assert (paper.date, paper.date_precision, paper.extra) == (day, precision, extra)


def test_a_column_mapping_assigns_columns_to_fields() -> None:
    document = read(INPUTS / "german.csv", columns={"title": "Titel", "authors": "autoren", "date": "Jahr"})
    assert [(paper.title, paper.authors, paper.extra) for paper in document.papers] == [
        ("Ein Titel", ("Jürgen Müller",), {"Ort": "Köln"}),
        ("Eine Frage", ("Jürgen Müller", "Anna Weiß"), {"Ort": "Bonn"}),
    ]
    assert document.problems == ()


@pytest.mark.parametrize(
    ("columns", "row", "expected"),
    [
        pytest.param(
            "Lens ID,Title,Date Published,Publication Type,Source Title,ISSNs,Author/s,Issue Number,Start Page,"
            "End Page,External URL,Citing Works Count",
            "1-2,T,2019-05-01,journal article,Maths,0012365X,Jane Doe; Kim Poe,5,12,19,https://x.org/a,7",
            {"authors": ("Jane Doe", "Kim Poe"), "date": date(2019, 5, 1), "kind": "article", "venue": "Maths",
             "issue": "5", "pages": "12-19", "url": "https://x.org/a", "citations": 7,
             "extra": {"Lens ID": "1-2", "ISSNs": "0012365X"}},
            id="lens",
        ),
        pytest.param(
            "Cites,Authors,Title,Year,Source,ArticleURL,GSRank,Type,StartPage,EndPage",
            '7,"AW Doe, S Poe",T,2016,Scientometrics,https://x.org/a,1,PDF,787,804',
            {"authors": ("AW Doe", "S Poe"), "venue": "Scientometrics", "pages": "787-804", "url": "https://x.org/a",
             "citations": 7, "extra": {"GSRank": "1", "Type": "PDF"}},
            id="publish or perish",
        ),
        pytest.param(
            "PMID,Title,Authors,Journal/Book,Publication Year", '3,T,"Doe MJ, Poe JE",BMJ,2021',
            {"authors": ("MJ Doe", "JE Poe"), "venue": "BMJ", "extra": {"PMID": "3"}}, id="pubmed",
        ),
        pytest.param(
            "Title,Source title,Publication date,PubYear,Pagination,Publication Type,Authors",
            'T,BMJ,2021-03-29,2021,n71,Proceeding,"Doe, Jane; Poe, Kim"',
            {"date": date(2021, 3, 29), "pages": "n71", "kind": "inproceedings", "extra": {}}, id="dimensions",
        ),
        pytest.param(
            "Document Title,Authors,Publication Title,ISBNs,Article Citation Count,Document Identifier",
            "T,J. Doe,Big Conf,978-1-7281-7445-7,4,IEEE Conferences",
            {"citations": 4, "kind": "inproceedings", "venue": "Big Conf", "extra": {"ISBNs": "978-1-7281-7445-7"}},
            id="ieee",
        ),
        pytest.param(
            "Item Title,Publication Title,Book Series Title,Journal Volume,Journal Issue,Item DOI,Authors,Content Type",
            "T,Maths,,3,4,10.1007/1,Jane Doe,Chapter ConferencePaper",
            {"title": "T", "volume": "3", "issue": "4", "doi": "10.1007/1", "kind": "inproceedings", "extra": {}},
            id="springer",
        ),
        pytest.param(
            "Item type,Authors,Title,Journal,Publication year,Proceedings title",
            'Conference Paper,"Doe J,Poe K",T,,2020,Big Conf', {"venue": "Big Conf"}, id="acm",
        ),
    ],
)  # fmt: skip
def test_columns_of_other_databases_are_read(columns: str, row: str, expected: dict[str, Any]) -> None:
    [paper] = read(f"{columns}\n{row}\n").papers
    assert {field: getattr(paper, field) for field in expected} == expected


@pytest.mark.parametrize(
    ("cell", "authors"),
    [
        ("Araz R. AlievNigar T. Ismayilova", ("Araz R. Aliev", "Nigar T. Ismayilova")),
        ("Prof. Dr. Jan KacprzykYann LeCunA. B. McDonald", ("Jan Kacprzyk", "Yann LeCun", "A. B. McDonald")),
        ("Ana McDonald PeñaÉva Őry", ("Ana McDonald Peña", "Éva Őry")),
        ("", ()),
    ],
)
def test_author_names_of_springer_without_separators_are_split(cell: str, authors: tuple[str, ...]) -> None:
    [paper] = read(f"Item Title,Item DOI,Authors\nT,10.1007/1,{cell}\n").papers
    assert paper.authors == authors


def test_the_source_of_a_record_is_not_its_venue() -> None:
    [paper] = read("Title,Year,Source\nT,2020,Scopus\n").papers
    assert (paper.venue, paper.extra) == (None, {"Source": "Scopus"})


@pytest.mark.parametrize(
    "line",
    ["M3  - 10.1038/Nature1", "L3  - http://dx.doi.org/10.1038/nature1", "N1  - doi: 10.1038/nature1",
     "UR  - https://doi.org/10.1038/nature1"],
)  # fmt: skip
def test_a_doi_in_other_tags_of_ris_is_read(line: str) -> None:
    [paper] = read(f"TY  - JOUR\nTI  - T\n{line}\nER  - \n").papers
    assert (paper.doi, paper.extra) == ("10.1038/nature1", {})


def test_a_labelled_doi_is_preferred() -> None:
    [paper] = read("TY  - JOUR\nTI  - T\nDO  - 10.1000/a\nM3  - 10.1000/b\nN1  - doi:10.1000/c\nER  - \n").papers
    assert (paper.doi, paper.extra) == ("10.1000/a", {"M3": "10.1000/b", "N1": "doi:10.1000/c"})


def test_scopus_fields_in_ris_are_read() -> None:
    lines = "C7  - e71\nN1  - Export Date: 1 January 2023; Cited By: 10\nN1  - Cited By :7"
    [paper] = read(f"TY  - JOUR\nTI  - T\n{lines}\nER  - \n").papers
    assert (paper.pages, paper.citations, paper.extra) == ("e71", 7, {"N1": "Export Date: 1 January 2023"})


@pytest.mark.parametrize(
    ("note", "citations", "rest"),
    [
        ("Cited by: 12; All Open Access", 12, {"note": "All Open Access"}),
        ("Times Cited in Web of Science Core Collection:  5", 5, {}),
        ("Cited by many", None, {"note": "Cited by many"}),
    ],
)
def test_citations_in_a_note_of_a_database_are_read(note: str, citations: int | None, rest: dict[str, str]) -> None:
    [paper] = read(f"@article{{a, title = {{T}}, author = {{A B}}, note = {{{note}}}}}\n").papers
    assert (paper.citations, paper.extra) == (citations, rest)


def test_the_full_name_of_a_journal_is_the_venue() -> None:
    [paper] = read("TY  - JOUR\nTI  - T\nJO  - J. Thg.\nJF  - Journal of Things\nER  - \n").papers
    assert (paper.venue, paper.extra) == ("Journal of Things", {"JO": "J. Thg."})


def test_endnote_keywords_are_one_per_line() -> None:
    [paper] = read("TY  - JOUR\nTI  - T\nKW  - Animals\nHumans\nKW  - Male\nSP  - 1\nLP  - 9\nER  - \n").papers
    assert (paper.keywords, paper.pages) == (("Animals", "Humans", "Male"), "1-9")


def test_a_table_may_declare_its_delimiter(tmp_path: Path) -> None:
    (tmp_path / "some.csv").write_text("sep=;\ntitle;authors;year\nA, B, C, D;Ada Lovelace;1843\n")
    [paper] = read(tmp_path / "some.csv").papers
    assert (paper.title, paper.authors, paper.line) == ("A, B, C, D", ("Ada Lovelace",), 3)


def test_cells_between_tabs_may_be_quoted_as_in_csv() -> None:
    header = 'title\t"authors"\tabstract\n'
    rows = [
        '"a ""b"" c"\tAda Lovelace\t"x\ty"\n',
        '"k"-means\tAda Lovelace\tz "w"\n',
        '"never closed\tAda Lovelace\tz\n',
        'Two\t"Ada Lovelace"\t"one\ntwo"\n',
    ]
    document = read(header + "".join(rows), form="tsv")
    assert [(paper.title, paper.authors, paper.abstract) for paper in document.papers] == [
        ('a "b" c', ("Ada Lovelace",), "x\ty"),
        ('"k"-means', ("Ada Lovelace",), 'z "w"'),
        ('"never closed', ("Ada Lovelace",), "z"),
        ("Two", ("Ada Lovelace",), "one\ntwo"),
    ]
    assert document.problems == ()


def test_quotation_marks_in_tables_of_pubcli_never_span_lines() -> None:
    rows = '"""All"""\ttrue\tfalse\n"A" of before\ttrue\tfalse\n"B\ttrue\tfalse\nC"\ttrue\tfalse\n'
    document = read(f"title\tauthors_complete\ttitle_guessed\n{rows}", form="tsv")
    assert [paper.title for paper in document.papers] == ['"All"', '"A" of before', '"B', 'C"']


@pytest.mark.parametrize(
    "text",
    [
        "title,authors,abstract\nT,Ada Lovelace,[No abstract available]\n",
        "@misc{a, title={T}, abstract={[No abstract available]}}\n",
        "TY  - JOUR\nTI  - T\nAB  - [No abstract available]\nER  - \n",
    ],
)
def test_a_note_about_a_missing_abstract_is_not_an_abstract(text: str) -> None:
    [paper] = read(text).papers
    assert (paper.abstract, paper.extra) == (None, {})


@pytest.mark.parametrize(
    ("value", "keywords"),
    [
        ("{a, {b, c}, {\\'e}}", ("a", "b, c", "é")),
        ("{a; {b; c}, d}", ("a", "b; c, d")),
        ("{{Deep learning, Graphs}}", ("Deep learning", "Graphs")),
        ("{{{learning, deep}}}", ("learning, deep",)),
        ("{AI, Machine\\, Learning}", ("AI", "Machine, Learning")),
        ("{R\\&D, a, a,}", ("R&D", "a")),
    ],
)
def test_keywords_in_braces_are_not_split(value: str, keywords: tuple[str, ...]) -> None:
    [paper] = read(f"@misc{{a, title={{T}}, keywords={value}}}\n").papers
    assert paper.keywords == keywords


def test_the_first_column_with_a_value_provides_the_field() -> None:
    text = "Item Type,Title,Issue,Number,Extra\nreport,A,,TR-7,\njournalArticle,B,3,9,PMID: 5\n"
    first, second = read(text).papers
    assert (first.issue, first.extra) == ("TR-7", {})
    assert (second.issue, second.extra) == ("3", {"Number": "9", "PMID": "5"})


def test_lines_of_zoteros_extra_are_separate_fields() -> None:
    [paper] = read('Title,Author,Extra\nA,"Doe, Jane","PMID: 5\nOriginal Date: 1999"\n').papers
    assert paper.extra == {"PMID": "5", "Original Date": "1999"}


def test_editors_in_a_table_are_read_like_authors() -> None:
    [paper] = read("Authors,Title,Editors\nDoe J.,A,Cheng X.; van der Berg A.B.\n").papers
    assert paper.extra == {"Editors": "X. Cheng and A.B. van der Berg"}


def test_further_arxiv_classes_are_keywords() -> None:
    [paper] = read("@misc{a, title={T}, eprint={2203.06735}, primaryclass={cs.LG, stat.ML}, keywords={x}}\n").papers
    assert (paper.category, paper.classes, paper.keywords) == ("LG", ("cs.LG",), ("x", "stat.ML"))


@pytest.mark.parametrize("doi", ["10.1000/ABC", "https://doi.org/10.1000/Abc"])
def test_a_doi_in_json_of_pubcli_is_read_like_any_other(doi: str) -> None:
    assert read(json.dumps([{"title": "T", "authors": [], "doi": doi}]).encode()).papers[0].doi == "10.1000/abc"


_TITLE = "Plants &amp; <i>E. coli</i> at 10<sup>-3</sup>&#8211;x, 10<sup>-n</sup>, H<sub>2</sub>O"
_MARKED_UP = {
    "ris": f"TY  - JOUR\nTI  - {_TITLE}\nAU  - X&#246;rn, K.\nT2  - A &amp; B\nUR  - http://a.b/?x=1&amp;y=2\nER  - \n",
    "csv": f'Title,Authors,Source title,Link\n"{_TITLE}","X&#246;rn, K.",A &amp; B,http://a.b/?x=1&amp;y=2\n',
    "wos": f"FN Clarivate Analytics Web of Science\nPT J\nAU X&#246;rn, K\nTI {_TITLE}\nSO A &amp; B\nER\n",
    "medline": f"PMID- 1\nFAU - X&#246;rn, K.\nTI  - {_TITLE}\nJT  - A &amp; B\n",
    "bibtex": f"@article{{a, title={{{_TITLE}}}, author={{X&#246;rn, K.}}, journal={{A &amp; B}}, url={{http://a.b/?x=1&amp;y=2}}}}\n",
    "csl-json": f'[{{"title": "{_TITLE}", "type": "article-journal", "container-title": "A &amp; B",'
    ' "author": [{"family": "X&#246;rn", "given": "K."}], "URL": "http://a.b/?x=1&amp;y=2"}]\n',
    "dblp": "<dblp><article key='a'><author>K. Xörn</author><title>Plants &amp; <i>E. coli</i> at 10<sup>-3</sup>–x,"
    " 10<sup>-n</sup>, H<sub>2</sub>O.</title><journal>A &amp; B</journal></article></dblp>\n",
}


@pytest.mark.parametrize("form", _MARKED_UP)
def test_entities_and_tags_of_html_are_text_in_every_format(form: str) -> None:
    [paper] = read(_MARKED_UP[form], form=form).papers
    assert paper.title == "Plants & E. coli at 10⁻³–x, 10⁻ⁿ, H₂O"
    assert (paper.authors[0].removesuffix(".").endswith("Xörn"), paper.venue) == (True, "A & B")
    assert paper.url in (None, "http://a.b/?x=1&y=2")


def test_a_title_about_html_survives_in_formats_that_can_escape_it() -> None:
    title = "The &lt; entity and the <i>tag</i> of A & B"
    for form in ("bibtex", "biblatex", "csl-json"):
        out, answer = io.StringIO(newline=""), Answer("papers", PAPER_FIELDS, [paper_row(title)])
        write(form, answer, PAPER_FIELDS, out, RenderOptions())
        text = out.getvalue()
        assert [paper.title for paper in read(text, form=form).papers] == [title]
