"""Draw the charts in gallery.md: run each of its `pubcli plot` commands in the root folder of the repository.

python docs/gallery.py
"""

import re
import shlex
import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).parent
COMMAND = re.compile(r"^pubcli (plot .*)$", re.MULTILINE)


def plot_commands() -> list[list[str]]:
    """Return the arguments of each plot command."""
    return [shlex.split(match) for match in COMMAND.findall((DOCS / "gallery.md").read_text(encoding="utf-8"))]


def main() -> None:
    """Draw all charts."""
    for arguments in plot_commands():
        subprocess.run([sys.executable, "-m", "pubcli", *arguments, "--quiet"], cwd=DOCS.parent, check=True)


if __name__ == "__main__":
    main()
