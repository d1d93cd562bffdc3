"""The file of a library: created, migrated, refused if it cannot be used, copied and verified."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pubcli.errors import InputError, OutputError, PubcliError
from pubcli.model import Document
from pubcli.store import ask, schema, search
from pubcli.store.database import Store
from pubcli.store.library import integrity, library_file, migrations, owners, snapshots
from pubcli.store.load import Origin


def count(path: Path) -> int:
    with closing(library_file.open_to_read(path)) as store:
        return len(list(ask.papers(store).rows))


def execute(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


# Path and existence


def test_the_path_comes_from_the_option_the_environment_or_the_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("PUBCLI_LIBRARY", raising=False)
    assert library_file.locate(None) == tmp_path / "pubcli" / "library.sqlite"
    monkeypatch.setenv("PUBCLI_LIBRARY", "set.sqlite")
    assert library_file.locate(None) == Path("set.sqlite")
    assert library_file.locate("given.sqlite") == Path("given.sqlite")


def test_a_library_that_the_environment_names_must_exist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBCLI_LIBRARY", str(tmp_path / "absent.sqlite"))
    with pytest.raises(InputError, match=r"no such library; pubcli add"):
        library_file.open_if_present(None)


def test_opening_for_reading_creates_no_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PUBCLI_LIBRARY")
    monkeypatch.setenv("XDG_DATA_HOME", str(path.parent))
    assert library_file.open_if_present(None) is None
    with pytest.raises(InputError, match=r"no such library; pubcli add"):
        library_file.open_to_read(path)
    assert not path.parent.exists()


def test_a_library_without_pages_is_opened_like_any_other(path: Path) -> None:
    library_file.open_or_create(path).close()
    with closing(library_file.open_to_read(path)) as store:
        assert library_file.is_empty(store)
    library = library_file.open_if_present(None)
    assert library is not None
    library.close()
    assert [file.name for file in path.parent.iterdir()] == ["library.sqlite"]


def test_other_users_cannot_read_the_folder_of_a_new_library(path: Path) -> None:
    library_file.open_or_create(path).close()
    assert path.parent.stat().st_mode & 0o077 == 0


def test_only_the_user_can_read_a_library_and_its_backups_whatever_the_umask(path: Path, tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        library_file.open_or_create(path).close()
        library_file.backup(path, tmp_path / "copy.sqlite")
    finally:
        os.umask(mask)
    assert [file.stat().st_mode & 0o777 for file in (path, tmp_path / "copy.sqlite")] == [0o600, 0o600]


def test_text_that_has_changed_in_a_damaged_file_is_noticed(filled: Path, document: Document) -> None:
    data, abstract = filled.read_bytes(), (document.papers[0].abstract or "")[:40].encode()
    assert data.count(abstract) == 1
    filled.write_bytes(data.replace(abstract, abstract.swapcase()))
    with pytest.raises(InputError, match=r"damaged .*the text of a record has changed.*restore a backup"):
        count(filled)
    assert integrity.findings(filled) == ["records whose text has changed: 1"]


def test_nothing_is_added_to_a_file_whose_structure_is_damaged(filled: Path, document: Document) -> None:
    data, abstract = bytearray(filled.read_bytes()), (document.papers[0].abstract or "")[:40].encode()
    page = data.index(abstract) // 16_384 * 16_384
    data[page : page + 8] = bytes(8)
    filled.write_bytes(data)
    with pytest.raises(InputError, match=r"is damaged "):
        library_file.open_or_create(filled)


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ("UPDATE paper SET date = '1999-01-01' WHERE id = 1", "papers that differ from their records: 1"),
        ("UPDATE paper SET folded_title = 'other' WHERE id = 1", "papers that differ from their records: 1"),
        ("UPDATE record SET json = replace(json, 'a', 'b') WHERE paper_id = 1", "records whose text has changed: 1"),
    ],
)
def test_checking_a_library_notices_values_that_contradict_each_other(filled: Path, change: str, finding: str) -> None:
    with closing(library_file.open_to_change(filled)) as store:
        store.execute(change)
    assert finding in integrity.findings(filled)


def test_ids_of_removed_papers_and_snapshots_are_not_used_again(filled: Path, document: Document) -> None:
    with closing(library_file.open_to_change(filled)) as store:
        before = [row[0] for row in store.execute("SELECT id FROM paper UNION ALL SELECT id FROM snapshot")]
        with schema.transaction(store):
            snapshots.remove(store, 1)
        with schema.transaction(store):
            snapshots.add(store, document.pages[0], Origin(b"b", 0, None, "2026-11-24T00:00:00+00:00"))
        ids = [row[0] for row in store.execute("SELECT id FROM paper")]
        assert (min(ids), store.execute("SELECT id FROM snapshot").fetchall()[0][0]) == (max(before) + 1, 2)


# Other processes


@pytest.mark.parametrize("owner", [None, "razaviyayn"])
def test_an_answer_comes_from_one_state_of_the_library_whatever_is_written_meanwhile(
    filled: Path, owner: str | None
) -> None:
    with closing(library_file.open_to_read(filled)) as reader, closing(library_file.open_to_change(filled)) as writer:
        if owner:
            owners.narrow(reader, owners.find_owners(reader, owner))
        expected = [row["title"] for row in ask.papers(reader).rows]
        rows = iter(ask.papers(reader).rows)
        titles = [next(rows)["title"]]
        with schema.transaction(writer):
            snapshots.remove(writer, 1)
        titles += [row["title"] for row in rows]
        assert titles == expected == [row["title"] for row in ask.papers(reader).rows]
        assert list(ask.papers(writer).rows) == []


def test_removing_a_snapshot_that_another_process_has_removed_changes_nothing(filled: Path) -> None:
    with closing(library_file.open_to_change(filled)) as store:
        for _ in range(2):
            with schema.transaction(store):
                snapshots.remove(store, 1)
        assert store.execute("SELECT count(*) FROM snapshot").fetchone()[0] == 0


# Files that are not libraries


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])


def overwrite(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[16_384:90_000] = bytes(90_000 - 16_384)
    path.write_bytes(data)


def write_text(path: Path) -> None:
    path.write_text("Ada Lovelace\n\nh-index3\n" * 99)


def replace_by_other_database(path: Path) -> None:
    path.unlink()
    execute(path, "CREATE TABLE notes (text)")


def raise_version(path: Path) -> None:
    execute(path, f"PRAGMA user_version = {schema.VERSION + 1}")


def set_impossible_version(path: Path) -> None:
    execute(path, "PRAGMA user_version = -67108855")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (truncate, "damaged or is not a library"),
        (overwrite, "damaged or is not a library"),
        (write_text, "damaged or is not a library"),
        (replace_by_other_database, "is not a library of pubcli"),
        (raise_version, "written by a newer pubcli"),
        (set_impossible_version, "there is no library version"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_file_that_is_not_a_valid_library_is_reported_and_not_changed(
    filled: Path, damage: Callable[[Path], None], message: str
) -> None:
    damage(filled)
    data = filled.read_bytes()
    for open_library in (library_file.open_to_read, library_file.open_to_change):
        with pytest.raises(PubcliError, match=message) as error:
            search_library(open_library, filled)
        assert str(filled) in str(error.value)
    assert filled.read_bytes() == data


def search_library(open_library: Callable[[Path], Store], path: Path) -> None:
    with closing(open_library(path)) as store:
        list(search.search(store, "privacy").rows)


def test_a_library_that_cannot_be_created_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be created"):
        library_file.open_or_create(tmp_path / "file" / "library.sqlite")


def test_a_library_can_be_read_from_a_read_only_folder(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class ReadOnly(Store):
        def __init__(self, address: str = ":memory:") -> None:
            if "immutable" not in address:
                raise sqlite3.OperationalError("attempt to write a readonly database")
            super().__init__(address)

    monkeypatch.setattr(library_file, "Store", ReadOnly)
    assert count(filled) == 50


# Changes


@pytest.mark.parametrize("error", [KeyboardInterrupt, sqlite3.OperationalError])
def test_a_change_that_fails_is_rolled_back(filled: Path, error: type[BaseException]) -> None:
    def fail(store: Store) -> None:
        with schema.transaction(store):
            store.execute("DELETE FROM listing")
            raise error

    with closing(library_file.open_to_change(filled)) as store:
        with pytest.raises(error):
            fail(store)
        with schema.transaction(store, keep=False):
            store.execute("DELETE FROM listing")
    assert count(filled) == 50
    assert integrity.findings(filled) == []


def test_an_older_library_is_migrated_after_a_backup(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = schema.VERSION, schema.VERSION + 2
    steps = {
        old: lambda store: store.execute("ALTER TABLE saved_query ADD COLUMN one TEXT"),
        old + 1: lambda store: store.execute("ALTER TABLE saved_query ADD COLUMN two TEXT"),
    }
    monkeypatch.setattr(schema, "VERSION", new)
    monkeypatch.setattr(migrations, "STEPS", steps)
    assert count(filled) == 50
    with closing(library_file.open_to_read(filled)) as store:
        assert store.execute("PRAGMA user_version").fetchone()[0] == new
        store.execute("SELECT one, two FROM saved_query")
    files = {file.name for file in filled.parent.iterdir()}
    assert files == {"library.sqlite", f"library.sqlite.version-{old}", f"library.sqlite.version-{old + 1}"}
    monkeypatch.setattr(schema, "VERSION", old)
    assert count(filled.with_name(f"library.sqlite.version-{old}")) == 50


def test_a_backup_of_another_library_is_not_replaced(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = schema.VERSION
    other_backup = filled.with_name(f"library.sqlite.version-{old}")
    other_backup.write_bytes(b"another library")
    monkeypatch.setattr(schema, "VERSION", old + 1)
    monkeypatch.setattr(migrations, "STEPS", {old: lambda store: None})
    assert count(filled) == 50
    monkeypatch.setattr(schema, "VERSION", old)
    assert other_backup.read_bytes() == b"another library"
    assert count(filled.with_name(f"library.sqlite.version-{old}-2")) == 50


def test_a_failed_migration_step_leaves_the_library_unchanged(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def step(store: Store) -> None:
        store.execute("DROP TABLE seen_title")
        raise RuntimeError

    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    monkeypatch.setattr(migrations, "STEPS", {schema.VERSION - 1: step})
    with pytest.raises(RuntimeError):
        library_file.open_to_change(filled)
    monkeypatch.undo()
    assert integrity.findings(filled) == []


# Copies


def test_a_backup_of_a_library_in_use_is_consistent(filled: Path, tmp_path: Path) -> None:
    with closing(library_file.open_to_change(filled)) as store, schema.transaction(store, keep=False):
        store.execute("DELETE FROM listing")
        library_file.backup(filled, tmp_path / "copy.sqlite")
    assert count(tmp_path / "copy.sqlite") == 50
    assert integrity.findings(tmp_path / "copy.sqlite") == []
    assert {file.name for file in tmp_path.iterdir()} == {"copy.sqlite", "folder"}


def test_a_backup_does_not_replace_an_existing_file(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("precious")
    with pytest.raises(OutputError, match="exists"):
        library_file.backup(filled, tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "precious"


def test_a_backup_that_cannot_be_written_is_an_error(filled: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        library_file.backup(filled, tmp_path / "absent" / "copy")
