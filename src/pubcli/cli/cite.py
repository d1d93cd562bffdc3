"""Print references in the style of a journal.

Name papers as for pubcli show. A style is the name of one of the thousands of styles of the Citation Style Language,
or your own file with the suffix .csl. This command needs citeproc-py: pip install 'pubcli[cite]'

\b
Examples:
  pubcli cite lowy2022stochastic
  pubcli cite lowy2022stochastic 3 --style ieee
  pubcli cite $(pubcli list year:2025 --template '{key}') --style nature
"""

from pubcli.cli.options import Inputs, Output
from pubcli.cli.parameters import argument, option
from pubcli.errors import ExitCode

_DOUBTS = {"date_assumed": "the year is assumed", "title_guessed": "the end of the title is a guess"}
"""The note to print for each field that flags an uncertain value. A reference itself cannot contain a mark."""


def command(
    *,
    papers: list[str] = argument("KEY|POSITION|TITLE-PIECE...", help="Papers to cite.", repeatable=True, values="key"),
    inputs: Inputs,
    output: Output,
    style: str | None = option(
        "--style", metavar="STYLE", help="apa (default), ieee, nature, chicago, mla ... or a file.", values="style"
    ),
) -> ExitCode:
    """Print references for the named papers."""
    from pubcli.answer.answer import Row
    from pubcli.answer.marks import is_cut
    from pubcli.cite import citation
    from pubcli.cli.output import deliver_named_papers, note
    from pubcli.cli.pages import find_papers, open_corpus

    matches = find_papers(open_corpus(inputs, output), papers)
    if output.chosen_format() == "table" and output.format is None and not output.fields:
        output = output.replace(template="{reference}")
    rows: list[Row] = list(matches.answer.rows)
    status = deliver_named_papers(citation.references(rows, style or "apa"), matches, output)
    for field in ("title", "venue"):
        if keys := [str(row["key"]) for row in rows if is_cut(row, field)]:
            note(output, f"the {field} is truncated on the page, so complete it in the reference of {', '.join(keys)}")
    for field, doubt in _DOUBTS.items():
        if keys := [str(row["key"]) for row in rows if row[field]]:
            note(output, f"{doubt} for {', '.join(keys)}")
    return status
