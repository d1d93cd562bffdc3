"""Marks on uncertain values."""

from typing import Any

import pytest

from pubcli.answer.marks import is_uncertain, marked_text


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
