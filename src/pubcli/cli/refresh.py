"""Read the files of your library again where they have changed.

\b
A changed page becomes the newest snapshot of its person; a file that is gone or cannot be read leaves the library as
it is, and is told.

\b
Examples:
  pubcli refresh
  pubcli refresh --dry-run
"""

from typing import Annotated

import typer

from pubcli.cli.options import Output, Shelf, spread
from pubcli.errors import ExitCode


@spread
def command(
    shelf: Shelf,
    output: Output,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing, only tell what would happen.")] = False,
) -> ExitCode:
    """Library, files that changed, report."""
    from contextlib import closing

    from pubcli.cli.ingest import add_and_report
    from pubcli.cli.output import note
    from pubcli.store.library import ingest, library_file

    with closing(library_file.open_to_ask(library_file.locate(shelf.library))) as store:
        changes = ingest.changes(store, lambda error: note(output, f"kept as it was: {error}"))
    status = add_and_report(shelf, changes.opened, output, keep=not dry_run, others=changes.rows)
    with closing(library_file.open_to_ask(library_file.locate(shelf.library))) as store:
        for path, name in ingest.left_behind(store):
            note(output, f"{path} holds the page of somebody else now; that of {name} is kept: pubcli remove {name!r}")
    return status
