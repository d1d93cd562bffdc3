"""List papers that are on several people's pages, and pairs of papers that may be the same, with the evidence.

\b
Papers are merged if their titles have the same words, their author lists share a name and their years agree. Similar
papers are only proposed. pubcli merge merges papers, and pubcli split separates them. Both decisions stay valid when
you add pages later.

\b
Examples:
  pubcli duplicates
  pubcli duplicates --json | jq '.[] | select(.decision == "proposed")'
"""

from pubcli.cli.options import LibraryOption, Output, expand_options
from pubcli.errors import ExitCode


@expand_options
def command(library: LibraryOption, output: Output) -> ExitCode:
    """List the papers that are on several pages, and the pairs of papers that may be the same."""
    from contextlib import closing

    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_library
    from pubcli.store.library import duplicates

    with closing(open_library(library.path(), output)) as store:
        return deliver(duplicates.duplicates(store), output, lambda: ["no paper is on two pages"])
