"""Remove people's pages from your library.

A name removes all snapshots of that person's page. NAME@DAY removes only the snapshot that was current on that day, and
NAME@DAY#N only the snapshot with the number N of that day. Papers that other pages also list stay in the library. Your
files are not changed.

\b
Examples:
  pubcli library remove 'Ada Lovelace' --yes
  pubcli library remove lovelace@2026-01-31 --yes
"""

from pubcli.cli.options import LibraryOption, Output, typed_command
from pubcli.cli.parameters import argument, switch
from pubcli.errors import ExitCode, UsageError


def command(
    *,
    names: list[str] = argument(
        "NAME[@DAY]...", help="Owner of the page (any part of the name).", repeatable=True, values="snapshot"
    ),
    library: LibraryOption,
    output: Output,
    yes: bool = switch("--yes", "-y", help="Do not ask for confirmation."),
) -> ExitCode:
    """Remove pages from the library."""
    from contextlib import closing

    from pubcli.cli.output import confirm, note
    from pubcli.store import schema
    from pubcli.store.library import library_file, owners, snapshots

    with closing(library_file.open_to_change(library.path(), typed_command())) as store:

        def selected() -> list[owners.Snapshot]:
            return list(dict.fromkeys(page for name in names for page in owners.matching_snapshots(store, name)))

        chosen = selected()
        summary = ", ".join(f"{snapshot.name} as of {snapshot.label}" for snapshot in chosen)
        if not yes and not confirm(f"Remove {summary}?"):
            note(output, "nothing was changed")
            return ExitCode.NOTHING
        with schema.transaction(store):
            if selected() != chosen:
                raise UsageError("another process has changed these pages meanwhile; nothing was removed; try again")
            for snapshot in chosen:
                snapshots.remove(store, snapshot.id)
        note(output, f"removed: {summary}")
    return ExitCode.DONE
