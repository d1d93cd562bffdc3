"""How many papers there are of each kind."""

import sqlite3

import pytest
from hypothesis import given, settings

import oracle
import strategies
from pubcli.model import Document
from pubcli.query import Expression, Order, Query, build
from pubcli.reader import read
from pubcli.stats import CATEGORY_ORDERS, categories
from pubcli.store.load import load


@pytest.fixture(scope="module")
def real(document: Document) -> sqlite3.Connection:
    return load(document)


def counts(store: sqlite3.Connection, query: Query) -> list[tuple[object, object]]:
    return [(row["category"], row["papers"]) for row in categories(store, query).rows]


# Categories.


def test_categories_of_the_real_page(real: sqlite3.Connection) -> None:
    found = list(categories(real, Query()).rows)

    assert [(row["category"], row["papers"]) for row in found] == [
        ("LG", 32), ("OC", 9), ("CL", 3), ("ML", 2), ("CR", 1), ("CV", 1), ("NA", 1), ("ST", 1)
    ]  # fmt: skip
    assert found[5] == {
        "category": "CV",
        "meaning": "Computer Vision and Pattern Recognition (cs.CV) or Complex Variables (math.CV)",
        "classes": ["cs.CV", "math.CV"],
        "papers": 1,
    }


def test_the_expression_is_about_papers_and_the_rest_about_categories(real: sqlite3.Connection) -> None:
    query = build("year:2024", sort=(Order("category", True),), limit=1, offset=1)
    everything = sorted(counts(real, build("year:2024")), key=lambda pair: str(pair[0]), reverse=True)

    assert len(everything) > 1
    assert counts(real, query) == everything[1:2]


@pytest.mark.parametrize("descending", [False, True], ids=["up", "down"])
@pytest.mark.parametrize("field", CATEGORY_ORDERS)
def test_categories_can_be_sorted_by_every_field(real: sqlite3.Connection, field: str, descending: bool) -> None:
    values = [row[field] for row in categories(real, Query(sort=(Order(field, descending),))).rows]

    assert values == sorted(values, reverse=descending)  # type: ignore[type-var]


@settings(max_examples=80, deadline=None)
@given(strategies.documents(), strategies.expressions)
def test_the_engine_counts_what_the_oracle_counts(document: Document, where: Expression) -> None:
    found = counts(load(document), Query(where))

    assert dict(found) == oracle.categories(document.pages, where)
    assert len(dict(found)) == len(found)


def test_papers_without_category_and_unknown_ones_are_counted_as_such() -> None:
    store = load(read(b"Ada Lovelace\n\nh-index1\n\nMar 1, 2022\nOne\n\nBob Ray\n\nZZMar 2, 2022\nTwo\n\nBob Ray"))

    assert sorted(categories(store, Query()).rows, key=str) == [
        {"category": "ZZ", "meaning": None, "classes": [], "papers": 1},
        {"category": None, "meaning": None, "classes": [], "papers": 1},
    ]
