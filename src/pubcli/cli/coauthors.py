"""List who wrote papers together with the owner of the page, most papers first.

\b
A page shows three authors of a paper at most, so counts are lower bounds; a line below the table says how many
author lists are incomplete. The owner of the page is left out. Where nobody owns it, as in a bibliography, everyone
who wrote with somebody else is there. Under the years stands how many papers there were in each, with a dot for none.

\b
Examples:
  pubcli coauthors
  pubcli coauthors year:2023..                 on papers from 2023 on
  pubcli coauthors --category OC --sort -last_year,name -n 10
  pubcli coauthors --with 'andrew lowy'        the papers with him
  pubcli coauthors --period 3                  who came and who went, every three years
  pubcli coauthors --json | jq -r '.[0].name'
"""

from typing import Annotated

import typer

from pubcli.cli.options import Filters, Inputs, Ordering, Output, spread
from pubcli.errors import ExitCode, UsageError


@spread
def command(
    filters: Filters,
    order: Ordering,
    inputs: Inputs,
    output: Output,
    shared_with: Annotated[
        str | None, typer.Option("--with", metavar="NAME", help="List the papers with this person.")
    ] = None,
    period: Annotated[
        int | None,
        typer.Option("--period", min=1, max=1000, metavar="YEARS", help="Who is new and who is lost, by period."),
    ] = None,
) -> ExitCode:
    """Source, query, answer, write."""
    from pubcli.analysis import collaboration, people
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_pages
    from pubcli.store import ask, persons, suggest

    if period and (shared_with or order.sort):
        raise UsageError("--period lists periods in the order of time; leave out --with and --sort")
    query = filters.query(order, ask.PAPER_FIELDS if shared_with else people.COAUTHOR_ORDERS)
    store = open_pages(inputs, output).store
    if shared_with:
        person = persons.find(store, shared_with)
        none = f"none of these papers names {person.name}"
        return deliver(people.shared_papers(store, person, query), output, lambda: [none])
    answer = collaboration.periods(store, query, length=period) if period else people.coauthors(store, query)
    return deliver(answer, output, lambda: suggest.explain(store, query))
