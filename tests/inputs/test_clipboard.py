"""The clipboard is read with whatever command of the system works; if none does, the message says what to do."""

import os
import shutil
from pathlib import Path

import pytest

from pubcli.errors import InputError
from pubcli.inputs import clipboard, sources

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(os.name == "nt", reason="the commands of these tests are shell scripts"),
]


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder, the only one in which commands are found, apart from those that the scripts themselves need."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return tmp_path


def add(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")
    path.chmod(0o755)


@pytest.mark.parametrize("name", ["xclip", "xsel", "wl-paste", "pbpaste", "powershell.exe", "termux-clipboard-get"])
def test_each_command_is_used_if_it_is_the_only_one(commands: Path, name: str) -> None:
    add(commands, name, "printf 'Kites \\303\\244'")
    assert clipboard.clipboard_text() == "Kites ä".encode()


def test_the_command_of_wayland_comes_first_on_wayland_only(commands: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(commands, "xclip", "echo X11")
    add(commands, "wl-paste", "echo Wayland")
    assert clipboard.clipboard_text() == b"X11\n"
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert clipboard.clipboard_text() == b"Wayland\n"


def test_if_a_command_fails_the_next_one_is_tried(commands: Path) -> None:
    add(commands, "xclip", "echo 'Error: cannot open display' >&2; exit 1")
    add(commands, "xsel", "echo Kites")
    assert clipboard.clipboard_text() == b"Kites\n"


@pytest.mark.parametrize(
    "script",
    ["", "echo", "echo 'Nothing is copied' >&2; exit 1", "echo 'Error: target STRING not available' >&2; exit 1"],
)
def test_an_empty_clipboard_is_reported_with_what_to_do(commands: Path, script: str) -> None:
    add(commands, "xclip", script)
    with pytest.raises(InputError, match=r"the clipboard has no text; select .* and copy it"):
        clipboard.clipboard_text()


def test_the_reason_of_the_command_is_in_the_message(commands: Path) -> None:
    add(commands, "xclip", "echo 'Error: cannot open display: :9' >&2; exit 1")
    with pytest.raises(InputError, match="xclip: Error: cannot open display: :9; paste the text into a file"):
        clipboard.clipboard_text()


def test_without_a_command_the_message_names_one_to_install(commands: Path) -> None:
    assert list(commands.iterdir()) == []
    with pytest.raises(InputError, match="install xclip, or paste the text into a file"):
        clipboard.clipboard_text()


def test_a_command_that_hangs_is_ended(commands: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(commands, "xclip", "exec sleep 60")
    monkeypatch.setattr(clipboard, "_TIMEOUT", 0.2)
    with pytest.raises(InputError, match="xclip does not end within"):
        clipboard.clipboard_text()


def test_the_source_is_named_after_the_clipboard(commands: Path) -> None:
    add(commands, "xclip", "echo Kites")
    source = sources.from_name("@clipboard")
    assert (source.name, source.display_name, source.as_of_reason) == ("@clipboard", "the clipboard", "today")


@pytest.mark.skipif(not (shutil.which("xclip") and shutil.which("xvfb-run")), reason="needs xclip and Xvfb")
def test_the_real_clipboard_of_x11_is_read() -> None:
    import subprocess
    import sys

    script = (
        "printf 'Kites \\303\\244' | xclip -selection clipboard -in; "
        f"{sys.executable} -c 'from pubcli.inputs.clipboard import clipboard_text; print(clipboard_text())'"
    )
    done = subprocess.run(["xvfb-run", "-a", "sh", "-c", script], capture_output=True, check=True, timeout=60)
    assert done.stdout == f"{'Kites ä'.encode()!r}\n".encode()
