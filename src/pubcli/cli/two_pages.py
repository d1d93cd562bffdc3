"""The two pages of a command that sets one against the other."""

from contextlib import closing
from pathlib import Path

from pubcli.analysis.check import profiles
from pubcli.cli.options import Captures, Inputs, Output
from pubcli.cli.output import note
from pubcli.cli.pages import open_pages, said
from pubcli.errors import InputError, UsageError
from pubcli.inputs.sources import STDIN
from pubcli.store import persons
from pubcli.store.ask import papers
from pubcli.store.database import Store
from pubcli.store.library import library_file, owners
from pubcli.store.match_pages import Side
from pubcli.text.normalize import visible


def open_sides(first: str, second: str, captures: Captures, output: Output) -> tuple[Side, Side]:
    """Both pages, each a file, or, where there is no such file, the snapshot that the name stands for.

    Raises InputError when a file cannot be read, UsageError when both are standard input or a name is unknown.
    """
    if first == second == STDIN:
        raise UsageError("standard input can be read once; name a file for one of the two")
    days = captures.days()
    return _side(first, days[0], captures, output), _side(second, days[1], captures, output)


def known_persons(captures: Captures) -> dict[str, str]:
    """Who has several names, by what the library knows and the alias files say: folded names, and the one shown."""
    groups = said(captures.aliases)
    if store := library_file.open_if_any(captures.library):
        with closing(store):
            groups += persons.decided(store)
    return persons.shown(groups)


def last_two(name: str, captures: Captures) -> tuple[Side, Side]:
    """The last two snapshots of the owner that a name stands for, or a file that the library knows.

    Raises UsageError when there are not two.
    """
    is_file = name == STDIN or Path(name).exists()
    alone = UsageError(f"{visible(name)} is one page; name the newer one too")
    store = (
        library_file.open_if_any(captures.library)
        if is_file
        else library_file.open_to_ask(library_file.locate(captures.library))
    )
    if store is None:
        raise alone
    with closing(store):
        found = library_file.owners_of(store, Path(name)) if is_file else [owners.find(store, name)]
        if not found:
            raise alone
        if len(found) > 1:
            raise UsageError(f"{visible(name)} holds pages of {len(found)} people; name one of them")
        known = owners.snapshots(store, found[0])
        if len(known) < 2:
            raise UsageError(f"there is one snapshot of {known[0].name}; add another page to compare it with")
        return owners.page(store, known[-2]), owners.page(store, known[-1])


def _side(name: str, day: str | None, captures: Captures, output: Output) -> Side:
    if name != STDIN and not Path(name).exists() and (store := library_file.open_if_any(captures.library)):
        with closing(store):
            return _kept(store, name)
    pages = open_pages(Inputs(profile=[name], as_of=day, cache=captures.cache), output).store
    headers = list(profiles(pages).rows)
    if len(headers) > 1:
        note(output, f"{name} holds {len(headers)} pages; their papers are taken together, and the first header")
    return Side(headers[0], list(papers(pages).rows))


def _kept(store: Store, name: str) -> Side:
    try:
        return owners.page(store, owners.snapshot(store, name))
    except UsageError as error:
        raise InputError(f"{visible(name)}: no such file; in the library {error}") from None
