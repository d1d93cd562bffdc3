"""The fields that completion offers are those that the command accepts."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pubcli.cli import completion
from repository import FIXTURES

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
OLD, NEW = str(FIXTURES / "colleague-older.txt"), str(FIXTURES / "colleague-newer.txt")
COMMANDS = [
    ["list"], ["search", "privacy"], ["similar", "3"], ["show", "3"], ["open", "3", "--print"], ["cite", "3"],
    ["coauthors"], ["coauthors", "--with", "lowy"], ["coauthors", "--period", "3"],
    ["people"], ["people", "--variants"], ["people", "path", "lowy", "beirami"], ["network"], ["network", "--edges"],
    ["network", "--of", "topics", "--themes"],
    ["profile"], ["profile", "--list"], ["check"], ["diff", OLD, NEW], ["compare", OLD, NEW],
    ["stats"], ["stats", "year"], ["stats", "category"], ["stats", "year", "team"], ["topics"],
    ["stats", "indicators"], ["stats", "laws"], ["stats", "category", "--measure", "citations"],
    ["stats", "author", "--over", "year", "--measure", "fractional,h"],
    ["topics", "--by", "year"], ["topics", "--by", "org"],
    ["export", "-o", "papers.csv"], ["add", OLD],
    ["config", "path"], ["config", "show"],
    ["help", "fields"], ["help", "formats"], ["help", "sites"], ["help", "options"], ["help", "environment"],
    ["library", "cache"], ["library", "info"], ["library", "log"], ["library", "duplicates"], ["library", "check"],
    ["library", "run"], ["library", "refresh"], ["changes"],
]  # fmt: skip
SORTED = [
    ["list"], ["search", "privacy"], ["coauthors"], ["coauthors", "--with", "lowy"], ["people"],
    ["network"], ["network", "--edges"],
    ["stats", "year"], ["stats", "category"], ["topics"], ["export", "-o", "papers.csv"], ["report"],
]  # fmt: skip


@pytest.fixture(scope="module")
def library(pubcli: Program, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of a library with two captures of a page."""
    path = tmp_path_factory.mktemp("library") / "library.sqlite"
    for page, day in ((OLD, "2026-01-01"), (NEW, "2026-02-01")):
        pubcli("add", page, "--as-of", day, "--library", path)
    return path


def offered(option: str, words: list[str], option_words: list[str]) -> list[str]:
    """Return the fields that completion offers for an option after words, for the empty word."""
    before = [*words, *option_words, option]
    return [candidate.value for candidate in completion.complete(before, "").candidates]


def accepted(message: bytes) -> list[str]:
    """Return the fields that the message about an unknown field lists."""
    choices = re.search(r"choose from (.*)", message.decode())
    assert choices, message.decode()
    return choices[1].split(", ")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_fields_of_a_command(pubcli: Program, library: Path, tmp_path: Path, words: list[str]) -> None:
    is_of_library = words[0] in ("library", "changes") and words[1:] != ["cache"]
    place = ["--library", str(library)] if is_of_library else []
    result = pubcli(*words, *place, "--fields", "frobnicate", cwd=tmp_path)
    assert sorted(offered("--fields", words, place)) == sorted(accepted(result.stderr))


@pytest.mark.parametrize("words", SORTED, ids=" ".join)
def test_the_fields_by_which_a_command_sorts(pubcli: Program, tmp_path: Path, words: list[str]) -> None:
    result = pubcli(*words, "--sort", "frobnicate", cwd=tmp_path)
    assert sorted(offered("--sort", words, [])) == sorted(accepted(result.stderr))
