"""Comparison of two profiles."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given

import strategies
from pubcli.analysis.check import profiles
from pubcli.analysis.compare import COMPARISON_FIELDS, MAX_TOPICS, compare
from pubcli.answer import marks
from pubcli.answer.answer import Row
from pubcli.model import Document
from pubcli.reader import read
from pubcli.store.ask import papers
from pubcli.store.load import load
from pubcli.store.match_pages import Side
from pubcli.store.persons import display_names
from repository import FIXTURES

CAPTURED = date(2026, 11, 23)


def side(document: Document) -> Side:
    store = load(document)
    return Side(next(iter(profiles(store).rows)), list(papers(store).rows))


@pytest.fixture(scope="module")
def real_side(document: Document) -> Side:
    return side(document)


@pytest.fixture(scope="module")
def colleague() -> Side:
    return side(read(FIXTURES / "colleague-newer.txt", as_of=CAPTURED))


def section(name: str, a: Side, b: Side) -> list[tuple[Any, ...]]:
    return [(row["item"], row["a"], row["b"]) for row in compare(a, b).rows if row["section"] == name]


def test_shared_papers_have_both_dates(real_side: Side, colleague: Side) -> None:
    assert section("paper", real_side, colleague) == [
        ("Optimal Differentially Private Model Training with Public Data", "2023-06-26", "2023-06-26"),
        (
            "Tradeoffs between convergence rate and noise amplification for momentum-based accelerated optimization "
            "algorithms",
            "2022-09-24",
            "2022-09-24",
        ),
    ]


def test_dates_of_shared_papers_show_only_the_known_part() -> None:
    year = strategies.paper_row("Lakes", date="2010-01-01", date_precision="year")
    month = strategies.paper_row("Lakes", date="2010-03-01", date_precision="month")
    assert section("paper", Side({}, [year]), Side({}, [month])) == [("Lakes", "2010", "2010-03")]


def test_shared_coauthors_have_both_counts_and_exclude_the_owners(real_side: Side, colleague: Side) -> None:
    assert section("coauthor", real_side, colleague) == [
        ("Andrew Lowy", 8, 3),
        ("Tianjian Huang", 6, 1),
        ("Zeman Li", 5, 1),
        ("Mihailo R. Jovanović", 2, 3),
        ("Hesameddin Mohammadi", 2, 1),
    ]


def test_the_only_author_of_a_paper_is_not_a_coauthor_on_a_page_without_header() -> None:
    single_author, two_authors = (
        strategies.paper_row("Lakes", authors=["Ada Poe"]),
        strategies.paper_row("Seas", authors=["Ada Poe", "Bo"]),
    )
    truncated = strategies.paper_row("Lakes", authors=["Ada Poe"], authors_complete=False)

    assert section("coauthor", Side({}, [single_author, two_authors]), Side({}, [truncated])) == [("Ada Poe", 1, 1)]
    assert section("coauthor", Side({}, [single_author]), Side({}, [two_authors])) == []
    assert section("coauthor", Side({"name": "Bo"}, [single_author]), Side({}, [two_authors])) == [("Ada Poe", 1, 1)]


def test_stated_numbers_are_compared_and_recent_ones_only_for_the_same_years() -> None:
    a = {"h_index": 6, "citations": 119, "recent_since": 2021, "recent_citations": 77}
    b = {"h_index": 5, "recent_since": 2020, "recent_citations": 90}
    papers = [strategies.paper_row("Lakes")]
    assert section("header", Side(a, papers), Side(b, [])) == [
        ("h-index", 6, 5), ("citations", 119, None),
        ("citations since 2021", 77, None), ("citations since 2020", None, 90),
    ]  # fmt: skip
    assert section("header", Side(a, papers), Side(a, []))[-1] == ("citations since 2021", 77, 77)


def test_a_shared_paper_has_the_title_that_is_not_truncated() -> None:
    whole = strategies.paper_row("Lakes and seas, and rivers", date="2010-01-01", authors=["Ada Poe", "Bo Lee"])
    cut: Any = {**whole, "title": "Lakes and seas, and …", "cut": ["title"]}
    assert [item for item, *_ in section("paper", Side({}, [cut]), Side({}, [whole]))] == [whole["title"]]


def test_several_names_of_one_person_count_as_one(real_side: Side, colleague: Side) -> None:
    persons = display_names([["Andrew Lowy", "Tianjian Huang"], ["Meisam Razaviyayn", "Zeman Li"]])
    rows = [row for row in compare(real_side, colleague, persons).rows if row["section"] == "coauthor"]
    counts = [(row["item"], row["a"], row["b"]) for row in rows][:2]
    assert counts == [("Andrew Lowy", 13, 3), ("Mihailo R. Jovanović", 2, 3)]


def test_categories_have_both_counts(real_side: Side, colleague: Side) -> None:
    assert section("category", real_side, colleague)[:5] == [
        ("LG", 32, 3), ("OC", 9, 3), ("CL", 3, 0), ("ML", 2, 0), ("SY", 0, 2)
    ]  # fmt: skip


def test_ambiguous_category_codes_are_marked(real_side: Side, colleague: Side) -> None:
    codes = [
        marks.marked_text(row, "item") for row in compare(real_side, colleague).rows if row["section"] == "category"
    ]
    assert [code for code in codes if code.endswith("*")] == ["CV*", "ST*"]


def test_years_have_both_counts(real_side: Side, colleague: Side) -> None:
    years: Any = [row for row in compare(real_side, colleague).rows if row["section"] == "year"]
    assert [(row["item"], row["a"], row["b"]) for row in years[:3]] == [("2026", 4, 1), ("2025", 10, 2), ("2024", 5, 2)]
    assert [(row["a_assumed"], row["b_assumed"]) for row in years[:2]] == [(True, True), (False, False)]


def test_topics_belong_to_one_profile_only(real_side: Side) -> None:
    other = Side({}, [paper for paper in side(read(FIXTURES / "colleague-newer.txt")).papers if "SY" in str(paper)])
    topics = section("topic", real_side, other)
    assert ("differentially private", 9, 0) in topics
    assert ("inter-area oscillations", 0, 2) in topics
    assert all((a == 0) != (b == 0) for _, a, b in topics)
    assert len([item for item, a, _ in topics if a]) == MAX_TOPICS


def test_a_topic_of_both_profiles_is_left_out(real_side: Side, colleague: Side) -> None:
    assert not any("differential privacy" in item for item, _, _ in section("topic", real_side, colleague))


def test_notes_explain_lower_bounds_and_the_letters_of_the_columns(real_side: Side, colleague: Side) -> None:
    answer = compare(real_side, colleague)
    assert answer.headings == {"a": "Meisam Razaviyayn", "b": "Nora Lindqvist"}
    assert answer.notes[0].startswith("a is Meisam Razaviyayn (text, as of 2026-11-23), b is Nora Lindqvist (")
    assert "30 of 50 author lists of a and 2 of 8 of b are incomplete" in answer.notes[1]
    assert "lower bounds" in answer.notes[1]


def test_pages_and_papers_may_lack_values() -> None:
    paper = strategies.paper_row(category=None, date=None)
    answer = compare(Side({}, [paper]), Side({"name": None}, []))
    assert [tuple(row.values()) for row in answer.rows] == [
        ("category", None, 1, 0, False, False, False),
        ("year", None, 1, 0, False, False, False),
    ]
    assert answer.headings == {"a": "A", "b": "B"}
    assert list(compare(Side({}, []), Side({}, [])).rows) == []


@given(strategies.documents(), strategies.documents())
def test_swapping_the_profiles_swaps_the_columns(a: Document, b: Document) -> None:
    rows: list[Row] = list(compare(side(a), side(b)).rows)
    reversed_rows: list[Row] = list(compare(side(b), side(a)).rows)
    assert all(tuple(row) == COMPARISON_FIELDS for row in rows)
    swap = {"a": "b", "b": "a", "a_assumed": "b_assumed", "b_assumed": "a_assumed"}
    swapped = [tuple(row[swap.get(field, field)] for field in COMPARISON_FIELDS) for row in reversed_rows]
    assert sorted(map(repr, swapped)) == sorted(repr(tuple(row.values())) for row in rows)


def test_each_profile_keeps_its_own_capture_date() -> None:
    old = side(read(FIXTURES / "colleague-older.txt", as_of=date(2025, 6, 30)))
    new = side(read(FIXTURES / "colleague-newer.txt", as_of=CAPTURED))
    assert [item for item in section("year", old, new) if item[0] == "2025"] == [("2025", 1, 2)]
