"""Show what changed from an older capture of a page to a newer one.

Lists new and gone papers; renamed papers with the changed words; changed dates, badges, authors, categories and
abstracts; and the changed numbers of the header. The position of a paper on its page is ignored. The exit status is 0
if something differs and 1 if nothing differs. In JSON, each difference is a record with the old and the new value. If
you give only one name, or one file that was added to your library, the last two snapshots are compared. Without a name,
you can choose a person with several snapshots in your library.

\b
Examples:
  pubcli diff january.txt june.txt
  pubcli diff january.txt - < june.txt
  pubcli diff                         choose a person in your library
  pubcli diff lovelace                the last two snapshots in your library
  pubcli diff lovelace@2026-01-31 lovelace
  pubcli diff january.txt june.txt --as-of 2026-01-31 --as-of 2026-06-30
  pubcli diff old.txt new.txt --json | jq '.[] | select(.change == "new")'
"""

from pubcli.cli.options import Captures, Output
from pubcli.cli.parameters import argument
from pubcli.errors import ExitCode


def command(
    *,
    old: str | None = argument(
        "[OLD]",
        help="A file, - (standard input), @clipboard, or the page of a person in the library: NAME, or NAME@DAY "
        "for an older snapshot.",
        default=None,
        values="page",
    ),
    captures: Captures,
    output: Output,
    new: str | None = argument(
        "[NEW]", help="The newer page: a file, -, NAME or NAME@DAY, as described for OLD.", default=None, values="page"
    ),
) -> ExitCode:
    """Show the differences between two captures."""
    from pubcli.analysis import diff
    from pubcli.cli.output import deliver
    from pubcli.cli.two_pages import choose_owner, last_two, open_sides

    old = choose_owner(captures) if old is None else old
    sides = last_two(old, captures, output) if new is None else open_sides(old, new, captures, output)
    return deliver(diff.diff(*sides), output, lambda: ["nothing differs"])
