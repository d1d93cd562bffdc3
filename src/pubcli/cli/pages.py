"""The pages a command asks: --profile, else PUBCLI_PROFILE, else the sample page."""

import os
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from pubcli import reader, sources
from pubcli.cli.options import Inputs, Output
from pubcli.cli.output import note
from pubcli.errors import InputError
from pubcli.model import Document
from pubcli.sources import Source
from pubcli.stats import problems
from pubcli.store.load import load


class Pages(NamedTuple):
    """The pages asked for, ready to be asked, and an error for each that could not be read."""

    store: sqlite3.Connection
    left_out: list[InputError]


def open_pages(inputs: Inputs, output: Output) -> Pages:
    """Read the pages asked for.

    One that cannot be read is reported and left out as long as another can be; raises InputError when none can.
    """
    documents: list[Document] = []
    failures: list[InputError] = []
    for opened in _sources(inputs, output):
        try:
            documents.append(reader.read_source(opened()))
        except InputError as error:
            failures.append(error)
    if not documents:
        raise InputError("\npubcli: ".join(map(str, failures)))
    for failure in failures:
        note(output, f"left out: {failure}")
    store = load(*documents)
    for source, lines in problems(store):
        places = f"{len(lines)} places were" if len(lines) > 1 else "one place was"
        note(output, f"{source}: {places} not understood, first line {lines[0]}; pubcli check shows all")
    return Pages(store, failures)


def _sources(inputs: Inputs, output: Output) -> Iterator[Callable[[], Source]]:
    day = inputs.day()
    names = inputs.profile or list(filter(None, os.environ.get("PUBCLI_PROFILE", "").split(os.pathsep)))
    different = {name if name == sources.STDIN else os.path.realpath(name): name for name in reversed(names)}
    for name in reversed(different.values()):
        yield partial(_source, name, day)
    if not names:
        hint = "; to read standard input, add -p -" if _is_piped_to() else ""
        note(output, f"no --profile given, so this is the sample page that comes with pubcli{hint}")
        yield partial(sources.from_sample, day)


def _source(name: str, day: date | None) -> Source:
    return sources.from_stdin(day) if name == sources.STDIN else sources.from_file(name, day)


def _is_piped_to() -> bool:
    """Whether something waits on standard input that nobody asked to read."""
    try:
        return sys.stdin is not None and stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode)
    except (OSError, ValueError):
        return False
