"""The pages a command asks: --profile, else PUBCLI_PROFILE, else the library, else the sample page.

Pages in files are read once, then come from the cache.
"""

import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pubcli.analysis.check import problem_lines
from pubcli.cli.options import Inputs, Output
from pubcli.cli.output import note
from pubcli.errors import InputError, UsageError
from pubcli.inputs import sources
from pubcli.inputs.sources import ReadOptions, Source
from pubcli.store import cache
from pubcli.store.database import Store
from pubcli.text.normalize import counted


class Pages(NamedTuple):
    """The pages asked for, ready to be asked, and an error for each that could not be read."""

    store: Store
    left_out: list[InputError]


def open_pages(inputs: Inputs, output: Output) -> Pages:
    """Read the pages asked for, or open the library, narrowed to one owner where that is asked.

    A page that cannot be read is reported and left out as long as another can be; raises InputError when none can, or
    for an alias file that cannot be read.
    """
    groups = said(inputs.aliases)
    store = _library(inputs)
    pages = _read_or_cached(inputs, output) if store is None else Pages(store, [])
    if inputs.owner is not None:
        from pubcli.store.library import owners

        owners.narrow(pages.store, owners.find(pages.store, inputs.owner))
    if groups:
        from pubcli.store import persons

        persons.gather(pages.store, groups)
    return pages


def said(aliases: Sequence[str] | None) -> list[list[str]]:
    """The names that --aliases, else PUBCLI_ALIASES, says are one person's.

    Raises InputError for a file that cannot be read, UsageError for one without a name.
    """
    if "" in (aliases or ()):
        raise UsageError("--aliases: a file name is missing")
    files = aliases or list(filter(None, os.environ.get("PUBCLI_ALIASES", "").split(os.pathsep)))
    if not files:
        return []
    from pubcli.biblio.alias_files import read

    return [names for file in files for names in read(file)]


def _library(inputs: Inputs) -> Store | None:
    """The library, where it is the one to be asked. Raises InputError when it was named and cannot be opened."""
    if inputs.profile or (os.environ.get("PUBCLI_PROFILE") and inputs.library is None):
        return None
    from pubcli.store.library import library_file

    store = library_file.open_if_any(inputs.library)
    if store is not None and (inputs.as_of, inputs.form, inputs.columns) != (None, None, None):
        raise UsageError("--as-of, --from and --map are for files read now; of a library pubcli add takes them")
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
        note(output, f"left out: {failure}")
    for name, lines in problem_lines(store):
        places = counted(len(lines), "place was", "places were")
        note(output, f"{name}: {places} not understood, first line {lines[0]}; pubcli check shows all")
    return Pages(store, failures)


def _cached(opened: Sequence[Source], failures: list[InputError], output: Output) -> Store:
    """The pages from the cache, or read and put there. Pages of which one cannot be read are read every time."""
    before = len(failures)
    try:
        path = cache.entry_path(opened)
    except OSError as error:
        _note_unkept(output, error)
        return _read(opened, failures)
    found = cache.find(path)
    store = found or _read(opened, failures)
    if len(failures) == before:
        store.on_indexed = partial(_keep, path, store, output)
        if found is None:
            _keep(path, store, output)
    return store


def _keep(path: Path, store: Store, output: Output) -> None:
    try:
        cache.keep(path, store)
    except OSError as error:
        _note_unkept(output, error)


def _note_unkept(output: Output, error: OSError) -> None:
    why = error.strerror or error
    note(output, f"what was read cannot be kept for the next time: {why}; --no-cache or PUBCLI_CACHE_DIR helps")


def _read(opened: Sequence[Source], failures: list[InputError]) -> Store:
    """The pages, read now; what cannot be read is added to the failures. Raises InputError when nothing is left."""
    # The reader and the models are what the cache saves.
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
    different: dict[str, str] = {}
    for name in names:
        different.setdefault(name if name == sources.STDIN else os.path.realpath(name), name)
    for name in different.values():
        yield partial(_source, name, day, options)
    if not names:
        hint = "; to read standard input, add -p -" if _is_piped_to() else ""
        note(output, f"no --profile given, so this is the sample page that comes with pubcli{hint}")
        yield partial(sources.from_sample, day)


def _source(name: str, day: date | None, options: ReadOptions) -> Source:
    return sources.from_stdin(day, options) if name == sources.STDIN else sources.from_file(name, day, options)


def _is_piped_to() -> bool:
    """Whether something waits on standard input that nobody asked to read."""
    try:
        return sys.stdin is not None and stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode)
    except (OSError, ValueError):
        return False
