"""Entries inherit the fields that BibTeX and biber let them inherit."""

import pytest

from pubcli.model import Paper
from pubcli.reader import read

BOOK = (
    "@book{p, title = {Book}, subtitle = {Sub}, author = {Rob Roe}, publisher = {PubX}, year = 1990, edition = {2}}\n"
)


def papers(text: str) -> dict[str, Paper]:
    document = read(text, form="bibtex")
    assert document.problems == ()
    return {paper.key: paper for paper in document.papers}


@pytest.mark.parametrize("type_", ["inbook", "incollection", "bookinbook", "suppbook"])
@pytest.mark.parametrize("is_parent_first", [True, False])
def test_a_part_takes_authors_and_the_book_title_from_its_book(type_: str, is_parent_first: bool) -> None:
    child = f"@{type_}{{c, title = {{Part}}, crossref = {{P}}}}\n"
    paper = papers(BOOK + child if is_parent_first else child + BOOK)["c"]
    assert (paper.title, paper.authors, paper.publisher) == ("Part", ("Rob Roe",), "PubX")
    assert "Book" in (paper.venue, paper.extra.get("booktitle"))
    assert (paper.extra["edition"], paper.date and paper.date.year) == ("2", 1990)
    assert "subtitle" not in paper.extra


def test_an_entry_of_the_same_kind_takes_the_title() -> None:
    paper = papers(BOOK + "@book{c, crossref = {p}, edition = {3}, year = 1995}\n")["c"]
    assert (paper.title, paper.authors, paper.date and paper.date.year) == ("Book: Sub", ("Rob Roe",), 1995)
    assert paper.extra == {"subtitle": "Sub", "edition": "3"}


def test_a_part_without_a_title_is_not_lost() -> None:
    paper = papers(BOOK + "@inbook{c, chapter = 3, crossref = {p}, author = {Jane Doe}}\n")["c"]
    assert (paper.title, paper.venue, paper.authors) == ("Book: Sub", "Book", ("Jane Doe",))


def test_the_title_of_a_work_in_several_volumes_is_the_main_title() -> None:
    text = "@mvbook{m, title = {All}, author = {Rob Roe}}\n@book{v, title = {One}, crossref = {m}, volume = 1}\n"
    paper = papers(text)["v"]
    assert (paper.title, paper.authors, paper.extra["maintitle"]) == ("One", ("Rob Roe",), "All")


def test_the_title_of_a_periodical_is_the_journal_of_its_articles() -> None:
    paper = papers("@article{a, title = {T}, crossref = {j}}\n@periodical{j, title = {J}, year = 2001}\n")["a"]
    assert (paper.title, paper.venue, paper.date and paper.date.year) == ("T", "J", 2001)


def test_fields_are_inherited_over_several_generations() -> None:
    text = ("@inproceedings{c, title = {T}, crossref = {p}}\n@proceedings{p, title = {P}, crossref = {s}}\n"
            "@collection{s, title = {S}, publisher = {ACM}, series = {LNCS}}\n")  # fmt: skip
    paper = papers(text)["c"]
    assert (paper.title, paper.venue, paper.publisher, paper.extra) == ("T", "P", "ACM", {"series": "LNCS"})


def test_entries_that_name_each_other_are_read() -> None:
    text = "@book{a, title = {A}, crossref = {b}}\n@book{b, title = {B}, publisher = {P}, crossref = {a}}\n"
    assert {key: paper.publisher for key, paper in papers(text).items()} == {"a": "P", "b": "P"}
    assert papers("@book{a, title = {A}, crossref = {a}}\n")["a"].extra == {"crossref": "a"}


def test_what_describes_only_the_parent_is_not_inherited() -> None:
    parent = (
        "@book{p, title={P}, doi={10.1000/x}, url={http://a.b}, abstract={A}, note={N}, pages={1-900}, file={x.pdf}}\n"
    )
    paper = papers(f"{parent}@inbook{{c, title={{T}}, crossref={{p}}}}\n")["c"]
    assert (paper.doi, paper.url, paper.abstract, paper.pages) == (None, None, None, None)
    assert paper.extra == {"entrytype": "inbook"}


def test_an_entry_takes_all_fields_of_its_data_entries() -> None:
    text = ("@xdata{x, publisher = {P}, Location = {L}}\n@xdata{y, xdata = {x}, date = {2001}, publisher = {Q}}\n"
            "@book{a, title = {T}, xdata = {y, z}}\n@book{b, title = {U}, publisher = {R}, xdata={x,y}}\n")  # fmt: skip
    a, b = papers(text).values()
    assert (a.publisher, a.date and a.date.year, a.extra) == ("Q", 2001, {"xdata": "z", "Location": "L"})
    assert (b.publisher, b.date and b.date.year, b.extra) == ("R", 2001, {"Location": "L"})


def test_an_item_of_a_list_may_name_a_field_of_a_data_entry_or_one_item_of_it() -> None:
    entry = "@book{a, title = {T}, author = {xdata=x-author-2 AND Roe, Kim}, publisher = {xdata=my-data-publisher}"
    data = "@xdata{x, author = {Ito, Ken and Rao, Mia}, location = {Paris}}\n@xdata{my-data, publisher = {P}}\n"
    a = papers(f"{entry}, location = {{xdata = x-Location}}}}\n{data}")["a"]
    assert (a.authors, a.publisher, a.extra["location"]) == (("Mia Rao", "Kim Roe"), "P", "Paris")


@pytest.mark.parametrize("item", ["z-publisher", "x-author", "x-publisher-3", "x", "b-note"])
def test_an_item_that_names_nothing_stays_as_it_is(item: str) -> None:
    entry = f"@book{{b, title = {{T}}, publisher = {{xdata={item}}}, note={{M}}}}\n"
    document = read(f"@xdata{{x, publisher = {{P and Q}}, note={{N}}}}\n{entry}", form="bibtex")
    assert (document.papers[0].publisher, len(document.problems)) == (f"xdata={item}", 1)


def test_a_data_entry_that_no_entry_names_is_a_problem() -> None:
    document = read("@xdata{x, publisher = {P}}\n@book{a, title = {T}}\n", form="bibtex")
    assert [problem.reason for problem in document.problems] == ["no entry takes fields from this @xdata"]


def test_a_set_is_no_paper_but_its_members_are() -> None:
    a, b = papers("@set{s, entryset = {a,b,c}}\n@book{a, title = {T}}\n@book{b, title = {U}}\n").values()
    assert (a.title, b.title, a.extra, b.extra) == ("T", "U", {"entryset": "s"}, {"entryset": "s"})


def test_a_reference_that_inherits_nothing_is_kept() -> None:
    paper = papers(BOOK + "@inbook{c, title = {T}, xref = {p}}\n")["c"]
    assert (paper.authors, paper.publisher, paper.extra["xref"]) == ((), None, "p")


def test_a_parent_with_very_many_fields_gives_each_child_only_some() -> None:
    parent = "".join(f", f{number} = 1" for number in range(1_000))
    paper = papers(f"@book{{p, title = {{P}}{parent}}}\n@inbook{{c, title = {{T}}, crossref = {{p}}}}\n")["c"]
    assert len(paper.extra) < 300
