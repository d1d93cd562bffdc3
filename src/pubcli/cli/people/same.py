"""Record that names belong to one person.

Name one person's names, or a file with the names of one person on each line: A = B = C. Decisions are stored in your
library. pubcli people different and the other commands about people use or change them.

\b
Examples:
  pubcli people same 'M. Razaviyayn' 'Meisam Razaviyayn'
  pubcli people --variants --template '{name} = {other_name}' > names.txt
  pubcli people same --aliases names.txt      without the wrong lines
"""

from pubcli.cli.options import LibraryOption, Output
from pubcli.cli.parameters import argument, option
from pubcli.errors import ExitCode, UsageError


def command(
    *,
    names: list[str] | None = argument(
        "[NAME]...", help="Names, spelled as in the papers.", repeatable=True, default=None, values="author"
    ),
    library: LibraryOption,
    output: Output,
    aliases: str | None = option(
        "--aliases", metavar="FILE", values="file", help="File with the names of one person on each line: A = B = C."
    ),
) -> ExitCode:
    """Record that names belong to one person."""
    from pubcli.cli.people.decisions import decide

    if bool(names) == (aliases is not None):
        raise UsageError("type the names of one person, or a file of names: pubcli people same --aliases FILE")
    if aliases is None:
        return decide("same", [names or []], library, output)
    from pubcli.biblio import alias_files

    output.require_no_input([aliases])
    people = alias_files.read(aliases)
    if not people:
        raise UsageError(f"{aliases} has no names; each line needs the names of one person: A = B")
    return decide("same", people, library, output)
