"""Ask your library, or the pages of --profile, in SQL; without a statement, list the views and their columns.

The statement is a SELECT of SQLite over documented views, such as papers, authors and authorships. It cannot change
anything. With -, it is read from standard input. The answer can be written in every format.

\b
Examples:
  pubcli library sql   the views and their columns
  pubcli library sql 'SELECT venue, count(*) AS papers FROM papers GROUP BY venue ORDER BY papers DESC LIMIT 5'
  pubcli library sql -p page.txt 'SELECT year, count(*) AS papers FROM papers GROUP BY year' --json
  pubcli library sql "SELECT title FROM papers WHERE abstract LIKE '%privacy%'" -o titles.csv
"""

from pubcli.cli.options import Inputs, Output
from pubcli.cli.parameters import argument
from pubcli.errors import ExitCode, InputError, UsageError


def command(
    *,
    inputs: Inputs,
    output: Output,
    statement: list[str] | None = argument(
        "[STATEMENT]",
        help="A SELECT statement in quotes, or - for standard input.",
        default=None,
        repeatable=True,
    ),
) -> ExitCode:
    """Run a statement in SQL, or list the views that it can read."""
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_pages
    from pubcli.store import statement as statements
    from pubcli.store import views

    if not statement:
        return deliver(views.listing(), output)
    text = _read() if statement == ["-"] else " ".join(statement)
    if not text.strip(" \t\r\n;"):
        raise UsageError("the statement is empty; pubcli library sql lists the views that it can read")
    store = open_pages(inputs, output).store
    return deliver(statements.run(store, text), output, lambda: ["the statement returns no rows"])


def _read() -> str:
    """Return the text of standard input. Raises InputError if it is closed or is not UTF-8."""
    import sys

    if sys.stdin is None:
        raise InputError("standard input is closed")
    try:
        return sys.stdin.buffer.read().decode()
    except UnicodeDecodeError as error:
        raise InputError(f"the statement in standard input is not UTF-8 (byte {error.start + 1})") from None
