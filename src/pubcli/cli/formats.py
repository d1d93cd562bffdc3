"""List the formats that papers are read from and answers can be written in.

`--format` of every command takes them, and a file's name tells which one is meant.

\b
Examples:
  pubcli formats
  pubcli list -o papers.bib                    BibTeX, by the name of the file
  pubcli list --format ris > papers.ris
"""

from pubcli.cli.options import Output, spread
from pubcli.errors import ExitCode


@spread
def command(output: Output) -> ExitCode:
    """What there is, write."""
    from pubcli.cli.output import deliver
    from pubcli.formats.overview import listing

    return deliver(listing(), output)
