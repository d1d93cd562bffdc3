"""Show the numbers in a page's header next to the numbers that its list of papers shows.

The numbers of the header are shown as the page states them. They may contradict the papers: the h-index comes from
another source and a page lists at most 50 papers. With --list, each page is one row of a table.

\b
Examples:
  pubcli profile
  pubcli profile -p page.txt --json | jq '.[0].h_index'
  pubcli profile -p one.txt -p other.txt
  pubcli profile --list
  pubcli profile --list --json | jq -r '.[] | select(.h_index > 30).name'
"""

from pubcli.cli.options import Inputs, Output
from pubcli.cli.parameters import argument, switch
from pubcli.errors import ExitCode, UsageError


def command(
    *,
    inputs: Inputs,
    output: Output,
    name: str | None = argument(
        "[NAME]", help="Owner of the page (any part of the name).", default=None, values="owner"
    ),
    lists: bool = switch("--list", help="List the profiles, each in one row."),
) -> ExitCode:
    """Show the numbers in the header of each page next to those of its papers, or list all pages."""
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_pages

    if name is not None:
        if inputs.owner:
            raise UsageError("name the owner only once: as NAME, or with --owner")
        inputs = inputs.replace(owner=[name])
    store = open_pages(inputs, output).store
    if lists:
        from pubcli.store.library import overview

        return deliver(overview.overview(store), output)
    from pubcli.analysis import check

    return deliver(check.profiles(store), output)
