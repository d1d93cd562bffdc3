"""Open the two pages that `diff` and `compare` need."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from pubcli import paths
from pubcli.analysis.check import profiles
from pubcli.cli.options import Captures, Inputs, Output
from pubcli.cli.output import choose, note
from pubcli.cli.pages import alias_groups, note_copy, open_pages
from pubcli.errors import InputError, UsageError
from pubcli.inputs.sources import NO_FILES, display_name
from pubcli.store import persons
from pubcli.store.ask import papers
from pubcli.store.database import Store
from pubcli.store.library import library_file, owners
from pubcli.store.match_pages import Side
from pubcli.text.normalize import visible


def open_sides(first: str, second: str, captures: Captures, output: Output) -> tuple[Side, Side]:
    """Open two pages. Read each page from a file; if there is no such file, from a snapshot in the library.

    Raises InputError if a page cannot be found or read, and UsageError if both are standard input or the clipboard.
    """
    if first == second and first in NO_FILES:
        raise UsageError(f"{display_name(first)} can be read only once; name a file for one of the two pages")
    output.require_no_input([first, second])
    days = captures.days()
    return _side(first, days[0], captures, output), _side(second, days[1], captures, output)


def open_several(names: Sequence[str], captures: Captures, output: Output) -> list[Side]:
    """Open three or more pages, as `open_sides` does. A day applies to all of them."""
    for name in NO_FILES:
        if names.count(name) > 1:
            raise UsageError(f"{display_name(name)} can be read only once; name files for the other pages")
    output.require_no_input(names)
    first, last = captures.days()
    if first != last:
        raise UsageError("--as-of: with more than two pages, give one day for all of them")
    return [_side(name, first, captures, output) for name in names]


def display_names(captures: Captures) -> dict[str, str]:
    """Return a dictionary from the folded form of a name to the name to show for that person.

    The dictionary contains all names of the people who have several, as the library and the alias files state.
    """
    groups = alias_groups(captures.aliases)
    if store := library_file.open_if_present(captures.library):
        with closing(store):
            groups += persons.decided_groups(store)
    return persons.display_names(groups)


def choose_owner(captures: Captures) -> str:
    """Return the name of an owner with several snapshots in the library, which the user chooses if there are several.

    Raises InputError if there is no library, and UsageError if there is no such owner or the user chooses none.
    """
    remedy = "type pubcli diff NAME"
    with closing(library_file.open_to_read(library_file.locate(captures.library))) as store:
        names = owners.owners_with_several_snapshots(store)
    if not names:
        raise UsageError("no person in your library has several snapshots; add a newer page, or name two files")
    return names[0] if len(names) == 1 else choose("Whose page?", names, remedy)


def last_two(name: str, captures: Captures, output: Output) -> tuple[Side, Side]:
    """Return the last two snapshots of an owner. `name` is the owner's name or a file that was added to the library.

    Raises UsageError if the file has several owners, or if there are fewer than two snapshots.
    """
    output.require_no_input([name])
    is_file = name in NO_FILES or paths.exists(name)
    single_page = UsageError(f"{visible(name)} is one page; name the newer one too")
    store = (
        library_file.open_if_present(captures.library)
        if is_file
        else library_file.open_to_read(library_file.locate(captures.library))
    )
    if store is None:
        raise single_page
    note_copy(store, output)
    with closing(store):
        names = library_file.owners_of(store, Path(name)) if is_file else [owners.find_owner(store, name)]
        if not names:
            raise single_page
        if len(names) > 1:
            raise UsageError(f"{visible(name)} contains pages of {len(names)} people; name one of them")
        snapshots = owners.snapshots_of(store, names[0])
        if len(snapshots) < 2:
            raise UsageError(f"there is only one snapshot of {snapshots[0].name}; add another page to compare it with")
        return owners.page_at(store, snapshots[-2]), owners.page_at(store, snapshots[-1])


def _side(name: str, day: str | None, captures: Captures, output: Output) -> Side:
    if name not in NO_FILES and not paths.exists(name) and (store := library_file.open_if_present(captures.library)):
        with closing(store):
            return _snapshot_side(store, name)
    inputs = Inputs(profile=[name], as_of=day, encoding=captures.encoding, cache=captures.cache)
    pages = open_pages(inputs, output).store
    headers = list(profiles(pages).rows)
    if len(headers) > 1:
        note(output, f"{name} contains {len(headers)} pages; using all their papers and the first header")
    return Side(headers[0], list(papers(pages).rows))


def _snapshot_side(store: Store, name: str) -> Side:
    try:
        return owners.page_at(store, owners.find_snapshot(store, name))
    except UsageError as error:
        raise InputError(f"{visible(name)}: no such file, and no single page in the library matches: {error}") from None
