"""Run the examples of the README and of the pages in docs/, and compare the output with the text.

`UPDATE_README=1 pytest tests/test_readme.py` rewrites the output; read the difference before you commit it. The
commands of one page share a home directory, so a command can use a library that an earlier command made.
"""

import datetime
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

import pubcli
from pubcli.cli import GROUPS
from repository import DOCS, ROOT

pytestmark = pytest.mark.process

README = ROOT / "README.md"
CI = ROOT / ".ci" / "run"
PAGES = (README, *sorted(DOCS.glob("*.md")))
CONSOLE = re.compile(r"(?<=```console\n)(.*?)(?=```)", re.DOTALL)
PYTHON = re.compile(r"(?<=```python\n)(?P<code>.*?)```\n\n```text\n(?P<output>.*?)(?=```)", re.DOTALL)
PAGE_TEXT = re.compile(r"(?<=```text\n)(.*?)(?=```)", re.DOTALL)
SETUP = re.compile(r"^python3 -m venv .*$", re.MULTILINE)
COLUMNS = 100


def run(command: str, home: Path) -> str:
    """Return the output of a command on a terminal."""
    script = home / "pubcli"
    if not script.exists():
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pubcli "$@"\n')
        script.chmod(0o755)
    environment = {"HOME": str(home), "PATH": f"{home}:/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "dumb"}
    if coverage := os.environ.get("COVERAGE_PROCESS_CONFIG"):
        environment["COVERAGE_PROCESS_CONFIG"] = coverage
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    process = subprocess.Popen(
        ["/bin/sh", "-c", command], cwd=ROOT, env=environment, stdin=follower, stdout=follower, stderr=follower
    )
    os.close(follower)
    screen = b""
    try:
        while part := os.read(leader, 65536):
            screen += part
    except OSError:  # the other end is closed
        pass
    os.close(leader)
    process.wait(timeout=60)
    return "".join(f"{line.rstrip()}\n" for line in screen.decode().replace("\r\n", "\n").splitlines())


def transcript(block: str, home: Path) -> str:
    """Return the commands of a block, each with its current output."""
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "\n".join(f"{command}\n{run(command[2:], home)}" for command in commands)


def python_transcript(example: re.Match[str]) -> str:
    """Return the code of an example with its current output."""
    command = [sys.executable, "-c", example["code"]]
    output = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return f"{example['code']}```\n\n```text\n{output}"


@pytest.mark.skipif(shutil.which("jq") is None, reason="the pages pipe into jq")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_example_produces_the_output_shown_below_it(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    current = PYTHON.sub(python_transcript, CONSOLE.sub(lambda match: transcript(match[1], tmp_path), text))
    if os.environ.get("UPDATE_README"):
        page.write_text(current, encoding="utf-8")
        return
    assert current == text


def test_the_readme_has_four_examples_and_the_documentation_has_one_in_python() -> None:
    examples = "".join(CONSOLE.findall(README.read_text(encoding="utf-8")))

    assert len(re.findall(r"^\$ ", examples, re.MULTILINE)) == 4
    assert PYTHON.search((DOCS / "python.md").read_text(encoding="utf-8"))


def test_the_readme_has_two_setup_lines() -> None:
    """Check the lines only; `.ci/run` runs them.

    The first needs the network to build and install pubcli, and the second runs all tests, this one included.
    """
    assert SETUP.findall(README.read_text(encoding="utf-8")) == [
        "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/pubcli list --category LG",
        "python3 -m venv .venv && .venv/bin/pip install -e '.[dev]' && .venv/bin/pytest -n auto",
    ]


@pytest.mark.skipif(not CI.exists(), reason="the source distribution does not contain .ci/run")
def test_ci_takes_the_same_two_setup_lines_from_the_readme() -> None:
    extraction = re.search(r"<\((grep '.*' README\.md)\)$", CI.read_text(encoding="utf-8"), re.MULTILINE)
    assert extraction
    lines = subprocess.run(["/bin/sh", "-c", extraction[1]], cwd=ROOT, capture_output=True, check=True).stdout.decode()

    assert lines.splitlines() == SETUP.findall(README.read_text(encoding="utf-8"))


def test_the_command_of_the_first_setup_line_lists_the_sample_page(tmp_path: Path) -> None:
    [user_line, _] = SETUP.findall(README.read_text(encoding="utf-8"))

    output = run(user_line.rpartition(".venv/bin/")[2], tmp_path)

    assert len(re.findall(r"\d{4}-\d{2}-\d{2}~? +LG ", output)) == 32


@pytest.mark.parametrize("page", [README, DOCS / "input.md"], ids=lambda page: page.name)
def test_the_page_texts_shown_are_read_without_problems(page: Path) -> None:
    texts = PAGE_TEXT.findall(page.read_text(encoding="utf-8"))
    assert texts

    for text in texts:
        document = pubcli.read(text.encode(), as_of=datetime.date(2026, 11, 23))
        assert document.papers[0].title == "Walks on Random Sets"
        assert not document.problems


def test_the_readme_names_every_command() -> None:
    table = [line for line in README.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    names = {name for line in table for name in re.findall(r"`([a-z]+)`", line)}

    assert names == {name for commands in GROUPS.values() for name in commands}
