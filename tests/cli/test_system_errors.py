"""An error of the operating system is never called a bug: the message names the file and the reason."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
LONG = "x" * 300


@pytest.fixture
def folder(tmp_path: Path, home: Path) -> Path:
    """Return a folder with a file, a loop of links and a page."""
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "page.txt").write_bytes((home / "page.txt").read_bytes())
    return tmp_path


@pytest.mark.parametrize("path", ["file/x", "loop", "loop/x", LONG, f"{LONG}/x", "missing/x"])
@pytest.mark.parametrize(
    "command",
    [
        ("list", "-f", "csv", "-o"),
        ("export", "--check", "-f", "csv", "-o"),
        ("report", "-o"),
        ("network", "-f", "gexf", "-o"),
        ("help", "schema", "-f", "json", "-o"),
    ],
    ids=lambda command: command[0],
)
def test_an_output_file_that_cannot_be_written_exits_with_status_74(
    pubcli: Program, folder: Path, command: tuple[str, ...], path: str
) -> None:
    result = pubcli(*command, path, "-q" if command[0] != "schema" else "--quiet", cwd=folder)
    assert (result.returncode, result.stdout) == (74, b"")
    assert f"{path} cannot be written: ".encode() in result.stderr
    assert (folder / "loop").is_symlink()


@pytest.mark.parametrize("path", ["file/x", "loop", "loop/x", LONG, f"{LONG}/x", "."])
@pytest.mark.parametrize(
    "command",
    [
        ("list", "--library"),
        ("library", "info", "--library"),
        ("library", "check", "--library"),
        ("changes", "--snapshots", "ada", "--library"),
        ("library", "refresh", "--library"),
        ("list", "-q", "--aliases"),
        ("list", "-p"),
        ("diff", "page.txt"),
        ("add",),
    ],
    ids=" ".join,
)
def test_an_input_that_cannot_be_read_exits_with_status_3(
    pubcli: Program, folder: Path, command: tuple[str, ...], path: str
) -> None:
    if path == "." and command in (("list", "-p"), ("add",), ("diff", "page.txt")):
        pytest.skip("a folder can be read")
    result = pubcli(*command, path, cwd=folder)
    assert result.returncode == 3
    assert result.stderr.startswith(b"pubcli: ")
    assert path.encode() in result.stderr


@pytest.mark.parametrize("path", ["file/x", "loop/x", LONG, f"{LONG}/x"])
@pytest.mark.parametrize(
    "command", [("add", "page.txt"), ("library", "save", "ada", "privacy")], ids=lambda command: command[0]
)
def test_a_library_that_cannot_be_created_exits_with_status_74(
    pubcli: Program, folder: Path, command: tuple[str, ...], path: str
) -> None:
    result = pubcli(*command, "--library", path, cwd=folder)
    assert result.returncode == 74
    assert f"{path} cannot be created: ".encode() in result.stderr


@pytest.mark.parametrize("path", ["file/x", "loop", "loop/x", LONG])
def test_a_cache_that_cannot_be_used_changes_no_answer(pubcli: Program, folder: Path, path: str) -> None:
    env = {"PUBCLI_CACHE_DIR": path}
    result = pubcli("list", "-p", "page.txt", env=env, cwd=folder)
    assert (result.returncode, b"cannot be cached" in result.stderr) == (0, True)
    assert pubcli("library", "cache", "info", env=env, cwd=folder).returncode == 74


GIVEN_SHELL = {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
"""Without it, Typer installs the completion of the shell from which the tests were started, if there is one."""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize("user_home", ["file", "file/x", "loop", LONG])
def test_completion_that_cannot_be_installed_exits_with_status_74_and_a_remedy(
    pubcli: Program, folder: Path, user_home: str, shell: str
) -> None:
    result = pubcli("--install-completion", shell, env={"HOME": str(folder / user_home), **GIVEN_SHELL}, cwd=folder)
    assert result.returncode == 74
    [line] = result.stderr.decode().splitlines()
    assert line.startswith("pubcli: the completion cannot be installed (")
    assert line.endswith("pubcli --show-completion prints it")


def test_a_shell_configuration_that_is_not_utf_8_is_not_a_bug(pubcli: Program, folder: Path) -> None:
    (folder / ".bashrc").write_bytes(b"\xff\n")
    result = pubcli("--install-completion", "bash", env={"HOME": str(folder), **GIVEN_SHELL}, cwd=folder)
    assert (result.returncode, b"the completion cannot be installed" in result.stderr) == (74, True)
    assert (folder / ".bashrc").read_bytes() == b"\xff\n"
