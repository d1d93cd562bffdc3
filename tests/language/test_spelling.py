"""Edit distance between two words."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.language.spelling import edit_distance, is_within, max_edit_distance

letters = st.text("abc", max_size=6)

DISTANCES = {
    "the same": ("privacy", "privacy", 0),
    "a missing letter": ("privcy", "privacy", 1),
    "an extra letter": ("privvacy", "privacy", 1),
    "a wrong letter": ("privecy", "privacy", 1),
    "swapped neighbours": ("pirvacy", "privacy", 1),
    "two errors": ("pirvcy", "privacy", 2),
    "too many errors": ("public", "privacy", None),
    "an empty word": ("", "ab", 2),
}


@pytest.mark.parametrize(("word", "other", "expected"), DISTANCES.values(), ids=DISTANCES.keys())
def test_the_edit_distance_counts_typing_errors(word: str, other: str, expected: int | None) -> None:
    assert edit_distance(word, other, 2) == expected


def distance(word: str, other: str) -> int:
    """Compute the optimal string alignment distance with the textbook's table."""
    table = {(i, 0): i for i in range(len(word) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i, j in product(range(1, len(word) + 1), range(1, len(other) + 1)):
        cost = word[i - 1] != other[j - 1]
        table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + cost)
        if i > 1 and j > 1 and word[i - 2 : i] == other[j - 1 : j - 3 if j > 2 else None : -1]:
            table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(word), len(other)]


@given(letters, letters, st.integers(0, 2))
def test_the_limited_edit_distance_agrees_with_the_textbook_algorithm(word: str, other: str, limit: int) -> None:
    assert is_within(word, other, limit) == (distance(word, other) <= limit)


def test_short_words_may_contain_fewer_errors() -> None:
    assert [max_edit_distance("x" * length) for length in (1, 2, 3, 5, 6, 20)] == [0, 0, 1, 1, 2, 2]
