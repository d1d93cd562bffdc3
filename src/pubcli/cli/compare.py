"""Compare two or more profiles.

Shows the numbers that the pages state, such as the h-index, the papers and co-authors that both profiles have, the
categories and years of each profile, and the topics that only one profile has. Such a topic is a word or short phrase
in the titles or abstracts of at least two papers of one profile, and of no paper of the other profile. Pages truncate
lists of authors, so the numbers of co-authors are lower bounds. The owners of the pages are omitted. If pubcli people
or an alias file assigns several names to one person, this person is counted once.

With three or more profiles, shows the papers of each over the years, and how many papers, co-authors and topics each
two of them share.

\b
Examples:
  pubcli compare one.txt other.txt
  pubcli compare lovelace hopper                  pages in your library
  pubcli compare one.txt other.txt page.txt       three or more
  pubcli compare one.txt other.txt -o comparison.md
  pubcli compare one.txt other.txt --json | jq '.[] | select(.section == "topic")'
"""

from pubcli.cli.options import Captures, Output
from pubcli.cli.parameters import argument
from pubcli.errors import ExitCode


def command(
    *,
    a: str = argument(
        "A",
        help="A file, - (standard input), @clipboard, or the page of a person in the library: NAME, or NAME@DAY "
        "for an older snapshot.",
        values="page",
    ),
    b: str = argument("B", help="The other page, in one of the same forms.", values="page"),
    more: list[str] | None = argument("[MORE]...", help="Further pages.", values="page", default=None, repeatable=True),
    captures: Captures,
    output: Output,
) -> ExitCode:
    """Compare two pages, or several."""
    from pubcli.analysis import compare
    from pubcli.cli.output import deliver
    from pubcli.cli.two_pages import display_names, open_several, open_sides

    if more:
        from pubcli.analysis.compare_several import compare_several

        return deliver(compare_several(open_several([a, b, *more], captures, output), display_names(captures)), output)
    answer = compare.compare(*open_sides(a, b, captures, output), display_names(captures))
    return deliver(answer, output, lambda: ["neither page lists any paper"])
