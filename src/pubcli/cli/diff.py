"""Tell what changed from an older capture of a page to a newer one.

\b
Papers that are new, gone or renamed, with the words that changed; dates, badges, authors, categories and abstracts
that changed; the numbers of the header, up or down. Where a paper stands on its page is no difference. The exit
status is 0 when something differs and 1 when nothing does. In JSON each difference is a record of its own, with what
it was and what it is. Of a name alone, or of a file that your library knows, the last two snapshots are compared.

\b
Examples:
  pubcli diff january.txt june.txt
  pubcli diff january.txt - < june.txt
  pubcli diff lovelace                            the last two snapshots in your library
  pubcli diff lovelace@2026-01-31 lovelace
  pubcli diff january.txt june.txt --as-of 2026-01-31 --as-of 2026-06-30
  pubcli diff january.txt june.txt --json | jq -r '.[] | select(.change == "new").title'
"""

from typing import Annotated

import typer

from pubcli.cli.options import Captures, Output, spread
from pubcli.errors import ExitCode


@spread
def command(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A file, -, or NAME or NAME@DAY of the library.")],
    captures: Captures,
    output: Output,
    new: Annotated[str | None, typer.Argument(metavar="[NEW]", help="The newer page, as OLD.")] = None,
) -> ExitCode:
    """Two sources, their differences, write."""
    from pubcli.analysis import diff
    from pubcli.cli.output import deliver
    from pubcli.cli.two_pages import last_two, open_sides

    sides = last_two(old, captures) if new is None else open_sides(old, new, captures, output)
    return deliver(diff.diff(*sides), output, lambda: ["nothing differs"])
