"""Tell what is kept of pages that were read, or clear it.

\b
A page is read once; later questions about it are answered from a small database, known by the page's content, so it
is never out of date. What was not used for longest goes first when there is too much. PUBCLI_CACHE_DIR names another
folder, and --no-cache of any command does without.

\b
Examples:
  pubcli cache info
  pubcli cache clear
"""

from typing import Annotated

import typer

from pubcli.answer.answer import Answer, Row
from pubcli.cli.options import Output, spread
from pubcli.errors import ExitCode, OutputError, require_choice

_ACTIONS = ("info", "clear")
_FIELDS = ("folder", "entries", "bytes", "most_entries", "most_bytes")


@spread
def command(
    output: Output,
    action: Annotated[str, typer.Argument(metavar="[ACTION]", help="info or clear.")] = "info",
) -> ExitCode:
    """Look at the folder, or empty it."""
    from pubcli import paths
    from pubcli.cli.output import deliver, note
    from pubcli.store import cache
    from pubcli.text.normalize import counted

    require_choice("cache", action, _ACTIONS)
    try:
        if action == "clear":
            count = cache.clear()
            note(output, f"{counted(count, 'entry', 'entries')} removed from {paths.cache()}")
            return ExitCode.DONE
        entries = cache.entries()
    except OSError as error:
        where = error.filename or "the cache"
        raise OutputError(f"{where}: {error.strerror or error}; look at its permissions") from None
    row: Row = {
        "folder": str(paths.cache()),
        "entries": len(entries),
        "bytes": sum(entry.size for entry in entries),
        "most_entries": cache.MOST_ENTRIES,
        "most_bytes": cache.MOST_BYTES,
    }
    return deliver(Answer("cache", _FIELDS, [row]), output)
