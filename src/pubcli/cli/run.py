"""Ask a saved question, or list those that are saved.

\b
Examples:
  pubcli run
  pubcli run fair
  pubcli run fair --new           only what was added since the last run
"""

from dataclasses import fields
from typing import Annotated, Any, TypeVar

import typer

from pubcli.cli.options import Filters, Ordering, Output, Shelf, spread
from pubcli.errors import ExitCode

_Options = TypeVar("_Options", Filters, Ordering)


def _typed(group: type[_Options], asked: dict[str, Any]) -> _Options:
    """The options that were typed when the question was saved; those that are newer have their usual values."""
    return group(**{field.name: asked[field.name] for field in fields(group) if field.name in asked})


@spread
def command(
    shelf: Shelf,
    output: Output,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="The name that pubcli save gave it.")] = None,
    new: Annotated[bool, typer.Option("--new", help="Only papers that the last run did not find.")] = False,
) -> ExitCode:
    """Library, question, query, answer, write."""
    from contextlib import closing

    from pubcli.cli.output import deliver
    from pubcli.inputs import sources
    from pubcli.store import ask, schema
    from pubcli.store.library import library_file, saved_queries

    with closing(library_file.open_to_change(library_file.locate(shelf.library))) as store:
        if name is None:
            return deliver(saved_queries.saved(store), output, lambda: ["no question is saved; see pubcli save"])
        asked = saved_queries.asked(store, name)
        filters, order = _typed(Filters, asked), _typed(Ordering, asked)
        answer, seen = saved_queries.run(store, name, filters.query(order, ask.HIT_ORDERS), only_new=new)
        status = deliver(answer, output, lambda: ["nothing is new"] if new else [])
        # What could not be written was not seen, and a reader that takes its time holds up nobody else.
        with schema.transaction(store):
            saved_queries.ran(store, name, seen, sources.now())
        return status
