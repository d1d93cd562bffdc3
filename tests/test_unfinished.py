"""Files are written under a temporary name that nobody can predict, and a killed process leaves nothing for long."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pubcli import unfinished
from pubcli.unfinished import remove_abandoned, unfinished_file

KILLED = """
import os, signal, sys
from pathlib import Path
from pubcli.unfinished import unfinished_file
with unfinished_file(Path(sys.argv[1])) as path:
    path.write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_appears_only_when_it_is_renamed(tmp_path: Path) -> None:
    target = tmp_path / "answer.txt"
    with unfinished_file(target) as path:
        path.write_text("whole")
        assert (path.name, target.exists()) == ("answer.txt", False)
        path.replace(target)
    assert target.read_text() == "whole"
    assert names(tmp_path) == ["answer.txt"]


def test_nothing_is_left_after_an_error(tmp_path: Path) -> None:
    def write_half() -> None:
        with unfinished_file(tmp_path / "answer.txt") as path:
            path.write_text("half")
            path.with_name("answer.txt-journal").touch()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_half()
    assert names(tmp_path) == []


def test_only_the_user_can_open_the_folder_of_an_unfinished_file(tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        with unfinished_file(tmp_path / "answer.txt") as path:
            assert path.parent.stat().st_mode & 0o777 == 0o700
    finally:
        os.umask(mask)


@pytest.mark.process
def test_the_next_process_removes_what_a_killed_one_left(tmp_path: Path) -> None:
    process = subprocess.run([sys.executable, "-c", KILLED, tmp_path / "answer.txt"], check=False)
    assert process.returncode == -signal.SIGKILL
    assert [name.endswith(".unfinished") for name in names(tmp_path)] == [True]
    with unfinished_file(tmp_path / "other.txt") as path:
        assert names(tmp_path) == [path.parent.name]
    assert names(tmp_path) == []


def test_the_file_of_a_running_process_is_not_removed(tmp_path: Path) -> None:
    with unfinished_file(tmp_path / "answer.txt") as path:
        path.write_text("half")
        remove_abandoned(tmp_path)
        assert path.read_text() == "half"


def test_other_files_and_links_with_such_a_name_are_not_removed(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").touch()
    (tmp_path / ".pubcli-1.unfinished").symlink_to(tmp_path / "kept")
    (tmp_path / ".pubcli-2.unfinished").touch()
    remove_abandoned(tmp_path)
    assert names(tmp_path) == [".pubcli-1.unfinished", ".pubcli-2.unfinished", "kept"]
    assert names(tmp_path / "kept") == ["file"]


def test_a_folder_that_is_removed_before_it_is_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = Path.mkdir
    made: list[Path] = []

    def make_and_lose_the_first(folder: Path, mode: int = 0o777) -> None:
        make(folder, mode=mode)
        if not made:
            folder.rmdir()
        made.append(folder)

    monkeypatch.setattr(Path, "mkdir", make_and_lose_the_first)
    with unfinished_file(tmp_path / "answer.txt") as path:
        path.write_text("whole")
    assert len(made) == 2


@pytest.mark.parametrize("step", ["_lock", "_remove"])
def test_a_signal_while_the_folder_is_made_or_removed_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    original = getattr(unfinished, step)
    signals = iter([KeyboardInterrupt])

    def interrupted(folder: Path) -> object:
        for error in signals:
            raise error
        return original(folder)

    def write() -> None:
        with unfinished_file(tmp_path / "answer.txt") as path:
            path.write_text("half")

    monkeypatch.setattr(unfinished, step, interrupted)
    with pytest.raises(KeyboardInterrupt):
        write()
    assert names(tmp_path) == []
