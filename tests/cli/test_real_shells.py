"""TAB in bash, zsh and fish: what the program gets after a word was completed.

The shells run on a terminal, with the scripts that --install-completion installs in an empty home folder.
"""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

import pytest

from pubcli.reader import read
from pubcli.store import schema
from pubcli.store.library import library_file, saved_queries, snapshots
from pubcli.store.load import Origin
from pubcli.text.normalize import fold

pytestmark = pytest.mark.process

_TIMEOUT = 40
"""Seconds."""
SHELLS = ("bash", "zsh", "fish")
BIBLIOGRAPHY = r"""
@article{o'neil:2011/x, author={O'Neil, Cathy}, title={Weapons of $(touch hacked) `touch hacked` !!}, year={2011}}
@article{lowy2022, author={Lowy, Andrew and Jovanović, Mihailo R.}, title={Private Learning}, year={2022}}
@article{star*2022, author={Lowell, Amy}, title={Poems}, year={2022}}
@article{cash2020, author={Cash, John $(touch\ hacked)}, title={Money}, year={2020}}
@article{bang2021, author={Wow!, Bob}, title={Bang}, year={2021}}
@article{tick2021, author={`touch hacked`, Tick}, title={Tick}, year={2021}}
"""
_PROGRAM = "import sys; from pubcli.__main__ import main; sys.argv[0] = 'pubcli'; main()"
_STAND_IN = """#!/bin/sh
if [ -n "$_PUBCLI_COMPLETE" ]; then
    {python} -c "{program}" "$@"
    echo >> completed
elif [ "$1" = --install-completion ]; then
    exec {python} -c "{program}" "$@"
else
    printf '%s\\0' "$@" > arguments.new && mv arguments.new arguments
fi
"""
"""Completes words with pubcli; as a command, writes its arguments into a file, each followed by a zero byte."""


