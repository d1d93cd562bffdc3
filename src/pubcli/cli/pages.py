"""Open the pages that a command queries: --profile, else PUBCLI_PROFILE, else the library, else the sample page.

Pages in files are parsed once; later commands load them from the cache.
"""

from __future__ import annotations

import os
import stat
import sys
from functools import partial

from pubcli.cli import progress
from pubcli.cli.options import alias_names
from pubcli.cli.output import encoding_note, note, note_own_files, say
from pubcli.errors import InputError, SkippedError, UsageError
from pubcli.inputs import sources
from pubcli.lazy import TYPE_CHECKING, NamedTuple
from pubcli.store import cache
from pubcli.store.database import Store
from pubcli.store.doubts import assumed_encodings, problem_lines
from pubcli.text.normalize import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pubcli.answer.answer import Answer
    from pubcli.answer.rows import PaperRow
    from pubcli.cli.options import Inputs, Output
    from pubcli.inputs.sources import Source
    from pubcli.lake.corpus import LakeCorpus
    from pubcli.lake.counts import LakeCounts
    from pubcli.query.expression import Query
    from pubcli.store.library.connection import Library
    from pubcli.store.lookup import NamedPapers


class Pages(NamedTuple):
    """A store with the selected pages, and an error for each page that could not be read."""

    store: Store
    left_out: list[InputError]


def open_pages(inputs: Inputs, output: Output) -> Pages:
    """Read the selected pages, or open the library. Restrict later queries to the pages of --owner, if it is set.

    A page that cannot be read is reported and skipped. Raises InputError if no page can be read, or if an alias file
    cannot be read, and UsageError if the user named a lake.
    """
    if inputs.lake_name() is not None:
        raise UsageError(
            f"{output.command} cannot read a lake; pull papers into a library (pubcli lake pull QUERY -o FILE), "
            "then use --library FILE"
        )
    groups = alias_groups(inputs.aliases)
    show_progress(output)
    store = _library(inputs, output)
    pages = _read_or_cached(inputs, output) if store is None else Pages(store, [])
    _restrict(pages.store, inputs, groups)
    pages.store.on_records_read = progress.update
    return pages


def show_progress(output: Output) -> None:
    """Show the progress from now on, unless --quiet is set."""
    if not output.quiet:
        progress.start()


def open_corpus(inputs: Inputs, output: Output) -> Store | LakeCorpus:
    """Open the lake that the options select, or read the selected pages. The errors are those of `open_pages`."""
    if inputs.lake_name() is None:
        return open_pages(inputs, output).store
    from pubcli.cli.lakes import open_lake  # imported only here, because most papers are in no lake

    return open_lake(inputs, alias_groups(inputs.aliases))


def open_selection(inputs: Inputs, output: Output, query: Query) -> tuple[Store, Query]:
    """Return a store with the papers that a query selects, and the query for this store.

    Pages are not searched here: the store has all their papers, and the query is the same. From a lake, the selected
    papers are copied into a store in memory, so that the query for it selects all of them.
    """
    if inputs.lake_name() is None:
        return open_pages(inputs, output).store, query
    from pubcli.cli.lakes import pull

    return pull(inputs, output, query, alias_groups(inputs.aliases)), query._replace(where=None)


def papers(corpus: Store | LakeCorpus, query: Query) -> Answer[PaperRow]:
    """Return the papers that a query selects, newest first unless the query has another order."""
    if isinstance(corpus, Store):
        from pubcli.store import ask

        return ask.papers(corpus, query)
    from pubcli.lake.papers import papers as papers_of_lake

    return papers_of_lake(corpus, query)


def counts_of(corpus: Store | LakeCorpus, query: Query) -> Store | LakeCounts:
    """Return what `analysis.stats` counts: a store, or the papers that a query selects from a lake."""
    if isinstance(corpus, Store):
        return corpus
    from pubcli.lake.counts import LakeCounts

    return LakeCounts(corpus, query.where)


def find_papers(corpus: Store | LakeCorpus, names: Sequence[str]) -> NamedPapers:
    """Return the papers that the user named."""
    if isinstance(corpus, Store):
        from pubcli.store import lookup

        return lookup.find_papers(corpus, names)
    from pubcli.lake.papers import find_papers as find_in_lake

    return find_in_lake(corpus, names)


