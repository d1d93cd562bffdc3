"""Count papers by category, with arXiv's name for it.

\b
A page shows only the last part of an arXiv class, such as LG for cs.LG. If this code exists in several archives of
arXiv, it is marked, and all classes that it may mean are listed.

\b
Examples:
  pubcli categories
  pubcli categories year:2023..
  pubcli categories --format csv -o categories.csv
"""

from pubcli.cli.options import Filters, Inputs, Ordering, Output
from pubcli.errors import ExitCode


def command(*, filters: Filters, order: Ordering, inputs: Inputs, output: Output) -> ExitCode:
    """Count the selected papers by category."""
    from pubcli.analysis import stats
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_pages
    from pubcli.store import suggest

    query = filters.query(order, stats.CATEGORY_ORDERS)
    store = open_pages(inputs, output).store
    return deliver(stats.category_counts(store, query), output, lambda: suggest.explain(store, query))
