"""Two texts in one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.text.word_diff import ADDED, REMOVED, changed_words


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Fair Trees", "Fair Trees", "Fair Trees"),
        ("Fair Trees", "Fair Big Trees", "Fair {+Big+} Trees"),
        ("Fair Big Trees", "Fair Trees", "Fair [-Big-] Trees"),
        ("Fair Trees", "Private Trees", "[-Fair-] {+Private+} Trees"),
        ("Fair", "FAIR", "[-Fair-] {+FAIR+}"),
        ("", "New", "{+New+}"),
    ],
)
def test_changed_words(old: str, new: str, told: str) -> None:
    assert changed_words(old, new) == told


def test_long_stretches_that_stay_are_cut() -> None:
    same = " ".join("abcdefghij")
    told = changed_words(f"{same} old {same}", f"{same} new {same}", whole=False)
    assert told == "… h i j [-old-] {+new+} a b c …"


def test_a_book_is_told_by_its_length() -> None:
    assert changed_words("a " * 5_000, "b " * 4_000) == "[-5,000 words-] {+4,000 words+}"


@given(st.lists(st.sampled_from("abc"), max_size=8), st.lists(st.sampled_from("abc"), max_size=8))
def test_both_texts_can_be_read_out_of_it(old: list[str], new: list[str]) -> None:
    told = changed_words(" ".join(old), " ".join(new))
    assert ADDED.sub("", REMOVED.sub(lambda match: match[0][2:-2], told)).split() == old
    assert REMOVED.sub("", ADDED.sub(lambda match: match[0][2:-2], told)).split() == new
