"""Add pages to your library, which every command then queries.

\b
You can add profile pages, and lists of papers in any format that can be read (see pubcli formats). Name files, folders
(which include their subfolders), quoted globs, or - for standard input. Adding a page again changes nothing. A newer
page of the same person becomes the current page, and the older page is kept as a snapshot. To compare snapshots, use
pubcli log. A paper on several people's pages is stored once, with the authors from all these pages. To list such
papers, use pubcli duplicates.

\b
The capture date is --as-of. If it is not set, the date is the file's modification date, or today for standard input.

\b
Examples:
  pubcli add page.txt
  pubcli add refs.bib
  pubcli add pages/ 'more/*.txt'
  pubcli add january.txt --as-of 2026-01-31
  pubcli add pages/ --dry-run                 show what would happen
"""

from typing import Annotated

import typer

from pubcli.cli.options import LibraryOption, Output, Reading, expand_options
from pubcli.errors import ExitCode


@expand_options
def command(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files, folders, globs; - is standard input.")],
    reading: Reading,
    library: LibraryOption,
    output: Output,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing; show what would happen.")] = False,
) -> ExitCode:
    """Add files to the library and report on each page."""
    from functools import partial

    from pubcli.cli.ingest import add_and_report
    from pubcli.inputs import sources

    names = list(dict.fromkeys(file for name in files for file in sources.expand(name)))
    day, options = reading.day(), reading.read_options()
    opened = [
        partial(sources.from_stdin, day, options)
        if name == sources.STDIN
        else partial(sources.to_add, name, day, options)
        for name in names
    ]
    return add_and_report(library, opened, output, keep=not dry_run)
