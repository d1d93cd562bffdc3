"""What `add` and `refresh` share: pages go into the library, with progress, and a report comes out."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import TypeVar

from pubcli.answer.answer import Answer, Row
from pubcli.cli.options import Output, Shelf
from pubcli.cli.output import deliver, note
from pubcli.errors import ExitCode, InputError
from pubcli.store.library import ingest, library_file
from pubcli.store.library.ingest import Opened
from pubcli.text.normalize import counted

_T = TypeVar("_T")
_SHOWN = 5
"""Failures that are told one by one."""


def add_and_report(
    shelf: Shelf, opened: Sequence[Opened], output: Output, *, keep: bool, others: Sequence[Row] = ()
) -> ExitCode:
    """Add the sources and tell what became of each page; `others` are rows that are known already.

    Raises InputError when none of several sources, or the only one, can be read.
    """
    failures: list[InputError] = []
    path = library_file.locate(shelf.library)
    # Trying needs no file: what would be added to a library that is not there is added to one in memory.
    connection = library_file.open_to_add(path) if keep or path.exists() else library_file.in_memory()
    with closing(connection):
        rows = [*others, *ingest.acquire(connection, _watched(opened, output), failures.append, keep=keep)]
    if failures and not rows:
        raise InputError("\npubcli: ".join(map(str, failures[:_SHOWN])) + _more(failures))
    for failure in failures[:_SHOWN]:
        note(output, f"left out: {failure}")
    if more := _more(failures):
        note(output, f"left out{more}")
    if not keep:
        note(output, "nothing was changed (--dry-run)")
    for row in rows:
        if row["problems"] and row["outcome"] != "unchanged":
            places = counted(int(str(row["problems"])), "place was", "places were")
            note(output, f"{row['source']}: {places} not understood; pubcli check shows them")
    return deliver(Answer("added_pages", ingest.ADDED_FIELDS, rows), output)


def _more(failures: Sequence[object]) -> str:
    rest = counted(len(failures) - _SHOWN, "more file", "more files")
    return f" and {rest} that could not be read" if len(failures) > _SHOWN else ""


def _watched(items: Sequence[Callable[[], _T]], output: Output) -> Iterator[Callable[[], _T]]:
    """The items, with a bar that moves where a person watches."""
    if output.quiet or len(items) < 2 or sys.stderr is None or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    # A terminal that cannot move its cursor would keep an empty line of it.
    yield from items if console.is_dumb_terminal else track(items, "reading pages", console=console, transient=True)
