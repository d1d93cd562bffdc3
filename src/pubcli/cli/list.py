"""List papers, newest first.

\b
Examples:
  pubcli list                                  all papers of the sample page
  pubcli list --category LG --year 2023..      of one category, from 2023 on
  pubcli list -a jovanovic --sort title        accents and case do not matter
  pubcli list 'author:lowy -federated' -n 5    the language of pubcli search
  pubcli list --json | jq -r '.[].title'       for other programs
"""

from pubcli.cli.options import Filters, Inputs, Ordering, Output, spread
from pubcli.errors import ExitCode


@spread
def command(filters: Filters, order: Ordering, inputs: Inputs, output: Output) -> ExitCode:
    """Source, query, answer, write."""
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_pages
    from pubcli.store import ask, suggest

    query = filters.query(order, ask.PAPER_FIELDS)
    store = open_pages(inputs, output).store
    return deliver(ask.papers(store, query), output, lambda: suggest.explain(store, query))
