"""Show what changed in your library: new, gone and renamed papers, and changed numbers, by person.

Each page is compared with the snapshot before it. With NAME, only the pages of this person are shown. pubcli diff
compares any two captures. With --snapshots, each snapshot is one row, with the numbers of its header.

\b
Examples:
  pubcli changes
  pubcli changes --since 2026-06
  pubcli changes lovelace --json | jq -r '.[] | select(.change == "new").title'
  pubcli changes lovelace --snapshots
"""

from pubcli.cli.options import LibraryOption, Output
from pubcli.cli.parameters import argument, option, switch
from pubcli.errors import ExitCode, UsageError


def command(
    *,
    name: str | None = argument(
        "[NAME]", help="Owner of the page (any part of the name).", default=None, values="owner"
    ),
    library: LibraryOption,
    output: Output,
    since: str | None = option("--since", metavar="DAY", help="Only changes since a day, month or year."),
    snapshots: bool = switch("--snapshots", help="Show the numbers of each snapshot of the page of NAME."),
) -> ExitCode:
    """Show what each newer snapshot of a page changed."""
    from contextlib import closing

    from pubcli.analysis import changes, log
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_library
    from pubcli.query.language import first_day_of

    if snapshots and (name is None or since is not None):
        raise UsageError(
            "--snapshots needs NAME and cannot be used with --since; write: pubcli changes NAME --snapshots"
        )
    first_day = None if since is None else first_day_of("since", since)
    with closing(open_library(library.path(), output)) as store:
        if name is not None and snapshots:
            return deliver(log.log(store, name), output)
        return deliver(changes.changes(store, name, first_day), output, lambda: ["nothing has changed"])
