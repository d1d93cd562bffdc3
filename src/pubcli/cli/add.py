"""Add pages to your library, where every command finds them from then on.

\b
Pages, and lists of papers in the formats that pubcli formats names as read: a file, all files in a folder and below
it, a glob in quotes, or - for standard input. The same page twice changes nothing. A newer page of the same person
becomes the one that is asked, and the older one is kept as a snapshot: pubcli log shows how they differ. A paper that
several people's pages list is one paper, with the authors that all of them show; pubcli duplicates tells which, and
why.

\b
The capture date is that of --as-of, else the file's modification date, or today for standard input.

\b
Examples:
  pubcli add page.txt
  pubcli add refs.bib
  pubcli add pages/ 'more/*.txt'
  pubcli add january.txt --as-of 2026-01-31
  pubcli add pages/ --dry-run                 only tell what would happen
"""

from typing import Annotated

import typer

from pubcli.cli.options import Output, Reading, Shelf, spread
from pubcli.errors import ExitCode


@spread
def command(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files, folders, globs; - is standard input.")],
    reading: Reading,
    shelf: Shelf,
    output: Output,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing, only tell what would happen.")] = False,
) -> ExitCode:
    """Sources, library, report."""
    from functools import partial

    from pubcli.cli.ingest import add_and_report
    from pubcli.inputs import sources

    names = list(dict.fromkeys(one for name in files for one in sources.expand(name)))
    day, options = reading.day(), reading.read_options()
    opened = [
        partial(sources.from_stdin, day, options)
        if name == sources.STDIN
        else partial(sources.to_add, name, day, options)
        for name in names
    ]
    return add_and_report(shelf, opened, output, keep=not dry_run)
