"""Entries are what BibTeX, biber and pandoc take for entries, whatever stands in their values or between them."""

import pytest

from pubcli.model import Document
from pubcli.reader import read

OTHER = "@misc{b, title = {Other}}\n"


def titles(document: Document) -> list[str]:
    return [paper.title for paper in document.papers]


def reasons(document: Document) -> list[str]:
    return [problem.reason for problem in document.problems]


def bibtex(text: str) -> Document:
    return read(text, form="bibtex")


CITATION = "How to cite:\n@article{z, title = {Of a stranger}, year = 2000}\nThank you"
IN_PARENTHESES = "How to cite:\n  @article(z, title = {Of a stranger})\nThank you"


@pytest.mark.parametrize("citation", [CITATION, IN_PARENTHESES, "\n@string{a = {b}}", "\n@comment{x}"])
@pytest.mark.parametrize("entry", ["@article{{a, title = {{T}}, abstract = {}, year = 2001}}\n",
                                   "@article(a, title = {{T}}, abstract = {}, year = 2001)\n"])  # fmt: skip
@pytest.mark.parametrize("delimiters", ["{}", '""'])
def test_a_line_in_a_value_that_looks_like_an_entry_belongs_to_the_value(
    citation: str, entry: str, delimiters: str
) -> None:
    document = bibtex(entry.format(f"{delimiters[0]}{citation}{delimiters[1]}") + OTHER)
    assert titles(document) == ["T", "Other"]
    assert document.papers[0].date is not None
    assert (document.papers[0].abstract or "").startswith("How" if citation.startswith("How") else "@")
    assert document.problems == ()


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("@misc{a, title = {T}, year = 2001\n", ["T"], "the entry is never closed"),
        ("@misc{a, title = {T}, note = {N, year = 2001}\n", ["T"], "the value of note is never closed"),
        ("@misc{a, title = {T}, note = {{N}, year = 2001\n", ["T"], "the value of note is never closed"),
        ("@misc{a, title = {T}, note = \"N, year = 2001}\n", ["T"], "the value of note is never closed"),
        ("@misc{a, title = {T, year = 2001}\n", [], "the value of title is never closed"),
        (f"@misc{{a, title = {{T}}, note = {{{CITATION}}}, x = {{\n", ["T"], "the value of x is never closed"),
        ("@misc(a, title = {T}, year = 2001\n", ["T"], "the entry is never closed"),
        ("@misc{a, title = {T}, year\n", ["T"], "the entry is never closed"),
    ],
)  # fmt: skip
def test_an_entry_that_is_never_closed_ends_where_the_next_one_starts(
    text: str, expected: list[str], reason: str
) -> None:
    document = bibtex(text + OTHER)
    assert titles(document) == [*expected, "Other"]
    assert reasons(document) == [reason]
    assert (document.problems[0].line, document.problems[0].last_line) == (1, text.count("\n"))


@pytest.mark.parametrize(
    ("value", "title"),
    [
        (r"{x \} y}", "x } y"), (r"{x \{ y}", "x { y"), ('"x } y"', "x } y"), (r'"{\"o}x"', "öx"),
        ('{a "b" c}', 'a "b" c'),
        ('"a {"}b{"} c"', 'a "b" c'),
    ],
)  # fmt: skip
def test_braces_that_only_bibtex_counts_do_not_end_an_entry(value: str, title: str) -> None:
    document = bibtex(f"@misc{{a, title = {value}, year = 2001}}\n{OTHER}")
    assert titles(document) == [title, "Other"]
    assert document.papers[0].date is not None
    assert document.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, title = {T}, % a remark, with a comma\n year = 2001}\n",
        "@misc{a, title = {T},\n % journal = {Old},\n year = 2001}\n",
        "@misc{a, % {\n title = {T} % }\n , year = % \"\n 2001 % year\n}\n",
        "@misc{ % remark\n a,\n%%\n title = {T}, year = 2001,\n % last }",
        "@misc(a, title = {T}, % ) not yet\n year = 2001)\n",
    ],
)  # fmt: skip
def test_a_percent_sign_between_fields_begins_a_comment(text: str) -> None:
    document = bibtex(text if text.endswith("\n") else f"{text}\n}}\n")
    [paper] = document.papers
    assert (paper.key, paper.title, paper.date and paper.date.year, paper.extra) == ("a", "T", 2001, {})
    assert document.problems == ()


