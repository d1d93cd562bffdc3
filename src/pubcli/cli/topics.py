"""List the topics of papers (characteristic phrases), and show which topics rise or fall.

A query selects papers, as for pubcli list. Their phrases are compared with the phrases of all other papers on the page
or in the library. Without a query, the phrases of all papers are compared with general English. A trend is shown if the
share of papers with a topic changes more than chance explains.

\b
Examples:
  pubcli topics
  pubcli topics privacy                        topics of papers about privacy
  pubcli topics --rising --periods 4
  pubcli topics --by author -n 3               topics of each author
  pubcli topics --json | jq -r '.[].topic'
"""

from pubcli.cli.options import Filters, Inputs, Ordering, Output
from pubcli.cli.parameters import option, switch
from pubcli.errors import ExitCode, UsageError, require_choice


def command(
    *,
    filters: Filters,
    order: Ordering,
    inputs: Inputs,
    output: Output,
    by: str | None = option(
        "--by", metavar="WHAT", help="Topics of each year, category, author, org or profile.", values="group"
    ),
    periods: int | None = option(
        "--periods", metavar="N", help="Divide the years into N periods.", kind=int, minimum=1
    ),
    rising: bool | None = switch(
        "--rising/--falling",
        help="Only topics whose share of papers rises, or only those whose share falls.",
        default=None,
    ),
) -> ExitCode:
    """List the topics of all selected papers, or of each group of them, such as those of one author."""
    from pubcli.analysis import topics, topics_by_group
    from pubcli.answer.answer import Answer, Row
    from pubcli.cli.output import deliver, note
    from pubcli.cli.pages import open_selection
    from pubcli.store import suggest

    if by is not None:
        require_choice("--by", by, topics_by_group.GROUPS)
        if periods is not None or rising is not None:
            raise UsageError("--by lists topics of each group; --periods, --rising and --falling apply to all papers")
    query = filters.query(order, () if by else topics.TOPIC_ORDERS)
    store, query = open_selection(inputs, output, query)
    for sentence in suggest.owner_words(store, query):
        note(output, sentence)
    answer: Answer[Row]
    if by is not None:
        answer = topics_by_group.topics_by_group(store, by, query)
    else:
        answer = topics.topics(store, query, periods=periods, rising=rising)
    return deliver(
        answer, output, lambda: suggest.explain(store, query) or ["no phrase is characteristic of these papers"]
    )
