"""Add pages to the library, show the progress, and report the outcome, for `add` and `refresh`."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, TypeVar

from pubcli.answer.answer import Answer
from pubcli.cli.options import LibraryOption, Output, typed_command
from pubcli.cli.output import deliver, encoding_note, note
from pubcli.errors import ExitCode, InputError
from pubcli.store.library import ingest, library_file
from pubcli.store.library.ingest import OpenSource
from pubcli.text.normalize import counted

if TYPE_CHECKING:
    from pubcli.answer.rows import AddedRow

_T = TypeVar("_T")
_MOST_FAILURES = 5
"""Maximum number of failures that are reported one by one; further failures are only counted."""


def add_and_report(
    library: LibraryOption,
    opened: Sequence[OpenSource],
    output: Output,
    *,
    keep: bool,
    others: "Sequence[AddedRow]" = (),
) -> ExitCode:
    """Add sources to the library, and write a row for each page in them: its owner, and whether it is new.

    The rows in `others` are written before these rows. They are about files that are unchanged or cannot be read. If
    `keep` is false, show what would happen and change nothing. Raises InputError if no source can be read.
    """
    failures: list[InputError] = []
    path = library.path()
    # A dry run creates no file: if there is no library, the pages are added to a library in memory.
    store = library_file.open_or_create(path, typed_command()) if keep or path.exists() else library_file.in_memory()
    with closing(store):
        rows = [*others, *ingest.ingest_sources(store, _with_progress(opened, output), failures.append, keep=keep)]
    if failures and not rows:
        raise InputError("\npubcli: ".join(map(str, failures[:_MOST_FAILURES])) + _further_failures(failures))
    for failure in failures[:_MOST_FAILURES]:
        note(output, f"skipped: {failure}")
    if more := _further_failures(failures):
        note(output, f"skipped{more}")
    if not keep:
        note(output, "nothing was changed (--dry-run)")
    for row in rows:
        if row["assumed_encoding"]:
            note(output, encoding_note(row["source"], row["assumed_encoding"]))
        if row["problems"] and row["outcome"] != "unchanged":
            places = counted(row["problems"], "place was", "places were")
            note(output, f"{row['source']}: {places} not understood; pubcli check shows them")
    optional = ("assumed_encoding",) if any(row["assumed_encoding"] for row in rows) else ()
    return deliver(Answer("added_pages", ingest.ADDED_FIELDS, rows, optional=optional), output)


def _further_failures(failures: Sequence[object]) -> str:
    rest = counted(len(failures) - _MOST_FAILURES, "more file", "more files")
    return f" and {rest} that could not be read" if len(failures) > _MOST_FAILURES else ""


def _with_progress(items: Sequence[Callable[[], _T]], output: Output) -> Iterator[Callable[[], _T]]:
    """Yield the items, and show a progress bar if standard error is a terminal."""
    if output.quiet or len(items) < 2 or sys.stderr is None or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    # On a terminal that cannot move its cursor, the bar would leave an empty line.
    yield from items if console.is_dumb_terminal else track(items, "reading pages", console=console, transient=True)
