"""Show what changed in your library: new, gone and renamed papers, and changed numbers, by person.

Each page is compared with the snapshot before it. With NAME, only the pages of this person are shown. pubcli diff
compares any two captures. With --summary, each page is one row: how many papers are new or gone, and by how much the
h-index and the citations changed. With --snapshots, each snapshot is one row, with the numbers of its header.

\b
Examples:
  pubcli changes
  pubcli changes --since 2026-06
  pubcli changes --since 2026-06 --summary
  pubcli changes lovelace --json | jq '.[] | select(.change == "new")'
  pubcli changes lovelace --snapshots
"""

from pubcli.cli.options import LibraryOption, Output
from pubcli.cli.parameters import argument, option, switch
from pubcli.errors import ExitCode, UsageError
from pubcli.lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pubcli.answer.answer import Answer


def command(
    *,
    name: str | None = argument(
        "[NAME]", help="Owner of the page (any part of the name).", default=None, values="owner"
    ),
    library: LibraryOption,
    output: Output,
    since: str | None = option("--since", metavar="DAY", help="Only changes since a day, month or year."),
    summary: bool = switch("--summary", help="One row for each page, with numbers."),
    snapshots: bool = switch("--snapshots", help="Show the numbers of each snapshot of the page of NAME."),
) -> ExitCode:
    """Show what each newer snapshot of a page changed."""
    from contextlib import closing

    from pubcli.analysis import changes, log
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_library
    from pubcli.query.language import first_day_of

    if snapshots and (name is None or since is not None or summary):
        raise UsageError(
            "--snapshots needs NAME, and neither --since nor --summary; write: pubcli changes NAME --snapshots"
        )
    first_day = None if since is None else first_day_of("since", since)
    with closing(open_library(library.path(), output)) as store:
        if name is not None and snapshots:
            return deliver(log.log(store, name), output)
        question: Callable[..., Answer[Any]] = changes.summaries if summary else changes.changes
        return deliver(question(store, name, first_day), output, lambda: ["nothing has changed"])
