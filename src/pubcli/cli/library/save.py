"""Save a query under a name, to run it again.

The words and options of the query are those of pubcli list and pubcli search. pubcli library run NAME runs the query,
and pubcli library run NAME --new shows only papers added since the last run.

\b
Examples:
  pubcli library save fair 'fair* -federated' --since 2023
  pubcli library run fair --new
  pubcli library save fair --forget
"""

from pubcli.cli.options import Filters, LibraryOption, Ordering, Output, typed_command
from pubcli.cli.parameters import argument, switch
from pubcli.errors import ExitCode, UsageError


def command(
    *,
    name: str = argument("NAME", help="Name of the query.", values="saved query"),
    filters: Filters,
    order: Ordering,
    library: LibraryOption,
    output: Output,
    forget: bool = switch("--forget", help="Delete the saved query."),
) -> ExitCode:
    """Save a query, or delete a saved one."""
    from contextlib import closing

    from pubcli.cli.output import note
    from pubcli.inputs import sources
    from pubcli.store import schema, search
    from pubcli.store.library import library_file, saved_queries

    replaced = None
    options = filters.values() | order.values()
    if not forget and filters.query(order, search.HIT_ORDERS).where is None:
        raise UsageError(
            "the query is empty; add words or options, as in: pubcli library save fair 'fair*' --since 2023"
        )
    open_library = library_file.open_to_change if forget else library_file.open_or_create
    with closing(open_library(library.path(), typed_command())) as store, schema.transaction(store):
        if forget:
            saved_queries.delete(store, name)
        else:
            replaced = saved_queries.save(store, name, options, sources.now())
    note(output, f"deleted: {name}" if forget else f"saved; run it with pubcli library run {name}")
    if replaced is not None:
        note(output, f"this replaces: {replaced}")
    return ExitCode.DONE
