"""Alias files."""

from pathlib import Path

import pytest

from pubcli.biblio.alias_files import parse, read
from pubcli.errors import InputError

TEXT = """# who is who
Meisam Razaviyayn = M. Razaviyayn

Sze-chuan  Suen; Sze Chuan Suen ;S. Suen  # three
"""


def test_a_line_is_a_person() -> None:
    assert parse(TEXT.replace("\n", "\r\n"), "aliases") == [
        ["Meisam Razaviyayn", "M. Razaviyayn"],
        ["Sze-chuan Suen", "Sze Chuan Suen", "S. Suen"],
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A = B\n\nC\n", "a, line 3: one name says nothing"),
        ("A B = C\nD = a b\n", "a, line 2: a b stands on line 1 already"),
        ("A \x1b[31m = B\nA \x1b[31m = C\n", "A ␛\\[31m stands on line 1"),
    ],
)
def test_a_line_that_says_nothing_or_contradicts_another_is_named(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        parse(text, "a")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes("Zoë = Z".encode("latin-1"))
    (tmp_path / "bom").write_bytes("\ufeffZoë = Z".encode())
    assert read(str(tmp_path / "bom")) == [["Zoë", "Z"]]
    for name, said in (("latin", "text in UTF-8"), ("absent", "cannot be read"), ("", "cannot be read")):
        with pytest.raises(InputError, match=said):
            read(str(tmp_path / name))
