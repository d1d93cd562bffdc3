"""Read changed files of your library again.

A changed page becomes the newest snapshot of its owner. A file that is missing or cannot be read is reported, and its
pages stay in the library.

\b
Examples:
  pubcli library refresh
  pubcli library refresh --dry-run
"""

from pubcli.cli.options import LibraryOption, Output
from pubcli.cli.parameters import switch
from pubcli.errors import ExitCode


def command(
    *,
    library: LibraryOption,
    output: Output,
    dry_run: bool = switch("--dry-run", help="Change nothing; show what would happen."),
    yes: bool = switch(
        "--yes", "-y", help="Also accept a page that lacks the header, or most papers, of the page that it replaces."
    ),
) -> ExitCode:
    """Read changed files of the library again."""
    from contextlib import closing

    from pubcli.cli.ingest import add_and_report
    from pubcli.cli.output import note
    from pubcli.cli.pages import open_library
    from pubcli.store.library import ingest

    with closing(open_library(library.path(), output)) as store:
        changes = ingest.changed_files(store, lambda error: note(output, f"not updated in the library: {error}"))
    status = add_and_report(library, changes.sources, output, keep=not dry_run, yes=yes, others=changes.rows)
    with closing(open_library(library.path(), output)) as store:
        for path, name in ingest.replaced_owners(store):
            note(
                output,
                f"{path} now contains another person's page; the page of {name} stays until you remove it: "
                f"pubcli library remove {name!r}",
            )
    return status