def test_a_percent_sign_in_a_value_is_part_of_the_value() -> None:
    [paper] = bibtex("@misc{a, title = {50% of\n % it}, url = {http://a.b/%7Ex}}\n").papers
    assert (paper.title, paper.url) == ("50% of % it", "http://a.b/%7Ex")


@pytest.mark.parametrize(
    "comment",
    [
        "@comment{\n @article{old, title = {Old}}\n}", "@Comment{jabref-meta: databaseType:bibtex;}",
        "@comment(any @ text {)", "@comment{never closed {", "%@article{old, title = {Old},\n%  year = 1999\n% }",
        "@comment", '@preamble{"\\newcommand{\\x}{y}"}', "Mail me@example.org (any time).",
    ],
)  # fmt: skip
def test_comments_contain_no_entries_and_no_problems(comment: str) -> None:
    document = bibtex(f"{comment}\n{OTHER}{comment}\n")
    assert titles(document) == ["Other"]
    assert document.problems == ()


@pytest.mark.parametrize("text", ["% @misc{b, title = {Other}}\n", "%@misc{b,\n title = {Other}\n}\n",
                                  "@comment @misc{b, title = {Other}}\n"])  # fmt: skip
def test_bibtex_has_no_comments_outside_of_comment_blocks(text: str) -> None:
    assert titles(bibtex(text)) == ["Other"]


def test_an_entry_of_the_type_commentary_is_not_a_comment() -> None:
    [paper] = bibtex("@commentary{a, title = {T}}\n").papers
    assert paper.extra == {"entrytype": "commentary"}


@pytest.mark.parametrize(
    ("field", "venue", "reason"),
    [
        ("journal = prll", "prll", "no @string defines prll, the value of journal"),
        ('journal = {On } # prll # " 2"', "On prll 2", "no @string defines prll, the value of journal"),
        ("journal = Prl", "Physical Review", None),
        ("journal = late", "Late Physical Review", None),
        ("journal = cacm", "Communications of the ACM", None),
        ("journal = Some Journal, volume = 1", "Some Journal", "the value of journal has no braces"),
    ],
)
def test_a_macro_becomes_its_text_or_a_problem(field: str, venue: str, reason: str | None) -> None:
    definitions = '@string{prl = "Physical " # {Review}}\n', '@string(LATE = "Late " # prl)\n'
    document = bibtex(f"{definitions[0]}@article{{a, title = {{T}},\n {field}}}\n{definitions[1]}")
    assert document.papers[0].venue == venue
    assert reasons(document) == ([reason] if reason else [])
    assert [problem.line for problem in document.problems] == ([3] if reason else [])


def test_a_macro_is_replaced_by_its_latest_definition() -> None:
    text = "@string{j = {A}}\n@article{a, title={T}, journal=j}\n@string{j = {B}}\n@article{b, title={U}, journal=j}\n"
    assert [paper.venue for paper in bibtex(text).papers] == ["A", "B"]


@pytest.mark.parametrize("definitions", ["@string{a = b}\n@string{b = a}\n", "@string{a = a}\n"])
def test_macros_that_define_each_other_are_a_problem(definitions: str) -> None:
    document = bibtex(f"{definitions}@misc{{x, title = {{T}}, note = a}}\n")
    assert titles(document) == ["T"]
    assert document.problems


def test_text_that_is_not_a_field_is_a_problem_and_the_other_fields_are_read() -> None:
    document = bibtex("@misc{a\n title = {T}, journal, author = {Ada Lovelace} {x}, year = 2001}\n")
    [paper] = document.papers
    assert (paper.title, paper.authors, paper.date and paper.date.year) == ("T", ("Ada Lovelace",), 2001)
    assert reasons(document) == [
        "a comma is missing after the key", "'journal' is not a field", "'{x}' is not a field",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "key"),
    [("@misc{10.1002/(SICI)1,", "10.1002/(SICI)1"), ("@misc{a b,", "a b"), ("@misc{\n %x\n a ,", "a"),
     ("@ misc\n{a,", "a"), ("@misc{a:b%c,", "a:b%c")],
)  # fmt: skip
def test_any_text_before_the_first_comma_is_the_key(start: str, key: str) -> None:
    [paper] = bibtex(f"{start} title = {{T}}}}\n").papers
    assert (paper.title, paper.extra.get("citekey", paper.key)) == ("T", key)
