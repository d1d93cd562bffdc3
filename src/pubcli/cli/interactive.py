"""Start the interactive browser, to read papers or to choose some."""

import os
from collections.abc import Callable
from importlib.util import find_spec

from pubcli.cli import progress
from pubcli.cli.options import Filters, Inputs, Ordering, Output
from pubcli.cli.pages import Pages, open_pages, open_selection, reopener
from pubcli.errors import ExitCode, UsageError
from pubcli.inputs.sources import STDIN
from pubcli.query.expression import Query
from pubcli.store import ask
from pubcli.store.database import Store


def browse(filters: Filters, order: Ordering, inputs: Inputs, output: Output) -> ExitCode:
    """Run the browser. Raises UsageError without a terminal, without Textual, or for options that do not apply."""
    output.require_whole("browse shows papers on the screen")
    if output.output is not None:
        raise UsageError("browse writes no file; in the browser, the key e exports papers")
    _require_screen("pubcli browse", output, may_pipe_output=False)
    from pubcli.browse import session

    base, typed = _queries(filters, order, inputs)
    session.browse(_connect(filters, inputs, output), base, typed, _source(inputs))
    return ExitCode.DONE


def pick(filters: Filters, order: Ordering, inputs: Inputs, output: Output) -> ExitCode:
    """Run the browser, and write the keys of the papers that the user chooses. Raises UsageError like `browse`."""
    output.require_whole("browse --print prints citation keys")
    _require_screen("pubcli browse --print", output, may_pipe_output=True)
    from pubcli.answer.answer import Answer
    from pubcli.browse import session
    from pubcli.cli.output import deliver

    base, typed = _queries(filters, order, inputs)
    keys = session.pick(_connect(filters, inputs, output), base, typed)
    rows = [{"key": key} for key in keys]
    template = output.replace(template="{key}")
    return deliver(Answer("rows", ("key",), rows), template, lambda: ["no paper was chosen"])


def _connect(filters: Filters, inputs: Inputs, output: Output) -> Callable[[], Store]:
    """Open the pages, and return a function that opens them again. The screen then belongs to the browser.

    From a lake, only the papers that the query selects are copied.
    """
    if inputs.lake_name() is None:
        pages = open_pages(inputs, output)
    else:
        pages = Pages(open_selection(inputs, output, filters.query())[0], [])
    connect = reopener(pages, inputs)
    progress.stop()
    return connect


def _require_screen(command: str, output: Output, *, may_pipe_output: bool) -> None:
    if find_spec("textual") is None:
        raise UsageError(f"{command} needs Textual; type pip install 'pubcli[browse]'")
    from pubcli.browse.terminal import require_terminal

    require_terminal(command, may_pipe_output=may_pipe_output)
    if output.when_color() == "never":
        os.environ["NO_COLOR"] = "1"


def _queries(filters: Filters, order: Ordering, inputs: Inputs) -> tuple[Query, str]:
    """Return the conditions of the options, and the typed query, which the user can change in the browser.

    From a lake, only papers that fulfil both are copied, so both are empty. Raises QueryError for a query that is not
    valid.
    """
    filters.query(order, ask.PAPER_ORDERS)
    if inputs.lake_name() is not None:
        return Filters().query(order, ask.PAPER_ORDERS), ""
    return filters.replace(words=None).query(order, ask.PAPER_ORDERS), " ".join(filters.words or ())


def _source(inputs: Inputs) -> str | None:
    """Return a text that identifies the pages or the library; None for standard input."""
    names = inputs.names()
    if STDIN in names:
        return None
    if names:
        return "\n".join(sorted(os.path.abspath(name) for name in names))  # noqa: PTH100 - a name may be a glob
    from pubcli.store.library import library_file

    return f"{os.path.abspath(library_file.locate(inputs.library))}\n{', '.join(inputs.owner or ())}"  # noqa: PTH100
