"""Count papers by category, with what arXiv calls it.

\b
A page gives the last part of an arXiv code only. Some of them belong to several archives; those are marked, and
all classes that they may stand for are named.

\b
Examples:
  pubcli categories
  pubcli categories year:2023..
  pubcli categories --format csv -o categories.csv
"""

from pubcli.cli.options import Filters, Inputs, Ordering, Output, spread
from pubcli.errors import ExitCode


@spread
def command(filters: Filters, order: Ordering, inputs: Inputs, output: Output) -> ExitCode:
    """Source, query, answer, write."""
    from pubcli.analysis import stats
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_pages
    from pubcli.store import suggest

    query = filters.query(order, stats.CATEGORY_ORDERS)
    store = open_pages(inputs, output).store
    return deliver(stats.category_counts(store, query), output, lambda: suggest.explain(store, query))
