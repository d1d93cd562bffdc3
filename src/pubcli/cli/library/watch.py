"""Add the pages that arrive in folders, until you press Ctrl-C.

Pages that are in the folders already are added first, so that a page is not missed because watch was not running. Each
page that is new or has changed is a line. A page that lacks the header, or most papers, of the page that it would
replace is not added: it may have been copied only in part. With --json, each line is a JSON object. This command needs
watchfiles: pip install 'pubcli[watch]'

\b
Examples:
  pubcli library watch ~/Downloads/pages
  pubcli library watch pages/ --json >> log.jsonl
"""

from pubcli.cli.options import LibraryOption, Output, Reading
from pubcli.cli.parameters import argument
from pubcli.errors import ExitCode


def command(
    *,
    folders: list[str] = argument(
        "FOLDER...", help="Folders to watch, with their subfolders.", repeatable=True, values="file"
    ),
    reading: Reading,
    library: LibraryOption,
    output: Output,
) -> ExitCode:
    """Watch folders, and print a line for each page that is added."""
    from pubcli.cli.watching import watch

    return watch(folders, reading, library, output)
