"""List the formats that can be read and written, and the sites whose pages can be read or are recognised.

In every command, --format sets the format of the output. Without --format, the suffix of the output file sets it.

\b
Examples:
  pubcli help formats
  pubcli list -o papers.bib                    BibTeX, by the name of the file
  pubcli list --format ris > papers.ris
"""

from pubcli.cli.options import Output
from pubcli.errors import ExitCode


def command(*, output: Output) -> ExitCode:
    """List the formats."""
    from pubcli.cli.output import deliver
    from pubcli.formats.overview import listing

    return deliver(listing(), output)
