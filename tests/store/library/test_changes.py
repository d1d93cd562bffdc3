"""Every change of a library is recorded and can be undone."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pubcli.inputs import sources
from pubcli.store import persons, schema
from pubcli.store.database import Store
from pubcli.store.library import changes, duplicates, ingest, integrity, library_file, owners, saved_queries, snapshots
from pubcli.store.library.connection import Library

TIME = "2026-11-30T12:00:00+00:00"


def page(name: str, *titles: str, abstract: str = "An abstract.") -> str:
    papers = [f"LGMar 13, 2022\n{title}\n\n{name}, Ada Lovelace\n\n{abstract}\n" for title in titles]
    return "\n".join([f"{name}\n\nh-index1\n{len(titles)}papers\n\n{len(titles)} Papers\n", *papers])


def add(store: Store, *texts: str, day: int = 1) -> None:
    opened = [partial(sources.from_text, text, date(2026, 1, day)) for text in texts]
    failures: list[Any] = []
    assert list(ingest.ingest_sources(store, opened, failures.append, keep=True))
    assert failures == []


def remove(store: Store, name: str) -> None:
    with schema.transaction(store):
        for snapshot in owners.matching_snapshots(store, name):
            snapshots.remove(store, snapshot.id)


def contents(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of a library, except for the record of changes and the text index."""
    return {
        table.name: sorted((tuple(row) for row in store.execute(f"SELECT * FROM {table.name}")), key=repr)
        for table in changes._tables(store)
    }


def indexed_words(store: Store) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in store.execute("SELECT term, doc, cnt FROM vocabulary ORDER BY term")]


@pytest.fixture
def library(path: Path) -> Iterator[Library]:
    """Return a library with two pages, which list one paper in common."""
    with closing(library_file.open_or_create(path, "pubcli add")) as store:
        add(store, page("Bo Ray", "Games", "Shared Work"), page("Cy Day", "Shared Work", "Alike One", "Alike Two"))
        yield store
        store.execute("PRAGMA wal_checkpoint")
    assert integrity.findings(path) == []


def log(store: Store) -> list[tuple[Any, ...]]:
    return [(row["number"], row["effect"], row["state"]) for row in changes.log(store).rows]


def merge(store: Store) -> None:
    duplicates.merge(store, ["Games", "Alike One"], TIME)


def replace_query(store: Store) -> None:
    saved_queries.save(store, "fair", {"words": ["privacy"]}, TIME)


def decide_names(store: Store, *, same: bool) -> None:
    persons.decide(store, "Bo Ray", "Cy Day", same=same, timestamp=TIME)


CHANGES: dict[str, tuple[Callable[[Store], object], str]] = {
    "merging papers": (merge, "1 decision about papers added, 1 paper removed"),
    "splitting a paper": (
        lambda store: duplicates.split(store, "Shared Work", None, TIME),
        "1 paper and 1 decision about papers added",
    ),
    "names are the same": (partial(decide_names, same=True), "1 decision about names changed"),
    "names are different": (partial(decide_names, same=False), "1 decision about names changed"),
    "forgetting a decision": (
        lambda store: persons.withdraw_decision(store, "Bo Ray", "Cy Day"),
        "1 decision about names removed",
    ),
    "saving a query": (lambda store: saved_queries.save(store, "new", {}, TIME), "1 saved query added"),
    "replacing a query": (replace_query, "1 saved query changed"),
    "deleting a query": (lambda store: saved_queries.delete(store, "fair"), "1 saved query removed"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_undo_restores_what_a_command_has_changed(library: Library, name: str) -> None:
    change, effect = CHANGES[name]
    with schema.transaction(library):
        saved_queries.save(library, "fair", {"words": ["fair"]}, TIME)
        saved_queries.mark_as_run(library, "fair", [1, -(2**63)], TIME)
        persons.decide(library, "Bo Ray", "Cy Day", same=name != "names are the same", timestamp="2026-01-01")
    before, words = contents(library), indexed_words(library)
    with closing(library_file.open_to_change(library.path, "pubcli x")) as store:
        with schema.transaction(store):
            change(store)
        assert contents(store) != before
        undone = changes.undo(store, TIME)
    assert undone is not None
    assert (undone.command, undone.effect) == ("pubcli x", effect)
    assert (contents(library), indexed_words(library)) == (before, words)


@pytest.mark.parametrize("texts", [
    [page("Dee Fox", "Games", "Another Thing")],
    [page("Bo Ray", "Games", "Something New", abstract="Other words.")],
    [page("Bo Ray", "Shared Work")],
    [page("Bo Ray")],
    [page("Cy Day", "Games", "Alike One"), page("Bo Ray", "Alike One"), page("Dee Fox", "Shared Work")],
])  # fmt: skip
@pytest.mark.parametrize("day", [2, 1], ids=["newer", "same day"])
def test_undo_takes_added_pages_out_again(library: Library, texts: list[str], day: int) -> None:
    before, words = contents(library), indexed_words(library)
    with closing(library_file.open_to_change(library.path)) as store:
        add(store, *texts, day=day)
        assert contents(store) != before
        assert changes.undo(store, TIME) is not None
    assert (contents(library), indexed_words(library)) == (before, words)
