"""Open the pages that a command would query, for completion: quickly, without a message, and without writing anything.

A library is read as it is, or not at all: an older one is not migrated. Files are loaded from the cache. Only small
files that are not in the cache are read.
"""

from __future__ import annotations

import os
import stat
import time

from pubcli import paths
from pubcli.cli.options import Inputs, Output
from pubcli.inputs.selection import LIBRARY_ID, select
from pubcli.inputs.sources import NO_FILES
from pubcli.lazy import TYPE_CHECKING
from pubcli.store import cache, schema
from pubcli.store.database import Store, file_uri

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from pubcli.cli.parameters import Signature

_MOST_BYTES = 2**24
"""Maximum size of all files that are looked up in the cache: to read and hash more bytes takes too long."""
_MOST_UNCACHED_BYTES = 2**18
"""Maximum size of all files that are read if they are not in the cache."""
_SECONDS = 0.5
"""Maximum time that all statements take together. After it, SQLite raises an error."""


def open_source(signature: Signature, typed: Mapping[str, Any]) -> Store | None:
    """Return the library or the pages that a command queries; None if they cannot be opened at once.

    `typed` has the values of the options that the user has typed, by name. Errors of any kind may be raised: the caller
    shows none of them.
    """
    values = {parameter.name: typed.get(parameter.name, parameter.default) for parameter in signature.parameters}
    if "library" not in values:
        return None
    values["library"] = _library_name(signature, values)
    reads_pages = Inputs in signature.sets.values()
    inputs = (
        Inputs(**{parameter.name: values[parameter.name] for parameter in Inputs.parameters()}) if reads_pages else None
    )
    store = _pages_or_library(inputs, values["library"])
    if store is not None:
        deadline = time.monotonic() + _SECONDS
        store.set_progress_handler(lambda: time.monotonic() > deadline, 10_000)
    return store


def _library_name(signature: Signature, values: Mapping[str, Any]) -> str | None:
    """Return the library that --library, a variable or the settings name; None if nothing names one."""
    from pubcli.cli.execution import settings_for

    settings = settings_for(signature)
    name: str | None = settings.complete(values)["library"] if settings else values["library"]
    return name


def _pages_or_library(inputs: Inputs | None, library: str | None) -> Store | None:
    from pubcli.store.library import location

    if inputs and inputs.names():
        return _pages(inputs)
    if location.is_present(library):
        return _library(location.path_of(library))
    return _pages(inputs) if inputs else None


def _library(path: str) -> Store | None:
    """Open a library for reading. Return None for one of another version.

    If no process has the library open, it is opened as a file that nobody changes. Then SQLite creates no files next to
    it. A process that changes the library meanwhile can at worst make it look damaged.
    """
    if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116
        return None
    log = f"{path}-wal"
    is_in_use = paths.exists(log) and os.stat(log).st_size > 0  # noqa: PTH116
    store = Store(file_uri(path, "mode=ro" if is_in_use else "mode=ro&immutable=1"))
    store.execute("PRAGMA busy_timeout = 50")
    numbers = [store.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    return store if numbers == [LIBRARY_ID, schema.VERSION] else None


def _pages(inputs: Inputs) -> Store | None:
    """Return the pages from the cache. If they are not in the cache, read them if they are small."""
    from pubcli.cli.pages import open_sources, read

    names = inputs.names()
    if (size := _size(names)) is None:
        return None
    opened = list(open_sources(inputs, Output(quiet=True), []))
    if inputs.cache and (store := cache.load_entry(cache.entry_path([file.source for file in opened]), mark=False)):
        return store
    return read(opened, []) if size <= _MOST_UNCACHED_BYTES else None


def _size(names: Sequence[str]) -> int | None:
    """Return the size of all files in bytes; None if it is too large, or if a name is not that of a file or folder."""
    total = 0
    for path, _ in select(names).files:
        if path in NO_FILES or not stat.S_ISREG((status := os.stat(path)).st_mode):  # noqa: PTH116
            return None
        total += status.st_size
    return total if total <= _MOST_BYTES else None
