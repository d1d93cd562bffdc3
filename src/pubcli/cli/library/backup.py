"""Copy your library to a new file, also while it is in use.

\b
Examples:
  pubcli library backup copy.sqlite
  pubcli library backup --library other.sqlite old.sqlite
"""

from pubcli.cli.options import LibraryOption, Output
from pubcli.cli.parameters import argument
from pubcli.errors import ExitCode


def command(
    *, target: str = argument("FILE", help="The new file.", values="file"), library: LibraryOption, output: Output
) -> ExitCode:
    """Copy a library to a new file."""
    from pathlib import Path

    from pubcli.cli.output import note
    from pubcli.store.library import library_file

    path = library.path()
    library_file.backup(path, Path(target))
    note(output, f"{path} copied to {target}")
    return ExitCode.DONE
