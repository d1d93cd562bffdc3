"""Remove people's pages from your library.

\b
A name removes all snapshots of that person's page; NAME@DAY removes only the snapshot that was current on that day.
Papers that other pages also list stay in the library. Your files are not changed.

\b
Examples:
  pubcli remove 'Ada Lovelace' --yes
  pubcli remove lovelace@2026-01-31 --yes
"""

from typing import Annotated

import typer

from pubcli.cli.options import LibraryOption, Output, expand_options, typed_command
from pubcli.errors import ExitCode


@expand_options
def command(
    names: Annotated[
        list[str], typer.Argument(metavar="NAME[@DAY]...", help="Owner of the page (any part of the name).")
    ],
    library: LibraryOption,
    output: Output,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")] = False,
) -> ExitCode:
    """Remove pages from the library."""
    from contextlib import closing

    from pubcli.cli.output import confirm, note
    from pubcli.store import schema
    from pubcli.store.library import library_file, owners, snapshots

    with closing(library_file.open_to_change(library.path(), typed_command())) as store:
        chosen = list(dict.fromkeys(snapshot for name in names for snapshot in owners.matching_snapshots(store, name)))
        summary = ", ".join(f"{snapshot.name} as of {snapshot.as_of}" for snapshot in chosen)
        if not yes and not confirm(f"Remove {summary}?"):
            note(output, "nothing was changed")
            return ExitCode.NOTHING
        with schema.transaction(store):
            for snapshot in chosen:
                snapshots.remove(store, snapshot.id)
        note(output, f"removed: {summary}")
    return ExitCode.DONE
