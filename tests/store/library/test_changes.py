"""Every change of a library is recorded and can be undone."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pubcli.errors import UsageError
from pubcli.inputs import sources
from pubcli.reader import read
from pubcli.store import ask, persons, schema
from pubcli.store.database import Store
from pubcli.store.library import (
    changes,
    duplicates,
    ingest,
    integrity,
    library_file,
    migrations,
    owners,
    saved_queries,
    snapshots,
)
from pubcli.store.library.connection import Library
from pubcli.store.library.ingest import SourceToAdd
from pubcli.store.load import Origin

TIME = "2026-11-30T12:00:00+00:00"


def page(name: str, *titles: str, abstract: str = "An abstract.") -> str:
    papers = [f"LGMar 13, 2022\n{title}\n\n{name}, Ada Lovelace\n\n{abstract}\n" for title in titles]
    return "\n".join([f"{name}\n\nh-index1\n{len(titles)}papers\n\n{len(titles)} Papers\n", *papers])


def add(store: Store, *texts: str, day: int = 1) -> None:
    opened = [SourceToAdd("text", partial(sources.from_text, text, date(2026, 1, day))) for text in texts]
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


def test_merging_papers_of_one_page_removes_one_and_adds_none(path: Path) -> None:
    with closing(library_file.open_or_create(path, "pubcli add")) as store:
        add(store, page("Ed Poe", "Editorial", "Editorial"))
    first, second = "poe2022editoriala", "poe2022editorialb"
    with closing(library_file.open_to_change(path, "pubcli merge")) as store:
        with schema.transaction(store):
            duplicates.merge(store, [first, second], TIME)
        row = next(iter(changes.log(store).rows))
        assert [row["key"] for row in ask.papers(store).rows] == [first]
    assert (row["effect"], row["papers_added"], row["papers_removed"]) == (
        "1 decision about papers added, 1 paper removed", 0, 1
    )  # fmt: skip


def test_a_command_that_changes_nothing_is_not_recorded(library: Library) -> None:
    logged = log(library)
    add(library, page("Bo Ray", "Games", "Shared Work"))
    with schema.transaction(library):
        persons.withdraw_decision(library, "Bo Ray", "Cy Day")
    with pytest.raises(UsageError, match="name two different papers"), schema.transaction(library):
        duplicates.merge(library, ["Games", "Games"], TIME)
    assert log(library) == logged


def test_undo_goes_back_change_by_change_to_an_empty_library(library: Library, path: Path) -> None:
    for texts in ([page("Dee Fox", "Games")], [page("Bo Ray", "Games", "More Games")]):
        with closing(library_file.open_to_change(path, "pubcli add")) as store:
            add(store, *texts, day=2)
    with closing(library_file.open_to_change(path, "pubcli remove")) as store:
        remove(store, "Bo Ray")
    assert log(library) == [
        (4, "2 pages and 1 paper removed", "can be undone"),
        (3, "1 page and 1 paper added", "can be undone"),
        (2, "1 page added", "can be undone"),
        (1, "2 pages and 4 papers added", "can be undone"),
    ]
    assert [changes.undo(library, TIME)[0] for _ in range(4)] == [4, 3, 2, 1]  # type: ignore[index]
    assert not any(contents(library).values())
    assert indexed_words(library) == []
    assert changes.undo(library, TIME) is None
    assert {state for _, _, state in log(library)} == {"undone"}


def test_transactions_of_one_command_are_one_change_unless_another_process_comes_between(
    library: Library, path: Path
) -> None:
    with closing(library_file.open_to_change(path, "pubcli add")) as store:
        for name in ("A One", "A Two"):
            add(store, page(name, f"Work of {name}"))
        assert log(store)[0] == (2, "2 pages and 2 papers added", "can be undone")
        with closing(library_file.open_to_change(path, "pubcli remove")) as other:
            remove(other, "A One")
        add(store, page("A Three", "Last Work"))
        assert log(store)[:3] == [
            (4, "1 page and 1 paper added", "can be undone"),
            (3, "1 page and 1 paper removed", "can be undone"),
            (2, "2 pages and 2 papers added", "can be undone"),
        ]
        assert changes.undo(store, TIME) is not None
        add(store, page("A Four", "New Work"))
    assert [row[::2] for row in log(library)[:2]] == [(5, "can be undone"), (4, "undone")]
    assert [row[0] for row in library.execute("SELECT name FROM profile ORDER BY name")] == [
        "A Four", "A Two", "Bo Ray", "Cy Day",
    ]  # fmt: skip


def test_only_the_last_change_is_undone_by_its_number(library: Library, path: Path) -> None:
    with closing(library_file.open_to_change(path)) as store:
        remove(store, "Bo Ray")
    for number, message in ((1, "change 1 is not the last one; undo 2 first"), (7, "change 7 is unknown")):
        with pytest.raises(UsageError, match=message):
            changes.undo(library, TIME, number)
    assert changes.undo(library, TIME, 2) is not None
    with pytest.raises(UsageError, match="change 2 is undone"):
        changes.undo(library, TIME, 2)


def test_ids_of_removed_papers_are_not_given_to_others_in_the_same_change(library: Library) -> None:
    """Papers 1 and 3 exist. A change removes 3 and adds another paper, which undo must recognise as new."""
    with schema.transaction(library, is_recorded=False):
        remove_first = "SELECT id FROM snapshot WHERE owner = 'cy day'"
        snapshots.remove(library, library.execute(remove_first).fetchone()[0])
    before = contents(library)
    with closing(library_file.open_to_change(library.path)) as store:
        with schema.transaction(store):
            snapshots.remove(store, store.execute("SELECT max(id) FROM snapshot").fetchone()[0])
            for name in ("Fay", "Gus"):
                (new,) = read(page(name, "New Work"), date(2026, 1, 1)).pages
                snapshots.add(store, new, Origin(name.encode(), 0, None, TIME))
        changes.undo(store, TIME)
    assert contents(library) == before


def test_the_oldest_changes_become_permanent(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "MAX_UNDO", 2)
    for name in ("a", "b", "c"):
        library.recording = changes.Recorder(library, "pubcli save").recording
        with schema.transaction(library):
            saved_queries.save(library, name, {}, TIME)
    assert [state for _, _, state in log(library)] == ["can be undone", "can be undone", "permanent", "permanent"]
    monkeypatch.setattr(changes, "_MIN_BYTES", 0)
    monkeypatch.setattr(changes, "_SHARE", 2**40)
    library.recording = changes.Recorder(library, "pubcli").recording
    remove(library, "Bo Ray")
    library.recording = changes.Recorder(library, "pubcli").recording
    add(library, page("Dee Fox", "Games"))
    # The page that was added takes no space, so the larger change before it is not the last one with former rows.
    assert [state for _, _, state in log(library)][:3] == ["can be undone", "permanent", "permanent"]
    assert changes.undo(library, TIME) is not None
    assert changes.undo(library, TIME) is None
    assert library.execute("SELECT count(*) FROM former_row").fetchone()[0] == 0


def test_the_log_has_a_limited_length(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "_MAX_LOGGED", 2)
    monkeypatch.setattr(changes, "MAX_UNDO", 2)
    for name in ("a", "b", "c"):
        library.recording = changes.Recorder(library, "pubcli save").recording
        with schema.transaction(library):
            saved_queries.save(library, name, {}, TIME)
    assert [number for number, _, _ in log(library)] == [4, 3]


def test_a_migration_makes_changes_permanent(library: Library, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    monkeypatch.setattr(migrations, "STEPS", {schema.VERSION - 1: lambda store: None})
    with closing(library_file.open_to_read(path)) as store:
        assert [state for _, _, state in log(store)] == ["permanent"]
    monkeypatch.undo()
    library.execute(f"PRAGMA user_version = {schema.VERSION}")


def test_a_run_of_a_saved_query_is_not_a_change(library: Library) -> None:
    with schema.transaction(library):
        saved_queries.save(library, "fair", {}, TIME)
    logged = log(library)
    with schema.transaction(library, is_recorded=False):
        saved_queries.mark_as_run(library, "fair", [1, 2], TIME)
    assert log(library) == logged
    assert changes.undo(library, TIME) is not None
    assert library.execute("SELECT count(*) FROM seen_title").fetchone()[0] == 0


def test_every_table_is_recorded(library: Library) -> None:
    names = {row[0] for row in library.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    recorded = {table.name for table in changes._tables(library)}
    assert {name for name in names - recorded if not name.startswith(("paper_text", "sqlite_"))} == {
        "change", "former_row", "last_id", "vocabulary",
    }  # fmt: skip
    assert all(table.key for table in changes._tables(library))


@pytest.mark.parametrize("conflict", ["", "OR REPLACE"])
def test_undo_restores_the_key_of_a_row(library: Library, conflict: str) -> None:
    with schema.transaction(library):
        for name in ("a", "b") if conflict else ("a",):
            saved_queries.save(library, name, {"words": [name]}, TIME)
        decide_names(library, same=True)
    before = contents(library)
    with closing(library_file.open_to_change(library.path)) as store:
        with schema.transaction(store):
            store.execute(f"UPDATE {conflict} saved_query SET name = 'b' WHERE name = 'a'")
            store.execute("UPDATE same_person SET folded = 'x', other_name = 'X'")
        changes.undo(store, TIME)
    assert contents(library) == before
