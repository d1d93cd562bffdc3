"""List papers, newest first.

\b
Examples:
  pubcli list                                  all papers of the sample page
  pubcli list --category LG --year 2023..      one category, since 2023
  pubcli list -a jovanovic --sort title        accents and case are ignored
  pubcli list 'author:lowy -federated' -n 5    see pubcli help query
  pubcli list --sort -citations -n 10          the most cited ones
  pubcli list --json | jq -r '.[].title'       for other programs
"""

from pubcli.cli.options import Filters, Inputs, Ordering, Output
from pubcli.errors import ExitCode


def command(*, filters: Filters, order: Ordering, inputs: Inputs, output: Output) -> ExitCode:
    """List the selected papers."""
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_corpus, papers
    from pubcli.store import ask

    query = filters.query(order, ask.PAPER_ORDERS)
    corpus = open_corpus(inputs, output)

    def explain() -> list[str]:
        from pubcli.store import suggest  # imported only here, because most lists are not empty

        return suggest.explain(corpus, query)

    return deliver(papers(corpus, query), output, explain)
