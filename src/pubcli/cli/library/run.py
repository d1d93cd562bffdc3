"""Run a saved query, or list the saved queries.

\b
Examples:
  pubcli library run
  pubcli library run fair
  pubcli library run fair --new           only papers added since the last run
"""

from typing import Any, TypeVar

from pubcli.cli.options import Filters, LibraryOption, Ordering, Output
from pubcli.cli.parameters import argument, switch
from pubcli.errors import ExitCode

_Options = TypeVar("_Options", Filters, Ordering)


def _restored(group: type[_Options], saved_options: dict[str, Any]) -> _Options:
    """Return the options with their saved values. An option that is newer than the saved query has its default."""
    names = [parameter.name for parameter in group.parameters()]
    return group(**{name: saved_options[name] for name in names if name in saved_options})


def command(
    *,
    library: LibraryOption,
    output: Output,
    name: str | None = argument("[NAME]", help="Name of the saved query.", default=None, values="saved query"),
    new: bool = switch("--new", help="Only papers that are new since the last run."),
) -> ExitCode:
    """List the saved queries, or run one and record which papers it returned."""
    from contextlib import closing

    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_library
    from pubcli.inputs import sources
    from pubcli.store import schema, search
    from pubcli.store.library import library_file, saved_queries

    with closing(open_library(library.path(), output)) as store:
        if name is None:
            return deliver(
                saved_queries.list_saved(store), output, lambda: ["no saved queries; see pubcli library save"]
            )
        saved_options = saved_queries.saved_options(store, name)
        filters, order = _restored(Filters, saved_options), _restored(Ordering, saved_options)
        answer, digests = saved_queries.run(store, name, filters.query(order, search.HIT_ORDERS), only_new=new)
        status = deliver(answer, output, lambda: ["no new papers"] if new else [])
    # Record the run only after the answer is written. So papers that could not be written stay new, and the library is
    # not locked while the answer is written. A run is not a change that can be undone: if it were, a query that runs
    # every hour would soon make all other changes too old to undo.
    with closing(library_file.open_to_change(library.path())) as store, schema.transaction(store, is_recorded=False):
        saved_queries.mark_as_run(store, name, digests, sources.now())
    return status
