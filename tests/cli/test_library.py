"""The library on the command line: adding, querying, removing, several processes, and a process that is killed."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from repository import FIXTURES

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
Screen = Callable[..., "subprocess.CompletedProcess[str]"]
VERSIONS = Path(__file__).parents[1] / "store" / "library" / "versions"
OLD, NEW, SAMPLE = (FIXTURES / f"{name}.txt" for name in ("colleague-older", "colleague-newer", "razaviyayn"))


@pytest.fixture
def library_env(tmp_path: Path) -> dict[str, str]:
    return {"PUBCLI_LIBRARY": str(tmp_path / "library.sqlite")}


@pytest.fixture
def filled_env(pubcli: Program, library_env: dict[str, str]) -> dict[str, str]:
    for page, day in ((SAMPLE, "2026-11-23"), (OLD, "2026-01-15"), (NEW, "2026-06-15")):
        assert pubcli("add", page, "--as-of", day, env=library_env).returncode == 0
    return library_env


def rows(result: "subprocess.CompletedProcess[bytes]") -> list[dict[str, Any]]:
    assert result.returncode in (0, 1), result.stderr
    matches: list[dict[str, Any]] = json.loads(result.stdout)
    return matches


def outcomes(result: "subprocess.CompletedProcess[bytes]") -> list[str]:
    return [row["outcome"] for row in rows(result)]


def page(name: str, papers: int) -> str:
    lines = [name, "", "LG", "h-index1", f"{papers}papers", "", f"{papers} Papers", ""]
    for number in range(papers):
        lines += ["LGMar 13, 2022", f"Title {number} of {name}", "", f"{name}, Ada Lovelace", "", "An abstract.", ""]
    return "\n".join(lines)


# Adding


def test_every_command_reads_a_library_that_contains_pages(pubcli: Program, filled_env: dict[str, str]) -> None:
    for command in ("list", "search", "coauthors", "categories", "profile", "profiles", "check", "show"):
        words = {"search": ["consensus"], "show": ["lindqvist2023structured"]}.get(command, [])
        result = pubcli(command, *words, "--json", env=filled_env)
        assert b"sample" not in result.stderr
        matches = rows(result)
        assert matches
        if command in ("profile", "profiles"):
            assert {row["name"] for row in matches} == {"Meisam Razaviyayn", "Nora Lindqvist"}


def test_a_page_in_an_option_or_variable_overrides_the_default_library(
    pubcli: Program, filled_env: dict[str, str]
) -> None:
    expected = rows(pubcli("list", "--json", "-p", OLD, env=filled_env))
    assert len(expected) == 7
    assert rows(pubcli("list", "--json", env={**filled_env, "PUBCLI_PROFILE": str(OLD)})) == expected
    library = filled_env["PUBCLI_LIBRARY"]
    assert len(rows(pubcli("list", "--json", "--library", library, env={"PUBCLI_PROFILE": str(OLD)}))) == 56


def test_the_owner_option_selects_the_page_of_one_person(pubcli: Program, filled_env: dict[str, str]) -> None:
    assert {row["profile"] for row in rows(pubcli("list", "--json", "--owner", "nora", env=filled_env))} == {
        "Nora Lindqvist"
    }
    result = pubcli("list", "--owner", "r", env=filled_env)
    assert result.returncode == 2
    assert b"'r' may be Meisam Razaviyayn, Nora Lindqvist" in result.stderr
    assert b"did you mean Nora Lindqvist?" in pubcli("list", "--owner", "nora lindquist", env=filled_env).stderr


def test_folders_globs_and_standard_input_are_added(
    pubcli: Program, library_env: dict[str, str], tmp_path: Path, sample: bytes
) -> None:
    (tmp_path / "pages" / "deep").mkdir(parents=True)
    (tmp_path / "pages" / "a.txt").write_text(page("Grace Hopper", 2))
    (tmp_path / "pages" / "deep" / "b.txt").write_text(page("Alan Turing", 2))
    (tmp_path / "pages" / ".hidden").write_text(page("Nobody", 2))
    (tmp_path / "pages" / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    result = pubcli("add", "pages", "--json", env=library_env, cwd=tmp_path)
    assert outcomes(result) == ["new profile", "new profile"]
    assert b"picture.png" in result.stderr
    assert outcomes(pubcli("add", "pages/**/*.txt", "--json", env=library_env, cwd=tmp_path)) == ["unchanged"] * 2
    assert outcomes(pubcli("add", "-", "--json", input=sample, env=library_env)) == ["new profile"]
    result = pubcli("add", "*.md", env=library_env, cwd=tmp_path)
    assert (result.returncode, b"there are no files" in result.stderr) == (3, True)


def test_a_dry_run_changes_nothing(pubcli: Program, library_env: dict[str, str]) -> None:
    assert outcomes(pubcli("add", SAMPLE, "--dry-run", "--json", env=library_env)) == ["new profile"]
    assert not Path(library_env["PUBCLI_LIBRARY"]).exists()
    pubcli("add", OLD, "--as-of", "2026-01-15", env=library_env)
    papers = rows(pubcli("list", "--json", env=library_env))
    assert outcomes(pubcli("add", NEW, SAMPLE, "--dry-run", "--json", env=library_env)) == [
        "newer snapshot",
        "new profile",
    ]
    assert rows(pubcli("list", "--json", env=library_env)) == papers


@pytest.mark.parametrize("quiet", [(), ("-q",)])
def test_a_missing_file_is_an_error_but_the_others_are_added(
    pubcli: Program, library_env: dict[str, str], quiet: tuple[str, ...]
) -> None:
    result = pubcli("add", "absent.txt", SAMPLE, "absent/*.txt", "--json", *quiet, env=library_env)
    assert result.returncode == 3
    assert [row["outcome"] for row in json.loads(result.stdout)] == ["new profile"]
    assert b"pubcli: absent.txt: no such file" in result.stderr
    assert b"pubcli: absent/*.txt: there are no files" in result.stderr


def test_an_add_command_that_reads_nothing_creates_no_library(pubcli: Program, library_env: dict[str, str]) -> None:
    result = pubcli("add", "absent.txt", env=library_env)
    assert (result.returncode, result.stdout) == (3, b"")
    assert not Path(library_env["PUBCLI_LIBRARY"]).exists()
    result = pubcli("list", env=library_env)
    assert (result.returncode, b"there is no such library" in result.stderr) == (3, True)


def test_a_link_to_a_missing_file_in_a_folder_is_reported(
    pubcli: Program, library_env: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "one.txt").write_text(page("Zed Young", 1).replace("Ada Lovelace", "") + "an odd line\n")
    (tmp_path / "pages" / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    message = pubcli("add", tmp_path / "pages", env=library_env).stderr.decode()
    assert "gone.txt is a link to a missing file" in message
    assert "did you mean" not in message
    assert "1 place was not understood" in message


def test_diff_compares_an_added_file_with_its_earlier_snapshot(
    pubcli: Program, library_env: dict[str, str], tmp_path: Path
) -> None:
    headless, headed = "LGMar 13, 2022\nTitle\n\nAda Lovelace\n\nText.\n\n", page("Zed Young", 1)
    for name, text in (("zz.txt", headless), ("zed.txt", headed)):
        (tmp_path / name).write_text(text)
        pubcli("add", name, "--as-of", "2025-01-01", env=library_env, cwd=tmp_path)
        only_one = pubcli("diff", name, env=library_env, cwd=tmp_path)
        assert (only_one.returncode, b"there is only one snapshot" in only_one.stderr) == (2, True)
        (tmp_path / name).write_text(text.replace("Ada Lovelace", "Ada Lovelace, Bo Ray"))
        assert "newer snapshot" in outcomes(pubcli("library", "refresh", "--json", env=library_env))
        (change,) = rows(pubcli("diff", name, "--json", env=library_env, cwd=tmp_path))
        assert (change["change"], change["field"]) == ("changed", "authors")
    (tmp_path / "unknown.txt").write_text(headless)
    unknown = pubcli("diff", "unknown.txt", env=library_env, cwd=tmp_path)
    assert (unknown.returncode, b"name the newer one too" in unknown.stderr) == (2, True)


def test_refresh_reads_files_that_have_changed(pubcli: Program, library_env: dict[str, str], tmp_path: Path) -> None:
    for name in ("Ada Lovelace", "Grace Hopper", "Alan Turing"):
        (tmp_path / f"{name}.txt").write_text(page(name, 2))
    pubcli("add", tmp_path, env=library_env)
    (tmp_path / "Ada Lovelace.txt").write_text(page("Ada Lovelace", 3))
    (tmp_path / "Grace Hopper.txt").unlink()
    result = pubcli("library", "refresh", "--json", env=library_env)
    assert {row["profile"]: row["outcome"] for row in rows(result)} == {
        "Ada Lovelace": "newer snapshot",
        "Grace Hopper": "not read",
        "Alan Turing": "unchanged",
    }
    assert b"not updated in the library" in result.stderr
    assert len(rows(pubcli("list", "--json", env=library_env))) == 7


# Removing


def test_the_owner_option_selects_the_pages_of_several_people(pubcli: Program, filled_env: dict[str, str]) -> None:
    def keys(*names: str) -> set[str]:
        options = [word for name in names for word in ("--owner", name)]
        return {row["key"] for row in rows(pubcli("list", "--json", *options, env=filled_env))}

    assert keys("nora", "razaviyayn") == keys("nora") | keys("razaviyayn")
    assert keys("nora", "nora") == keys("nora") != keys()
    assert pubcli("list", "--owner", "nora", "--owner", "zz", env=filled_env).returncode == 2


def test_removing_a_page_requires_confirmation(pubcli: Program, filled_env: dict[str, str]) -> None:
    result = pubcli("library", "remove", "nora", env=filled_env)
    assert (result.returncode, b"add --yes" in result.stderr) == (2, True)
    assert pubcli("library", "remove", "nora@2026-06-15", "--yes", env=filled_env).returncode == 0
    assert len(rows(pubcli("list", "--json", "--owner", "nora", env=filled_env))) == 7
    assert pubcli("library", "remove", "nora", "meisam", "-y", env=filled_env).returncode == 0
    assert rows(pubcli("library", "info", "--json", env=filled_env))[0]["papers"] == 0
    result = pubcli("list", env=filled_env)
    assert (result.returncode, b"library.sqlite is empty" in result.stderr) == (1, True)


def test_a_page_is_removed_by_a_file_name_that_contains_an_at_sign(
    pubcli: Program, library_env: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "a@b.txt").write_text("LGMar 13, 2022\nGames\n\nAda Lovelace\n\nWords.\n")
    assert pubcli("add", tmp_path / "a@b.txt", env=library_env).returncode == 0
    assert pubcli("library", "remove", "a@b.txt", "--yes", env=library_env).returncode == 0
    assert rows(pubcli("library", "info", "--json", env=library_env))[0]["papers"] == 0


# History


def test_snapshots_in_the_library_are_compared_like_files(pubcli: Program, filled_env: dict[str, str]) -> None:
    by_files = rows(
        pubcli("diff", OLD, NEW, "--as-of", "2026-01-15", "--as-of", "2026-06-15", "--json", env=filled_env)
    )
    for names in (["nora"], ["nora@2026-02-01", "nora"], ["nora@2026-01-15", str(NEW), "--as-of", "2026-06-15"]):
        assert [{**row, "key": ""} for row in rows(pubcli("diff", *names, "--json", env=filled_env))] == [
            {**row, "key": ""} for row in by_files
        ]
    log = rows(pubcli("changes", "--snapshots", "nora", "--json", env=filled_env))
    assert [(row["as_of"], row["citations"], row["new_papers"], row["gone_papers"]) for row in log] == [
        ("2026-01-15", 902, None, None),
        ("2026-06-15", 1014, 2, 1),
    ]
    assert pubcli("diff", "nora", "nora", env=filled_env).returncode == 1
    assert pubcli("diff", "meisam", env=filled_env).returncode == 2
    assert (
        b"no snapshot is that old; the oldest is from 2026-01-15"
        in pubcli("diff", "nora@2025-01-01", "nora", env=filled_env).stderr
    )
    shared = [
        row for row in rows(pubcli("compare", "nora", "meisam", "--json", env=filled_env)) if row["section"] == "paper"
    ]
    assert len(shared) == 2


# Duplicates


def test_decisions_of_the_user_override_automatic_merges(pubcli: Program, filled_env: dict[str, str]) -> None:
    def decisions() -> list[tuple[str, str]]:
        return [
            (row["decision"], row["key"]) for row in rows(pubcli("library", "duplicates", "--json", env=filled_env))
        ]

    assert ("merged", "lowy2023optimal") in decisions()
    message = pubcli("library", "split", "lowy2023optimal", env=filled_env).stderr
    assert (
        b"lowy2023optimal on the page of Meisam Razaviyayn, lowy2023optimala on the page of Nora Lindqvist" in message
    )
    assert len({row["key"] for row in rows(pubcli("list", "--json", env=filled_env))}) == 57
    assert pubcli("add", OLD, NEW, "--as-of", "2026-07-01", env=filled_env).returncode == 0
    assert ("kept apart", "lowy2023optimal") in decisions()
    assert pubcli("library", "merge", "lowy2023optimal", "lowy2023optimala", env=filled_env).returncode == 0
    assert len(rows(pubcli("list", "--json", env=filled_env))) == 56
    assert pubcli("library", "merge", "lowy2023optimal", env=filled_env).returncode == 2


def test_show_merge_and_cite_accept_a_key_that_a_paper_had(
    pubcli: Program, library_env: dict[str, str], tmp_path: Path
) -> None:
    refs = tmp_path / "refs.bib"
    for key in ("games22", "müller2010"):
        refs.write_text(f"@article{{{key}, title={{Games}}, author={{Müller, A.}}}}\n@misc{{b, title={{Plays}}}}\n")
        pubcli("add", refs, env=library_env)
    assert [row["key"] for row in rows(pubcli("show", "games22", "--json", env=library_env))] == ["müller2010"]
    assert b"Games" in pubcli("cite", "games22", env=library_env).stdout
    assert pubcli("library", "merge", "games22", "b", env=library_env).returncode == 0
    for key in ("b", "games22", "müller2010"):
        assert [row["key"] for row in rows(pubcli("show", key, "--json", env=library_env))] == ["müller2010"]


def test_similar_papers_are_only_proposed(pubcli: Program, library_env: dict[str, str], tmp_path: Path) -> None:
    titles = {"Ada Lovelace": "Games of Chance and Skill", "Grace Hopper": "Games of Chance and of Skill"}
    for name, title in titles.items():
        text = page(name, 1).replace(f"Title 0 of {name}", title).replace(f"{name}, Ada", "Grace Hopper, Ada")
        (tmp_path / f"{name}.txt").write_text(text)
    assert outcomes(pubcli("add", tmp_path, "--json", env=library_env)) == ["new profile", "new profile"]
    (matches,) = rows(pubcli("library", "duplicates", "--json", env=library_env))
    assert (matches["decision"], matches["title"], matches["other_title"]) == ("proposed", *titles.values())
    assert "authors in common: Grace Hopper, Ada Lovelace" in matches["evidence"]
    assert pubcli("library", "merge", matches["title"], matches["other_title"], env=library_env).returncode == 0
    assert [row["decision"] for row in rows(pubcli("library", "duplicates", "--json", env=library_env))] == ["merged"]


def test_a_paper_is_not_split_from_a_page_that_does_not_list_it(
    pubcli: Program, filled_env: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "bo.txt").write_text(page("Bo Ray", 1))
    pubcli("add", tmp_path / "bo.txt", env=filled_env)
    original_answer = pubcli("library", "duplicates", "--json", env=filled_env).stdout
    result = pubcli("library", "split", "lowy2023optimal", "--owner", "bo ray", env=filled_env)
    assert (result.returncode, b"is not on the page of 'bo ray'" in result.stderr) == (2, True)
    assert pubcli("library", "duplicates", "--json", env=filled_env).stdout == original_answer


# Saved queries


def test_a_saved_query_shows_papers_that_are_new(pubcli: Program, library_env: dict[str, str]) -> None:
    pubcli("add", OLD, "--as-of", "2026-01-15", env=library_env)
    assert (
        pubcli("library", "save", "control", "control OR consensus", "--since", "2021", env=library_env).returncode == 0
    )
    first = rows(pubcli("library", "run", "control", "--new", "--json", env=library_env))
    assert first == rows(pubcli("search", "control OR consensus", "--since", "2021", "--json", env=library_env)) != []
    assert pubcli("library", "run", "control", "--new", env=library_env).returncode == 1
    pubcli("add", NEW, "--as-of", "2026-06-15", env=library_env)
    new = rows(pubcli("library", "run", "control", "--new", "--json", env=library_env))
    assert {row["key"] for row in new} == {"arimoto2025federated", "lindqvist2023structured"}
    assert len(rows(pubcli("library", "run", "control", "--json", env=library_env))) > len(new)
    assert [row["question"] for row in rows(pubcli("library", "run", "--json", env=library_env))] == [
        "control OR consensus --since 2021"
    ]
    assert b"did you mean control?" in pubcli("library", "run", "contrl", env=library_env).stderr
    assert pubcli("library", "save", "control", "--forget", env=library_env).returncode == 0
    assert pubcli("library", "run", "control", env=library_env).returncode == 2


def test_a_replaced_query_is_reported(pubcli: Program, library_env: dict[str, str]) -> None:
    assert b"replaces" not in pubcli("library", "save", "fair", "fair*", "-n", "3", env=library_env).stderr
    assert b"this replaces: fair* --limit 3\n" in pubcli("library", "save", "fair", "privacy", env=library_env).stderr
    result = pubcli("library", "save", " ", "privacy", env=library_env)
    assert (result.returncode, b"expected a name, as in" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("options", "status"),
    [
        (("-o", "nowhere/x.csv"), 74),
        (("-o", "/dev/full"), 74),
        (("-o", "x.docx"), 2),
        (("--format", "bibtex", "--fields", "key"), 2),
        (("--fields", "nosuch"), 2),
    ],
)
def test_papers_stay_new_if_their_answer_could_not_be_written(
    pubcli: Program, library_env: dict[str, str], options: tuple[str, ...], status: int
) -> None:
    pubcli("add", OLD, "--as-of", "2026-01-15", env=library_env)
    pubcli("library", "save", "control", "control OR consensus", env=library_env)
    assert pubcli("library", "run", "control", "--new", *options, env=library_env).returncode == status
    assert rows(pubcli("library", "run", "control", "--new", "--json", env=library_env))
    assert pubcli("library", "run", "control", "--new", env=library_env).returncode == 1


def test_papers_beyond_the_limit_stay_new(pubcli: Program, library_env: dict[str, str]) -> None:
    pubcli("add", OLD, "--as-of", "2026-01-15", env=library_env)
    pubcli("library", "save", "control", "control OR consensus", "-n", "1", env=library_env)
    keys = [
        row["key"]
        for _ in range(2)
        for row in rows(pubcli("library", "run", "control", "--new", "--json", env=library_env))
    ]
    assert len(set(keys)) == 2


# The file


def test_every_command_reports_a_damaged_library(pubcli: Program, filled_env: dict[str, str]) -> None:
    path = Path(filled_env["PUBCLI_LIBRARY"])
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    damaged_data = path.read_bytes()
    for arguments in (["list"], ["search", "privacy"], ["add", SAMPLE], ["library", "info"], ["library", "check"]):
        result = pubcli(*arguments, env=filled_env)
        assert result.returncode == 3, arguments
        assert b"library.sqlite" in result.stderr + result.stdout
    assert path.read_bytes() == damaged_data


def test_the_library_option_requires_an_existing_library(pubcli: Program, tmp_path: Path) -> None:
    result = pubcli("list", "--library", tmp_path / "absent.sqlite")
    assert (result.returncode, b"there is no such library" in result.stderr) == (3, True)
    assert pubcli("list", "--library", "x", "-p", "page.txt").returncode == 2


# Several processes


def test_two_simultaneous_add_commands_both_succeed(
    tmp_path: Path, environment: dict[str, str], pubcli: Program
) -> None:
    env = {**environment, "PUBCLI_LIBRARY": str(tmp_path / "library.sqlite")}
    for half in ("a", "b"):
        (tmp_path / half).mkdir()
        for number in range(60):
            (tmp_path / half / f"{number}.txt").write_text(page(f"Person {half}{number}", 8))
    command = [sys.executable, "-m", "pubcli", "add", "-q"]
    running = [subprocess.Popen([*command, tmp_path / half], env=env, stdout=subprocess.DEVNULL) for half in ("a", "b")]
    assert [process.wait(60) for process in running] == [0, 0]
    (info,) = rows(pubcli("library", "info", "--json", env=env))
    assert (info["profiles"], info["papers"]) == (120, 960)
    assert pubcli("library", "check", env=env).returncode == 0


def test_an_older_library_is_migrated_by_only_one_of_many_processes(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    path = tmp_path / "library.sqlite"
    shutil.copyfile(VERSIONS / "version-6.sqlite", path)
    command = [sys.executable, "-m", "pubcli", "list", "-q", "--json"]
    running = [
        subprocess.Popen(command, env={**environment, "PUBCLI_LIBRARY": str(path)}, stdout=subprocess.DEVNULL)
        for _ in range(6)
    ]
    assert [process.wait(60) for process in running] == [0] * 6
    assert len(list(tmp_path.glob("*.version-6*"))) == 1


@pytest.mark.parametrize("seed", range(6))
def test_an_add_command_that_is_killed_leaves_only_complete_pages(
    tmp_path: Path, environment: dict[str, str], pubcli: Program, seed: int
) -> None:
    env = {**environment, "PUBCLI_LIBRARY": str(tmp_path / "library.sqlite")}
    (tmp_path / "pages").mkdir()
    for number in range(1_000):
        (tmp_path / "pages" / f"{number}.txt").write_text(page(f"Person {number}", 5))
    command = [sys.executable, "-m", "pubcli", "add", "-q", str(tmp_path / "pages")]
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(random.Random(seed).uniform(0.05, 1.5))
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    if Path(env["PUBCLI_LIBRARY"]).exists():
        assert pubcli("library", "check", env=env).returncode == 0
        (info,) = rows(pubcli("library", "info", "--json", env=env))
        assert info["papers"] == 5 * info["profiles"]
    assert pubcli("add", "-q", tmp_path / "pages", env=env).returncode == 0
    (info,) = rows(pubcli("library", "info", "--json", env=env))
    assert (info["profiles"], info["papers"]) == (1_000, 5_000)


@pytest.mark.parametrize(
    "options", [("--from", "bibtex"), ("--map", "title=Titel"), ("--from", "nosuch")], ids=" ".join
)
def test_reading_options_do_not_apply_to_a_library(
    pubcli: Program, filled_env: dict[str, str], options: tuple[str, ...]
) -> None:
    assert pubcli("list", *options, env=filled_env).returncode == 2


def test_deleting_a_query_creates_no_library(pubcli: Program, library_env: dict[str, str]) -> None:
    assert pubcli("library", "save", "new", "--forget", env=library_env).returncode == 3
    assert not Path(library_env["PUBCLI_LIBRARY"]).exists()


def test_a_position_on_several_pages_merges_nothing(pubcli: Program, filled_env: dict[str, str]) -> None:
    result = pubcli("library", "merge", "2", env=filled_env)
    assert result.returncode == 2
    assert b"2" in result.stderr


def test_a_list_without_a_name_must_come_from_a_file(pubcli: Program, library_env: dict[str, str]) -> None:
    result = pubcli("add", "-", input=b"LGMar 13, 2022\nA Title\n\nAda Lovelace\n\nText.\n", env=library_env)
    assert result.returncode == 3
    assert b"standard input does not name the owner of the list; save it to a file and add that file" in result.stderr


def test_a_file_with_another_persons_page_is_reported(
    pubcli: Program, library_env: dict[str, str], tmp_path: Path
) -> None:
    text = "{name}\n\nh-index1\n\nLGMar 13, 2022\nA Title\n\nAda Lovelace\n\nText.\n"
    page = tmp_path / "page.txt"
    page.write_text(text.format(name="Ann Lee"))
    pubcli("add", page, env=library_env)
    page.write_text(text.format(name="Ann B. Lee"))
    first = pubcli("library", "refresh", env=library_env).stderr.decode()
    remedy = "the page of Ann Lee stays until you remove it: pubcli library remove 'Ann Lee'"
    assert f"now contains another person's page; {remedy}" in first
    pubcli("library", "remove", "Ann Lee", "--yes", env=library_env)
    assert "Ann Lee" not in pubcli("library", "refresh", env=library_env).stderr.decode()


# Undoing


def test_undo_says_what_it_reverts_and_goes_back_to_the_beginning(pubcli: Program, filled_env: dict[str, str]) -> None:
    papers = pubcli("list", "--json", env=filled_env).stdout
    pubcli("library", "remove", "nora", "--yes", env=filled_env)
    undone = pubcli("library", "undo", env=filled_env)
    assert (undone.returncode, undone.stdout) == (0, b"")
    assert undone.stderr.decode() == (
        "note: undone: change 4, pubcli library remove nora --yes (2 pages and 6 papers removed)\n"
        "note: 3 earlier changes can be undone\n"
    )
    assert pubcli("list", "--json", env=filled_env).stdout == papers
    messages = [pubcli("library", "undo", env=filled_env).stderr.decode() for _ in range(3)]
    assert "note: undone: change 1, pubcli add " in messages[-1]
    assert "no earlier change can be undone" in messages[-1]
    assert rows(pubcli("library", "info", "--json", env=filled_env))[0]["snapshots"] == 0
    nothing = pubcli("library", "undo", env=filled_env)
    assert (nothing.returncode, nothing.stdout) == (1, b"")
    assert b"note: there is nothing to undo: all 4 changes in the log are undone or permanent" in nothing.stderr
    assert pubcli("library", "check", env=filled_env).returncode == 0


def test_the_log_lists_changes_in_every_format(pubcli: Program, filled_env: dict[str, str]) -> None:
    assert pubcli("people", "same", "Andrew Lowy", "Zeman Li", env=filled_env).returncode == 0
    last, *others = rows(pubcli("library", "log", "--json", env=filled_env))
    expected = {"number": 4, "command": "pubcli people same 'Andrew Lowy' 'Zeman Li'", "state": "can be undone"}
    assert {field: last[field] for field in expected} == expected
    assert last["effect"] == "1 decision about names added"
    assert [row["pages_added"] for row in others] == [1, 1, 1]
    assert (others[-1]["effect"], others[-1]["papers_added"]) == ("1 page and 50 papers added", 50)
    assert pubcli("library", "log", "--format", "csv", env=filled_env).stdout.count(b"\n") == 5
    assert b"| 4" in pubcli("library", "log", "--format", "markdown", env=filled_env).stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("undo", "1"), "change 1 is not the last one; undo 3, 2 first"),
        (("undo", "9"), "change 9 is unknown; pubcli library log lists the changes"),
        (("undo", "x"), "'x' is not the number of a change; pubcli library log lists them"),
        (("undo", "9" * 50), "is not the number of a change"),
        (("log", "x"), "Got unexpected extra argument(s) (x)"),
        (("und",), "did you mean pubcli library undo?"),
    ],
)
def test_undo_of_another_change_than_the_last_is_refused(
    pubcli: Program, filled_env: dict[str, str], arguments: tuple[str, ...], message: str
) -> None:
    result = pubcli("library", *arguments, env=filled_env)
    assert (result.returncode, message in result.stderr.decode()) == (2, True), result.stderr
    assert len(rows(pubcli("library", "log", "--json", env=filled_env))) == 3
    assert pubcli("library", "undo", "3", "-q", env=filled_env).returncode == 0


def test_a_library_without_recorded_changes_has_nothing_to_undo(pubcli: Program, library_env: dict[str, str]) -> None:
    assert pubcli("library", "undo", env=library_env).returncode == 3
    shutil.copyfile(VERSIONS / "version-8.sqlite", library_env["PUBCLI_LIBRARY"])
    for action, message in (
        ("undo", b"there is nothing to undo: no change of this library is recorded"),
        ("log", b"no change of this library is recorded"),
    ):
        result = pubcli("library", action, env=library_env)
        assert (result.returncode, message in result.stderr) == (1, True), result.stderr
    assert rows(pubcli("library", "info", "--json", env=library_env))[0]["papers"] == 15


def test_a_long_command_and_bytes_that_are_not_utf_8_are_logged(
    pubcli: Program, library_env: dict[str, str], tmp_path: Path
) -> None:
    name = os.fsencode(tmp_path) + b"/\xff\x1b[31m.txt"
    Path(os.fsdecode(name)).write_text(page("Ada Lovelace", 1))
    assert pubcli("add", *[name] * 300, env=library_env).returncode == 0
    (change,) = rows(pubcli("library", "log", "--json", env=library_env))
    assert change["command"].startswith("pubcli add ")
    assert change["command"].endswith("… (cut; 301 words in all)")
    assert b"\x1b" not in pubcli("library", "log", "--format", "table", env=library_env).stdout
    assert b"\x1b" not in pubcli("library", "undo", env=library_env).stderr


def test_diff_without_a_name_takes_the_only_page_with_several_snapshots(
    pubcli: Program, filled_env: dict[str, str]
) -> None:
    without, named = (pubcli("diff", *names, env=filled_env) for names in ((), ("lindqvist",)))
    assert without.returncode == 0
    assert without.stdout == named.stdout


def test_diff_without_a_name_lists_the_people_to_choose_from(pubcli: Program, library_env: dict[str, str]) -> None:
    assert pubcli("diff", env=library_env).returncode == 3
    for name in ("Ada Lovelace", "Bob Day"):
        for papers, day in ((1, "2026-01-15"), (2, "2026-06-15")):
            text = page(name, papers).encode()
            assert pubcli("add", "-", "--as-of", day, input=text, env=library_env).returncode == 0
    result = pubcli("diff", env=library_env)
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"Type pubcli diff NAME: Ada Lovelace, Bob Day" in result.stderr
