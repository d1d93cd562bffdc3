"""`pubcli library watch`: pages that arrive in a folder are added, with one line each, until a signal."""

import json
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

pytest.importorskip("watchfiles")
Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
_TIMEOUT = 30
"""Seconds."""
PAGE = "Ada Lovelace\n\nh-index3\n\nLGMar 13, 2022\nA Title\n\nAda Lovelace\n\nText.\n"
MORE = PAGE + "\nLGMar 14, 2022\nAnother Title\n\nAda Lovelace\n\nText.\n"


class Watch:
    """A running `pubcli library watch`, whose lines are read with a time limit."""

    def __init__(self, folder: Path, environment: dict[str, str], *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pubcli", "library", "watch", str(folder), *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        self._wait_for(self.process.stderr, "watching")

    def line(self) -> str:
        """Return the next line of the standard output."""
        return self._wait_for(self.process.stdout, "")

    def stop(self) -> tuple[int, str, str]:
        """Press Ctrl-C, and return the exit status, the rest of the output and of the notes."""
        self.process.send_signal(signal.SIGINT)
        stdout, stderr = self.process.communicate(timeout=_TIMEOUT)
        return self.process.returncode, stdout.decode(), stderr.decode()

    def _wait_for(self, stream: IO[bytes] | None, text: str) -> str:
        assert stream is not None
        end = time.monotonic() + _TIMEOUT
        while True:
            assert select.select([stream], [], [], max(0.0, end - time.monotonic()))[0], "no line was written"
            line = stream.readline().decode()
            assert line, "the program has ended"
            if text in line:
                return line.rstrip("\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "pages"
    path.mkdir()
    return path


@pytest.fixture
def variables(environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    return {**environment, "PUBCLI_LIBRARY": str(tmp_path / "library.sqlite"), "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def watch(folder: Path, variables: dict[str, str]) -> Iterator[Callable[..., Watch]]:
    """Start the program in the folder: `watch("--json")`."""
    running: list[Watch] = []

    def start(*options: str) -> Watch:
        running.append(Watch(folder, variables, *options))
        return running[-1]

    yield start
    for process in running:
        process.process.kill()
        process.process.communicate()


def test_pages_that_arrive_or_change_are_added_with_a_line_each(
    watch: Callable[..., Watch], folder: Path, pubcli: Program, variables: dict[str, str]
) -> None:
    (folder / "old.txt").write_text(PAGE.replace("Ada", "Bob"))
    watcher = watch()
    assert watcher.line().endswith("old.txt: Bob Lovelace, new profile (1 paper)")
    (folder / "ada.txt").write_text(PAGE)
    assert watcher.line().endswith("ada.txt: Ada Lovelace, new profile (1 paper)")
    (folder / "ada.txt").write_text(MORE)
    assert watcher.line().endswith("ada.txt: Ada Lovelace, newer snapshot (+1 paper)")
    assert watcher.stop() == (130, "", "")
    assert len(json.loads(pubcli("list", "--json", env=variables).stdout)) == 3


def test_a_page_without_most_of_its_papers_is_not_added(watch: Callable[..., Watch], folder: Path) -> None:
    (folder / "ada.txt").write_text(MORE)
    watcher = watch()
    watcher.line()
    (folder / "ada.txt").write_text(MORE.replace("h-index3\n", ""))
    assert "ada.txt lacks the header of the newest page of Ada Lovelace; it was not added" in watcher.line()


def test_files_that_are_no_pages_and_files_that_pubcli_wrote_are_left_alone(
    watch: Callable[..., Watch], folder: Path, pubcli: Program, variables: dict[str, str]
) -> None:
    watcher = watch()
    (folder / "letter.txt").write_text("Dear Sir,\n")
    (folder / "ada.txt").write_text(PAGE)
    assert "ada.txt" in watcher.line()
    assert pubcli("list", "-o", folder / "answer.csv", env=variables).returncode == 0
    (folder / "bob.txt").write_text(PAGE.replace("Ada", "Bob"))
    assert "bob.txt" in watcher.line()
    status, rest, notes = watcher.stop()
    assert (status, rest) == (130, "")
    assert [line for line in notes.splitlines() if "letter.txt is not a page" not in line] == []
    assert "letter.txt" in notes


def test_with_json_each_line_is_an_object(watch: Callable[..., Watch], folder: Path) -> None:
    watcher = watch("--json")
    (folder / "ada.txt").write_text(PAGE)
    row = json.loads(watcher.line())
    assert (row["profile"], row["outcome"], row["papers"]) == ("Ada Lovelace", "new profile", 1)


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["missing"], 3, "missing: no such folder"),
        (["page.txt"], 3, "page.txt: no such folder"),
        ([".", "-f", "csv"], 2, "library watch prints lines"),
    ],
)
def test_what_cannot_be_watched_is_refused(pubcli: Program, words: list[str], status: int, message: str) -> None:
    result = pubcli("library", "watch", *words)
    assert (result.returncode, result.stdout) == (status, b"")
    assert message in result.stderr.decode()
