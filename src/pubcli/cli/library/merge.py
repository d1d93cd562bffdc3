"""Merge papers of your library that are the same.

Name papers as for pubcli show. The papers may be on several pages, or on one. The decision stays valid when you add
pages later, and both keys still find the paper. pubcli library split undoes it.

\b
Examples:
  pubcli library merge lowy2022stochastic lowy2022fair
  pubcli library merge lowy2022stochastic 'fair learning with'
"""

from pubcli.cli.options import LibraryOption, Output, typed_command
from pubcli.cli.parameters import argument
from pubcli.errors import ExitCode


def command(
    *,
    papers: list[str] = argument("KEY|TITLE-PIECE...", help="Papers that are the same.", repeatable=True, values="key"),
    library: LibraryOption,
    output: Output,
) -> ExitCode:
    """Record that papers are the same."""
    from contextlib import closing

    from pubcli.cli.output import note
    from pubcli.inputs import sources
    from pubcli.store import schema
    from pubcli.store.library import duplicates, library_file

    with closing(library_file.open_to_change(library.path(), typed_command())) as store:
        with schema.transaction(store):
            titles = duplicates.merge(store, papers, sources.now())
        note(output, f"merged: {'; '.join(titles)}")
    return ExitCode.DONE
