"""Record that names belong to two people, so that they are not proposed again.

Decisions are stored in your library. pubcli people same and the other commands about people use or change them.

\b
Examples:
  pubcli people different 'Andrew Lowy' 'Ali Ghafelebashi'
  pubcli people --variants
"""

from pubcli.cli.options import LibraryOption, Output
from pubcli.cli.parameters import argument
from pubcli.errors import ExitCode


def command(
    *,
    names: list[str] = argument("NAME...", help="Names, spelled as in the papers.", repeatable=True, values="author"),
    library: LibraryOption,
    output: Output,
) -> ExitCode:
    """Record that names belong to two people, so that they are not proposed again."""
    from pubcli.cli.people.decisions import decide

    return decide("different", [names], library, output)
