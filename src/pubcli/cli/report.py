"""Write a web page about the papers: charts, co-authors, a sortable and filterable table, problems.

\b
The page is a single file and needs no network. Sorting and filtering need JavaScript; the rest works without it.

\b
Examples:
  pubcli report -o report.html
  pubcli report -p page.txt 'privacy year:2021..' -o privacy.html
  pubcli report --owner lovelace -o lovelace.html
"""

from pubcli.cli.options import Filters, Inputs, Ordering, Output
from pubcli.errors import ExitCode, UsageError


def command(*, filters: Filters, order: Ordering, inputs: Inputs, output: Output) -> ExitCode:
    """Write a web page about the selected papers."""
    from pubcli.cli.output import destination, report_nothing
    from pubcli.cli.pages import open_pages
    from pubcli.report import report
    from pubcli.store import ask, suggest
    from pubcli.text.normalize import counted

    output.require_whole("a report is a web page, not rows")
    query = filters.query(order, ask.PAPER_ORDERS)
    store = open_pages(inputs, output).store
    if not ask.count(store, query):
        return report_nothing(output, suggest.explain(store, query))
    with destination(output) as target:
        if target.is_terminal:
            raise UsageError("a report is for a browser; name a file, as in: pubcli report -o report.html")
        target.out.write(report(store, query))
        target.contents = counted(ask.count(store, query), "paper", "papers")
    return ExitCode.DONE
