"""Record that names belong to one person.

Decisions are stored in your library. pubcli people different and the other commands about people use or change them.

\b
Examples:
  pubcli people same 'M. Razaviyayn' 'Meisam Razaviyayn'
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
    """Record that names belong to one person."""
    from pubcli.cli.people.decisions import decide

    return decide("same", names, library, output)
