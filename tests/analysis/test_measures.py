"""Measures of groups of papers, compared with pandas and with published examples."""

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from pubcli.analysis.measures import MEASURES, Measures, citation_fields, g_index, h_index, i10_index, sort_fields
from pubcli.analysis.stats import count_by, cross_tabulate
from pubcli.errors import UsageError
from pubcli.model import Document
from pubcli.query.expression import Order, Query
from pubcli.reader import read
from pubcli.store.database import Store
from pubcli.store.load import load
from thoroughness import examples

ALL = Measures(("citations,h,fractional",))


def frame(document: Document) -> pd.DataFrame:
    """Return a table with a line for each paper and keyword."""
    lines = [
        {
            "paper": (page_number, paper.position),
            "keyword": keyword,
            "citations": paper.citations,
            "per_year": paper.citations / max(1, page.profile.as_of.year - paper.date.year + 1)
            if paper.citations is not None and paper.date
            else None,
            "fraction": 1 / max(1, len(set(map(str.lower, paper.keywords)))),
        }
        for page_number, page in enumerate(document.pages)
        for paper in page.papers
        for keyword in set(map(str.lower, paper.keywords)) or {""}
    ]
    return pd.DataFrame(lines, columns=["paper", "keyword", "citations", "per_year", "fraction"])


@examples(80)
@given(strategies.documents())
def test_measures_agree_with_pandas(document: Document) -> None:
    rows = {(row["keyword"] or "").lower(): row for row in count_by(load(document), "keyword", "", ALL).rows}
    groups: Any = frame(document).groupby("keyword")
    if rows:
        assert set(rows) == set(groups.groups)
    for keyword, row in rows.items():
        group = groups.get_group(keyword)
        cited = group["citations"].dropna().astype(float)
        assert row["citations_known"] == len(cited)
        assert row["fractional"] == pytest.approx(group["fraction"].sum(), abs=1e-4)
        measured = {
            "citations": cited.sum(), "citations_mean": cited.mean(), "citations_median": cited.median(),
            "citations_max": cited.max(),
        }  # fmt: skip
        for field, value in measured.items():
            assert same(row[field], value if len(cited) else None), field  # type: ignore[literal-required]
        assert same(row["citations_per_year"], group["per_year"].astype(float).mean())


def same(value: object, expected: float | None) -> bool:
    if expected is None or math.isnan(expected):
        return value is None
    return isinstance(value, int | float) and abs(value - expected) < 0.006


@given(st.lists(st.integers(0, 30), max_size=30))
def test_indexes_agree_with_their_definitions(numbers: list[int]) -> None:
    cited = sorted(numbers, reverse=True)
    assert h_index(cited) == max(h for h in range(31) if sum(number >= h for number in cited) >= h)
    assert g_index(cited) == max(g for g in range(len(cited) + 1) if sum(cited[:g]) >= g * g)
    assert i10_index(cited) == sum(number > 9 for number in cited)


def test_the_h_index_and_g_index_of_a_published_example() -> None:
    """Egghe, Theory and practise of the g-index, Scientometrics 69 (2006), table 1: the papers of L. Egghe."""
    cited = [47, 42, 37, 36, 21, 18, 17, 16, 16, 16, 15, 13, 13, 13, 13, 12, 12, 12, 12, 11]
    assert (h_index(cited), g_index(cited)) == (13, 19)


def test_fractions_of_authors_add_up_to_the_papers() -> None:
    store = store_of(("Doe, J. and Roe, K. and Poe, L.", 3), ("Doe, J.", 5), ("Roe, K. and Doe, J.", None))
    rows = list(count_by(store, "author", "", Measures(("fractional",))).rows)
    fractions = {row["author"]: row["fractional"] for row in rows}
    assert fractions == {"J. Doe": 1.8333, "K. Roe": 0.8333, "L. Poe": 0.3333}
    assert [row["author"] for row in rows] == ["J. Doe", "K. Roe", "L. Poe"]


def store_of(*papers: tuple[str, int | None]) -> Store:
    lines = ["Authors,Title,Year,Cited by"]
    lines += [
        f'"{authors}",Title {place},2020,{"" if cited is None else cited}'
        for place, (authors, cited) in enumerate(papers)
    ]
    return load(read("\n".join(lines).encode()))


def test_the_first_measure_sorts_values_and_missing_values_come_last() -> None:
    store = store_of(("A B", 1), ("A B", 2), ("C D", 50), ("E F", None), ("G H", None))
    answer = count_by(store, "author", "", Measures(("citations_max", "papers")))
    assert [(row["author"], row["citations_max"]) for row in answer.rows] == [
        ("C D", 50), ("A B", 2), ("E F", None), ("G H", None)
    ]  # fmt: skip
    assert "citations are known for 3 of 5 papers" in answer.notes
    assert answer.optional == ("citations_max", "papers")


def test_years_are_sorted_by_a_measure_only_on_demand() -> None:
    text = "Title,Year\nA,2020\nB,2021\nC,2021\nD,2022"
    store = load(read(text.encode()))
    assert [row["year"] for row in count_by(store, "year", "", Measures(("papers",))).rows] == [2020, 2021, 2022]
    ranked = count_by(store, "year", Query(limit=2), Measures(sorts_values=True))
    assert [row["year"] for row in ranked.rows] == [2021, 2020]


def test_a_long_table_has_a_row_for_each_pair_and_no_cross_tabulation() -> None:
    store = store_of(("A B", 1), ("A B", 2), ("C D", 50))
    answer = cross_tabulate(store, "author", "year", "", Measures(("citations",)), is_long=True)
    assert answer.crossing is None
    assert [(row["author"], row["year"], row["citations"]) for row in answer.rows] == [
        ("C D", 2020, 50), ("A B", 2020, 3)
    ]  # fmt: skip


def test_rows_have_all_fields_also_for_years_without_papers() -> None:
    store = load(read(b"Title,Year,Cited by\nA,2020,1\nB,2023,2"))
    answer = count_by(store, "year", "", ALL)
    assert all(tuple(row) == answer.fields for row in answer.rows)


@pytest.mark.parametrize("name", MEASURES)
def test_values_can_be_sorted_by_each_field_of_a_measure(name: str) -> None:
    store = store_of(("A B", 1), ("C D", 50))
    measures = Measures((name,))
    for field in sort_fields("author", measures):
        rows: Sequence[Any] = list(count_by(store, "author", Query(sort=(Order(field, True),)), measures).rows)
        assert [row[field] for row in rows] == sorted((row[field] for row in rows), reverse=True)


def test_an_unknown_measure_is_a_usage_error_with_a_suggestion() -> None:
    with pytest.raises(UsageError, match=r"invalid value 'citation' \(did you mean citations\?\)"):
        Measures(("papers,citation",))
    assert citation_fields([], None)["citations"] is None