class Shell:
    """A shell on a terminal."""

    def __init__(self, name: str, environment: Mapping[str, str], folder: Path) -> None:
        self.name, self.folder = name, folder
        self.text = ""
        self.keyboard, screen = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", _WITH_TERMINAL, name, "-i"],
            stdin=screen,
            stdout=screen,
            stderr=screen,
            env=dict(environment),
            cwd=folder,
            start_new_session=True,
        )
        os.close(screen)
        self.type("printf 'is%s\\n' ready\r")
        self._wait(lambda: "isready" in self.text)

    def type(self, keys: str) -> None:
        os.write(self.keyboard, keys.encode())

    def complete(self, typed: str) -> None:
        """Type a text and TAB, and wait until pubcli has answered."""
        done = self.folder / "completed"
        done.unlink(missing_ok=True)
        self.type(f"{typed}\t")
        self._wait(done.exists)

    def arguments(self, typed: str) -> list[str]:
        """Return the arguments that the program gets after a text, TAB and Enter."""
        file = self.folder / "arguments"
        file.unlink(missing_ok=True)
        self.complete(typed)
        self.type("\r")
        self._wait(file.exists)
        return file.read_text(encoding="utf-8").split("\0")[:-1]

    def read_until(self, pattern: str) -> None:
        self._wait(lambda: re.search(pattern, re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", self.text)) is not None)

    def close(self) -> None:
        self.process.kill()
        self.process.wait(_TIMEOUT)
        os.close(self.keyboard)

    def _wait(self, is_true: Callable[[], bool]) -> None:
        """Read the screen until a condition is true."""
        end = time.monotonic() + _TIMEOUT
        while not is_true():
            assert time.monotonic() < end, self.text
            if select.select([self.keyboard], [], [], 0.05)[0]:
                with suppress(OSError):  # no process has the terminal open any more
                    piece = os.read(self.keyboard, 65_536).decode("utf-8", "replace")
                    self.text += piece
                    if re.search(r"\x1b\[0?c", piece):  # fish asks what the terminal is
                        self.type("\x1b[?6c")


_WITH_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
fcntl.ioctl(0, termios.TIOCSWINSZ, b"\\x28\\0\\xa0\\0\\0\\0\\0\\0")
os.execvp(sys.argv[1], sys.argv[1:])
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home folder of a user who has a library, a page, and the program."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "page one.txt").touch()
    with closing(library_file.open_or_create(folder / "library.sqlite")) as store:
        with schema.transaction(store):
            [page] = read(BIBLIOGRAPHY.encode(), as_of=date(2026, 11, 23)).pages
            snapshots.add(store, page, Origin(b"a", 0, "refs.bib", "2026-11-23T00:00:00+00:00"))
        with schema.transaction(store):
            saved_queries.save(store, "it's mine", {}, "2026-11-30T00:00:00+00:00")
    program = folder / "bin" / "pubcli"
    program.parent.mkdir()
    program.write_text(_STAND_IN.format(python=sys.executable, program=_PROGRAM))
    program.chmod(0o755)
    return folder


@pytest.fixture(scope="module", params=SHELLS)
def start(request: pytest.FixtureRequest, folder: Path) -> Callable[[], Shell]:
    """Return a function that starts a shell in which the completion is installed."""
    if shutil.which(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    environment = {
        "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
        "HOME": str(folder),
        "TERM": "xterm",
        "LC_ALL": "C.UTF-8",
        "PUBCLI_LIBRARY": str(folder / "library.sqlite"),
        "PUBCLI_CACHE_DIR": str(folder / "cache"),
        "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1",
    }
    install = ["pubcli", "--install-completion", request.param]
    subprocess.run(install, env=environment, check=True, timeout=_TIMEOUT, cwd=folder)
    return lambda: Shell(request.param, environment, folder)


@pytest.fixture(scope="module")
def shell(start: Callable[[], Shell]) -> Iterator[Shell]:
    """Return a shell in which each line is run."""
    with closing(start()) as shell:
        yield shell


@pytest.fixture
def new_shell(start: Callable[[], Shell]) -> Iterator[Shell]:
    """Return a shell of this test alone."""
    with closing(start()) as shell:
        yield shell


@pytest.mark.parametrize(
    ("typed", "arguments"),
    [
        ("lib", ["library"]),
        ("library ru", ["library", "run"]),
        ("list --fo", ["list", "--format"]),
        ("list --format bibt", ["list", "--format", "bibtex"]),
        ("list --format=bibt", ["list", "--format=bibtex"]),
        ("list --fields key,title_", ["list", "--fields", "key,title_guessed"]),
        ("list categ", ["list", "category:"]),
        ("show o\\'", ["show", "o'neil:2011/x"]),
        ("show 'o", ["show", "o'neil:2011/x"]),
        ('show "o', ["show", "o'neil:2011/x"]),
        ("show o\\'neil:20", ["show", "o'neil:2011/x"]),
        ("show star", ["show", "star*2022"]),
        ("list --author cathy", ["list", "--author", "Cathy O'Neil"]),
        ("list --author 'cathy", ["list", "--author", "Cathy O'Neil"]),
        ('list --author "cathy o', ["list", "--author", "Cathy O'Neil"]),
        ("list --author cathy\\ o", ["list", "--author", "Cathy O'Neil"]),
        ("list --author=cathy", ["list", "--author=Cathy O'Neil"]),
        ("list --author john", ["list", "--author", "John $(touch hacked) Cash"]),
        ('list --author "john', ["list", "--author", "John $(touch hacked) Cash"]),
        ("list --author tick", ["list", "--author", "Tick `touch hacked`"]),
        ('list --author "tick', ["list", "--author", "Tick `touch hacked`"]),
        ("list --author bob", ["list", "--author", "Bob Wow!"]),
        ('list --author "bob', ["list", "--author", "Bob Wow!"]),
        ("list --author 'bob", ["list", "--author", "Bob Wow!"]),
        ("list --author AMY", ["list", "--author", "Amy Lowell"]),
        ("library run it", ["library", "run", "it's mine"]),
        ("list -p pag", ["list", "-p", "page one.txt"]),
        ("list -o 'pag", ["list", "-o", "page one.txt"]),
        ("list --title pag", ["list", "--title", "pag"]),
    ],
)
def test_a_word_is_completed(shell: Shell, typed: str, arguments: list[str]) -> None:
    assert shell.arguments(f"pubcli {typed}") == arguments
    assert not (shell.folder / "hacked").exists()


@pytest.mark.parametrize(
    ("typed", "arguments"),
    [
        ("list --author jovanovic", ["list", "--author", "Mihailo R. Jovanović"]),
        ("list -author:lowy", ["list", '-author:"Andrew Lowy"']),
    ],
)
def test_any_word_of_a_name_is_its_beginning(shell: Shell, typed: str, arguments: list[str]) -> None:
    # fish inserts only values that contain the letters of the word, so it gets the names without accents and capitals.
    expected = [fold(argument) for argument in arguments] if shell.name == "fish" else arguments
    assert shell.arguments(f"pubcli {typed}") == expected


def test_several_names_are_listed_and_the_word_stays(new_shell: Shell) -> None:
    new_shell.complete("pubcli list --author lo")
    if new_shell.name == "bash":
        new_shell.type("\t")
    new_shell.read_until(r"Amy(\\)? Lowell[\s\S]*Andrew|Andrew(\\)? Lowy[\s\S]*Amy")


def test_titles_stand_beside_keys(new_shell: Shell) -> None:
    if new_shell.name == "bash":
        pytest.skip("bash shows no descriptions")
    new_shell.complete("pubcli show ")
    new_shell.read_until("Private Learning")
