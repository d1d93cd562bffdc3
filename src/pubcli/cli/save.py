"""Save a question under a name, to run it again.

\b
The words and options of pubcli list and pubcli search; pubcli run asks it, and pubcli run NAME --new shows what was
added since the last run.

\b
Examples:
  pubcli save fair 'fair* -federated' --since 2023
  pubcli run fair --new
  pubcli save fair --forget
"""

from typing import Annotated

import typer

from pubcli.cli.options import Filters, Ordering, Output, Shelf, spread
from pubcli.errors import ExitCode, UsageError


@spread
def command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name it gets.")],
    filters: Filters,
    order: Ordering,
    shelf: Shelf,
    output: Output,
    forget: Annotated[bool, typer.Option("--forget", help="Keep the question no longer.")] = False,
) -> ExitCode:
    """Question, library, what was done."""
    from contextlib import closing
    from dataclasses import asdict

    from pubcli.cli.output import note
    from pubcli.inputs import sources
    from pubcli.store import ask, schema
    from pubcli.store.library import library_file, saved_queries

    replaced = None
    asked = asdict(filters) | asdict(order)
    if not forget and filters.query(order, ask.HIT_ORDERS).where is None:
        raise UsageError("save what? Give words or options, as in: pubcli save fair 'fair*' --since 2023")
    opened = library_file.open_to_change if forget else library_file.open_to_add
    with closing(opened(library_file.locate(shelf.library))) as store, schema.transaction(store):
        if forget:
            saved_queries.forget(store, name)
        else:
            replaced = saved_queries.save(store, name, asked, sources.now())
    note(output, f"forgotten: {name}" if forget else f"saved; pubcli run {name} asks it")
    if replaced is not None:
        note(output, f"it replaces: {replaced}")
    return ExitCode.DONE
