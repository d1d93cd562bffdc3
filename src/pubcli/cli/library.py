"""Verify your library, or copy it while it is in use.

\b
Examples:
  pubcli library check
  pubcli library backup copy.sqlite
"""

from pathlib import Path
from typing import Annotated

import typer

from pubcli.cli.options import Output, Shelf, spread
from pubcli.errors import ExitCode, UsageError, require_choice

_ACTIONS = ("check", "backup")


@spread
def command(
    action: Annotated[str, typer.Argument(metavar="ACTION", help="check or backup.")],
    shelf: Shelf,
    output: Output,
    target: Annotated[str | None, typer.Argument(metavar="[FILE]", help="Where the backup goes.")] = None,
) -> ExitCode:
    """Library, what is wrong with it or a copy of it."""
    from pubcli.answer.answer import Answer
    from pubcli.cli.output import deliver, note
    from pubcli.store.library import integrity, library_file

    require_choice("library", action, _ACTIONS)
    path = library_file.locate(shelf.library)
    if action == "backup":
        if target is None:
            raise UsageError("library backup: name the file that the copy goes to")
        library_file.backup(path, Path(target))
        note(output, f"{path} copied to {target}")
        return ExitCode.DONE
    found = integrity.findings(path)
    rows = [{"library": str(path), "finding": sentence} for sentence in found or ["sound"]]
    deliver(Answer("library_findings", ("library", "finding"), rows), output)
    return ExitCode.INPUT if found else ExitCode.DONE
