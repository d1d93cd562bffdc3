"""Marks on uncertain values."""

from typing import Any

import pytest

from pubcli.answer.marks import is_uncertain, marked_text


@pytest.mark.parametrize(
    ("row", "field", "shown"),
    [
        ({"category": "CV", "classes": ["cs.CV"]}, "category", "CV"),
        ({"category": "CV", "classes": ["cs.CV", "math.CV"]}, "category", "CV*"),
        ({"category": "CV"}, "category", "CV*"),
        ({"categories": ["CV", "LG"]}, "categories", "CV*, LG"),
        ({"listed_categories": ["CV 3", "ST 2"], "ambiguous": ["ST"]}, "listed_categories", "CV 3, ST 2*"),
    ],
)
def test_a_code_is_marked_where_the_archive_is_not_known(row: Any, field: str, shown: str) -> None:
    assert marked_text(row, field) == shown
    assert is_uncertain(row, field) is ("*" in shown)
