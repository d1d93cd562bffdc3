"""Write papers to a file for other programs, in the order in which the pages list them.

The suffix of the file or --format sets the format; pubcli help formats lists the formats. --check reads the file again
and reports every difference from what was written, and every field that was lost although the format can store it.

\b
Examples:
  pubcli export -o papers.bib
  pubcli export -p page.txt year:2023.. --format ris > papers.ris
  pubcli export --format csl-json -o papers.json --check
  pubcli export -o papers.csv --excel
"""

from pathlib import Path

from pubcli.answer.answer import Answer, Row
from pubcli.cli.options import Filters, Inputs, Ordering, Output
from pubcli.cli.parameters import switch
from pubcli.errors import ExitCode, OutputError, UsageError
from pubcli.formats import TABLE_FORMATS, WRITABLE


def command(
    *,
    filters: Filters,
    order: Ordering,
    inputs: Inputs,
    output: Output,
    check: bool = switch("--check", help="Read the file again; exit with status 4 if anything differs."),
) -> ExitCode:
    """Write the selected papers to a file, and optionally check it."""
    from pubcli.cli.output import deliver, note, say
    from pubcli.cli.pages import open_selection
    from pubcli.store import ask, suggest

    name = output.chosen_format()
    if name == "table" and output.format is None and output.output is None:
        raise UsageError("no format: name a file, as in -o papers.bib, or a --format; pubcli help formats lists them")
    if check:
        _require_checkable(name, output)
    query = filters.query(order, ask.PAPER_ORDERS)
    store, query = open_selection(inputs, output, query)
    status = deliver(ask.papers_by_page(store, query), output, lambda: suggest.explain(store, query))
    if not check or status is ExitCode.NOTHING:
        return status
    findings = _differences(name, ask.papers_by_page(store, query), output) or _losses(
        name, ask.papers_by_page(store, query), output
    )
    if findings:
        say("\n".join(f"pubcli: {sentence}" for sentence in findings))
        return ExitCode.PROBLEMS
    note(output, f"{output.output} was read again and matches what was written")
    return status


def _require_checkable(name: str, output: Output) -> None:
    if output.output in (None, "-"):
        raise UsageError("--check reads the written file again; add --output FILE")
    if not WRITABLE[name].is_checked:
        checked = ", ".join(other for other, row in WRITABLE.items() if row.is_checked)
        raise UsageError(f"--check: {name} cannot be read again; use one of {checked}")


def _differences(name: str, answer: Answer[Row], output: Output) -> list[str]:
    """Read the written file again, and return a sentence for each record that differs from what was written.

    Raises OutputError if the file cannot be read again.
    """
    from pubcli import formats
    from pubcli.answer.derived import with_derived
    from pubcli.formats.round_trip import differences

    options = formats.RenderOptions(ascii=output.ascii, excel=output.excel)
    fields = output.chosen_fields((*answer.fields, *answer.derived_fields)) or formats.default_fields(name, answer)
    answer = with_derived(answer, fields)
    return list(differences(name, answer, fields, options, _written(output).decode()))


def _losses(name: str, answer: Answer[Row], output: Output) -> list[str]:
    """Return a sentence for each value that was lost in the written file.

    Return no sentences for JSON, because JSON can hold every value. Return no sentences for a table of selected
    columns, because such a table is not meant to be read as papers. Raises OutputError if the file cannot be read.
    """
    from pubcli.formats.round_trip import losses
    from pubcli.formats.tabular.read import DERIVED_COLUMNS
    from pubcli.inputs.sources import ReadOptions, from_text
    from pubcli.reader import parse

    is_table = name in TABLE_FORMATS and output.fields is None
    if not is_table and not WRITABLE[name].storable_fields:
        return []
    fields = [field for field in answer.fields if field not in DERIVED_COLUMNS]
    return list(losses(name, answer.rows, fields, parse(from_text(_written(output), None, ReadOptions(name)))))


def _written(output: Output) -> bytes:
    try:
        return Path(str(output.output)).read_bytes()
    except OSError as error:
        raise OutputError(f"{output.output} cannot be read again: {error.strerror}") from None
