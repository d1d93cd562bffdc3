"""Topics of each year, category or person."""

from typing import Any

import pytest
from hypothesis import given

import oracle
import strategies
from pubcli.analysis.topics_by_group import GROUPS, topics_by_group
from pubcli.errors import UsageError
from pubcli.model import Document
from pubcli.query.expression import Expression, Query
from pubcli.store.database import Store
from pubcli.store.load import load
from pubcli.text.normalize import fold
from thoroughness import examples


@pytest.fixture(scope="module")
def real_store(document: Document) -> Store:
    return load(document)


def test_the_characteristic_topics_of_each_category_are_listed(real_store: Store) -> None:
    answer = topics_by_group(real_store, "category", Query(limit=1))
    rows = list(answer.rows)

    assert [row["category"] for row in rows] == ["LG", "OC", "CL"]
    assert rows[1] == {
        "category": "OC", "topic": "min-max game", "papers": 2, "share": 0.2222, "elsewhere": 0.0,
        "score": rows[1]["score"], "keys": ["barazandeh2020solving", "nouiehed2019solving"],
    }  # fmt: skip
    assert all(tuple(row) == answer.fields for row in rows)


def test_topics_of_a_year_show_its_number_of_assumed_dates(real_store: Store) -> None:
    rows = list(topics_by_group(real_store, "year", Query(limit=2)).rows)

    assert [row["year"] for row in rows] == sorted(row["year"] for row in rows)
    assert {row["year"]: row["assumed_dates"] for row in rows}[2026] == 4


@pytest.mark.parametrize("dimension", GROUPS)
@examples(25)
@given(document=strategies.documents(), where=strategies.expressions)
def test_counts_of_groups_agree_with_the_oracle(dimension: str, document: Document, where: Expression) -> None:
    pairs = [(page, paper) for page in document.pages for paper in page.papers if oracle.selects(where, paper)]
    rows: list[Any] = list(topics_by_group(load(document), dimension, Query(where, limit=100)).rows)
    for row in rows:
        value = fold(str(row[dimension])) if dimension == "author" else row[dimension]
        group = [paper for page, paper in pairs if value in oracle.VALUES[dimension](page, paper)]
        rest_of_papers = [paper for page, paper in pairs if value not in oracle.VALUES[dimension](page, paper)]
        assert row["papers"] == len(oracle.papers_with_phrase(group, row["topic"])) >= 2
        assert row["share"] == round(len(oracle.papers_with_phrase(group, row["topic"])) / len(group), 4)
        if rest_of_papers:
            assert row["elsewhere"] == round(
                len(oracle.papers_with_phrase(rest_of_papers, row["topic"])) / len(rest_of_papers), 4
            )
        else:
            assert row["elsewhere"] is None


def test_only_some_dimensions_have_topics(real_store: Store) -> None:
    with pytest.raises(UsageError, match="topics cannot be grouped by team; choose year, category"):
        topics_by_group(real_store, "team")
