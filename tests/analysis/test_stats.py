"""Counts of papers by category and by one or two dimensions."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracle
import strategies
from pubcli.analysis import stats
from pubcli.analysis.dimensions import DIMENSIONS, dimension_fields
from pubcli.analysis.stats import CATEGORY_ORDERS, category_counts, count_by, cross_tabulate, overview
from pubcli.answer.answer import Row
from pubcli.answer.marks import marked_text
from pubcli.errors import UsageError
from pubcli.model import Document
from pubcli.query.expression import Expression, Order, Query
from pubcli.query.language import build
from pubcli.reader import read
from pubcli.store.database import Store
from pubcli.store.load import load
from pubcli.text.normalize import fold
from thoroughness import examples


@pytest.fixture(scope="module")
def real_store(document: Document) -> Store:
    return load(document)


def counts(store: Store, query: Query) -> list[tuple[object, object]]:
    return [(row["category"], row["papers"]) for row in category_counts(store, query).rows]


# Categories


def test_categories_of_the_real_page_have_the_expected_counts(real_store: Store) -> None:
    rows = list(category_counts(real_store, Query()).rows)

    assert [(row["category"], row["papers"]) for row in rows] == [
        ("LG", 32), ("OC", 9), ("CL", 3), ("ML", 2), ("CR", 1), ("CV", 1), ("NA", 1), ("ST", 1)
    ]  # fmt: skip
    assert rows[5] == {
        "category": "CV",
        "meaning": "Computer Vision and Pattern Recognition (cs.CV) or Complex Variables (math.CV)",
        "classes": ["cs.CV", "math.CV"],
        "papers": 1,
    }


def test_an_explicit_class_resolves_an_ambiguous_category() -> None:
    """A bibliography with cs.CV resolves the code CV; a page with the bare code makes it ambiguous again."""
    bibliography = read(b"@misc{a, title={Seeing}, eprint={2203.06735}, archiveprefix={arXiv}, primaryclass={cs.CV}}")
    page = read(b"Ada Lovelace\n\nCVMar 13, 2022\nOther Views\n\nAda Lovelace\n\nText.\n\n")
    [row] = category_counts(load(bibliography), Query()).rows
    assert (row["meaning"], row["classes"]) == ("Computer Vision and Pattern Recognition", ["cs.CV"])
    [row] = category_counts(load(bibliography, page), Query()).rows
    assert (row["classes"], row["papers"]) == (["cs.CV", "math.CV"], 2)
    assert [marked_text(row, "category") for row in count_by(load(bibliography), "category").rows] == ["CV"]
    assert [marked_text(row, "category") for row in count_by(load(page), "category").rows] == ["CV*"]


def test_the_expression_selects_papers_and_limit_and_sort_apply_to_categories(real_store: Store) -> None:
    query = build("year:2024", sort=(Order("category", True),), limit=1, offset=1)
    in_order = sorted(counts(real_store, build("year:2024")), key=lambda pair: str(pair[0]), reverse=True)

    assert len(in_order) > 1
    assert counts(real_store, query) == in_order[1:2]


@pytest.mark.parametrize("descending", [False, True], ids=["up", "down"])
@pytest.mark.parametrize("field", CATEGORY_ORDERS)
def test_categories_can_be_sorted_by_every_field(real_store: Store, field: str, descending: bool) -> None:
    rows: list[Any] = list(category_counts(real_store, Query(sort=(Order(field, descending),))).rows)
    values = [row[field] for row in rows]

    assert values == sorted(values, reverse=descending)


@examples(80)
@given(strategies.documents(), strategies.expressions)
def test_category_counts_agree_with_the_oracle(document: Document, where: Expression) -> None:
    pairs = counts(load(document), Query(where))

    assert dict(pairs) == oracle.categories(document.pages, where)
    assert len(dict(pairs)) == len(pairs)


def test_papers_without_a_category_or_with_an_unknown_category_are_counted() -> None:
    store = load(read(b"Ada Lovelace\n\nh-index1\n\nMar 1, 2022\nOne\n\nBob Ray\n\nZZMar 2, 2022\nTwo\n\nBob Ray"))

    assert sorted(category_counts(store, Query()).rows, key=str) == [
        {"category": "ZZ", "meaning": None, "classes": [], "papers": 1},
        {"category": None, "meaning": None, "classes": [], "papers": 1},
    ]


# Dimensions


def values(rows: Iterable[Row], *fields: str) -> list[tuple[object, ...]]:
    return [tuple(row[field] for field in fields) for row in rows]


def test_years_of_the_real_page_have_the_expected_counts(real_store: Store) -> None:
    answer = count_by(real_store, "year")
    rows = list(answer.rows)

    assert values(rows, "year", "papers", "assumed_dates") == [
        (2016, 1, 0), (2017, 0, 0), (2018, 0, 0), (2019, 6, 0), (2020, 5, 0), (2021, 7, 0), (2022, 6, 0), (2023, 6, 0),
        (2024, 5, 0), (2025, 10, 0), (2026, 4, 4),
    ]  # fmt: skip
    assert all(tuple(row) == answer.fields for row in rows)
    assert rows[1] == {
        "year": 2017, "papers": 0, "share": 0.0, "authors_per_paper": None, "assumed_dates": 0, "cut_author_lists": 0
    }  # fmt: skip
    assert rows[9]["share"] == 0.2


def test_teams_of_the_real_page_have_the_expected_counts(real_store: Store) -> None:
    assert values(count_by(real_store, "team").rows, "team", "team_cut", "papers", "authors_per_paper") == [
        (2, False, 7, 2.0), (3, False, 13, 3.0), (3, True, 30, 3.0)
    ]  # fmt: skip


def test_unknown_values_come_last_in_both_directions() -> None:
    records = ("Mar 1, 2022\nOne", "LGMar 2\nTwo", "LGMar 3\nThree")
    text = "\n\n".join(("Ada Lovelace", "h-index1", *(f"{record}\n\nBob Ray" for record in records)))
    store = load(read(text.encode(), as_of=date(2022, 1, 1)))

    assert values(count_by(store, "year").rows, "year", "papers") == [(2022, 1), (None, 2)]
    assert values(count_by(store, "category").rows, "category", "papers") == [("LG", 2), (None, 1)]
    assert values(count_by(store, "category", Query(sort=(Order("papers", False),))).rows, "category") == [
        (None,),
        ("LG",),
    ]
    for descending in (False, True):
        assert values(count_by(store, "year", Query(sort=(Order("year", descending),))).rows, "year")[-1] == (None,)


def test_limit_and_offset_apply_to_values(real_store: Store) -> None:
    answer = count_by(real_store, "author", Query(limit=2, offset=1))

    assert values(answer.rows, "author", "papers") == [("Andrew Lowy", 8), ("Sina Baharlouei", 7)]
    assert answer.notes == (
        "a paper counts once for each author it has",
        "30 of 50 author lists are incomplete (et al.): counts of authors are lower bounds",
    )


@pytest.mark.parametrize("dimension", DIMENSIONS)
@examples(40)
@given(document=strategies.documents(), where=strategies.expressions)
def test_counts_by_every_dimension_agree_with_the_oracle(dimension: str, document: Document, where: Expression) -> None:
    rows = [row for row in count_by(load(document), dimension, Query(where)).rows if row["papers"]]
    papers = {(value(row, dimension),): row["papers"] for row in rows}

    assert len(papers) == len(rows)
    assert papers == with_values(oracle.count_values(document.pages, [dimension], where))


def with_values(papers: Counter[object]) -> Counter[object]:
    """Return no numbers if no paper has a value of one of the dimensions."""
    lacking = (None, (None, False))  # a team is a pair
    is_complete = all(any(value not in lacking for value in values) for values in zip(*papers, strict=True))
    return papers if is_complete else Counter()


def value(row: Row, dimension: str) -> object:
    if dimension == "team":
        return row["team"], row["team_cut"]
    if row[dimension] is not None and "author" in dimension:
        return fold(str(row[dimension]))
    return oracle.spelling(row[dimension]) if dimension in ("venue", "publisher", "keyword") else row[dimension]  # type: ignore[arg-type]


@pytest.mark.parametrize("pair",
    [
        ("year", "category"), ("team", "author"), ("badge", "profile"), ("org", "team"), ("venue", "keyword"),
        ("keyword", "month"), ("kind", "source"),
    ],
)  # fmt: skip
@examples(40)
@given(document=strategies.documents(), where=strategies.expressions)
def test_counts_of_pairs_agree_with_the_oracle(pair: tuple[str, str], document: Document, where: Expression) -> None:
    answer = cross_tabulate(load(document), *pair, Query(where))
    rows = list(answer.rows)

    papers = {(value(row, pair[0]), value(row, pair[1])): row["papers"] for row in rows}
    assert papers == with_values(oracle.count_values(document.pages, pair, where))
    assert answer.crossing is not None
    assert answer.crossing.papers == len(oracle.select_papers(document.pages, where))


def test_a_limit_applies_to_the_first_of_two_dimensions(real_store: Store) -> None:
    rows = list(cross_tabulate(real_store, "author", "year", Query(limit=1)).rows)

    assert {row["author"] for row in rows} == {"Meisam Razaviyayn"}
    assert [row["year"] for row in rows] == [2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026]


def test_a_dimension_cannot_be_crossed_with_itself(real_store: Store) -> None:
    with pytest.raises(UsageError, match="year cannot be crossed with itself"):
        cross_tabulate(real_store, "year", "year")


def test_the_overview_of_the_real_page_lists_every_dimension(real_store: Store) -> None:
    answer = overview(real_store)
    rows = {row["by"]: row for row in answer.rows}

    assert list(rows) == ["year", "category", "badge", "org", "team", "author"]
    assert rows["year"] == {
        "by": "year", "values": 9, "papers": 50, "share": 1.0, "counts": [1, 0, 0, 6, 5, 7, 6, 6, 5, 10, 4],
        "most": ["2025 10", "2021 7", "2019 6", "2022 6", "2023 6"],
    }  # fmt: skip
    assert (rows["badge"]["values"], rows["badge"]["papers"], rows["badge"]["share"]) == (1, 6, 0.12)
    assert rows["team"]["most"] == ["3+ 30", "3 13", "2 7"]
    assert "50 papers; 2.9 authors shown per paper" in answer.notes
    assert list(overview(real_store, "absent").rows) == []


def test_papers_that_count_twice_have_a_note(document: Document) -> None:
    note = "50 of 100 papers have the same title as another paper and may be duplicates; all are counted"

    assert note in count_by(load(document, document), "category").notes
    assert count_by(load(document), "category").notes == ()


_windows = st.tuples(st.integers(1, 4), st.integers(0, 3))


@pytest.mark.parametrize("dimension", DIMENSIONS)
@examples(40)
@given(document=strategies.documents(), where=strategies.expressions, window=_windows)
def test_a_part_of_the_counts_is_the_same_as_in_the_whole_answer(
    dimension: str, document: Document, where: Expression, window: tuple[int, int]
) -> None:
    store, (limit, offset) = load(document), window
    part = count_by(store, dimension, Query(where, limit=limit, offset=offset))

    assert list(part.rows) == list(count_by(store, dimension, Query(where)).rows)[offset : offset + limit]


@pytest.mark.parametrize("pair", [("author", "year"), ("author", "profile"), ("category", "badge"), ("team", "author")])
@examples(40)
@given(document=strategies.documents(), where=strategies.expressions, window=_windows)
def test_pairs_of_a_part_of_the_values_are_the_same_as_in_the_whole_answer(
    pair: tuple[str, str], document: Document, where: Expression, window: tuple[int, int]
) -> None:
    store, (limit, offset) = load(document), window
    whole = cross_tabulate(store, *pair, Query(where))
    part = cross_tabulate(store, *pair, Query(where, limit=limit, offset=offset))
    assert whole.crossing
    assert part.crossing

    chosen = [_key(row, pair[0]) for row in list(whole.crossing.rows)[offset : offset + limit]]

    assert [_key(row, pair[0]) for row in part.crossing.rows] == chosen
    assert list(part.rows) == [row for row in whole.rows if _key(row, pair[0]) in chosen]
    assert part.crossing.columns == whole.crossing.columns


@examples(60)
@given(strategies.documents(), strategies.expressions)
def test_the_overview_counts_the_values_of_each_dimension(document: Document, where: Expression) -> None:
    store = load(document)

    for row in overview(store, Query(where)).rows:
        counts = list(count_by(store, row["by"], Query(where)).rows)
        assert row["values"] == sum(count[row["by"]] is not None and count["papers"] > 0 for count in counts)  # type: ignore[literal-required]


def test_the_selected_papers_are_read_once_for_all_dimensions(real_store: Store) -> None:
    statements: list[str] = []
    real_store.set_trace_callback(statements.append)
    list(overview(real_store).rows)
    real_store.set_trace_callback(None)

    assert sum("FROM authorship WHERE paper_id = paper.id" in text for text in statements) == 1


def _key(row: Any, dimension: str) -> tuple[object, ...]:
    return tuple(row[field] for field in dimension_fields(dimension))


def test_an_overview_of_very_many_papers_reads_no_records_and_says_so(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = load(document)
    assert "org" in {row["by"] for row in overview(store).rows}
    monkeypatch.setattr(stats, "_MOST_READ", 49)
    answer = overview(store)
    assert {row["by"] for row in answer.rows} == {"year", "category", "badge", "team", "author"}
    assert any(note.startswith("kind, venue, publisher, keyword, org, ") for note in answer.notes)
