"""Write the pages of the manual, which the wheel installs for `man pubcli`.

python docs/manual.py
"""

from pathlib import Path

from pubcli.cli import COMMANDS
from pubcli.cli.man_page import name_of, page

FOLDER = Path(__file__).parent / "man"


def main() -> None:
    """Write a page for the program and for each command, and remove the pages of former commands."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.1"):
        old.unlink()
    for command in ("", *COMMANDS):
        (FOLDER / f"{name_of(command)}.1").write_text(page(command), encoding="utf-8")


if __name__ == "__main__":
    main()
