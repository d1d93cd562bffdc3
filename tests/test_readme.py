"""The README and the pages in docs/ are run: every command in them gives the output that stands there.

`UPDATE_README=1 pytest tests/test_readme.py` writes the outputs anew; read the difference before committing it. The
commands of one page share a home, so that a library made by one can be asked by the next.
"""

import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from repository import ROOT

README = ROOT / "README.md"
PAGES = (README, *sorted((ROOT / "docs").glob("*.md")))
CONSOLE = re.compile(r"(?<=```console\n)(.*?)(?=```)", re.DOTALL)
PYTHON = re.compile(r"```python\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)
COLUMNS = 100


def run(command: str, home: Path) -> str:
    """What a person sees who types the command into a terminal."""
    shim = home / "pubcli"
    if not shim.exists():
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pubcli "$@"\n')
        shim.chmod(0o755)
    environment = {"HOME": str(home), "PATH": f"{home}:/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "dumb"}
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    process = subprocess.Popen(
        ["/bin/sh", "-c", command], cwd=ROOT, env=environment, stdin=follower, stdout=follower, stderr=follower
    )
    os.close(follower)
    seen = b""
    try:
        while part := os.read(leader, 65536):
            seen += part
    except OSError:  # the other end is closed
        pass
    os.close(leader)
    process.wait(timeout=60)
    return "".join(f"{line.rstrip()}\n" for line in seen.decode().replace("\r\n", "\n").splitlines())


def played(block: str, home: Path) -> str:
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "\n".join(f"{command}\n{run(command[2:], home)}" for command in commands)


@pytest.mark.skipif(shutil.which("jq") is None, reason="the pages pipe into jq")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_give_the_output_that_stands_there(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(CONSOLE.findall(text)) >= (8 if page == README else 0)
    played_text = CONSOLE.sub(lambda match: played(match[1], tmp_path), text)
    if os.environ.get("UPDATE_README"):
        page.write_text(played_text, encoding="utf-8")
        return
    assert played_text == text


def test_python_example(tmp_path: Path) -> None:
    text = README.read_text(encoding="utf-8")
    match = PYTHON.search(text)
    assert match
    done = subprocess.run([sys.executable, "-c", match[1]], cwd=ROOT, capture_output=True, check=True)
    if os.environ.get("UPDATE_README"):
        shown = f"```python\n{match[1]}```\n\n```text\n{done.stdout.decode()}```"
        README.write_text(text.replace(match[0], shown), encoding="utf-8")
        return
    assert done.stdout.decode() == match[2]


def test_both_lines_of_setup_are_there() -> None:
    lines = README.read_text(encoding="utf-8").splitlines()
    assert "pip install . && pubcli list --category LG" in lines
    assert "pip install -e '.[dev]' && pytest -n auto" in lines
