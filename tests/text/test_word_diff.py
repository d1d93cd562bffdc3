"""The words that differ between two texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.text.word_diff import ADDED, REMOVED, changed_words


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Fair Trees", "Fair Trees", "Fair Trees"),
        ("Fair Trees", "Fair Big Trees", "Fair {+Big+} Trees"),
        ("Fair Big Trees", "Fair Trees", "Fair [-Big-] Trees"),
        ("Fair Trees", "Private Trees", "[-Fair-] {+Private+} Trees"),
        ("Fair", "FAIR", "[-Fair-] {+FAIR+}"),
        ("", "New", "{+New+}"),
    ],
)
def test_changed_words_are_marked(old: str, new: str, expected: str) -> None:
    assert changed_words(old, new) == expected


def test_long_unchanged_runs_are_shortened() -> None:
    unchanged = " ".join("abcdefghij")
    result = changed_words(f"{unchanged} old {unchanged}", f"{unchanged} new {unchanged}", whole=False)
    assert result == "… h i j [-old-] {+new+} a b c …"


def test_very_long_texts_show_only_their_lengths() -> None:
    assert changed_words("a " * 5_000, "b " * 4_000) == "[-5,000 words-] {+4,000 words+}"


@given(st.lists(st.sampled_from("abc"), max_size=8), st.lists(st.sampled_from("abc"), max_size=8))
def test_both_texts_can_be_restored_from_the_result(old: list[str], new: list[str]) -> None:
    result = changed_words(" ".join(old), " ".join(new))
    assert ADDED.sub("", REMOVED.sub(lambda match: match[0][2:-2], result)).split() == old
    assert REMOVED.sub("", ADDED.sub(lambda match: match[0][2:-2], result)).split() == new
