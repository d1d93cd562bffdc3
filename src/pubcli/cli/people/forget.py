"""Delete a decision about names.

Decisions are stored in your library. pubcli people same and the other commands about people use or change them.

\b
Examples:
  pubcli people forget 'M. Razaviyayn' 'Meisam Razaviyayn'
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
    """Delete a decision about names."""
    from pubcli.cli.people.decisions import decide

    return decide("forget", [names], library, output)
