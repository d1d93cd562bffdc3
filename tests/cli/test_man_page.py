"""The pages of the manual: one for the program and one for each command, made from the help."""

import re
import shutil
import subprocess
from collections.abc import Callable

import pytest

from pubcli.cli import COMMANDS, load_command
from pubcli.cli.man_page import name_of, page
from pubcli.cli.parameters import Signature
from pubcli.errors import ExitCode
from repository import ROOT

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
FOLDER = ROOT / "docs" / "man"


def test_the_pages_in_the_repository_are_those_of_the_present_commands() -> None:
    pages = {f"{name_of(command)}.1": page(command) for command in ("", *COMMANDS)}
    files = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert files == pages, "make docs writes them"


@pytest.mark.process
@pytest.mark.skipif(shutil.which("man") is None, reason="man is not installed")
def test_man_reads_every_page_without_a_warning() -> None:
    for path in FOLDER.iterdir():
        result = subprocess.run(["man", "--warnings", "-l", path], capture_output=True, check=True)
        assert result.stderr == b"", path.name


@pytest.mark.process
@pytest.mark.skipif(shutil.which("man") is None, reason="man is not installed")
def test_a_page_has_the_description_the_examples_and_all_options() -> None:
    environment = {"MANWIDTH": "200", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MAN_KEEP_FORMATTING": ""}
    command = ["man", "-P", "cat", "-l", str(FOLDER / "pubcli-search.1")]
    text = subprocess.run(command, capture_output=True, check=True, env=environment).stdout.decode()
    text = re.sub(r".\x08|\x1b\[[0-9;]*m", "", text)
    for options in Signature(load_command("search").command).parameters:
        for flag in options.flags:
            assert flag in text
    assert "/min(-| )?max/" in text, "special characters stay as they are"
    assert "pubcli search 'fair* year:2021..' --category LG\n" in text, "lines of examples stay as they are"
    assert re.search(r"SEE ALSO\n +pubcli\(1\)", text)


def test_text_at_the_beginning_of_a_line_is_no_control_line() -> None:
    for command in ("", *COMMANDS):
        for line in page(command).splitlines():
            assert not line.startswith("'")
            assert re.match(r"\.(\\\"|TH|SH|SS|TP|PP|nf|fi|B)(?!\w)|[^.]|$", line), line


def test_the_page_of_the_program_lists_all_exit_statuses() -> None:
    section = page("").partition(".SH EXIT STATUS")[2].partition(".SH ENVIRONMENT")[0]
    statuses = {int(text) for text in re.findall(r"(?m)^[\d, ]+$", section) for text in text.split(", ")}
    assert statuses == {value for value in vars(ExitCode).values() if isinstance(value, ExitCode)}


@pytest.mark.parametrize(
    ("words", "title"), [((), "PUBCLI"), (("library", "merge"), "PUBCLI-LIBRARY-MERGE"), (("pick",), "PUBCLI-BROWSE")]
)
def test_help_prints_the_page_of_a_command(pubcli: Program, words: tuple[str, ...], title: str) -> None:
    result = pubcli("help", *words, "--man")
    assert (result.returncode, result.stderr) == (0, b"")
    assert f".TH {title} 1" in result.stdout.decode()


def test_there_is_no_page_of_an_unknown_command(pubcli: Program) -> None:
    result = pubcli("help", "lsit", "--man")
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"did you mean list?" in result.stderr
