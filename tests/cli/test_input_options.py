"""Bibliographies on the command line: queried, added to a library, piped from one format into another."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pubcli.formats import READABLE, WRITABLE
from repository import INPUTS

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
TABLE = "Titel;Autoren;Jahr\nEins;Müller, Jürgen;1999\n".encode()


def rows(result: "subprocess.CompletedProcess[bytes]") -> Any:
    assert result.returncode == 0, result.stderr.decode()
    return json.loads(result.stdout)


def test_papers_are_piped_from_one_format_into_another(shell: Program) -> None:
    result = shell("pubcli list -p page.txt --json | pubcli export -p - --format ris | pubcli list -p - --json")
    plain = shell("pubcli list -p page.txt --json")
    fields = ("title", "authors", "authors_complete", "date", "abstract")
    expected, papers = ([{field: row[field] for field in fields} for row in rows(answer)] for answer in (plain, result))
    assert len(papers) == 50
    assert sorted(map(repr, [{**row, "abstract": None} for row in papers])) == sorted(
        map(repr, [{**row, "abstract": None} for row in expected])
    )


@pytest.mark.parametrize("form", [name for name in WRITABLE if name in READABLE and WRITABLE[name].suffixes])
def test_an_exported_file_gives_the_same_answers_as_its_page(pubcli: Program, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"papers{WRITABLE[form].suffixes[0]}"
    assert pubcli("export", "-p", "page.txt", "-o", path).returncode == 0
    matches = rows(pubcli("search", "federated privacy", "-p", path, "--json"))
    expected = rows(pubcli("search", "federated privacy", "-p", "page.txt", "--json"))
    assert {row["title"] for row in matches} == {row["title"] for row in expected}


@pytest.mark.parametrize("command", ["list", "check", "coauthors", "categories", "profile"])
def test_every_command_works_on_a_bibliography(pubcli: Program, command: str) -> None:
    result = pubcli(command, "-p", INPUTS / "dblp-person.xml", "--json")
    assert rows(result)
    assert pubcli(command, "-p", INPUTS / "zotero.bib").returncode in (0, 1)


def test_text_that_was_not_understood_is_reported_with_file_and_line(pubcli: Program) -> None:
    result = pubcli("list", "-p", INPUTS / "broken.bib", "--json")
    assert len(rows(result)) == 4
    assert b"broken.bib: 5 places were not understood, the first on line 3; pubcli check lists all" in result.stderr
    findings = [row for row in rows(pubcli("check", "-p", INPUTS / "broken.bib", "--json")) if row["kind"] == "problem"]
    assert [row["line"] for row in findings] == [3, 7, 9, 11, 13]


def test_the_map_option_assigns_columns_to_fields(pubcli: Program) -> None:
    flags = ["--map", "title=Titel,authors=Autoren", "--map", "date=Jahr"]
    [row] = rows(pubcli("list", "-p", "-", *flags, "--json", input=TABLE))
    assert (row["title"], row["authors"], row["date"]) == ("Eins", ["Jürgen Müller"], "1999-01-01")


def test_the_cache_distinguishes_column_mappings(pubcli: Program, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(TABLE)
    arguments = ["list", "-p", tmp_path / "t.csv", "--json", "--map"]
    env = {"PUBCLI_CACHE_DIR": str(tmp_path / "cache")}
    titles = [
        rows(pubcli(*arguments, mapping, env=env))[0]["title"]
        for mapping in ("title=Titel", "title=Jahr", "title=Titel")
    ]
    assert titles == ["Eins", "1999", "Eins"]
    assert pubcli("list", "-p", tmp_path / "t.csv", "--from", "page", env=env).returncode == 3


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--from", "bibtx"], "did you mean bibtex"),
        (["--map", "title"], "expected FIELD=COLUMN (for example title=Titel), got 'title'"),
        (["--map", "titel=Titel"], "--map: "),
        (["--map", "title=Titel", "--from", "ris"], "--map: only tables (csv, tsv) have columns; ris is not a table"),
        (["--from", "table"], "--from: "),
    ],
)
def test_invalid_reading_options_are_usage_errors(pubcli: Program, options: list[str], words: str) -> None:
    result = pubcli("list", "-p", "-", *options, input=TABLE)
    assert result.returncode == 2
    assert words in result.stderr.decode()


def test_bibliographies_are_added_to_a_library_and_refreshed(pubcli: Program, tmp_path: Path) -> None:
    for name in ("zotero.bib", "zotero.ris", "dblp-person.xml", "arxiv-api.atom"):
        shutil.copy(INPUTS / name, tmp_path)
    (tmp_path / "t.csv").write_bytes(TABLE)
    env = {"PUBCLI_LIBRARY": str(tmp_path / "library")}
    added_rows = rows(pubcli("add", "zotero.bib", "zotero.ris", "dblp-person.xml", "--json", cwd=tmp_path, env=env))
    assert [row["profile"] for row in added_rows] == ["zotero.bib", "zotero.ris", "Jürgen Müller"]
    rows(pubcli("add", "t.csv", "--map", "title=Titel,date=Jahr", "--json", cwd=tmp_path, env=env))
    (tmp_path / "t.csv").write_bytes(TABLE + "Zwei;Weiß, Anna;2000\n".encode())
    refreshed_rows = rows(pubcli("library", "refresh", "--json", cwd=tmp_path, env=env))
    assert [(row["outcome"], row["papers"]) for row in refreshed_rows if row["source"].endswith("t.csv")] == [
        ("newer snapshot", 2)
    ]
    assert {row["title"] for row in rows(pubcli("list", "--json", env=env, cwd=tmp_path))} >= {"Zwei", "On Games"}
    assert pubcli("library", "check", env=env, cwd=tmp_path).returncode == 0


def test_files_with_the_same_name_in_two_folders_are_separate_profiles(pubcli: Program, tmp_path: Path) -> None:
    env = {"PUBCLI_LIBRARY": str(tmp_path / "library")}
    for folder, name in ("one", "zotero.bib"), ("two", "google-scholar.bib"):
        (tmp_path / folder).mkdir()
        shutil.copy(INPUTS / name, tmp_path / folder / "refs.bib")
        [row] = rows(pubcli("add", "refs.bib", "--json", cwd=tmp_path / folder, env=env))
        assert row["outcome"] == "new profile"
    [row] = rows(pubcli("add", "two/refs.bib", "--json", "--as-of", "2030-01-01", cwd=tmp_path, env=env))
    assert row["outcome"] == "newer snapshot"
    assert len(rows(pubcli("list", "--json", cwd=tmp_path, env=env))) == 6


@pytest.fixture
def gbk(tmp_path: Path) -> Path:
    """A file with few words in GBK, which may also be in other encodings."""
    path = tmp_path / "gbk.bib"
    path.write_bytes("@article{d, title={机器学习}, author={李, 某某}, year=2001}".encode("gbk"))
    return path


def test_every_command_that_reads_files_takes_an_encoding(pubcli: Program, gbk: Path, tmp_path: Path) -> None:
    library = ("--library", tmp_path / "library.sqlite")
    refused = pubcli("list", "-p", gbk)
    assert (refused.returncode, b"--encoding gbk" in refused.stderr) == (3, True)
    [row] = rows(pubcli("list", "-p", gbk, "--encoding", "gbk", "--json"))
    assert row["title"] == "机器学习"
    assert pubcli("diff", gbk, gbk, "--encoding", "GB2312").stderr == b"note: nothing differs\n"
    assert rows(pubcli("add", gbk, "--encoding", "gbk", *library, "--json"))[0]["outcome"] == "new profile"
    gbk.write_bytes(gbk.read_bytes() + b"@misc{e, title={\xc0\xee}}")
    assert rows(pubcli("library", "refresh", *library, "--json"))[0]["outcome"] == "newer snapshot"
    assert [row["title"] for row in rows(pubcli("list", *library, "--json"))] == ["机器学习", "李"]
    assert b"there is no encoding" in pubcli("list", "-p", gbk, "--encoding", "x").stderr


def test_the_cache_distinguishes_encodings_and_keeps_the_note_about_a_guess(pubcli: Program, tmp_path: Path) -> None:
    path = tmp_path / "old.bib"
    path.write_bytes("@misc{a, title={Größe der Wälder in España}}".encode("cp1252"))
    for _ in range(2):
        result = pubcli("list", "-p", str(path))
        assert "Größe der Wälder" in result.stdout.decode()
        assert (
            "is not UTF-8; it was read as CP1252 (Western European), which is a guess; see --encoding"
            in result.stderr.decode()
        )
        other = pubcli("list", "-p", str(path), "--encoding", "cp1251")
        assert "Größe" not in other.stdout.decode()
        assert "guess" not in other.stderr.decode()
