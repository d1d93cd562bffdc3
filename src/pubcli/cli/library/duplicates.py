"""List pairs of papers that may be the same, and papers that are on several people's pages, with the evidence.

Papers on several pages are merged if they have the same arXiv identifier, or if their titles have the same words and
they have the same DOI or an author in common. Papers with different DOIs, years, journals, volumes or pages are not
merged; if the arXiv identifiers are the same, only different DOIs prevent this. Less certain pairs are only proposed:
similar titles, a preprint and its published version, and duplicates inside one file. pubcli library merge merges
papers, and pubcli library split separates them. Both decisions stay valid when you add pages later.

\b
Examples:
  pubcli library duplicates
  pubcli library duplicates --proposed
  pubcli library duplicates --json | jq '.[] | select(.decision == "merged")'
"""

from pubcli.cli.options import LibraryOption, Output
from pubcli.cli.parameters import switch
from pubcli.errors import ExitCode


def command(
    *,
    library: LibraryOption,
    output: Output,
    proposed: bool = switch("--proposed", help="Only pairs about which you have not decided."),
) -> ExitCode:
    """List the pairs of papers that may be the same, and the papers that were merged."""
    from contextlib import closing

    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_library
    from pubcli.store.library import duplicates

    with closing(open_library(library.path(), output)) as store:
        answer = duplicates.duplicates(store, only_proposed=proposed)
        return deliver(answer, output, lambda: ["nothing is proposed" if proposed else "no duplicates"])
