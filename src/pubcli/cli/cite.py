"""Print references as a journal wants them, by citeproc (pip install pubcli[cite]).

Papers are named as for pubcli show. A style is one of the thousands of the Citation Style Language, or a file of your
own that ends in .csl.

\b
Examples:
  pubcli cite lowy2022stochastic
  pubcli cite lowy2022stochastic 3 --style ieee
  pubcli cite $(pubcli list year:2025 --template '{key}') --style nature
"""

from dataclasses import replace
from typing import Annotated

import typer

from pubcli.cli.options import Inputs, Output, spread
from pubcli.errors import ExitCode

_DOUBTS = {"date_assumed": "the page does not say the year", "title_guessed": "where the title ends is a guess, that"}
"""What a printed reference has no mark for."""


@spread
def command(
    papers: Annotated[list[str], typer.Argument(metavar="KEY|POSITION|TITLE-PIECE...", help="Which papers.")],
    inputs: Inputs,
    output: Output,
    style: Annotated[str, typer.Option("--style", metavar="STYLE", help="apa, ieee, nature, chicago, mla ...")] = "apa",
) -> ExitCode:
    """Source, query, references, write."""
    from pubcli.answer.answer import Row
    from pubcli.cite import citation
    from pubcli.cli.output import deliver_named, note
    from pubcli.cli.pages import open_pages
    from pubcli.store import lookup

    found = lookup.show(open_pages(inputs, output).store, papers)
    if output.chosen_format() == "table" and output.format is None and not output.fields:
        output = replace(output, template="{reference}")
    rows: list[Row] = list(found.answer.rows)
    status = deliver_named(citation.references(rows, style), found, output)
    for field, said in _DOUBTS.items():
        if keys := [str(row["key"]) for row in rows if row[field]]:
            note(output, f"{said} of {', '.join(keys)}")
    return status
