"""Three or more profiles: the counts of two pages are those of `compare`, and the years are those of each page."""

from datetime import date
from itertools import combinations

from pubcli.analysis.check import profiles
from pubcli.analysis.compare import compare
from pubcli.analysis.compare_several import compare_several
from pubcli.reader import read
from pubcli.store.ask import papers
from pubcli.store.load import load
from pubcli.store.match_pages import Side
from repository import FIXTURES

FILES = ("razaviyayn.txt", "colleague-older.txt", "colleague-newer.txt")


def page(text: str | bytes) -> Side:
    store = load(read(text, as_of=date(2026, 11, 23)))
    return Side(next(iter(profiles(store).rows)), list(papers(store).rows))


def test_each_two_pages_share_what_compare_counts() -> None:
    pages = [page((FIXTURES / name).read_bytes()) for name in FILES]
    rows = list(compare_several(pages, {}).rows)
    assert [row["section"] for row in rows] == ["page"] * 3 + ["pair"] * 3
    for row, (a, b) in zip(rows[3:], combinations(pages, 2), strict=True):
        sections = [pair["section"] for pair in compare(a, b).rows]
        assert (row["papers"], row["coauthors"]) == (sections.count("paper"), sections.count("coauthor"))
        assert (row["name"], row["other"]) == (a.header["name"], b.header["name"])


def test_the_years_of_all_pages_begin_and_end_together() -> None:
    text = "{0}\n\nh-index1\n\nLGMar 1, {1}\n{2}\n\n{0}, Bo Li\n\nText about {2}.\n"
    values = (("Ada A", 2019, "Kites"), ("Cy C", 2022, "Paper Folding"), ("Di D", 2020, "Bells of Steel"))
    pages = [page(text.format(*of_page)) for of_page in values]
    answer = compare_several(pages, {})
    rows = list(answer.rows)
    assert [row["papers_by_year"] for row in rows[:3]] == [[1, 0, 0, 0], [0, 0, 0, 1], [0, 1, 0, 0]]
    assert [(row["first_year"], row["last_year"]) for row in rows[:3]] == [(2019, 2019), (2022, 2022), (2020, 2020)]
    assert [(row["papers"], row["coauthors"]) for row in rows[3:]] == [(0, 1)] * 3
    assert "papers by year: 2019 to 2022" in answer.notes


def test_pages_without_papers_have_no_years() -> None:
    rows = list(compare_several([page("Ada A\n\nh-index1\n\n0 Papers\n")] * 3, {}).rows)
    assert {row["papers"] for row in rows} == {0}
    assert rows[0]["papers_by_year"] == []
