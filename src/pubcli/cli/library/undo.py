"""Undo the last change of your library. Repeat it to go further back.

With NUMBER, the change is undone only if it is the last one. The last 100 changes can be undone, or fewer if the values
that they replaced take more than a quarter of the library and more than 32 MB. Your files are not changed.

\b
Examples:
  pubcli library undo
  pubcli library log
"""

from pubcli.cli.library.log import NO_CHANGE
from pubcli.cli.options import LibraryOption, Output
from pubcli.cli.parameters import argument
from pubcli.errors import ExitCode, UsageError

_DIGITS = 10
"""A number of a change has fewer digits than this."""


def command(
    *,
    library: LibraryOption,
    output: Output,
    number: str | None = argument(
        "[NUMBER]", help="The change to undo (see pubcli library log).", default=None, values="change"
    ),
) -> ExitCode:
    """Undo the last change."""
    from contextlib import closing

    from pubcli.cli.output import note, report_nothing
    from pubcli.inputs import sources
    from pubcli.store.library import changes, library_file
    from pubcli.text.normalize import counted

    if number is not None and not (number.isascii() and number.isdecimal() and len(number) < _DIGITS):
        raise UsageError(f"library undo: {number!r} is not the number of a change; pubcli library log lists them")
    with closing(library_file.open_to_change(library.path())) as store:
        change = changes.undo(store, sources.now(), None if number is None else int(number))
        remaining, logged = len(changes.undoable(store)), len(list(changes.log(store).rows))
    if change is None:
        reason = f"all {logged} changes in the log are undone or permanent" if logged else NO_CHANGE
        return report_nothing(output, [f"there is nothing to undo: {reason}"])
    note(output, f"undone: change {change.number}, {change.command or 'made by a program'} ({change.effect})")
    rest = counted(remaining, "earlier change", "earlier changes")
    note(output, f"{rest} can be undone" if remaining else "no earlier change can be undone")
    return ExitCode.DONE
