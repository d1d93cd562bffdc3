"""Rows whose cells do not match the header: their papers are read, and no text is lost."""

import pytest

from pubcli.errors import InputError
from pubcli.model import Document
from pubcli.reader import read

CSV = "title,authors,year,doi\n"
TSV = CSV.replace(",", "\t")


def summaries(document: Document) -> list[tuple[object, ...]]:
    """Return title, authors and year of each paper."""
    return [(paper.title, paper.authors, paper.date and paper.date.year) for paper in document.papers]


@pytest.mark.parametrize(
    "table",
    [
        CSV + 'Alpha,"Doe, Jane",2001\nBeta,"Roe, K."\nGamma,"Loe, L.",2003,10.1000/c\n',
        CSV.replace(",", ";") + 'Alpha;Doe, Jane;2001\nBeta;"Roe, K."\nGamma;"Loe, L.";2003;10.1000/c\n',
        TSV + "Alpha\tDoe, Jane\t2001\nBeta\tRoe, K.\nGamma\tLoe, L.\t2003\t10.1000/c\n",
        TSV + '"Alpha"\t"Doe, Jane"\t2001\n"Beta"\t"Roe, K."\nGamma\t"Loe, L."\t2003\t10.1000/c\n',
    ],
)
def test_cells_that_are_missing_at_the_end_of_a_row_are_empty(table: str) -> None:
    document = read(table)
    assert summaries(document) == [
        ("Alpha", ("Jane Doe",), 2001),
        ("Beta", ("K. Roe",), None),
        ("Gamma", ("L. Loe",), 2003),
    ]
    assert document.problems == ()


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("tabs", [False, True])
def test_surplus_cells_are_kept_and_reported(place: int, tabs: bool) -> None:
    lines = ["Alpha,J. Doe,2001,10.1000/a", "Beta,K. Roe,2002,10.1000/b", "Gamma,L. Loe,2003,10.1000/c"]
    lines[place] += ",surplus,,more"
    text = CSV + "\n".join(lines)
    document = read(text.replace(",", "\t") if tabs else text)
    assert [paper.title for paper in document.papers] == ["Alpha", "Beta", "Gamma"]
    assert [paper.extra for paper in document.papers if paper.extra] == [{"unnamed": "surplus; more"}]
    assert document.papers[place].doi is not None
    [problem] = document.problems
    assert (problem.line, problem.reason) == (place + 2, "the row has 7 cells, but the header has 4")
    assert problem.text == "surplus; more"


def test_a_surplus_cell_inside_a_row_does_not_lose_the_cells_after_it() -> None:
    document = read('Authors,Title,Year,EID\n"Roe, K.",Beta,2002,surplus,2-s2.0-2\n')
    assert summaries(document) == [("Beta", ("K. Roe",), 2002)]
    assert document.papers[0].extra == {"EID": "surplus", "unnamed": "2-s2.0-2"}


def test_an_unquoted_line_break_is_reported() -> None:
    document = read(CSV + 'First line\nsecond line,"Doe, J.",2001,10.1000/a\nLong,"Roe, K.\nand Loe",2001\n')
    assert [problem.line for problem in document.problems] == [2]
    document = read(CSV + "Alpha,Doe J\nRoe K,2001,10.1000/a\n")
    assert [problem.line for problem in document.problems] == [3]  # "10.1000/a" is no year


def test_a_row_without_a_title_is_one_problem_with_all_its_text() -> None:
    [problem] = read("authors,title,year\nJ. Doe,Alpha,2001\nSource: a database\n").problems
    assert (problem.line, problem.text) == (3, "Source: a database")


@pytest.mark.parametrize(
    "row",
    ['"Never closed,"Moe, A.",2004,10.1000/e', '"He said "no"",J. Moe,2004,10.1000/e', '"Never closed,J. Moe,2004'],
)
def test_misplaced_quotation_marks_are_reported(row: str) -> None:
    document = read(f"{CSV}Before,J. Doe,2001,\n{row}\nAfter,J. Doe,2002,\n")
    [problem] = document.problems
    assert (problem.line, problem.text) == (3, row)
    assert {"Before", "After"} <= {paper.title for paper in document.papers}


def test_a_quotation_mark_that_joins_two_rows_is_part_of_the_text() -> None:
    document = read(f'{TSV}"Open\tJ. Doe\t2001\t\nBeta"\tK. Roe\t2002\nGamma\tL. Loe\t2003\t\n')
    assert [paper.title for paper in document.papers] == ['"Open', 'Beta"', "Gamma"]


def test_a_quoted_line_break_in_a_short_row_is_part_of_the_cell() -> None:
    for table in (CSV + '"Two\nlines","Doe, J."\n', TSV + '"Two\nlines"\t"Doe, J."\n'):
        document = read(table)
        assert summaries(document) == [("Two lines", ("J. Doe",), None)]
        assert document.problems == ()


def test_a_bar_separates_names() -> None:
    [paper] = read("title,authors,keywords\nAlpha,Jane Doe|Roe; Karl|Li de Loe,one|two; three\n").papers
    assert paper.authors == ("Jane Doe", "Roe; Karl", "Li de Loe")
    assert paper.keywords == ("one", "two; three")


@pytest.mark.parametrize(
    "columns",
    [
        "id,authorships.author.display_name,cited_by_count,display_name,doi,primary_location.source.display_name,"
        "biblio.volume,biblio.first_page,biblio.last_page,publication_year,type",
        "id,author_names,cited_by_count,display_name,doi,primary_location_display_name,"
        "biblio_volume,biblio_first_page,biblio_last_page,publication_year,type",
        "Work ID,Author,Citation count,Title,DOI,Source,Volume,Page start,Page end,Year,Type",
    ],
)
def test_a_table_of_openalex_is_recognised(columns: str) -> None:
    row = "https://openalex.org/W1,Jane Doe|Karl Roe,7,Alpha,https://doi.org/10.1000/A,J,8,1,9,2020,book-chapter"
    document = read(f"{columns}\n{row}\n")
    [paper] = document.papers
    assert (paper.title, paper.authors, paper.citations, paper.doi) == (
        "Alpha",
        ("Jane Doe", "Karl Roe"),
        7,
        "10.1000/a",
    )
    assert (paper.venue, paper.volume, paper.pages, paper.kind) == ("J", "8", "1-9", "chapter")


def test_a_table_of_people_from_openalex_is_not_a_list_of_papers() -> None:
    with pytest.raises(InputError, match="not a page that pubcli reads"):
        read("id,display_name,works_count,cited_by_count\nhttps://openalex.org/A1,Jane Doe,2,7\n")


def test_a_list_of_authors_that_openalex_truncates_is_incomplete() -> None:
    [paper] = read("display_name,publication_year,is_authors_truncated\nAlpha,2020,TRUE\n").papers
    assert not paper.authors_complete
