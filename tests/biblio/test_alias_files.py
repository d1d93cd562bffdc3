"""Alias files."""

from pathlib import Path

import pytest

from pubcli.biblio.alias_files import parse, read
from pubcli.errors import InputError

TEXT = """# who is who
Meisam Razaviyayn = M. Razaviyayn

Sze-chuan  Suen; Sze Chuan Suen ;S. Suen  # three
"""


def test_each_line_lists_the_names_of_one_person() -> None:
    assert parse(TEXT.replace("\n", "\r\n"), "aliases") == [
        ["Meisam Razaviyayn", "M. Razaviyayn"],
        ["Sze-chuan Suen", "Sze Chuan Suen", "S. Suen"],
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("A = B\n\nC\n", "a, line 3: only one name"),
        ("A B = C\nD = a b\n", "a, line 2: a b is already on line 1"),
        ("A \x1b[31m = B\nA \x1b[31m = C\n", "A ␛\\[31m is already on line 1"),
    ],
)
def test_a_line_with_one_name_or_with_a_repeated_name_is_an_error(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse(text, "a")


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes("Zoë = Z".encode("latin-1"))
    (tmp_path / "bom").write_bytes("\ufeffZoë = Z".encode())
    assert read(str(tmp_path / "bom")) == [["Zoë", "Z"]]
    for name, message in (("latin", "must be UTF-8 text"), ("absent", "cannot be read"), ("", "cannot be read")):
        with pytest.raises(InputError, match=message):
            read(str(tmp_path / name))