def _restrict(store: Store, inputs: Inputs, groups: list[list[str]]) -> None:
    """Restrict later queries to the pages of --owner, and apply the names of the alias files."""
    if inputs.owner:
        from pubcli.store.library import owners

        names = dict.fromkeys(owner for name in inputs.owner for owner in owners.find_owners(store, name))
        owners.narrow(store, [*names])
    if groups:
        from pubcli.store import persons

        persons.apply_groups(store, groups)


def reopener(pages: Pages, inputs: Inputs) -> Callable[[], Store]:
    """Return a function that opens the same pages again, for queries in the thread that calls it.

    A library is opened again for reading. Other pages are copied in memory, so that they are not read again.
    """
    groups = alias_groups(inputs.aliases)
    path = getattr(pages.store, "path", None)
    if path is not None and not getattr(pages.store, "is_copy", False):
        from pubcli.store.library import library_file

        connect: Callable[[], Store] = partial(library_file.open_to_read, path)
    else:
        connect = partial(_copy, pages.store.serialize())

    def reopen() -> Store:
        store = connect()
        _restrict(store, inputs, groups)
        return store

    return reopen


def _copy(image: bytes) -> Store:
    store = Store()
    store.deserialize(image)
    return store


def alias_groups(aliases: list[str] | None) -> list[list[str]]:
    """Return a list of names for each person in the alias files: --aliases, or PUBCLI_ALIASES if --aliases is not set.

    Raises InputError if a file cannot be read, and UsageError for an empty file name.
    """
    if "" in (aliases or ()):
        raise UsageError("--aliases: a file name is missing")
    files = alias_names(aliases)
    if not files:
        return []
    from pubcli.biblio.alias_files import read

    return [names for file in files for names in read(file)]


def open_library(path: Path, output: Output) -> Library:
    """Open a library for reading. Print a note if its version is older and its file cannot be written.

    Raises InputError if the library cannot be opened.
    """
    from pubcli.store.library import library_file

    show_progress(output)
    library = library_file.open_to_read(path)
    library.on_records_read = progress.update
    _require_no_page(library, output)
    note_copy(library, output)
    return library


def _require_no_page(library: Store, output: Output) -> None:
    """Raise UsageError if a page of the library was read from the output file."""
    if output.output not in (None, sources.STDIN):
        from pubcli.cli.overwriting import require_no_page

        require_no_page(output.output, library)


def note_copy(library: Library, output: Output) -> None:
    """Print a note if a library was migrated in memory, because its file cannot be written."""
    if library.is_copy:
        note(
            output,
            f"{library.path} is of an older version and cannot be written, so a copy in memory is used, which takes "
            "longer; to migrate it, make the file and its folder writable",
        )


def _library(inputs: Inputs, output: Output) -> Store | None:
    """Return the library if the options select it, else None. If the library contains no page, print a note.

    Raises InputError if the user names a library that cannot be opened, and UsageError for options that apply only to
    files.
    """
    if inputs.profile or (os.environ.get("PUBCLI_PROFILE") and inputs.library is None):
        return None
    from pubcli.store.library import location

    if not location.is_present(inputs.library):
        return None
    from pubcli.store.library import library_file

    store = library_file.open_if_present(inputs.library)
    if store is not None and (inputs.as_of, inputs.form, inputs.columns, inputs.encoding) != (None,) * 4:
        raise UsageError(
            "--as-of, --from, --map and --encoding apply to files read now; for a library, use them with pubcli add"
        )
    if store is not None:
        _require_no_page(store, output)
        note_copy(store, output)
    if store is not None and library_file.is_empty(store):
        note(output, f"the library {store.path} is empty; pubcli add FILE adds a page")
    return store


def _read_or_cached(inputs: Inputs, output: Output) -> Pages:
    failures: list[InputError] = []
    opened = list(open_sources(inputs, output, failures))
    store = _cached(opened, failures, output) if inputs.cache and opened else read(opened, failures)
    _report_failures(failures, output)
    for name, encoding in assumed_encodings(store):
        note(output, encoding_note(name, encoding))
    for name, lines in problem_lines(store):
        places = counted(len(lines), "place was", "places were")
        place = f"the first on line {lines[0]}" if len(lines) > 1 else f"on line {lines[0]}"
        note(output, f"{name}: {places} not understood, {place}; pubcli check lists all")
    return Pages(store, failures)


