"""Show or clear the cache of parsed pages.

A page is parsed once and stored in the cache as a small database, which later commands use. This database is identified
by the content of the page, so it is never out of date. When the cache is full, the entries that were not used for the
longest time are deleted. PUBCLI_CACHE_DIR sets another folder. The option --no-cache of other commands bypasses the
cache.

\b
Examples:
  pubcli library cache info
  pubcli library cache clear
"""

from pubcli.answer.answer import Answer, Row
from pubcli.cli.options import Output
from pubcli.cli.parameters import argument
from pubcli.errors import ExitCode, OutputError, require_choice

_ACTIONS = ("info", "clear")
_FIELDS = ("folder", "entries", "bytes", "most_entries", "most_bytes")


def command(
    *,
    output: Output,
    action: str = argument(
        "[ACTION]", help="info (show the size) or clear (delete all entries).", default="info", values=("info", "clear")
    ),
) -> ExitCode:
    """Show the contents of the cache, or clear it."""
    from pubcli import paths
    from pubcli.cli.output import deliver, note
    from pubcli.store import cache
    from pubcli.text.normalize import counted

    require_choice("cache", action, _ACTIONS)
    try:
        if action == "clear":
            count = cache.clear_entries()
            note(output, f"{counted(count, 'entry', 'entries')} removed from {paths.cache()}")
            return ExitCode.DONE
        entries = cache.entries()
    except OSError as error:
        location = error.filename or "the cache"
        raise OutputError(f"{location}: {error.strerror or error}; check its permissions") from None
    row: Row = {
        "folder": str(paths.cache()),
        "entries": len(entries),
        "bytes": sum(entry.size for entry in entries),
        "most_entries": cache.MAX_ENTRIES,
        "most_bytes": cache.MAX_BYTES,
    }
    return deliver(Answer("cache", _FIELDS, [row]), output)
