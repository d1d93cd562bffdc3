"""Report what was read, assumed, guessed or not understood, with line numbers.

\b
Kinds of findings, in the order of the report:
  problem     lines that were not understood
  guessed     places where a title ends
  assumed     years that a page does not state
  late        dates after the day of the capture
  ambiguous   category codes that may mean several arXiv classes
  unknown     missing dates, and missing or unknown categories
  cut         truncated author lists
  missing     missing abstracts
  read        what was read from a page

\b
Examples:
  pubcli check -p page.txt
  pubcli check -p page.txt --strict    status 4 if there are problems
  pubcli check --json | jq '.[] | select(.kind == "problem")'
"""

from pubcli.cli.options import Inputs, Output
from pubcli.cli.parameters import switch
from pubcli.errors import ExitCode


def command(
    *,
    inputs: Inputs,
    output: Output,
    strict: bool = switch("--strict", help="Exit with status 4 if there are problems."),
) -> ExitCode:
    """Report how each page was read."""
    from pubcli.analysis import check
    from pubcli.cli.output import deliver, say
    from pubcli.cli.pages import open_pages
    from pubcli.store.doubts import problem_lines

    pages = open_pages(inputs, output)
    status = deliver(check.check(pages.store), output)
    for error in pages.left_out if strict and output.quiet else ():
        say(f"pubcli: skipped: {error}")  # without --quiet, a note has already reported the error
    return ExitCode.PROBLEMS if strict and (pages.left_out or problem_lines(pages.store)) else status
