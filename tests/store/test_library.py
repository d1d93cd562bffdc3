"""A library as a file: made whole, brought up to date, refused where it cannot be used, copied and verified."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pubcli.analysis import people
from pubcli.errors import InputError, OutputError, PubcliError
from pubcli.model import Document
from pubcli.reader import read
from pubcli.store import ask, library, migrations, persons, schema, snapshots
from pubcli.store.index import Store
from pubcli.store.load import Origin


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PUBCLI_LIBRARY", str(tmp_path / "folder" / "library.sqlite"))
    return tmp_path / "folder" / "library.sqlite"


@pytest.fixture
def filled(path: Path, document: Document) -> Path:
    with closing(library.open_to_add(path)) as store, schema.transaction(store):
        snapshots.add(store, document.pages[0], Origin(b"a", 0, None, "2026-11-23T00:00:00+00:00"))
    return path


def count(path: Path) -> int:
    with closing(library.open_to_ask(path)) as store:
        return len(list(ask.papers(store).rows))


def execute(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


# Where it is, and whether it is there


def test_the_file_is_given_or_set_or_in_the_place_for_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("PUBCLI_LIBRARY", raising=False)
    assert library.locate(None) == tmp_path / "pubcli" / "library.sqlite"
    monkeypatch.setenv("PUBCLI_LIBRARY", "set.sqlite")
    assert library.locate(None) == Path("set.sqlite")
    assert library.locate("given.sqlite") == Path("given.sqlite")


def test_asking_makes_no_file(path: Path) -> None:
    assert library.open_if_any(None) is None
    with pytest.raises(InputError, match=r"no such library; pubcli add"):
        library.open_to_ask(path)
    assert not path.parent.exists()


def test_one_without_pages_holds_nothing(path: Path) -> None:
    library.open_to_add(path).close()
    assert library.open_if_any(None) is None
    assert [file.name for file in path.parent.iterdir()] == ["library.sqlite"]


def test_a_library_is_kept_from_others(path: Path) -> None:
    library.open_to_add(path).close()
    assert path.parent.stat().st_mode & 0o077 == 0


# What cannot be used


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])


def overwritten(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[16_384:90_000] = bytes(90_000 - 16_384)
    path.write_bytes(data)


def text(path: Path) -> None:
    path.write_text("Ada Lovelace\n\nh-index3\n" * 99)


def foreign(path: Path) -> None:
    path.unlink()
    execute(path, "CREATE TABLE notes (text)")


def newer(path: Path) -> None:
    execute(path, f"PRAGMA user_version = {schema.VERSION + 1}")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (truncated, "damaged or no library"),
        (overwritten, "damaged or no library"),
        (text, "damaged or no library"),
        (foreign, "is no library of pubcli's"),
        (newer, "written by a newer pubcli"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_is_no_library_is_named_and_left_alone(filled: Path, spoil: Callable[[Path], None], said: str) -> None:
    spoil(filled)
    before = filled.read_bytes()
    for opened in (library.open_to_ask, library.open_to_change):
        with pytest.raises(PubcliError, match=said) as caught:
            searched(opened, filled)
        assert str(filled) in str(caught.value)
    assert filled.read_bytes() == before


def searched(opened: Callable[[Path], sqlite3.Connection], path: Path) -> None:
    """Ask as a command does: what goes wrong later than the opening is explained at the top."""
    with closing(opened(path)) as store:
        try:
            list(ask.search(store, "privacy").rows)
        except sqlite3.Error as error:
            raise library.explained(error) or error from None


def test_damage_is_found(filled: Path) -> None:
    assert library.findings(filled) == []
    overwritten(filled)
    assert library.findings(filled) != []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM record WHERE paper_id = 3", "papers without a record: 1"),
        ("DELETE FROM listing WHERE position = 3", "papers that no page lists: 1"),
        ("DELETE FROM paper_text_docsize WHERE id = 3", "text index"),
        ("UPDATE listing SET paper_id = NULL WHERE position < 3", "listings of current pages without a paper: 2"),
        ("UPDATE paper SET profile_id = 9", "refers to a snapshot that is not there"),
        ("DROP INDEX paper_by_key", "paper_by_key"),
    ],
)
def test_what_contradicts_itself_is_found(filled: Path, statement: str, said: str) -> None:
    execute(filled, statement)
    assert any(said in finding for finding in library.findings(filled)), library.findings(filled)


def test_a_place_where_nothing_can_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be made"):
        library.open_to_add(tmp_path / "file" / "library.sqlite")


def test_a_library_is_asked_where_nothing_may_be_written(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = schema.connect

    def forbidding(address: str = ":memory:") -> sqlite3.Connection:
        if "immutable" not in address:
            raise sqlite3.OperationalError("attempt to write a readonly database")
        return connect(address)

    monkeypatch.setattr(schema, "connect", forbidding)
    assert count(filled) == 50


# Changes


@pytest.mark.parametrize("error", [KeyboardInterrupt, sqlite3.OperationalError])
def test_a_change_that_fails_is_none(filled: Path, error: type[BaseException]) -> None:
    def fail(store: Store) -> None:
        with schema.transaction(store):
            store.execute("DELETE FROM listing")
            raise error

    with closing(library.open_to_change(filled)) as store:
        with pytest.raises(error):
            fail(store)
        with schema.transaction(store, keep=False):
            store.execute("DELETE FROM listing")
    assert count(filled) == 50
    assert library.findings(filled) == []


def test_an_older_library_is_brought_up_to_date_after_a_backup(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, now = schema.VERSION, schema.VERSION + 2
    steps = {
        old: lambda store: store.execute("ALTER TABLE question ADD COLUMN one TEXT"),
        old + 1: lambda store: store.execute("ALTER TABLE question ADD COLUMN two TEXT"),
    }
    monkeypatch.setattr(schema, "VERSION", now)
    monkeypatch.setattr(migrations, "STEPS", steps)
    assert count(filled) == 50
    with closing(library.open_to_ask(filled)) as store:
        assert store.execute("PRAGMA user_version").fetchone()[0] == now
        store.execute("SELECT one, two FROM question")
    kept = sorted(file.name for file in filled.parent.iterdir())
    assert kept == ["library.sqlite", f"library.sqlite.version-{old}", f"library.sqlite.version-{old + 1}"]
    monkeypatch.setattr(schema, "VERSION", old)
    assert count(filled.with_name(f"library.sqlite.version-{old}")) == 50


def test_a_backup_of_another_library_is_not_replaced(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = schema.VERSION
    other = filled.with_name(f"library.sqlite.version-{old}")
    other.write_bytes(b"another library")
    monkeypatch.setattr(schema, "VERSION", old + 1)
    monkeypatch.setattr(migrations, "STEPS", {old: lambda store: None})
    assert count(filled) == 50
    monkeypatch.setattr(schema, "VERSION", old)
    assert other.read_bytes() == b"another library"
    assert count(filled.with_name(f"library.sqlite.version-{old}-2")) == 50


def test_an_index_that_came_without_a_step_is_made(filled: Path) -> None:
    with closing(library.open_to_change(filled)) as store:
        store.execute("DROP INDEX snapshot_by_digest")
        store.execute("PRAGMA user_version = 6")
    assert library.findings(filled) == []


SECOND = (
    "date_precision", "kind", "doi", "arxiv", "venue", "volume", "issue", "pages", "publisher", "url", "citations",
    "keywords", "extra",
)  # fmt: skip
"""Fields that records of version 1 did not have."""


def test_records_of_a_first_library_gain_what_is_new_since(filled: Path) -> None:
    with closing(library.open_to_change(filled)) as store:
        now = [tuple(row) for row in store.execute("SELECT paper_id, json FROM record")]
        for id_, text in now:
            older = {field: value for field, value in json.loads(text).items() if field not in SECOND}
            store.execute("UPDATE record SET json = ? WHERE paper_id = ?", (json.dumps(older), id_))
        store.execute("ALTER TABLE snapshot DROP COLUMN told")
        store.execute("PRAGMA user_version = 1")
    with closing(library.open_to_ask(filled)) as store:
        rows = list(ask.papers(store).rows)
        migrated = [tuple(row) for row in store.execute("SELECT paper_id, json FROM record")]
    assert [json.loads(text) for _, text in migrated] == [json.loads(text) for _, text in now]
    assert {tuple(row) for row in rows} == {ask.PAPER_FIELDS}


BIBTEX = """@article{a, title={基于深度学习的隐私保护}, author={Li Ming and Bo Wu}, year=2022,
journal={软件学报}}"""
CHINESE = "Li Ming\n\nh-index1\n\nLGMar 13, 2022\n基于深度学习的隐私保护\n\nLi Ming\n\n本文研究联邦学习。\n"


def test_an_older_library_gains_signs_and_what_other_pages_say(path: Path) -> None:
    with closing(library.open_to_add(path)) as store:
        for number, text in enumerate((CHINESE, BIBTEX)):
            with schema.transaction(store):
                snapshots.add(store, read(text).pages[0], Origin(bytes([number]), 0, None, "2026-11-23T00:00:00+00:00"))
        before = [json.loads(row[0]) for row in store.execute("SELECT json FROM record")]
        assert len(before) == 1
        older = before[0] | {"abstract": None, "venue": "软件学报", "category": None, "classes": []}
        store.execute("UPDATE record SET json = ?", (json.dumps(older, ensure_ascii=False),))
        store.execute("INSERT INTO paper_text (paper_text) VALUES ('delete-all')")
        store.execute("ALTER TABLE authorship DROP COLUMN written")
        store.execute("PRAGMA user_version = 3")
    with closing(library.open_to_ask(path)) as store:
        found = list(ask.search(store, "联邦学习 隐私").rows)
    assert [{field: row[field] for field in before[0]} for row in found] == before
    assert library.findings(path) == []


def test_an_older_library_tells_its_keys_apart(path: Path) -> None:
    pages = [f"{name}\n\nh-index1\n\nLGMar 13, 2022\nGames of {name}\n\nJo Li\n" for name in ("Ada", "Grace")]
    with closing(library.open_to_add(path)) as store:
        for number, text in enumerate(pages):
            with schema.transaction(store):
                snapshots.add(store, read(text).pages[0], Origin(bytes([number]), 0, None, "2026-11-23T00:00:00+00:00"))
        before = [row[0] for row in store.execute("SELECT json FROM record ORDER BY paper_id")]
        store.execute("UPDATE paper SET key = 'li2022games'")
        store.execute("UPDATE record SET json = json_set(json, '$.key', 'li2022games')")
        store.execute("UPDATE listing SET written = NULL")
        store.execute("ALTER TABLE authorship DROP COLUMN written")
        store.execute("PRAGMA user_version = 4")
    with closing(library.open_to_ask(path)) as store:
        now = [row[0] for row in store.execute("SELECT json FROM record ORDER BY paper_id")]
    assert [json.loads(text)["key"] for text in now] == ["li2022games", "li2022gamesa"]
    assert now == before
    assert library.findings(path) == []


def test_an_older_library_learns_how_names_are_spelled(path: Path) -> None:
    page = "Ada\n\nh-index1\n\n" + "\n".join(
        f"LGMar {day}, 2022\nGames {day}\n\nBo Ray, {name}\n\nText\n"
        for day, name in enumerate(("José Li", "Jose Li"), 1)
    )
    with closing(library.open_to_add(path)) as store:
        with schema.transaction(store):
            snapshots.add(store, read(page).pages[0], Origin(b"1", 0, None, "2026-11-23T00:00:00+00:00"))
        now = [tuple(row) for row in store.execute("SELECT * FROM authorship ORDER BY paper_id, place")]
        assert [row[-1] for row in now] == [None, None, None, "Jose Li"]
        store.execute("ALTER TABLE authorship DROP COLUMN written")
        store.execute("PRAGMA user_version = 5")
    with closing(library.open_to_ask(path)) as store:
        assert [tuple(row) for row in store.execute("SELECT * FROM authorship ORDER BY paper_id, place")] == now
    assert library.findings(path) == []


def test_a_step_that_fails_leaves_the_library_as_it_was(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def step(store: sqlite3.Connection) -> None:
        store.execute("DROP TABLE seen")
        raise RuntimeError

    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    monkeypatch.setattr(migrations, "STEPS", {schema.VERSION - 1: step})
    with pytest.raises(RuntimeError):
        library.open_to_change(filled)
    monkeypatch.undo()
    assert library.findings(filled) == []


# Copies


def test_a_backup_is_the_library_while_it_is_written(filled: Path, tmp_path: Path) -> None:
    with closing(library.open_to_change(filled)) as store, schema.transaction(store, keep=False):
        store.execute("DELETE FROM listing")
        library.backup(filled, tmp_path / "copy.sqlite")
    assert count(tmp_path / "copy.sqlite") == 50
    assert library.findings(tmp_path / "copy.sqlite") == []
    assert {file.name for file in tmp_path.iterdir()} == {"copy.sqlite", "folder"}


def test_a_backup_replaces_nothing(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("precious")
    with pytest.raises(OutputError, match="exists"):
        library.backup(filled, tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "precious"


def test_a_backup_that_cannot_be_written_is_said(filled: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        library.backup(filled, tmp_path / "absent" / "copy")


def test_a_library_of_version_2_learns_who_is_who(filled: Path) -> None:
    for statement in ("DROP TABLE same_person", "DROP TABLE alias", "PRAGMA user_version = 2"):
        execute(filled, statement)
    with closing(library.open_to_change(filled)) as store:
        persons.decide(store, "Andrew Lowy", "Zeman Li", same=True, when="2026-11-23")
    with closing(library.open_to_ask(filled)) as store:
        assert [row["papers"] for row in people.people(store, "lowy OR author:li").rows if row["name"] == "Andrew Lowy"]
        assert "Zeman Li" not in [row["name"] for row in people.people(store).rows]
    assert library.findings(filled) == []
