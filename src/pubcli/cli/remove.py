"""Take people's pages out of your library.

\b
A name takes out all snapshots of that person's page; NAME@DAY only the one that held on that day. Papers that other
pages list too stay. What is in files is not touched.

\b
Examples:
  pubcli remove 'Ada Lovelace' --yes
  pubcli remove lovelace@2026-01-31 --yes
"""

from typing import Annotated

import typer

from pubcli.cli.options import Output, Shelf, spread
from pubcli.errors import ExitCode


@spread
def command(
    names: Annotated[list[str], typer.Argument(metavar="NAME[@DAY]...", help="Whose page; part of the name will do.")],
    shelf: Shelf,
    output: Output,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> ExitCode:
    """Names, what they stand for, confirmation, removal."""
    from contextlib import closing

    from pubcli.cli.output import confirm, note
    from pubcli.store import schema
    from pubcli.store.library import library_file, owners, snapshots

    with closing(library_file.open_to_change(library_file.locate(shelf.library))) as connection:
        chosen = list(dict.fromkeys(one for name in names for one in owners.named(connection, name)))
        shown = ", ".join(f"{one.name} as of {one.as_of}" for one in chosen)
        if not yes and not confirm(f"Take out {shown}?"):
            note(output, "nothing was changed")
            return ExitCode.NOTHING
        with schema.transaction(connection):
            for one in chosen:
                snapshots.remove(connection, one.id)
        note(output, f"taken out: {shown}")
    return ExitCode.DONE
