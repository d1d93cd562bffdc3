"""Addresses and paths are read as they were before a program escaped them for TeX."""

import pytest

from pubcli.formats.bibtex.addresses import address
from pubcli.reader import read


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"http://a.b/\~{}user/p.html", "http://a.b/~user/p.html"),
        (r"http://a.b/$\sim$user/", "http://a.b/~user/"),
        (r"http://a.b/{\~{}}user/\~x/{\~}y", "http://a.b/~user/~x/~y"),
        (r"http://a.b/\textasciitilde{}u/{\textasciitilde}v/\textasciitilde w", "http://a.b/~u/~v/~w"),
        (r"http://a.b/{\raise.17ex\hbox{$\scriptstyle\sim$}}u", "http://a.b/~u"),
        (r"http://a.b/$\tilde{}$u/$\tilde{ }$v", "http://a.b/~u/~v"),
        (r"http://a.b/x\_y{\_}z\%20?a=1\&b=2\#c\$d\^{}e", "http://a.b/x_y_z%20?a=1&b=2#c$d^e"),
        (r"http://a.b/x\textunderscore{}y/\-z/\allowbreak{}/\discretionary{}{}{}w", "http://a.b/x_y/z//w"),
        (r"http://a.b/?a=1\&amp;b=2&amp;c", "http://a.b/?a=1&b=2&c"),
        (r"\url{http://a.b/x_y}", "http://a.b/x_y"),
        (r"\href{http://a.b/x\_y}{the page}", "http://a.b/x_y"),
        (r"10.1002/(SICI)1097{\&}lt$\mathsemicolon$1::AID>2", "10.1002/(SICI)1097<1::AID>2"),
        (r"10.1002/(SICI)1097$<$1::AID$\greater$2{\textless}3", "10.1002/(SICI)1097<1::AID>2<3"),
        ("http://a.b/~user/%7Ex?a=1&b=2", "http://a.b/~user/%7Ex?a=1&b=2"),
    ],
)
def test_escapes_of_tex_are_removed(tex: str, expected: str) -> None:
    assert address(tex) == expected


@pytest.mark.parametrize(
    "path",
    [r"C:\Users\x\texts\a.pdf:PDF", r":C\:\\Users\\x\\a_b.pdf:PDF", r"\\server\new\table.pdf", "/home/x/~a_b 50%.pdf",
     r"C:\bib\{a}\u.pdf"],
)  # fmt: skip
def test_a_backslash_in_a_path_is_no_macro(path: str) -> None:
    [paper] = read(f"@misc{{a, title = {{T}}, file = {{{path}}}}}\n", form="bibtex").papers
    assert paper.extra == {"file": path}


@pytest.mark.parametrize(
    "doi", ["https://doi.org/10.1000%2Fabc", r"10.1000\%2Fabc", "{10.1000/abc}", r"\url{10.1000/abc}"]
)
def test_a_doi_is_read_without_its_escapes(doi: str) -> None:
    [paper] = read(f"@misc{{a, title = {{T}}, doi = {{{doi}}}}}\n", form="bibtex").papers
    assert (paper.doi, paper.extra) == ("10.1000/abc", {})


def test_hyphens_in_a_field_that_is_no_prose_stay() -> None:
    fields = "pages = {1--10}, number = {2--3}, volume = {4--5}, doi = {a--b}, file = {a--b.pdf}, series = {a--b}"
    [paper] = read(f"@misc{{a, title = {{T}}, {fields}}}\n", form="bibtex").papers
    assert (paper.pages, paper.issue, paper.volume) == ("1--10", "2--3", "4--5")
    assert paper.extra == {"doi": "a--b", "file": "a--b.pdf", "series": "a–b"}
