"""Marks on uncertain values."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from pubcli.answer.batches import batched
from pubcli.answer.marks import Meanings, explanations, is_uncertain, marked_text
from pubcli.model import Document
from thoroughness import examples


@pytest.mark.parametrize(
    ("row", "field", "text"),
    [
        ({"category": "CV", "classes": ["cs.CV"]}, "category", "CV"),
        ({"category": "CV", "classes": ["cs.CV", "math.CV"]}, "category", "CV*"),
        ({"category": "CV"}, "category", "CV*"),
        ({"categories": ["CV", "LG"]}, "categories", "CV*, LG"),
        ({"listed_categories": ["CV 3", "ST 2"], "ambiguous": ["ST"]}, "listed_categories", "CV 3, ST 2*"),
    ],
)
def test_an_ambiguous_category_code_has_a_mark(row: Any, field: str, text: str) -> None:
    assert marked_text(row, field) == text
    assert is_uncertain(row, field) is ("*" in text)


@pytest.mark.parametrize(
    ("row", "field", "text"),
    [
        ({"title": "Kites …", "cut": ["title"]}, "title", "Kites [...]"),
        ({"title": "Kites\u00a0...", "cut": ["title"]}, "title", "Kites [...]"),
        ({"title": "Kites", "cut": ["title"], "title_guessed": True}, "title", "Kites [...] (?)"),
        ({"title": "Kites …", "cut": []}, "title", "Kites …"),
        ({"venue": "Journal of …", "cut": ["title", "venue"]}, "venue", "Journal of [...]"),
        ({"venue": "Journal of Kites", "cut": ["title"]}, "venue", "Journal of Kites"),
        ({"venue": None, "cut": ["venue"]}, "venue", ""),
    ],
)
def test_a_value_that_the_page_truncates_has_a_mark(row: Any, field: str, text: str) -> None:
    assert marked_text(row, field) == text


def test_the_mark_of_truncated_values_is_explained_once() -> None:
    rows = [{"title": "Kites …", "venue": "J …", "cut": ["title", "venue"]}, {"title": "Maps", "cut": []}]
    assert explanations(rows, ["title", "venue"]) == ["[...] the page truncates the title, venue or abstract"]
    assert explanations(rows, ["date"]) == []


def test_the_mark_of_a_month_is_not_explained_as_that_of_a_year() -> None:
    day: Any = {"date": "2026-01-02", "date_assumed": True, "date_precision": "day"}
    month: Any = {"date": "2026-01-01", "date_assumed": True, "date_precision": "month"}
    certain: Any = {"date": "2026-01-01", "date_assumed": False, "date_precision": "month"}
    assert explanations([month, certain], ["date"]) == [
        "~ the page omits the date; this month is that of the arXiv identifier"
    ]
    assert len(explanations([month, day], ["date"])) == 2
    assert explanations([certain], ["date"]) == []


@examples(200)
@given(strategies.documents(), st.integers(1, 3))
def test_meanings_of_batches_are_those_of_all_rows(document: Document, size: int) -> None:
    rows: list[Any] = [json.loads(paper.model_dump_json()) for page in document.pages for paper in page.papers]
    fields = ("date", "category", "title", "authors", "abstract")
    meanings = Meanings(fields)
    for batch in batched(rows, size):
        meanings.add(batch)

    assert meanings.sentences(fields) == explanations(rows, fields)
    assert meanings.sentences(fields[2:]) == explanations(rows, fields[2:])
