"""The commands in the gallery draw the pictures that it shows."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from repository import DOCS

pytest.importorskip("matplotlib")
sys.path.insert(0, str(DOCS))
from gallery import plot_commands  # type: ignore[import-not-found]
from picture import COMMAND  # type: ignore[import-not-found]

from pubcli import plots


def test_the_gallery_shows_every_kind_of_plot() -> None:
    assert {arguments[1] for arguments in plot_commands()} == set(plots.KINDS)


@pytest.mark.process
@pytest.mark.parametrize("arguments", plot_commands(), ids=lambda arguments: arguments[1])
def test_each_command_draws_the_picture_shown_below_it(arguments: list[str], tmp_path: Path) -> None:
    name = Path(arguments[arguments.index("-o") + 1]).name
    (tmp_path / "docs").mkdir()
    subprocess.run([sys.executable, "-m", "pubcli", *arguments, "--quiet"], cwd=tmp_path, check=True)

    assert (tmp_path / "docs" / name).read_bytes().startswith(b"<?xml")
    assert f"]({name})" in (DOCS / "gallery.md").read_text(encoding="utf-8")


def test_every_picture_of_the_gallery_exists() -> None:
    pictures = re.findall(r"\]\((\S+\.(?:svg|png))\)", (DOCS / "gallery.md").read_text(encoding="utf-8"))

    assert len(pictures) == len(plots.KINDS) + 1
    assert all((DOCS / name).stat().st_size > 1_000 for name in pictures)


@pytest.mark.process
def test_the_picture_in_the_readme_shows_the_results_of_its_command() -> None:
    command = [sys.executable, "-m", *shlex.split(COMMAND), "--fields", "position", "--format", "tsv", "--no-cache"]
    positions = subprocess.run(command, capture_output=True, check=True).stdout.decode().split()[1:]
    pictures = re.findall(r">\s*(?:&#160;)*(\d+)(?:&#160;)*<", (DOCS / "search.svg").read_text(encoding="utf-8"))

    assert pictures == positions
