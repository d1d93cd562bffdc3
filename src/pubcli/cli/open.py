"""Open the web page of a paper: that of its DOI, its arXiv identifier, its address, or the first link in its abstract.

Name papers as for pubcli show. Only http and https addresses are opened. The variable BROWSER sets the web browser.

\b
Examples:
  pubcli open nguyen2025synthetic
  pubcli open nguyen2025synthetic han2024stochastic --print
  pubcli open 'nested learning' --print --json
"""

from pubcli.cli.options import Inputs, Output
from pubcli.cli.parameters import argument, switch
from pubcli.errors import ExitCode

_FIELDS = ("key", "address")


def command(
    *,
    papers: list[str] = argument("KEY|POSITION|TITLE-PIECE...", help="Papers to open.", repeatable=True, values="key"),
    inputs: Inputs,
    output: Output,
    prints: bool = switch("--print", help="Print the addresses instead of opening them."),
) -> ExitCode:
    """Open the web pages of the named papers, or print their addresses."""
    from pubcli.answer.answer import Answer
    from pubcli.biblio.web_addresses import web_address
    from pubcli.browse.web_browser import open_address
    from pubcli.cli.output import deliver_named_papers, note
    from pubcli.cli.pages import find_papers, open_corpus

    if not prints:
        output.require_whole("open prints nothing without --print")
    matches = find_papers(open_corpus(inputs, output), papers)
    addresses = [(row["key"], web_address(row)) for row in matches.answer.rows]
    rows = [{"key": key, "address": address} for key, address in addresses if address]
    without = [
        f"{key} has no DOI, no arXiv identifier and no http address" for key, address in addresses if not address
    ]
    matches = matches._replace(unknown=[*matches.unknown, *without])
    if prints or not rows:
        if output.chosen_format() == "table" and output.format is None and not output.fields:
            output = output.replace(template="{address}")
        return deliver_named_papers(Answer("rows", _FIELDS, rows), matches, output)
    for row in rows:
        open_address(row["address"])
        note(output, f"opened {row['address']}")
    for sentence in matches.unknown + matches.ambiguous:
        note(output, sentence)
    return ExitCode.DONE
