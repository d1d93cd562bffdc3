"""A saved page of arXiv is read with formulas in TeX; what has no title or no identifier becomes a problem."""

import pytest

import pubcli
from pubcli.errors import InputError

RESULT = """<li class="arxiv-result">
<p class="list-title is-inline-block"><a href="https://arxiv.org/abs/{id}">arXiv:{id}</a></p>
<div class="tags is-inline-block"><span class="tag" data-tooltip="Combinatorics">math.CO</span></div>
<p class="title is-5 mathjax">{title}</p>
<p class="authors"><span>Authors:</span> <a href="/s">Alice Bow</a>, <a href="/s">Kites, Inc.</a>{rest}</p>
<p class="abstract mathjax"><span class="abstract-short">We… <a>▽ More</a></span>
<span class="abstract-full">{abstract} <a>△ Less</a></span></p>
<p class="is-size-7">Submitted 14 May, 2026; originally announced May 2026.</p>
</li>
"""
TERM = """<dt><a name="item1">[1]</a>&nbsp; <span class="list-identifier"><a title="Abstract">arXiv:{id}</a>
[<a>pdf</a>, <a>other</a>]</span></dt>
<dd><div class="meta"><div class="list-title mathjax"><span class="descriptor">Title:</span> {title}</div>
<div class="list-authors"><span class="descriptor">Authors:</span>
<a>Alice Bow</a> (Kite University), <a>Carol Day</a></div>
<div class="list-subjects"><span class="descriptor">Subjects:</span> Combinatorics (math.CO)</div>
<p class="mathjax">We fly.<br> We fold.</p></div></dd>
"""
RENDERED = (
    '<span class="MathJax_Preview"></span><span class="MathJax"><nobr><span class="math">n2</span></nobr></span>'
    '<script type="math/tex" id="MathJax-Element-1">n^2</script>'
)


def results(*items: str, total: int = 2) -> bytes:
    heading = f"<h1>Showing 1&ndash;50 of {total} results for author: <span>Bow, Alice</span></h1>"
    return f"<!doctype html>\n<html><body>{heading}\n<ol>\n{''.join(items)}</ol></body></html>".encode()


def result(title: str = "Walks", number: str = "2601.00001", abstract: str = "We fly.", rest: str = "") -> str:
    return RESULT.format(id=number, title=title, abstract=abstract, rest=rest)


def listing(*items: str) -> bytes:
    return f"<html><body><h1>Alice Bow's articles on arXiv</h1><dl>{''.join(items)}</dl></body></html>".encode()


def test_a_result_has_its_whole_abstract_and_linked_names() -> None:
    paper = pubcli.read(results(result(abstract="We fly $n^2$ kites."))).papers[0]
    assert (paper.title, paper.authors) == ("Walks", ("Alice Bow", "Kites, Inc."))
    assert (paper.abstract, paper.cut) == ("We fly $n^2$ kites.", ())
    assert (paper.arxiv, paper.classes, str(paper.date)) == ("2601.00001", ("math.CO",), "2026-05-14")
    assert (paper.line, paper.last_line) == (4, 11)


def test_authors_that_are_not_shown_are_missing() -> None:
    paper = pubcli.read(results(result(rest=", et al. (31 additional authors not shown)"))).papers[0]
    assert (paper.authors_complete, paper.extra["authors_not_shown"]) == (False, "31")


def test_the_heading_states_the_person_and_the_number_of_papers() -> None:
    profile = pubcli.read(results(result(), total=120)).profile
    assert (profile.site, profile.name, profile.search) == ("arxiv-page", None, "author: Bow, Alice")
    assert (profile.stated_papers, profile.list_cut) == (120, True)


@pytest.mark.parametrize("page", [results, listing])
def test_formulas_that_the_browser_had_displayed_are_tex_again(page: object) -> None:
    nested = f'<span class="MathJax_Display"><span class="MathJax">x</span></span>{RENDERED}'
    title = f"Bounds for {nested} kites"
    item = result(title) if page is results else TERM.format(id="2601.00001", title=title)
    document = pubcli.read(results(item) if page is results else listing(item))
    assert document.papers[0].title == "Bounds for $n^2$ kites"
    assert not document.profile.formulas_flattened


def test_formulas_without_tex_are_reported() -> None:
    title = "Bounds for <mjx-container><mjx-assistive-mml><math><mi>n</mi></math></mjx-assistive-mml></mjx-container>"
    assert pubcli.read(results(result(title))).profile.formulas_flattened


def test_a_listing_of_2023_has_authors_affiliations_and_paragraphs() -> None:
    document = pubcli.read(listing(TERM.format(id="2308.01904", title="Walks $k$")))
    (paper,) = document.papers
    assert document.profile.name == "Alice Bow"
    assert (paper.title, paper.authors, paper.abstract) == (
        "Walks $k$",
        ("Alice Bow", "Carol Day"),
        "We fly.\nWe fold.",
    )
    assert paper.extra == {"authors": "Alice Bow (Kite University), Carol Day"}
    assert (str(paper.date), paper.date_precision, paper.date_assumed) == ("2023-08-01", "month", True)


@pytest.mark.parametrize("damaged", [result(title=""), result(number="x")])
def test_a_result_without_title_or_identifier_is_a_problem_with_its_text(damaged: str) -> None:
    document = pubcli.read(results(result(), damaged))
    assert len(document.papers) == 1
    (problem,) = document.problems
    assert (problem.line, problem.reason) == (13, "a record without an identifier or a title")
    assert "We fly." in problem.text


@pytest.mark.parametrize("form", [None, "page", "arxiv-page"])
def test_the_site_of_saved_html_is_recognised_or_named(form: str | None) -> None:
    assert pubcli.read(results(result()), form=form).profile.site == "arxiv-page"


def test_html_of_another_kind_is_refused_if_the_site_is_named() -> None:
    with pytest.raises(InputError, match="no list of papers of arXiv"):
        pubcli.read(b"<html><body><dl><dt>Kites</dt></dl></body></html>", form="arxiv-page")