class OpenSource(NamedTuple):
    """A source to read."""

    source: Source
    is_named: bool = True
    """Whether the user named the file; False for a file that a folder or glob contributes, which may be skipped."""


def _report_failures(failures: Sequence[InputError], output: Output) -> None:
    """Report the inputs that could not be read, and the files that were skipped because the user did not name them."""
    for failure in failures:
        if isinstance(failure, SkippedError):
            note(output, f"skipped: {failure}")
        else:
            say(f"pubcli: {failure}")
            output.lacks_input = True


def _cached(opened: Sequence[OpenSource], failures: list[InputError], output: Output) -> Store:
    """Load the pages from the cache, or read and cache them. If a page cannot be read, cache nothing."""
    before = len(failures)
    try:
        path = cache.entry_path([file.source for file in opened])
    except OSError as error:
        _note_uncached(output, error)
        return read(opened, failures)
    entry = cache.load_entry(path)
    store = entry or read(opened, failures)
    if len(failures) == before:
        store.on_indexed = partial(_write_entry, path, store, output)
        if entry is None:
            _write_entry(path, store, output)
    return store


def _write_entry(path: str, store: Store, output: Output) -> None:
    try:
        cache.save_entry(path, store)
    except OSError as error:
        _note_uncached(output, error)


def _note_uncached(output: Output, error: OSError) -> None:
    reason = error.strerror or error
    note(output, f"the parsed page cannot be cached: {reason}; use --no-cache, or set PUBCLI_CACHE_DIR")


def read(opened: Sequence[OpenSource], failures: list[InputError]) -> Store:
    """Read the pages, and append errors to `failures`. Raises InputError if no page can be read."""
    # Pages from the cache need neither the reader nor the models, so these are imported only here.
    from pubcli.formats import exports
    from pubcli.reader import format_of, read_source, require_content
    from pubcli.store.library import listings
    from pubcli.store.load import load

    documents = []
    doubtful = []  # files that look like exports: they are skipped if the other files list all their papers
    for source, is_named in opened:
        try:
            document = read_source(source)
            if not is_named:
                require_content(document)
        except InputError as error:
            failures.append(error if is_named else SkippedError(str(error)))
            continue
        if not is_named and exports.may_be_export(source, format_of(source)):
            doubtful.append((source, document))
        else:
            documents.append(document)
    for source, document in doubtful:
        if listings.are_listed(document.papers, documents, same_keys=exports.states_keys(format_of(source))):
            failures.append(exports.error(source))
        else:
            documents.append(document)
    if not documents:
        raise InputError("\npubcli: ".join(map(str, failures)))
    return load(*documents)


def open_sources(inputs: Inputs, output: Output, failures: list[InputError]) -> Iterator[OpenSource]:
    """Open the inputs in turn. Append an error to `failures` for each input that cannot be opened or is an export."""
    day, options = inputs.day(), inputs.read_options()
    names = inputs.names()
    if not names:
        hint = "; to read standard input, add -p -" if _has_piped_input() else ""
        note(output, f"no --profile given, so this is the sample page that comes with pubcli{hint}")
        yield OpenSource(sources.from_sample(day))
        return
    from pubcli.formats import exports
    from pubcli.inputs.selection import select

    selection = select(names)
    failures += selection.failures
    note_own_files(output, selection.own_files)
    provide = _macro_provider(len(selection.files))
    for path, is_named in selection.files:
        try:
            source = provide(sources.from_name(path, day, options))
        except InputError as error:
            failures.append(error)
            continue
        if is_named or not exports.is_export(source):
            yield OpenSource(source, is_named)
        else:
            failures.append(exports.error(source))


def _macro_provider(files: int) -> Callable[[Source], Source]:
    """Return a function that lets each source use the macros of the sources before it."""
    if files < 2:
        return lambda source: source
    from pubcli.formats.bibtex.macros import EarlierMacros

    return EarlierMacros().provide


def _has_piped_input() -> bool:
    """Return whether standard input is a pipe."""
    try:
        return sys.stdin is not None and stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode)
    except (OSError, ValueError):
        return False
