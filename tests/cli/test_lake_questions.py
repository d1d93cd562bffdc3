"""Commands that ask a lake."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lakes import store_and_lake
from pubcli.reader import read
from repository import SAMPLE

pytest.importorskip("duckdb")
pytestmark = pytest.mark.process

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the folder of a lake with the papers of the sample page."""
    lake = tmp_path_factory.mktemp("lake")
    store_and_lake(read(SAMPLE).papers, lake)
    return str(lake)


@pytest.mark.parametrize(
    "words",
    [
        ["list", "privacy"], ["search", "fair privcy"], ["show", "k3"], ["coauthors"], ["people"], ["stats", "year"],
        ["stats", "category"], ["topics"], ["network"], ["similar", "k3"], ["cite", "k3"], ["export", "privacy"],
        ["people", "path", "lowy", "yuan deng"], ["coauthors", "--with", "lowy"], ["people", "--variants"],
        ["search", "/min.max/", "--scan"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_commands_answer_from_a_lake(pubcli: Run, folder: str, words: list[str]) -> None:
    result = pubcli(*words, "--json", "--lake", folder)

    assert result.returncode in (0, 1), result.stderr.decode()
    assert isinstance(json.loads(result.stdout), list)
    assert b"bug" not in result.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["profile"], "profile cannot read a lake; pull papers into a library"),
        (["check"], "check cannot read a lake"),
        (["list", "position:3"], "papers of a lake have no position on a page"),
        (["list", "profile:lowy"], "papers of a lake are on no page; use author:NAME"),
        (["list", "--sort", "source"], "a lake does not record from which file a paper is"),
        (["list", "--sort", "abstract"], "a lake cannot sort by abstract"),
        (["list", "--owner", "lowy"], "apply to pages; a lake has none"),
        (["list", "--profile", "x"], "--lake queries Parquet files; omit --profile and --library"),
        (["list", "/min/"], "allow it with --scan"),
        (["stats", "profile"], "papers of a lake cannot be counted by profile; count by year"),
        (["list", "--engine", "spark"], "expected duckdb or sc://HOST:PORT, got 'spark'"),
    ],
)
def test_what_has_no_meaning_in_a_lake_is_a_usage_error(
    pubcli: Run, folder: str, words: list[str], message: str
) -> None:
    result = pubcli(*words, "--lake", folder)

    assert result.returncode == 2
    assert message in result.stderr.decode()
    assert result.stdout == b""


def test_a_folder_without_a_lake_is_an_input_error(pubcli: Run, tmp_path: Path) -> None:
    assert pubcli("list", "--lake", str(tmp_path)).returncode == 3
    assert pubcli("list", "--lake", str(tmp_path / "absent")).returncode == 3
    assert pubcli("list", "--engine", "duckdb").returncode == 2


def test_the_variable_and_the_setting_name_a_lake(pubcli: Run, folder: str, tmp_path: Path) -> None:
    expected = pubcli("list", "privacy", "--lake", folder).stdout
    assert pubcli("list", "privacy", env={"PUBCLI_LAKE": folder}).stdout == expected
    settings = tmp_path / "config.toml"
    settings.write_text(f"lake = {json.dumps(folder)}\n")
    assert pubcli("list", "privacy", env={"PUBCLI_CONFIG": str(settings)}).stdout == expected
    assert pubcli("list", "privacy", "-p", SAMPLE, env={"PUBCLI_CONFIG": str(settings)}).stdout != expected


def test_pulled_papers_are_a_page_of_a_library(pubcli: Run, folder: str, tmp_path: Path) -> None:
    library = str(tmp_path / "papers.sqlite")
    first = pubcli("lake", "pull", "privacy", "--lake", folder, "-o", library)
    assert first.returncode == 0, first.stderr.decode()
    again = pubcli("lake", "pull", "privacy", "--lake", folder, "-o", library)

    assert b"1 unchanged" in again.stderr
    keys = [row["key"] for row in json.loads(pubcli("list", "--json", "--library", library).stdout)]
    assert keys == [row["key"] for row in json.loads(pubcli("list", "privacy", "--json", "--lake", folder).stdout)]
    assert pubcli("lake", "pull", "zzqx", "--lake", folder, "-o", library).returncode == 1
    assert pubcli("lake", "pull", "privacy", "-o", library).returncode == 2
    assert b"inside the lake" in pubcli("lake", "pull", "x", "--lake", folder, "-o", f"{folder}/x.sqlite").stderr
