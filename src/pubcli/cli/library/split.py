"""Separate papers that your library has merged.

Without --owner, each record becomes a separate paper. The decision stays valid when you add pages later.
pubcli library merge undoes it.

\b
Examples:
  pubcli library split barazandeh2021efficient
  pubcli library split barazandeh2021efficient --owner lovelace
"""

from pubcli.cli.options import LibraryOption, Output, typed_command
from pubcli.cli.parameters import argument, option
from pubcli.errors import ExitCode


def command(
    *,
    paper: str = argument("KEY|TITLE-PIECE", help="A paper that was merged.", values="key"),
    library: LibraryOption,
    output: Output,
    owner: str | None = option(
        "--owner", metavar="NAME", help="Separate only the records on this person's page.", values="owner"
    ),
) -> ExitCode:
    """Record that merged papers are different."""
    from contextlib import closing

    from pubcli.cli.output import note
    from pubcli.inputs import sources
    from pubcli.store import schema
    from pubcli.store.library import duplicates, library_file

    with closing(library_file.open_to_change(library.path(), typed_command())) as store:
        with schema.transaction(store):
            papers = duplicates.split(store, paper, owner, sources.now())
        note(output, f"now different papers: {', '.join(papers)}")
    return ExitCode.DONE
