"""Set two profiles side by side.

\b
Papers and co-authors that both have, categories and years of both, and topics that only one has: words and short
phrases in the titles and abstracts of at least two papers there, and of none on the other page. A page shows three
authors of a paper at most, so counts of co-authors are lower bounds; the owners of the pages are left out. Names that
pubcli people or an alias file says are one person's count as one.

\b
Examples:
  pubcli compare one.txt other.txt
  pubcli compare lovelace hopper                  pages in your library
  pubcli compare one.txt other.txt -o comparison.md
  pubcli compare one.txt other.txt --json | jq -r '.[] | select(.section == "coauthor").item'
"""

from typing import Annotated

import typer

from pubcli.cli.options import Captures, Output, spread
from pubcli.errors import ExitCode


@spread
def command(
    a: Annotated[str, typer.Argument(metavar="A", help="A file, -, or NAME or NAME@DAY of the library.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another, as A.")],
    captures: Captures,
    output: Output,
) -> ExitCode:
    """Two sources, what they share, write."""
    from pubcli.analysis import compare
    from pubcli.cli.output import deliver
    from pubcli.cli.two_pages import known_persons, open_sides

    answer = compare.compare(*open_sides(a, b, captures, output), known_persons(captures))
    return deliver(answer, output, lambda: ["neither page lists a paper"])
