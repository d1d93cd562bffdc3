"""Files, folders and globs are expanded to the files to read; pubcli's own files in folders are left out."""

import os
from pathlib import Path

import pytest

from pubcli.inputs.selection import InputFile, select
from pubcli.store.library import library_file


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder, with pages in it and in a subfolder."""
    monkeypatch.chdir(tmp_path)
    Path("deep").mkdir()
    for name in ("a.txt", "b.bib", "deep/c.txt", ".hidden"):
        Path(name).write_text("x")
    return tmp_path


def paths(*names: str) -> list[str]:
    return [os.path.normpath(file.path) for file in select(names).files]


def test_a_folder_contains_its_subfolders_but_no_hidden_files() -> None:
    assert paths(".") == ["a.txt", "b.bib", "deep/c.txt"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["a.txt"]),
        ("**/*.txt", ["a.txt", "deep/c.txt"]),
        ("d*", ["deep/c.txt"]),
        ("[ab].*", ["a.txt", "b.bib"]),
    ],
)
def test_a_glob_selects_the_files_that_it_matches_also_in_a_folder_that_it_matches(
    pattern: str, expected: list[str]
) -> None:
    assert paths(pattern) == expected


def test_a_file_selected_twice_is_read_once_and_counts_as_named() -> None:
    Path("link.txt").symlink_to("a.txt")
    selection = select([".", "link.txt", "-", "-"])
    assert [file for file in selection.files if file.is_named] == [InputFile("link.txt", True), InputFile("-", True)]
    assert len(selection.files) == 4


def test_a_file_whose_name_looks_like_a_glob_is_that_file() -> None:
    Path("page[1].txt").write_text("x")
    assert select(["page[1].txt"]).files == [InputFile("page[1].txt", True)]


def test_a_missing_file_is_selected_and_an_empty_glob_or_folder_is_a_failure() -> None:
    Path("empty").mkdir()
    selection = select(["missing.txt", "*.ris", "empty"])
    assert selection.files == [InputFile("missing.txt", True)]
    assert [str(failure).partition(":")[0] for failure in selection.failures] == ["*.ris", "empty"]


def test_a_library_and_entries_of_the_cache_in_a_folder_are_not_selected() -> None:
    library = library_file.open_or_create(Path("mine.txt"))
    library.execute("BEGIN IMMEDIATE")  # so that SQLite keeps its other files
    Path("backup.version-8").write_bytes(Path("mine.txt").read_bytes())
    Path(f"{'0' * 64}.pages").write_bytes(b"SQLite format 3\0")
    Path("other.sqlite").write_bytes(b"SQLite format 3\0" + bytes(100))
    selection = select(["."])
    library.close()
    assert {Path(path).name for path in selection.own_files} >= {"mine.txt", "backup.version-8", f"{'0' * 64}.pages"}
    assert {Path(file.path).name for file in selection.files} == {"a.txt", "b.bib", "c.txt", "other.sqlite"}
    assert select(["mine.txt"]).files == [InputFile("mine.txt", True)]


def test_a_folder_that_cannot_be_listed_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "scandir", refuse)
    [failure] = select(["deep"]).failures
    assert "deep: the folder cannot be read: Permission denied" in str(failure)
