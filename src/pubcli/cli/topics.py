"""Tell what papers are about: the phrases that mark them, and which of these rise and fall.

\b
A query selects papers, as for list; their phrases are weighed against all others of the page or library, and without a
query against general English. A trend is told when a share changes more than by chance.

\b
Examples:
  pubcli topics
  pubcli topics privacy                        what marks papers about privacy
  pubcli topics --rising --periods 4
  pubcli topics --by author -n 3               what marks each author; also year, category, org, profile
  pubcli topics --json | jq -r '.[].topic'
"""

from typing import Annotated

import typer

from pubcli.cli.options import Filters, Inputs, Ordering, Output, spread
from pubcli.errors import ExitCode, UsageError, require_choice


@spread
def command(
    filters: Filters,
    order: Ordering,
    inputs: Inputs,
    output: Output,
    by: Annotated[
        str | None, typer.Option("--by", metavar="WHAT", help="For each year, category, author, org or profile.")
    ] = None,
    periods: Annotated[
        int | None, typer.Option("--periods", min=1, metavar="N", help="Cut the years into so many periods.")
    ] = None,
    rising: Annotated[
        bool | None, typer.Option("--rising/--falling", help="Only topics whose share of the papers rises, or falls.")
    ] = None,
) -> ExitCode:
    """Source, query, answer, write."""
    from pubcli.analysis import topics, topics_by_group
    from pubcli.answer.answer import Answer, Row
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_pages
    from pubcli.store import suggest

    if by is not None:
        require_choice("--by", by, topics_by_group.GROUPS)
        if periods is not None or rising is not None:
            raise UsageError("--by tells what marks each group; --periods, --rising and --falling are about all papers")
    query = filters.query(order, () if by else topics.TOPIC_ORDERS)
    store = open_pages(inputs, output).store
    answer: Answer[Row]
    if by is not None:
        answer = topics_by_group.topics_by_group(store, by, query)
    else:
        answer = topics.topics(store, query, periods=periods, rising=rising)
    return deliver(answer, output, lambda: suggest.explain(store, query) or ["no phrase stands out"])
