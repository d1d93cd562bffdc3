"""Typing errors between two words."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.language.spelling import edit_distance, is_within, max_edit_distance

letters = st.text("abc", max_size=6)

APART = {
    "the same": ("privacy", "privacy", 0),
    "a letter less": ("privcy", "privacy", 1),
    "a letter more": ("privvacy", "privacy", 1),
    "a wrong letter": ("privecy", "privacy", 1),
    "neighbours that changed places": ("pirvacy", "privacy", 1),
    "two errors": ("pirvcy", "privacy", 2),
    "too many": ("public", "privacy", None),
    "nothing left of one": ("", "ab", 2),
}


@pytest.mark.parametrize(("one", "other", "apart"), APART.values(), ids=APART.keys())
def test_errors(one: str, other: str, apart: int | None) -> None:
    assert edit_distance(one, other, 2) == apart


def distance(one: str, other: str) -> int:
    """Optimal string alignment by its table: the textbook's way."""
    table = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i, j in product(range(1, len(one) + 1), range(1, len(other) + 1)):
        changed = one[i - 1] != other[j - 1]
        table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + changed)
        if i > 1 and j > 1 and one[i - 2 : i] == other[j - 1 : j - 3 if j > 2 else None : -1]:
            table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(one), len(other)]


@given(letters, letters, st.integers(0, 2))
def test_the_textbook_agrees(one: str, other: str, most: int) -> None:
    assert is_within(one, other, most) == (distance(one, other) <= most)


def test_short_words_may_hold_fewer_errors() -> None:
    assert [max_edit_distance("x" * length) for length in (1, 2, 3, 5, 6, 20)] == [0, 0, 1, 1, 2, 2]
