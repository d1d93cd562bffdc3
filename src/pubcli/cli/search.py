"""Search papers by words. Show the best match first, with the passage that matches.

\b
All words must occur in title, authors, abstract or organisation, in any form and spelling:
  private fair           both words; also privately and fairly
  "min-max games"        exactly this phrase (quote it for the shell: '"min-max games"')
  optim*                 words with this beginning
  ~privcy                words with a similar spelling
  /min(-| )?max/         a regular expression
  -federated             without the word; also NOT federated
  a OR b, ( )            at least one of them; parentheses group words
FIELDS

\b
Examples:
  pubcli search privacy
  pubcli search 'fair* year:2021..' --category LG
  pubcli search '"differential privacy" -federated' --json
  pubcli search 'epsilon stationary' --explain
"""

from typing import Annotated

import typer

from pubcli.cli.options import Filters, Inputs, Ordering, Output, expand_options
from pubcli.errors import ExitCode, UsageError
from pubcli.query.fields import help_lines

__doc__ = (__doc__ or "").replace("FIELDS", "\n".join(help_lines()))  # shown as the help of this command


@expand_options
def command(
    filters: Filters,
    order: Ordering,
    inputs: Inputs,
    output: Output,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Show how much each word adds to the score, and in which fields it occurs."),
    ] = False,
) -> ExitCode:
    """List the papers that match a query, best match first."""
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_pages
    from pubcli.store import ask, suggest

    query = filters.query(order, ask.HIT_ORDERS)
    if query.where is None:
        raise UsageError("the query is empty; add words, as in: pubcli search privacy")
    store = open_pages(inputs, output).store
    return deliver(ask.search(store, query, explain=explain), output, lambda: suggest.explain(store, query))
