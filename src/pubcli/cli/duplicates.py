"""List papers on several people's pages, with the evidence, and propose others that may be the same.

\b
Papers are merged if their titles have the same words, their author lists share a name and their years agree. Similar
papers are proposed, never merged: pubcli merge merges papers, pubcli split separates them, and both decisions
survive later adds.

\b
Examples:
  pubcli duplicates
  pubcli duplicates --json | jq '.[] | select(.decision == "proposed")'
"""

from pubcli.cli.options import LibraryOption, Output, expand_options
from pubcli.errors import ExitCode


@expand_options
def command(library: LibraryOption, output: Output) -> ExitCode:
    """List papers on several pages, and proposed pairs."""
    from contextlib import closing

    from pubcli.cli.output import deliver
    from pubcli.store.library import duplicates, library_file

    with closing(library_file.open_to_read(library.path())) as store:
        return deliver(duplicates.duplicates(store), output, lambda: ["no paper is on two pages"])
