"""Write all papers of the pages into a file for other programs, as the pages list them.

The name of the file tells the format, or --format does; pubcli formats lists them. --check reads the file again and
reports every difference from what was written, and every field that the format has a place for and does not give back.

\b
Examples:
  pubcli export -o papers.bib
  pubcli export -p page.txt year:2023.. --format ris > papers.ris
  pubcli export --format csl-json -o papers.json --check
  pubcli export -o papers.csv --excel
"""

from pathlib import Path
from typing import Annotated

import typer

from pubcli.answer.answer import Answer, Row
from pubcli.cli.options import Filters, Inputs, Ordering, Output, spread
from pubcli.errors import ExitCode, OutputError, UsageError
from pubcli.formats import TABLE_FORMATS, WRITABLE


@spread
def command(
    filters: Filters,
    order: Ordering,
    inputs: Inputs,
    output: Output,
    check: Annotated[
        bool, typer.Option("--check", help="Read the file again; differences make exit status 4.")
    ] = False,
) -> ExitCode:
    """Source, query, answer, write, read again."""
    from pubcli.cli.output import deliver, note, say
    from pubcli.cli.pages import open_pages
    from pubcli.store import ask, suggest

    name = output.chosen_format()
    if name == "table" and output.format is None and output.output is None:
        raise UsageError("export as what? Name a file, as in -o papers.bib, or a --format; pubcli formats lists them")
    if check:
        _require_checkable(name, output)
    query = filters.query(order, ask.PAPER_FIELDS)
    store = open_pages(inputs, output).store
    status = deliver(ask.listed(store, query), output, lambda: suggest.explain(store, query))
    if not check or status is ExitCode.NOTHING:
        return status
    found = _differences(name, ask.listed(store, query), output) or _losses(name, ask.listed(store, query), output)
    if found:
        say("\n".join(f"pubcli: {sentence}" for sentence in found))
        return ExitCode.PROBLEMS
    note(output, f"{output.output} was read again: it holds what was written")
    return status


def _require_checkable(name: str, output: Output) -> None:
    if output.output in (None, "-"):
        raise UsageError("--check reads a file again; name one with --output")
    if not WRITABLE[name].is_checked:
        able = ", ".join(known for known, one in WRITABLE.items() if one.is_checked)
        raise UsageError(f"--check: {name} is for people and is not read again; {able} are")


def _differences(name: str, answer: Answer[Row], output: Output) -> list[str]:
    """Sentences on what the file does not hold as it was written. Raises OutputError when it cannot be read."""
    from pubcli import formats
    from pubcli.formats.round_trip import differences

    options = formats.RenderOptions(ascii=output.ascii, excel=output.excel)
    fields = output.chosen_fields(answer.fields) or formats.default_fields(name, answer)
    return list(differences(name, answer, fields, options, _written(output).decode()))


def _losses(name: str, answer: Answer[Row], output: Output) -> list[str]:
    """Sentences on what a format has no way to hold of the papers. Raises OutputError when it cannot be read.

    Nothing is lost in JSON, and a table of some columns is not made to be read as papers.
    """
    from pubcli.formats.round_trip import HELD, losses
    from pubcli.formats.tabular.read import MADE_ANEW
    from pubcli.inputs.sources import ReadOptions, from_text
    from pubcli.reader import parse

    if name not in HELD and (name not in TABLE_FORMATS or output.chosen_fields(answer.fields) is not None):
        return []
    fields = [field for field in answer.fields if field not in MADE_ANEW]
    return list(losses(name, answer.rows, fields, parse(from_text(_written(output), None, ReadOptions(name)))))


def _written(output: Output) -> bytes:
    try:
        return Path(str(output.output)).read_bytes()
    except OSError as error:
        raise OutputError(f"{output.output} cannot be read again: {error.strerror}") from None
