"""Find papers by their words, best match first, with the passage that matches.

\b
Words must all occur, in title, authors, abstract or organisation, in any form and spelling:
  private fair           both words; privately and fairly too
  "min-max games"        exactly this, side by side (quote it for the shell: '"min-max games"')
  optim*                 words that begin so
  ~privcy                words spelled much like it
  /min(-| )?max/         a regular expression
  -federated             without the word; also NOT federated
  a OR b, ( )            either; grouping
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

from pubcli.cli.options import Filters, Inputs, Ordering, Output, spread
from pubcli.errors import ExitCode, UsageError
from pubcli.query.fields import help_lines

__doc__ = (__doc__ or "").replace("FIELDS", "\n".join(help_lines()))  # the help of this command


@spread
def command(
    filters: Filters,
    order: Ordering,
    inputs: Inputs,
    output: Output,
    explain: Annotated[bool, typer.Option("--explain", help="Say which word in which field scored.")] = False,
) -> ExitCode:
    """Source, query, answer, write."""
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_pages
    from pubcli.store import ask, suggest

    query = filters.query(order, ask.HIT_ORDERS)
    if query.where is None:
        raise UsageError("search for what? Give it words, as in: pubcli search privacy")
    store = open_pages(inputs, output).store
    return deliver(ask.search(store, query, explain=explain), output, lambda: suggest.explain(store, query))
