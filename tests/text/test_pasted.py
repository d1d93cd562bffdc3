"""Characters that browsers and pasting add to a line are removed, and nothing else."""

import pytest

from pubcli.text.pasted import without_pasted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Walks\u00a0on\u202fkites\u2007", "Walks on kites"),
        ("\ufeffWalks\u200b", "Walks"),
        ("\u2060 \u00a0", ""),
        ("Wal\u200bks\ton\nkites", "Wal\u200bks\ton\nkites"),
    ],
)
def test_no_break_spaces_become_blanks_and_invisible_ends_are_removed(text: str, expected: str) -> None:
    assert without_pasted(text) == expected
