"""List the formats that can be read and written.

--format of every command sets the format; without it, the suffix of the output file does.

\b
Examples:
  pubcli formats
  pubcli list -o papers.bib                    BibTeX, by the name of the file
  pubcli list --format ris > papers.ris
"""

from pubcli.cli.options import Output, expand_options
from pubcli.errors import ExitCode


@expand_options
def command(output: Output) -> ExitCode:
    """List the formats."""
    from pubcli.cli.output import deliver
    from pubcli.formats.overview import listing

    return deliver(listing(), output)
