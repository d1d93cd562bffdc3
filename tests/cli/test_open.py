"""`pubcli open`: the addresses that it prints, those that it opens, and its exit statuses."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]

BIBLIOGRAPHY = """
@misc{hostile, title = {Hostile Address}, url = {javascript:alert(1)}, year = 2020}
@misc{local, title = {Local File}, url = {file:///etc/passwd}, year = 2020}
@misc{page, title = {Web Page}, url = {https://x.org/a b;c}, year = 2020}
@misc{article, title = {With Identifier}, doi = {10.1000/abc}, url = {https://x.org}, year = 2020}
"""


@pytest.fixture
def bibliography(tmp_path: Path) -> Path:
    path = tmp_path / "refs.bib"
    path.write_text(BIBLIOGRAPHY, encoding="utf-8")
    return path


@pytest.fixture
def browser_log(tmp_path: Path) -> Path:
    """Write a program that appends its arguments to a file, and return the path of the program."""
    program = tmp_path / "browser"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> "{tmp_path}/log"\n', encoding="utf-8")
    program.chmod(0o755)
    return program


def test_addresses_are_printed_one_per_line(pubcli: Program, bibliography: Path) -> None:
    result = pubcli("open", "page", "article", "--print", "-p", bibliography)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout == b"https://x.org/a%20b;c\nhttps://doi.org/10.1000/abc\n"
    rows = json.loads(pubcli("open", "page", "--print", "--json", "-p", bibliography).stdout)
    assert rows == [{"key": "page", "address": "https://x.org/a%20b;c"}]


def test_only_web_pages_are_opened(pubcli: Program, bibliography: Path, browser_log: Path, tmp_path: Path) -> None:
    names = ("hostile", "article", "local", "page", "nosuchpaper")
    result = pubcli("open", *names, "-p", bibliography, env={"BROWSER": str(browser_log)})
    assert (result.returncode, result.stdout) == (0, b"")
    assert (tmp_path / "log").read_text().splitlines() == ["https://doi.org/10.1000/abc", "https://x.org/a%20b;c"]
    for name in ("hostile has no", "local has no", "nosuchpaper"):
        assert name in result.stderr.decode()


@pytest.mark.parametrize("name", ["hostile", "local", "nosuchpaper"])
@pytest.mark.parametrize("options", [(), ("--print",)], ids=["open", "print"])
def test_a_paper_without_address_exits_with_status_1(
    pubcli: Program, bibliography: Path, name: str, options: tuple[str, ...]
) -> None:
    result = pubcli("open", name, *options, "-p", bibliography)
    assert (result.returncode, result.stdout) == (1, b"")
    assert name in result.stderr.decode()


def test_without_a_browser_the_message_has_the_address_and_a_remedy(pubcli: Program, bibliography: Path) -> None:
    for browser in ("/no/such/browser", "false"):
        result = pubcli("open", "article", "-p", bibliography, env={"BROWSER": browser, "PATH": "/usr/bin:/bin"})
        assert result.returncode == 74
        assert "https://doi.org/10.1000/abc" in result.stderr.decode()
        assert "BROWSER" in result.stderr.decode()


def test_options_for_rows_need_the_option_print(pubcli: Program, bibliography: Path) -> None:
    result = pubcli("open", "article", "--json", "-p", bibliography)
    assert (result.returncode, result.stdout) == (2, b"")
