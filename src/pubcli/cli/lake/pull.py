"""Copy selected papers of a lake into a library.

The query is as in pubcli list. Every command works on a library, also those that a lake cannot answer. Papers that the
library already has are recognised. Pulling the same query again brings the library up to date.

\b
Examples:
  pubcli lake pull 'author:lowy privacy' --lake lake -o lowy.sqlite
  pubcli lake pull 'venue:neurips year:2023..' --lake lake -o neurips.sqlite
"""

from pubcli.cli.options import Filters, Inputs, LibraryOption, Output
from pubcli.errors import ExitCode, UsageError
from pubcli.lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class LibraryOutput(Output):
    """Options for output; --output names the library."""

    def require_no_input(self, names: "Iterable[str]") -> None:
        """Raise UsageError if the library would be inside the lake. An existing library is accepted: it is added to."""
        import os

        target = os.path.abspath(self.output or "")  # noqa: PTH100 - pathlib takes long to import
        if any(target.startswith(os.path.join(os.path.abspath(name), "")) for name in names):  # noqa: PTH100, PTH118
            raise UsageError(f"--output: {self.output} is inside the lake; name a file outside of it")


def command(*, filters: Filters, inputs: Inputs, output: LibraryOutput) -> ExitCode:
    """Copy the selected papers of a lake into a library."""
    if inputs.lake_name() is None:
        raise UsageError("name the lake from which to copy, as in: pubcli lake pull privacy --lake lake -o x.sqlite")
    if output.output is None:
        raise UsageError("a library is missing; name its file, as in: pubcli lake pull privacy --lake lake -o x.sqlite")
    from pubcli.cli.ingest import add_and_report
    from pubcli.cli.lakes import open_lake
    from pubcli.cli.output import report_nothing
    from pubcli.cli.pages import alias_groups
    from pubcli.lake.pull import selected_records
    from pubcli.store import suggest
    from pubcli.store.library.ingest import SourceToAdd

    query = filters.query()
    lake = open_lake(inputs, alias_groups(inputs.aliases))
    source = selected_records(lake, query.where, "lake pull")
    if source is None:
        return report_nothing(output, suggest.explain(lake, query))
    library = LibraryOption().replace(library=output.output)
    sources = [SourceToAdd(source.name, lambda: source)]
    return add_and_report(library, sources, output.replace(output=None), keep=True, yes=True)
