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
  pubcli plot years privacy --size 16x9cm -o privacy.png
  pubcli plot                                    the kinds

Needs Matplotlib: pip install 'pubcli[plot]'
"""

from pubcli.cli.options import Filters, Inputs, Output
from pubcli.cli.parameters import argument, option
from pubcli.errors import ExitCode, UsageError


def command(
    *,
    kind: str | None = argument(
        "[KIND]", help="Kind of picture; without it, list the kinds.", default=None, values="plot"
    ),
    filters: Filters,
    inputs: Inputs,
    output: Output,
    heading: str | None = option("--heading", metavar="TEXT", help="Heading of the picture; '' for none."),
    size: str | None = option(
        "--size", metavar="WIDTHxHEIGHT", help="Size of the picture in inches, cm or px: 7x4, 16x9cm, 1400x800px."
    ),
) -> ExitCode:
    """Draw a picture of the selected papers, and write it to a file."""
    from pubcli import plots
    from pubcli.cli.output import destination, report_nothing
    from pubcli.cli.pages import open_selection
    from pubcli.errors import require_choice
    from pubcli.plots.size import size_of
    from pubcli.store import ask, suggest

    if kind is None:
        return _list_kinds(output)
    require_choice("plot", kind, tuple(plots.KINDS))
    output.require_whole("a plot is a picture, not rows")
    if output.output is None:
        raise UsageError(f"a plot needs an output file, as in: pubcli plot {kind} -o {kind}.svg")
    suffix, inches = plots.suffix_of(output.output), None if size is None else size_of(size)
    query = filters.query()
    store, query = open_selection(inputs, output, query)
    if not ask.count(store, query):
        advice = ["--title selects papers by their titles; --heading sets the heading"] if filters.title else []
        return report_nothing(output, [*suggest.explain(store, query), *advice])
    try:
        picture = plots.picture(
            kind, store, query, suffix, heading=heading, selection=filters.description(), size=inches
        )
    except plots.NothingToDrawError as error:
        return report_nothing(output, [str(error)])
    with destination(output) as target:
        target.out.buffer.write(picture)
    return ExitCode.DONE


def _list_kinds(output: Output) -> ExitCode:
    """List the kinds of pictures. Raises UsageError if the user names a file for a picture."""
    from pubcli import plots
    from pubcli.answer.answer import Answer
    from pubcli.cli.output import deliver

    if output.output is not None and output.format is None:
        raise UsageError(f"name the kind of picture: {', '.join(plots.KINDS)}; as in: pubcli plot years -o years.svg")
    rows = [{"kind": kind, "about": about} for kind, about in plots.KINDS.items()]
    return deliver(Answer("rows", ("kind", "about"), rows), output)
