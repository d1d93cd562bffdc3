"""Formats are detected by content, then by file name; text of no other format is read as a page."""

import io
from pathlib import Path

import pytest

from hostile import PAPERS
from pubcli.answer.answer import Answer
from pubcli.errors import InputError, UsageError
from pubcli.formats import READABLE, WRITABLE, RenderOptions, default_fields, write
from pubcli.formats.detect import recognised
from pubcli.reader import read
from pubcli.store.ask import PAPER_FIELDS

READ_AS = {"biblatex": "bibtex"}
"""Formats that are recognised as another format with the same syntax."""


@pytest.mark.parametrize("form", [name for name in WRITABLE if name in READABLE])
def test_written_files_are_recognised(form: str) -> None:
    out, answer = io.StringIO(newline=""), Answer("papers", PAPER_FIELDS, [PAPERS["ordinary"], PAPERS["names"]])
    write(form, answer, default_fields(form, answer), out, RenderOptions())
    for text in (out.getvalue(), f"\ufeff{out.getvalue()}", out.getvalue().replace("\n", "\r\n")):
        assert recognised(text.encode(), "x.txt") == READ_AS.get(form, form)


def test_the_sample_page_is_recognised_as_a_page_whatever_its_name(sample: bytes) -> None:
    assert recognised(sample, "page.bib") == recognised(sample, "-") == "page"


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        ("LGMar 13, 2022\nA Title\nAda Lovelace\n@misc{a, title={b}}\n", "-", "page"),
        ("@misc{a, abstract={In\nMay 2022, we}}\n", "x.txt", "bibtex"),
        ("% only a comment\n", "x.bib", "bibtex"),
        ("", "x.ris", "ris"),
        ("[]\n", "-", "json"),
        ('{"key": "a", "title": "T"}', "-", "jsonl"),
        ('{\n  "key": "a",\n  "title": "T"\n}', "-", "json"),
        ("Nothing\n", "x.csl.json", "csl-json"),
        ("Dear @ada {see below}\n", "-", "page"),
        ("title\n", "-", "page"),
        ("Titel;Autor\n", "x.csv", "csv"),
        ("PT\tAU\tTI\nJ\tLovelace, A\tNotes\n", "savedrecs.txt", "tsv"),
        ("\ufeffFN Clarivate Analytics Web of Science\r\nVR 1.0\r\nPT J\r\n", "savedrecs.txt", "wos"),
        ("PT J\nAU Lovelace, A\n", "-", "wos"),
        ("\r\nPMID- 99000101\r\nOWN - NLM\r\nSTAT- MEDLINE\r\n", "pubmed-kites-set.txt", "medline"),
        ("PMC - PMC99000177\nPMID- 99000177\nIS  - 2999-0001\n", "-", "medline"),
        ("PMID- 99000101\n", "x.nbib", "medline"),
        ("Title\tAuthors\tYear\nA\tB\t1999\n", "-", "tsv"),
        (
            "<?xml version='1.0'?>\n<feed xmlns='urn:atom'><id>http://arxiv.org/api/x</id>",
            "-",
            "arxiv",
        ),
        ("<feed xmlns='http://www.w3.org/2005/Atom'><id>http://blog.org/</id></feed>", "-", "page"),
    ],
)
def test_the_format_of_a_short_text_is_recognised(text: str, name: str, form: str) -> None:
    assert recognised(text.encode(), name) == form


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Dear diary,\n\nnothing.\n", "name its format with --from"),
        (b'{"a": 1}', "name its format with --from"),
        (b"<?xml version='1.0'?><rss></rss>", "is XML, but neither arXiv's nor DBLP's; name its format with --from"),
        (b"@article{a, title={\xe9}}\n", "looks like text in CP1252 \\(Western European\\) or"),
        (b"", "is empty"),
    ],
)
def test_unreadable_input_is_reported_with_the_remedy(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "input"
    path.write_bytes(data)
    with pytest.raises(InputError, match=words):
        read(path)


def test_a_format_stated_by_the_user_overrides_detection() -> None:
    text = "Title,Year\nA Paper,1999\n"
    assert [paper.title for paper in read(text, form="csv").papers] == ["A Paper"]
    with pytest.raises(InputError, match="not a page that pubcli reads"):
        read(text, form="page")
    with pytest.raises(UsageError, match="did you mean bibtex"):
        read(text, form="bibtx")
    with pytest.raises(UsageError, match="columns: only tables"):
        read(text, form="ris", columns={"title": "Title"})


PAGE = "LGMar 13, 2022\nA Title\nAda Lovelace\nAn abstract.\n"
DBLP = "<dblp><article key='a'><title>A Title</title></article></dblp>\n"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A Title</title></entry></feed>\n"


@pytest.mark.parametrize(
    ("text", "form", "words"),
    [
        (PAGE, "wos", "contains no record of Web of Science"),
        (PAGE, "medline", r"contains no readable record \(line 1: this line is outside of a record\)"),
        ("\n \n.\n", "medline", "line 3: this line is outside of a record"),
        (PAGE, "bibtex", "contains no entry of BibTeX; name its format with --from"),
        ('{"a":\n', "bibtex", "contains no entry of BibTeX"),
        ("% a comment\nand a text\n", "bibtex", "contains no entry of BibTeX"),
        (DBLP, "arxiv", "contains <dblp> and no <feed>; name its format"),
        (ATOM, "dblp", "contains <feed> and no <dblp>, <dblpperson>, <result>"),
        ("12.\n3\n", "ris", "contains no record of RIS"),
        (PAGE, "ris", r"contains no readable record \(line 1: text outside of records\)"),
        (PAGE, "json", r"contains no readable record \(line 1: invalid JSON"),
        ('{"a":\n', "json", r"contains no readable record \(line 1: invalid JSON: .*the file ends there"),
        (
            '[{"id": "a", "title": "A", "author": []}]\n',
            "openalex",
            "not a work of OpenAlex: the object has only the keys id, title",
        ),
        ("EF  -\n", "ris", "contains no record of RIS"),
    ],
)
def test_text_that_is_not_in_the_named_format_is_refused(text: str, form: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read(text, form=form)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("[]\n", "json"),
        ("[]\n", "csl-json"),
        ('{"meta": {"count": 0},\n"results": []}', "openalex"),
        ("% a comment\n\n  % another\n", "bibtex"),
        ("@comment{a}\n@string{b = {c}}\nbetween\n", "bibtex"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>\n</feed>", "arxiv"),
        ("<result><hits total='0'>\n</hits></result>", "dblp"),
        ("<dblpperson name='A B'><person><author>A B</author></person>\n</dblpperson>", "dblp"),
        ("title,authors\n", "csv"),
        ("FN Clarivate Analytics Web of Science\nVR 1.0\nEF\n", "wos"),
    ],
)
def test_a_file_without_records_is_an_empty_document(text: str, form: str) -> None:
    document = read(text, form=form)
    assert (document.papers, document.problems) == ((), ())


TITLED = {"title": "Titel"}


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, title={A Paper}}\n",
        "TY  - JOUR\nTI  - A Paper\nER  - \n",
        '[{"title": "A Paper", "authors": []}]\n',
        "<dblp><article key='a'><title>A Paper</title></article></dblp>\n",
        "LGMar 13, 2022\nA Paper\nAda Lovelace\nAn abstract.\n",
        "Year,title\n1999,A Paper\n",
        "Year;Titel\n1999;A Paper\n",
        "Jahr\tTitel\n1999\tA Paper\n",
        "Datum;Titel\nMar 13, 2022;A Paper\n",
    ],
)
def test_a_column_mapping_applies_only_to_tables_with_its_columns(text: str) -> None:
    assert [paper.title for paper in read(text, columns=TITLED).papers] == ["A Paper"]


def test_a_table_whose_rows_begin_with_a_date_is_not_taken_for_a_page() -> None:
    [paper] = read("Date;Title\nMar 13, 2022;A Paper\n").papers
    assert paper.title == "A Paper"


def test_a_mapping_for_other_tables_does_not_affect_tables_of_pubcli() -> None:
    text = "title,authors,title_guessed,authors_complete\nA Paper,Zhang Wei; Smith,false,true\n"
    assert read(text, columns=TITLED).papers == read(text).papers


def test_a_mapped_column_that_is_missing_is_an_error() -> None:
    with pytest.raises(InputError, match="has no column 'Titel' for title; the columns are Name, Year"):
        read("Name,Year\nA,1999\n", columns={"title": "Titel"})
    with pytest.raises(InputError, match="no column has titles; the columns are Name, Year"):
        read("Name,Year\nA,1999\n", form="csv")
    with pytest.raises(UsageError, match="titel"):
        read("Name,Year\nA,1999\n", columns={"titel": "Name"})
