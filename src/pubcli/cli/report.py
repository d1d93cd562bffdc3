"""Write a web page about the papers: charts, co-authors, a sortable and filterable table, problems.

The page is a single file and needs no network. Sorting and filtering need JavaScript; the rest works without it.

\b
Examples:
  pubcli report -o report.html
  pubcli report -p page.txt 'privacy year:2021..' -o privacy.html
  pubcli report --owner lovelace --heading 'Our papers' -o lovelace.html
"""

from pubcli.cli.options import Filters, Inputs, Ordering, Output
from pubcli.cli.parameters import option
from pubcli.errors import ExitCode, UsageError


def command(
    *,
    filters: Filters,
    order: Ordering,
    inputs: Inputs,
    output: Output,
    heading: str | None = option("--heading", metavar="TEXT", help="Heading of the page."),
) -> ExitCode:
    """Write a web page about the selected papers."""
    from pubcli.cli.output import destination, report_nothing
    from pubcli.cli.pages import open_selection
    from pubcli.report import report
    from pubcli.store import ask, suggest
    from pubcli.text.normalize import counted

    output.require_whole("a report is a web page, not rows")
    query = filters.query(order, ask.PAPER_ORDERS)
    store, query = open_selection(inputs, output, query)
    if not ask.count(store, query):
        advice = ["--title selects papers by their titles; --heading sets the heading"] if filters.title else []
        return report_nothing(output, [*suggest.explain(store, query), *advice])
    with destination(output) as target:
        if target.is_terminal:
            raise UsageError("a report is for a browser; name a file, as in: pubcli report -o report.html")
        target.out.write(report(store, query, heading))
        target.contents = counted(ask.count(store, query), "paper", "papers")
    return ExitCode.DONE
