"""Every command that reads pages reads the clipboard as `@clipboard`."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]

PAGE = b"Alice Bow\n\nLG\n\nh-index6\n2papers\n\n2 Papers\n\nLGMar 13, 2022\nKites\n\nAlice Bow\n\nWe fly kites.\n"


@pytest.fixture
def xclip(tmp_path: Path, environment: dict[str, str]) -> Callable[[bytes], dict[str, str]]:
    """Return a function that puts a text on the clipboard, and returns the environment in which commands read it."""

    def copy(text: bytes) -> dict[str, str]:
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        (folder / "copied").write_bytes(text)
        command = folder / "xclip"
        command.write_text(f"#!/bin/sh\ncat {folder}/copied\n")
        command.chmod(0o755)
        return {"PATH": f"{folder}{os.pathsep}{environment['PATH']}", "PUBCLI_LIBRARY": str(tmp_path / "library")}

    return copy


def test_the_clipboard_is_a_page_like_any_other(pubcli: Program, xclip: Callable[[bytes], dict[str, str]]) -> None:
    env = xclip(PAGE)
    for command in (["list"], ["search", "kites"], ["profile"], ["check"], ["show", "1"]):
        done = pubcli(*command, "-p", "@clipboard", env=env)
        assert done.returncode == 0, done.stderr
        assert done.stdout
    assert b"Kites" in pubcli("list", env={**env, "PUBCLI_PROFILE": "@clipboard"}).stdout
    assert b"nothing differs" in pubcli("diff", "@clipboard", "-", input=PAGE, env=env).stderr


def test_a_page_is_added_from_the_clipboard(pubcli: Program, xclip: Callable[[bytes], dict[str, str]]) -> None:
    env = xclip(PAGE)
    done = pubcli("add", "@clipboard", env=env)
    assert done.returncode == 0
    assert b"@clipboard\tAlice Bow\tnew profile" in done.stdout
    assert b"unchanged" in pubcli("add", "@clipboard", env=env).stdout
    assert pubcli("library", "refresh", env=env).returncode in (0, 1)
    assert b"Kites" in pubcli("list", env=env).stdout


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", b"the clipboard has no text"),
        (b"Dear diary\n", b"the clipboard is not a page that pubcli reads"),
        (b"LGMar 13, 2022\nKites\n\nAlice Bow\n\nText.\n", b"the clipboard does not name the owner of the list"),
    ],
)
def test_what_cannot_be_added_is_reported_and_no_library_is_made(
    pubcli: Program, xclip: Callable[[bytes], dict[str, str]], tmp_path: Path, text: bytes, message: bytes
) -> None:
    done = pubcli("add", "@clipboard", env=xclip(text))
    assert (done.returncode, message in done.stderr) == (3, True), done.stderr
    assert not (tmp_path / "library").exists()


def test_the_clipboard_cannot_be_both_pages(pubcli: Program, xclip: Callable[[bytes], dict[str, str]]) -> None:
    done = pubcli("diff", "@clipboard", "@clipboard", env=xclip(PAGE))
    assert done.returncode == 2
    assert b"the clipboard can be read only once" in done.stderr
