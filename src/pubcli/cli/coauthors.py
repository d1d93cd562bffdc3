"""List who wrote papers together with the owner of the page, most papers first.

\b
A page shows three authors of a paper at most, so counts are lower bounds; a line below the table says how many
author lists are incomplete. The owner of the page is left out.

\b
Examples:
  pubcli coauthors
  pubcli coauthors year:2023..                 on papers from 2023 on
  pubcli coauthors --category OC --sort -last_year,name -n 10
  pubcli coauthors --json | jq -r '.[0].name'
"""

from pubcli.cli.options import Filters, Inputs, Ordering, Output, spread
from pubcli.errors import ExitCode


@spread
def command(filters: Filters, order: Ordering, inputs: Inputs, output: Output) -> ExitCode:
    """Source, query, answer, write."""
    from pubcli import people
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_pages
    from pubcli.store import suggest

    query = filters.query(order, people.COAUTHOR_ORDERS)
    store = open_pages(inputs, output).store
    return deliver(people.coauthors(store, query), output, lambda: suggest.explain(store, query))
