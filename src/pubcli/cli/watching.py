"""Add the pages that arrive in folders to the library, for `library watch`."""

import json
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pubcli import paths
from pubcli.cli.ingest import loss, page_differences
from pubcli.cli.options import LibraryOption, Output, Reading, typed_command
from pubcli.cli.output import note
from pubcli.errors import ExitCode, ExportError, InputError, OutputError, UsageError
from pubcli.inputs import sources
from pubcli.inputs.selection import select
from pubcli.store.library import ingest, library_file
from pubcli.store.library.ingest import SourceToAdd
from pubcli.text.normalize import counted, visible

if TYPE_CHECKING:
    from pubcli.answer.rows import AddedRow

_QUIET_MILLISECONDS = 400
"""How long a folder must be without changes before its files are read, because a file may still be being written."""


def watch(folders: Sequence[str], reading: Reading, library: LibraryOption, output: Output) -> ExitCode:
    """Add the pages in folders, then those that arrive, until a signal stops the program.

    Raises UsageError if watchfiles is not installed or the format is not one of lines, and InputError for a name that
    is not a folder.
    """
    form = output.chosen_format()
    if form not in ("table", "json", "jsonl") or output.fields or output.output:
        raise UsageError("library watch prints lines: without a format, or with --json")
    for folder in folders:
        if not Path(folder).is_dir():
            raise InputError(f"{visible(folder)}: no such folder; pubcli library watch reads folders")
    changes = _changes(folders)
    watcher = _Watcher(folders, reading, library, output, is_json=form != "table")
    watcher.add(None)
    note(output, f"watching {', '.join(map(visible, folders))}; Ctrl-C ends this")
    for changed in changes:
        watcher.add(changed)
    return ExitCode.DONE


def _changes(folders: Sequence[str]) -> Iterator[set[Path]]:
    """Return an iterator over the files that were added or changed since it was made, whenever the folders are quiet.

    It also yields an empty set now and then. Raises UsageError if watchfiles is not installed.
    """
    try:
        import watchfiles
    except ImportError:
        raise UsageError("library watch needs watchfiles; type pip install 'pubcli[watch]'") from None
    batches = watchfiles.watch(
        *folders,
        debounce=_QUIET_MILLISECONDS,
        step=_QUIET_MILLISECONDS,
        watch_filter=None,
        rust_timeout=_QUIET_MILLISECONDS,
        yield_on_timeout=True,
    )
    first = next(batches, set())  # only now the folders are watched
    deleted = watchfiles.Change.deleted
    return ({paths.resolved(path) for change, path in batch if change != deleted} for batch in chain([first], batches))


class _Watcher:
    """Adds files to the library, and prints what became of them."""

    def __init__(
        self, folders: Sequence[str], reading: Reading, library: LibraryOption, output: Output, *, is_json: bool
    ) -> None:
        self._folders, self._library, self._output, self._is_json = folders, library, output, is_json
        self._day, self._options, self._capture = reading.day(), reading.read_options(), reading.capture()

    def add(self, changed: Collection[Path] | None) -> None:
        """Add the files in the folders; if `changed` is not None, only these files."""
        if changed is not None and not changed:
            return
        names = [file.path for file in select(self._folders).files]
        if changed is not None:
            names = [name for name in names if paths.resolved(name) in changed]
        files = [
            SourceToAdd(name, partial(sources.to_add, name, self._day, self._options), is_named=False) for name in names
        ]
        read = ingest.read_sources(files, self._report)
        first = next(read, None)  # read before a library is created, so that a failure leaves no empty library
        if first is None:
            return
        with closing(library_file.open_or_create(self._library.path(), typed_command())) as store:
            arrived = chain([first], read)
            for row in ingest.store_sources(
                store, arrived, self._report, keep=True, allow_loss=False, capture=self._capture
            ):
                if row["outcome"] != "unchanged":
                    self._print(row)

    def _report(self, error: InputError) -> None:
        if not isinstance(error, ExportError):
            note(self._output, f"skipped: {error}")

    def _print(self, row: "AddedRow") -> None:
        line = _sentence(row)
        if self._is_json:
            values = cast("Mapping[str, object]", row)
            line = json.dumps({name: values[name] for name in ingest.ADDED_FIELDS}, ensure_ascii=False)
        if sys.stdout is None:
            raise OutputError("standard output is closed")
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def _sentence(row: "AddedRow") -> str:
    """Return a line such as `page.txt: Ada Lovelace, newer snapshot (+2 papers, 1 renamed)`."""
    if row["outcome"] == "refused":
        return f"{loss(row)}; it was not added (pubcli add --yes adds it)"
    differences = page_differences(row) or counted(row["papers"], "paper", "papers")
    return visible(f"{row['source']}: {row['profile']}, {row['outcome']} ({differences})")
