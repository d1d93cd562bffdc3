"""Add pages to your library, which every command then queries.

You can add profile pages, and lists of papers in any format that can be read (see pubcli help formats). Name files,
folders (which include their subfolders), quoted globs, - for standard input, or @clipboard for what you copied last. In
folders, files that pubcli wrote are skipped; name an export to add its papers as a list. Adding a page again changes
nothing. A newer page of the same person becomes the current page, and the older page is kept as a snapshot. To compare
snapshots, use pubcli changes --snapshots. A paper on several people's pages is stored once, with the authors from all
these pages. To list such papers, use pubcli library duplicates.

The capture date is --as-of. If it is not set, the date is the file's modification date, or today for standard input.
Several captures of one day are ordered by the newest date, the citations and the number of papers on each page, then by
the times of the files. To state the order, add a time or a number to the day, as in --as-of 2026-11-23#2.

\b
Examples:
  pubcli add page.txt
  pubcli add refs.bib
  pubcli add @clipboard             the page that you have just copied
  pubcli add pages/ 'more/*.txt'
  pubcli add january.txt --as-of 2026-01-31
  pubcli add pages/ --dry-run       show what would happen
"""

from pubcli.cli.options import LibraryOption, Output, Reading
from pubcli.cli.parameters import argument, switch
from pubcli.errors import ExitCode


def command(
    *,
    files: list[str] = argument(
        "FILE...", help="Files, folders, globs, @clipboard; - is standard input.", repeatable=True, values="file"
    ),
    reading: Reading,
    library: LibraryOption,
    output: Output,
    dry_run: bool = switch("--dry-run", help="Change nothing; show what would happen."),
    yes: bool = switch(
        "--yes", "-y", help="Also accept a page that lacks the header, or most papers, of the page that it replaces."
    ),
) -> ExitCode:
    """Add files to the library and report on each page."""
    from functools import partial

    from pubcli.cli.ingest import add_and_report
    from pubcli.cli.output import note_own_files
    from pubcli.inputs import sources
    from pubcli.inputs.selection import select
    from pubcli.store.library.ingest import SourceToAdd

    output.require_no_input(files)
    selection = select(files)
    note_own_files(output, selection.own_files)
    day, options = reading.day(), reading.read_options()
    opened = [
        SourceToAdd(
            file.path,
            partial(sources.to_add, file.path, day, options),
            file.is_named,
        )
        for file in selection.files
    ]
    return add_and_report(
        library,
        opened,
        output,
        keep=not dry_run,
        yes=yes,
        capture=reading.capture(),
        failures=selection.failures,
    )
