"""Draw a picture of the papers: SVG, PNG or PDF.

\b
Kinds:
  years      papers per year, stacked by category
  topics     topics of papers over the years
  network    the co-author network
  teams      papers per year, stacked by number of listed authors

\b
Examples:
  pubcli plot years -o years.svg
  pubcli plot teams --since 2019 -o teams.pdf

Needs Matplotlib: pip install 'pubcli[plot]'
"""

from pubcli.cli.options import Filters, Inputs, Output
from pubcli.cli.parameters import argument
from pubcli.errors import ExitCode, UsageError


def command(
    *, kind: str = argument("KIND", help="Kind of picture."), filters: Filters, inputs: Inputs, output: Output
) -> ExitCode:
    """Draw a picture of the selected papers, and write it to a file."""
    from pubcli import plots
    from pubcli.cli.output import destination, report_nothing
    from pubcli.cli.pages import open_pages
    from pubcli.errors import require_choice
    from pubcli.store import ask, suggest

    require_choice("plot", kind, tuple(plots.KINDS))
    output.require_whole("a plot is a picture, not rows")
    if output.output is None:
        raise UsageError(f"a plot needs an output file, as in: pubcli plot {kind} -o {kind}.svg")
    suffix = plots.suffix_of(output.output)
    query = filters.query()
    store = open_pages(inputs, output).store
    if not ask.count(store, query):
        return report_nothing(output, suggest.explain(store, query))
    try:
        picture = plots.picture(kind, store, query, suffix)
    except plots.NothingToDrawError as error:
        return report_nothing(output, [str(error)])
    with destination(output) as target:
        target.out.buffer.write(picture)
    return ExitCode.DONE
