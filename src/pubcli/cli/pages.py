"""Open the pages that a command queries: --profile, else PUBCLI_PROFILE, else the library, else the sample page.

Pages in files are parsed once; later commands load them from the cache.
"""

import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pubcli.analysis.check import assumed_encodings, problem_lines
from pubcli.cli.options import Inputs, Output
from pubcli.cli.output import encoding_note, note
from pubcli.errors import InputError, UsageError
from pubcli.inputs import sources
from pubcli.inputs.sources import ReadOptions, Source
from pubcli.store import cache
from pubcli.store.database import Store
from pubcli.text.normalize import counted


class Pages(NamedTuple):
    """A store with the selected pages, and an error for each page that could not be read."""

    store: Store
    left_out: list[InputError]


def open_pages(inputs: Inputs, output: Output) -> Pages:
    """Read the selected pages, or open the library. If --owner is set, restrict later queries to this owner's pages.

    A page that cannot be read is reported and skipped. Raises InputError if no page can be read, or if an alias file
    cannot be read.
    """
    groups = alias_groups(inputs.aliases)
    store = _library(inputs)
    pages = _read_or_cached(inputs, output) if store is None else Pages(store, [])
    if inputs.owner is not None:
        from pubcli.store.library import owners

        owners.narrow(pages.store, owners.find_owner(pages.store, inputs.owner))
    if groups:
        from pubcli.store import persons

        persons.apply_groups(pages.store, groups)
    return pages


def alias_groups(aliases: Sequence[str] | None) -> list[list[str]]:
    """Return a list of names for each person in the alias files: --aliases, or PUBCLI_ALIASES if --aliases is not set.

    Raises InputError if a file cannot be read, and UsageError for an empty file name.
    """
    if "" in (aliases or ()):
        raise UsageError("--aliases: a file name is missing")
    files = aliases or list(filter(None, os.environ.get("PUBCLI_ALIASES", "").split(os.pathsep)))
    if not files:
        return []
    from pubcli.biblio.alias_files import read

    return [names for file in files for names in read(file)]


def _library(inputs: Inputs) -> Store | None:
    """Return the library if the options select it, else None.

    Raises InputError if --library names a library that cannot be opened.
    """
    if inputs.profile or (os.environ.get("PUBCLI_PROFILE") and inputs.library is None):
        return None
    from pubcli.store.library import library_file

    store = library_file.open_if_present(inputs.library)
    if store is not None and (inputs.as_of, inputs.form, inputs.columns, inputs.encoding) != (None,) * 4:
        raise UsageError(
            "--as-of, --from, --map and --encoding apply to files read now; for a library, use them with pubcli add"
        )
    return store


def _read_or_cached(inputs: Inputs, output: Output) -> Pages:
    opened: list[Source] = []
    failures: list[InputError] = []
    for source in _sources(inputs, output):
        try:
            opened.append(source())
        except InputError as error:
            failures.append(error)
    store = _cached(opened, failures, output) if inputs.cache and opened else _read(opened, failures)
    for failure in failures:
        note(output, f"skipped: {failure}")
    for name, encoding in assumed_encodings(store):
        note(output, encoding_note(name, encoding))
    for name, lines in problem_lines(store):
        places = counted(len(lines), "place was", "places were")
        place = f"the first on line {lines[0]}" if len(lines) > 1 else f"on line {lines[0]}"
        note(output, f"{name}: {places} not understood, {place}; pubcli check lists all")
    return Pages(store, failures)


def _cached(opened: Sequence[Source], failures: list[InputError], output: Output) -> Store:
    """Load the pages from the cache, or read and cache them. If a page cannot be read, cache nothing."""
    before = len(failures)
    try:
        path = cache.entry_path(opened)
    except OSError as error:
        _note_uncached(output, error)
        return _read(opened, failures)
    entry = cache.load_entry(path)
    store = entry or _read(opened, failures)
    if len(failures) == before:
        store.on_indexed = partial(_write_entry, path, store, output)
        if entry is None:
            _write_entry(path, store, output)
    return store


def _write_entry(path: Path, store: Store, output: Output) -> None:
    try:
        cache.save_entry(path, store)
    except OSError as error:
        _note_uncached(output, error)


def _note_uncached(output: Output, error: OSError) -> None:
    reason = error.strerror or error
    note(output, f"the parsed page cannot be cached: {reason}; use --no-cache, or set PUBCLI_CACHE_DIR")


def _read(opened: Sequence[Source], failures: list[InputError]) -> Store:
    """Read the pages, and append errors to `failures`. Raises InputError if no page can be read."""
    # Pages from the cache need neither the reader nor the models, so these are imported only here.
    from pubcli.reader import read_source
    from pubcli.store.load import load

    documents = []
    for source in opened:
        try:
            documents.append(read_source(source))
        except InputError as error:
            failures.append(error)
    if not documents:
        raise InputError("\npubcli: ".join(map(str, failures)))
    return load(*documents)


def _sources(inputs: Inputs, output: Output) -> Iterator[Callable[[], Source]]:
    day, options = inputs.day(), inputs.read_options()
    names = inputs.profile or list(filter(None, os.environ.get("PUBCLI_PROFILE", "").split(os.pathsep)))
    distinct: dict[str, str] = {}
    for name in names:
        distinct.setdefault(name if name == sources.STDIN else os.path.realpath(name), name)
    for name in distinct.values():
        yield partial(_source, name, day, options)
    if not names:
        hint = "; to read standard input, add -p -" if _has_piped_input() else ""
        note(output, f"no --profile given, so this is the sample page that comes with pubcli{hint}")
        yield partial(sources.from_sample, day)


def _source(name: str, day: date | None, options: ReadOptions) -> Source:
    return sources.from_stdin(day, options) if name == sources.STDIN else sources.from_file(name, day, options)


def _has_piped_input() -> bool:
    """Return whether standard input is a pipe."""
    try:
        return sys.stdin is not None and stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode)
    except (OSError, ValueError):
        return False
