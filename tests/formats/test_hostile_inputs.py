"""Hostile input: entities, deep nesting, very long values, broken characters."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.biblio.name_lists import split_cell
from pubcli.errors import InputError
from pubcli.formats import READABLE
from pubcli.reader import read
from repository import INPUTS
from thoroughness import examples, repetitions

LAUGHS = '<!DOCTYPE dblp [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)
PAPER = "<article key='x'><title>{}</title></article>"


@pytest.mark.parametrize(
    "document",
    [
        f"{LAUGHS}]><dblp>{PAPER.format('&i;')}</dblp>",
        f'<!DOCTYPE dblp [<!ENTITY f SYSTEM "file:///etc/passwd">]><dblp>{PAPER.format("&f;")}</dblp>',
        f'<!DOCTYPE dblp [<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p;]><dblp>{PAPER.format("x")}</dblp>',
    ],
    ids=["billion laughs", "a file", "another document"],
)
def test_entities_of_a_document_are_refused(document: str) -> None:
    with pytest.raises(InputError, match="declares its own entities"):
        read(document.encode(), form="dblp")


def test_the_dtd_of_dblp_is_not_needed() -> None:
    text = (
        '<?xml version="1.0"?><!DOCTYPE dblp SYSTEM "dblp.dtd"><dblp>'
        + PAPER.format("&Uuml;ber &foo; &lt;x")
        + "</dblp>"
    )
    assert [paper.title for paper in read(text.encode()).papers] == ["Über &foo; <x"]


def test_xml_is_decoded_as_it_declares() -> None:
    text = f'<?xml version="1.0" encoding="ISO-8859-1"?><dblp>{PAPER.format("Über")}</dblp>'
    assert [paper.title for paper in read(text.encode("latin-1")).papers] == ["Über"]


@pytest.mark.parametrize("encoding", ["U--ASCII", "hex", "big5"])
def test_xml_that_declares_an_unknown_encoding_is_refused(encoding: str) -> None:
    document = f'<?xml version="1.0" encoding="{encoding}"?>\n<dblp><article key="a"><title>T</title></article></dblp>'
    with pytest.raises(InputError, match="declares an unsupported encoding; save the file as UTF-8"):
        read(document)


@pytest.mark.parametrize("root", ['<dblpperson name="A > B">', "<dblpperson name='A > \"B'>"])
def test_records_after_a_broken_one_are_read_whatever_the_root_tag(root: str) -> None:
    records = f"{PAPER.format('One')}\n{PAPER.format('Bro<ken')}\n{PAPER.format('Three')}\n"
    document = read(f"{root}\n{records}</dblpperson>\n", form="dblp")
    assert [paper.title for paper in document.papers] == ["One", "Three"]
    assert [problem.line for problem in document.problems] == [3]


def test_unreadable_records_after_a_broken_one_are_reported() -> None:
    invalid_record = PAPER.format("Two").replace("key='x'", "key='x' key='y'")
    document = read(
        f"<dblp>\n{PAPER.format('Bro<ken')}\n{invalid_record}\n{PAPER.format('Three')}\n</dblp>\n", form="dblp"
    )
    assert [paper.title for paper in document.papers] == ["Three"]
    reasons = ["invalid XML: not well-formed (invalid token)", "invalid XML: duplicate attribute"]
    assert [problem.reason for problem in document.problems] == reasons


@pytest.mark.parametrize("form", ["json", "csl-json", "openalex", "jsonl", "arxiv-jsonl"])
def test_deeply_nested_json_is_a_problem_and_not_a_crash(form: str) -> None:
    deep = "[" * 100_000
    document = read(f'{{"title": {deep}\n{{"title": "Good", "id": "0704.0001"}}\n'.encode(), form=form)
    assert document.problems


@pytest.mark.parametrize(
    ("form", "record", "reason"),
    [
        ("csl-json", '{"title": "T",\n }', "Expecting property name enclosed in double quotes, line 2 column 2"),
        ("csl-json", '{"author": ["A", ]}', "Expecting value, line 1 column 18"),
        ("jsonl", '{"title": "T", }', "Expecting property name enclosed in double quotes"),
        ("jsonl", '{"authors": ["A",]}', "Expecting value"),
    ],
)
def test_a_trailing_comma_in_json_has_one_message_on_every_python(form: str, record: str, reason: str) -> None:
    document = read(f'{record}\n{{"title": "Good", "type": "book"}}\n'.encode(), form=form)
    assert [paper.title for paper in document.papers] == ["Good"]
    assert [problem.reason for problem in document.problems] == [f"invalid JSON: {reason}"]


def test_deeply_nested_xml_does_not_crash_the_reader() -> None:
    deep = "<i>" * 50_000 + "x" + "</i>" * 50_000
    assert len(read(f"<dblp>{PAPER.format(deep)}</dblp>".encode()).papers) == 1


def test_an_entry_without_key_and_fields_is_a_problem() -> None:
    assert [problem.reason for problem in read("@{}\n", form="bibtex").problems] == ["the record has no title"]


def test_a_value_of_a_wrong_type_affects_only_its_record() -> None:
    rows = [
        {"key": "a", "title": "Good", "authors": ["Ada Lovelace"]},
        {"key": "b", "title": "Bad authors", "authors": "Ada Lovelace"},
        {"key": "c", "title": ["no text"], "authors": []},
        {"key": "d", "title": "Bad number", "authors": [], "citations": -1},
        {"key": "e", "title": "Half a \ud800 character", "authors": []},
        {"key": "f", "title": "Bad position", "authors": [], "position": 10**400, "line": None},
    ]
    document = read(json.dumps(rows).encode())
    assert [paper.key for paper in document.papers] == ["a", "e"]
    assert document.papers[1].title == "Half a ? character"
    assert len(document.problems) == 4


@pytest.mark.parametrize(
    "values",
    [
        {"authors": 5}, {"authors": [{"family": "Lovelace"}]}, {"date": "soon"}, {"category": 5}, {"badges": 5},
        {"abstract": 5}, {"line": "7"}, {"line": 2**70}, {"position": 2**70},
    ],
    ids=str,
)  # fmt: skip
def test_a_record_with_a_value_of_a_wrong_type_is_a_problem(values: dict[str, object]) -> None:
    rows = [{"title": "Odd", "authors": [], **values}, {"title": "Even", "authors": ["Ada Lovelace"]}]
    document = read(json.dumps(rows).encode())
    assert [paper.title for paper in document.papers] == ["Even"]
    assert [problem.line for problem in document.problems] == [1]


def test_the_title_of_a_chapter_is_not_taken_from_its_book() -> None:
    [paper] = read(b"TY  - CHAP\nBT  - The Book\nTI  - The Chapter\nER  - \n").papers
    assert (paper.title, paper.venue) == ("The Chapter", "The Book")


@pytest.mark.parametrize(
    "work",
    [
        {"abstract_inverted_index": {"a": [10**12]}},
        {"abstract_inverted_index": {"a": "b", "c": [None, -1, 0]}},
        {"authorships": [None, {"author": 3}], "biblio": [], "primary_location": "x", "ids": 1},
        {"publication_date": "9999-99-99", "publication_year": "x", "cited_by_count": None},
    ],
)
def test_invalid_values_in_a_work_of_openalex_do_not_prevent_reading_it(work: dict[str, object]) -> None:
    text = json.dumps({"meta": {}, "results": [{"title": "T", "id": "https://openalex.org/W1", **work}]})
    assert [paper.title for paper in read(text.encode()).papers] == ["T"]


@pytest.mark.parametrize("form", READABLE)
@examples(60)
@given(st.binary(max_size=200) | st.text("@{}[]\"<>&;,:=ATYR-\n \\$'", max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(form: str, data: bytes) -> None:
    try:
        document = read(data, form=form)
    except InputError:
        return
    assert all(problem.line >= 1 for problem in document.problems)


@pytest.mark.parametrize("name", sorted(path.name for path in INPUTS.iterdir()))
@examples(60)
@given(cut=st.floats(0, 1), noise=st.binary(max_size=3))
def test_a_truncated_or_damaged_file_is_read_or_refused(name: str, cut: float, noise: bytes) -> None:
    data = (INPUTS / name).read_bytes()
    position = int(cut * len(data))
    for damaged in (data[:position], data[:position] + noise + data[position + len(noise) :]):
        with suppress(InputError):
            assert all(paper.title for paper in read(damaged).papers)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ('[{"title": "A", "authors": []}]\n[{"title": "B", "authors": []}]\n', [(2, "text after the records")]),
        ('Dear all,\n[{"title": "A", "authors": []}\n]\n\n\nregards\n',
         [(1, "text before the records"), (6, "text after the records")]),
    ],
)  # fmt: skip
def test_text_around_an_array_is_reported(text: str, problems: list[tuple[int, str]]) -> None:
    document = read(text, form="json")
    assert [paper.title for paper in document.papers] == ["A"]
    assert [(problem.line, problem.reason) for problem in document.problems] == problems


def test_several_answers_of_openalex_in_one_file_are_read() -> None:
    answers = [{"meta": {}, "results": [{"id": f"https://openalex.org/{title}", "title": title}]} for title in "AB"]
    document = read("\n".join(map(json.dumps, answers)).encode())
    assert [(paper.title, paper.line) for paper in document.papers] == [("A", 1), ("B", 2)]


def test_an_answer_of_openalex_is_read_once() -> None:
    work = '{"id": "https://openalex.org/W1", "title": "One", "publication_year": 2001}'
    document = read(f'{{"meta": {{}}}}\n{{"results": [{work}]}}\n', form="openalex")
    assert [paper.title for paper in document.papers] == ["One"]


def test_other_objects_are_not_works_of_openalex() -> None:
    items = [
        {"id": "a", "title": "A", "author": [{"family": "Lovelace"}], "issued": {"raw": "1843"}},
        {"id": "https://openalex.org/W1", "title": "B"},
        {"title": "C", "doi": None},
        {"title": "D", "authorships": []},
    ]
    document = read(json.dumps(items).encode(), form="openalex")
    assert [paper.title for paper in document.papers] == ["B", "C", "D"]
    [problem] = document.problems
    assert problem.reason == "not a work of OpenAlex: the object has only the keys id, title, author, issued"


def test_unknown_fields_of_arxivs_snapshot_are_kept() -> None:
    [paper] = read('{"id": "0704.0001", "title": "T", "issued": "1843"}\n', form="arxiv-jsonl").papers
    assert paper.extra == {"issued": "1843"}


def test_invalid_csl_dates_and_authors_are_kept_as_text() -> None:
    [paper] = read(b'[{"id": "a", "type": "book", "title": "T", "author": "Ada", "issued": {"raw": "soon"}}]').papers
    assert paper.extra == {"author": "Ada", "issued": '{"raw": "soon"}'}


@pytest.mark.parametrize("end", ["EF", "EF  -", "EF  - "])
def test_the_end_of_a_web_of_science_file_is_not_a_problem(end: str) -> None:
    document = read(f"TY  - JOUR\nTI  - T\nER  -\n\n{end}\n")
    assert (len(document.papers), document.problems) == (1, ())


def test_repeated_values_in_ris_are_kept() -> None:
    text = "TY  - JOUR\nTI  - T\nT2  - Journal\nT2  - Series\nDO  - 10.1000/a\nDO  - 10.1000/b\nER  - \n"
    [paper] = read(text).papers
    assert (paper.venue, paper.doi) == ("Journal", "10.1000/a")
    assert paper.extra == {"T2": "Series", "DO": "10.1000/b"}


def test_text_below_an_empty_tag_of_ris_is_the_value_of_that_tag() -> None:
    text = "TY  - JOUR\nTI  - A title\nAB  - \nThe abstract, on lines\nof its own\nKW  - \nKW  - one\nVL  - \nER  - \n"
    document = read(text.encode(), form="ris")
    (paper,) = document.papers

    assert (paper.title, paper.abstract) == ("A title", "The abstract, on lines of its own")
    assert (paper.keywords, paper.volume, paper.extra, document.problems) == (("one",), None, {}, ())


DIGITS = "9" * 5_000


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("bibtex", f"@misc{{a, title={{T}}, year={{2001}}, month=jan, day={{{DIGITS}}}, citations={{{DIGITS}}}}}\n"),
        ("ris", f"TY  - JOUR\nTI  - T\nN1  - Cited by {DIGITS}\nER  - \n"),
        ("csv", f"title,cites,year\nT,{DIGITS},2001\n"),
        ("csl-json", f'[{{"type":"book","title":"T","issued":{{"date-parts":[["{DIGITS}"]]}}}}]\n'),
        ("dblp", f"<dblp><article key='x'><title>T</title><year>{DIGITS}</year></article></dblp>\n"),
    ],
)
def test_very_long_numbers_do_not_prevent_reading(form: str, text: str) -> None:
    [paper] = read(text, form=form).papers
    assert paper.title == "T"
    assert paper.citations is None
    assert DIGITS in str(paper.extra)


@pytest.mark.parametrize(
    ("values", "extra"),
    [
        ({"custom": {"category": "LG", "keywords": 5}}, {"keywords": "5"}),
        ({"custom": {"keywords": {"a": 1}, "category": 7}}, {"keywords": '{"a": 1}', "category": "7"}),
        (
            {"subtitle": "x", "custom": {"title_as_written": 5, "citations": "many"}},
            {"subtitle": "x", "title_as_written": "5", "citations": "many"},
        ),
    ],
)
def test_custom_values_of_other_programs_are_kept(values: dict[str, object], extra: dict[str, str]) -> None:
    items = [{"id": "a", "type": "book", "title": "T"} | values, {"id": "b", "type": "book", "title": "U"}]
    first, second = read(json.dumps(items).encode(), form="csl-json").papers
    assert second.title == "U"
    assert first.extra == extra


def test_parts_of_a_date_after_a_missing_part_are_ignored() -> None:
    items = [{"id": "a", "type": "book", "title": "T", "issued": {"date-parts": [[2001, None, 5]]}}]
    [paper] = read(json.dumps(items).encode(), form="csl-json").papers
    assert (str(paper.date), paper.date_precision) == ("2001-01-01", "year")


def test_an_author_of_csl_may_be_a_text() -> None:
    items = [{"id": "a", "type": "book", "title": "T", "author": ["Lovelace, Ada", {"family": "Roe", "given": "J"}]}]
    [paper] = read(json.dumps(items).encode(), form="csl-json").papers
    assert paper.authors == ("Ada Lovelace", "J Roe")


def test_an_invalid_extra_is_reported() -> None:
    document = read(b'[{"title": "T", "authors": [], "extra": "abc"}, {"title": "U", "authors": []}]')
    assert [paper.title for paper in document.papers] == ["U"]
    assert [problem.reason.partition(":")[0] for problem in document.problems] == ["extra"]


def test_an_invalid_extra_is_kept_next_to_other_unknown_fields() -> None:
    [paper] = read(b'[{"title": "T", "authors": [], "extra": "abc", "foo": 1}]').papers
    assert paper.extra == {"extra": "abc", "foo": "1"}


def test_lines_without_a_tag_continue_a_field() -> None:
    document = read("FN Web of Science\nstray\nPT J\nTI Games in\nVR and AR\nER\nEF\nstray behind\n")
    assert [paper.title for paper in document.papers] == ["Games in VR and AR"]
    assert [problem.text for problem in document.problems] == ["stray", "stray behind"]


def test_columns_with_equal_names_are_kept() -> None:
    [paper] = read("title,x,x,,\nT,1,2,3,4\n", form="csv").papers
    assert paper.extra == {"x": "1; 2", "unnamed": "3; 4"}
    [paper] = read("title,author,author\nT,Ada Lovelace,Emmy Noether\n", form="csv").papers
    assert paper.authors == ("Ada Lovelace",)
    assert paper.extra == {"author": "Emmy Noether"}


def test_a_later_tag_does_not_overwrite_an_arxiv_number() -> None:
    [paper] = read("TY  - UNPD\nTI  - T\nAN  - arXiv:2203.06735\nM1  - arXiv preprint\nER  - \n").papers
    assert paper.arxiv == "2203.06735"
    assert paper.extra == {"M1": "arXiv preprint"}


def test_arxiv_classes_after_a_comma_are_read() -> None:
    [paper] = read("@misc{a, title={T}, eprint={2203.06735}, primaryClass={, cs.LG}}\n").papers
    assert paper.classes == ("cs.LG",)


BLANKS, LINES = " " * 200_000, "\n" * 200_000


def test_long_runs_of_blanks_are_read_in_linear_time() -> None:
    """A pattern that takes quadratic time would not finish within minutes."""
    [paper] = read(f"@misc{{a, title={{T}}, author={{A{BLANKS}and{BLANKS}B}}, url={{a{BLANKS}b}}}}\n").papers
    assert (paper.authors, paper.url) == (("A", "B"), f"a{BLANKS}b")
    [paper] = read(f"@misc{{a, title={{T}}, howpublished={{a{BLANKS}\\url{BLANKS}{{b}}{BLANKS}}}}}\n").papers
    assert (paper.url, paper.venue) == (None, "a b")
    [paper] = read(f"title,keywords\nT,a{BLANKS}b{BLANKS};{BLANKS}c\n".encode(), form="csv").papers
    assert paper.keywords == (f"a{BLANKS}b", "c")


def test_long_runs_of_empty_lines_are_read_in_linear_time() -> None:
    document = read(f"@misc{{a, title={{T}}}}\n{LINES}not = lost\n{LINES}title = {{Lost}}\n".encode(), form="bibtex")
    assert [problem.reason for problem in document.problems] == ["these fields are not inside an entry"]
    assert read(f"% nothing\n{LINES}% here\n".encode(), form="bibtex").papers == ()
    works = f'{{"meta": {{}},{LINES}"results": [{{"id": "https://openalex.org/W1", "title": "T"}}]}}'
    assert [paper.title for paper in read(works.encode(), form="openalex").papers] == ["T"]


WORDS = "word " * 30 + "end"


def test_a_value_on_many_lines_of_ris_is_read_in_linear_time() -> None:
    lines = f"{WORDS}\n" * repetitions(200_000)
    [paper] = read(f"TY  - JOUR\nTI  - T\nAB  - \n{lines}KW  - a\nER  - \n".encode(), form="ris").papers
    assert (paper.abstract, paper.keywords) == (" ".join(lines.splitlines()), ("a",))


def test_many_separators_in_braces_are_read_in_linear_time() -> None:
    parts = f"{WORDS} and " * repetitions(100_000)
    [paper] = read(f"@misc{{a, title={{T}}, author={{Ada Lovelace and {{{parts}x}}}}}}\n".encode()).papers
    assert paper.authors == ("Ada Lovelace", f"{parts}x")


def test_many_entry_beginnings_on_one_line_are_read_in_linear_time() -> None:
    text = f"@x{{a = }} {WORDS} " * repetitions(100_000)
    [paper] = read(f"@misc{{title={{T}}, abstract={{{text}}}}}\n".encode(), form="bibtex").papers
    assert paper.abstract is not None
    assert paper.abstract.startswith(f"@xa = {WORDS} @x")


def test_many_broken_records_of_xml_are_read_in_linear_time() -> None:
    """Counting the lines before each of them would take minutes."""
    count = repetitions(100_000)
    lines = f"{PAPER.format('Bro<ken')}\n" * count
    problems = read(f"<dblp>\n{lines}{PAPER.format('Good')}\n</dblp>\n".encode(), form="dblp").problems
    assert [problem.line for problem in problems[-2:]] == [count, count + 1]


def test_many_suffixes_of_one_name_are_read_in_linear_time() -> None:
    (name,), _ = split_cell("Ada Lovelace" + ", Jr." * repetitions(1_000_000))
    assert name.count("Jr.") == repetitions(1_000_000)
