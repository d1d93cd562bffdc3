"""Check your library, copy it, list its changes, or undo the last one.

\b
Actions:
  check           look for damage
  backup FILE     copy the library to FILE while it is in use
  log             list the changes, the last one first: add, remove, merge, ...
  undo [NUMBER]   undo the last change; with NUMBER, only if this is the last one
Repeat undo to go further back. The last 100 changes can be undone, or fewer if the values that they replaced take more
than a quarter of the library. Your files are not changed.

\b
Examples:
  pubcli library check
  pubcli library backup copy.sqlite
  pubcli library log
  pubcli library undo
"""

from typing import TYPE_CHECKING

from pubcli.cli.options import LibraryOption, Output
from pubcli.cli.parameters import argument
from pubcli.errors import ExitCode, UsageError, require_choice

if TYPE_CHECKING:
    from pathlib import Path

_ACTIONS = ("check", "backup", "log", "undo")
_NO_CHANGE = "no change of this library is recorded"
_DIGITS = 10
"""A number of a change has fewer digits than this."""


def command(
    *,
    action: str = argument("ACTION", help="check, backup, log or undo."),
    library: LibraryOption,
    output: Output,
    argument: str | None = argument(
        "[FILE|NUMBER]", help="Destination of the backup, or the change to undo (see log).", default=None
    ),
) -> ExitCode:
    """Check the library, copy it, list its changes, or undo the last one."""
    require_choice("library", action, _ACTIONS)
    if action == "backup":
        return _backup(library.path(), argument, output)
    if action == "undo":
        return _undo(library.path(), argument, output)
    if argument is not None:
        raise UsageError(f"library {action}: unexpected argument {argument!r}")
    return _log(library.path(), output) if action == "log" else _check(library.path(), output)


def _check(path: "Path", output: Output) -> ExitCode:
    from pubcli.answer.answer import Answer
    from pubcli.cli.output import deliver
    from pubcli.store.library import integrity

    findings = integrity.findings(path)
    rows = [{"library": str(path), "finding": sentence} for sentence in findings or ["sound"]]
    deliver(Answer("library_findings", ("library", "finding"), rows), output)
    return ExitCode.INPUT if findings else ExitCode.DONE


def _backup(path: "Path", target: str | None, output: Output) -> ExitCode:
    from pathlib import Path

    from pubcli.cli.output import note
    from pubcli.store.library import library_file

    if target is None:
        raise UsageError("library backup: name the file to copy to")
    library_file.backup(path, Path(target))
    note(output, f"{path} copied to {target}")
    return ExitCode.DONE


def _log(path: "Path", output: Output) -> ExitCode:
    from contextlib import closing

    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_library
    from pubcli.store.library import changes

    with closing(open_library(path, output)) as store:
        return deliver(changes.log(store), output, lambda: [_NO_CHANGE])


def _undo(path: "Path", number: str | None, output: Output) -> ExitCode:
    from contextlib import closing

    from pubcli.cli.output import note, report_nothing
    from pubcli.inputs import sources
    from pubcli.store.library import changes, library_file
    from pubcli.text.normalize import counted

    if number is not None and not (number.isascii() and number.isdecimal() and len(number) < _DIGITS):
        raise UsageError(f"library undo: {number!r} is not the number of a change; pubcli library log lists them")
    with closing(library_file.open_to_change(path)) as store:
        change = changes.undo(store, sources.now(), None if number is None else int(number))
        remaining, logged = len(changes.undoable(store)), len(list(changes.log(store).rows))
    if change is None:
        reason = f"all {logged} changes in the log are undone or permanent" if logged else _NO_CHANGE
        return report_nothing(output, [f"there is nothing to undo: {reason}"])
    note(output, f"undone: change {change.number}, {change.command or 'made by a program'} ({change.effect})")
    rest = counted(remaining, "earlier change", "earlier changes")
    note(output, f"{rest} can be undone" if remaining else "no earlier change can be undone")
    return ExitCode.DONE
