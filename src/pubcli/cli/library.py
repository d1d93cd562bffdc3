"""Check your library, or copy it while it is in use.

\b
Examples:
  pubcli library check
  pubcli library backup copy.sqlite
"""

from pathlib import Path
from typing import Annotated

import typer

from pubcli.cli.options import LibraryOption, Output, expand_options
from pubcli.errors import ExitCode, UsageError, require_choice

_ACTIONS = ("check", "backup")


@expand_options
def command(
    action: Annotated[str, typer.Argument(metavar="ACTION", help="check (look for damage) or backup (copy to FILE).")],
    library: LibraryOption,
    output: Output,
    target: Annotated[str | None, typer.Argument(metavar="[FILE]", help="Destination of the backup.")] = None,
) -> ExitCode:
    """Check the library, or copy it."""
    from pubcli.answer.answer import Answer
    from pubcli.cli.output import deliver, note
    from pubcli.store.library import integrity, library_file

    require_choice("library", action, _ACTIONS)
    path = library.path()
    if action == "backup":
        if target is None:
            raise UsageError("library backup: name the file to copy to")
        library_file.backup(path, Path(target))
        note(output, f"{path} copied to {target}")
        return ExitCode.DONE
    findings = integrity.findings(path)
    rows = [{"library": str(path), "finding": sentence} for sentence in findings or ["sound"]]
    deliver(Answer("library_findings", ("library", "finding"), rows), output)
    return ExitCode.INPUT if findings else ExitCode.DONE
