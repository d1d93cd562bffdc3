"""Libraries that older versions of pubcli wrote are migrated with everything that they hold."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pubcli.store import ask, persons, schema, search
from pubcli.store.database import Store
from pubcli.store.library import duplicates, integrity, library_file, owners, saved_queries

VERSIONS = Path(__file__).with_name("versions")
NUMBERS = range(1, schema.VERSION)
KEYS = [
    "arimoto2025federated", "ibarra2024sparse", "lindqvist2023sparse", "lindqvist2024widearea", "lindqvist2025private",
    "lindqvist2026learning", "lowy2021output", "lowy2021private", "lowy2021stochastic", "lowy2022privatea",
    "lowy2022privateb", "lowy2022stochastic", "lowy2023optimal", "lowy2023optimala", "mohammadi2022tradeoffs",
]  # fmt: skip
FIRST_KEEPING_KEYS = 9
"""From this version on, a paper keeps its key when its title changes."""
KEYS_OF_RENAMED = {"lindqvist2023sparse": "lindqvist2023structured"}
"""The key that a paper got after its title changed, and its key before."""
SNAPSHOTS = [("andrew lowy", "2026-11-23", 8), ("nora lindqvist", "2026-01-15", 7), ("nora lindqvist", "2026-06-15", 8)]


def keys(number: int) -> list[str]:
    """Return the keys of the papers in a library that was written with a version."""
    return sorted(KEYS_OF_RENAMED.get(key, key) if number >= FIRST_KEEPING_KEYS else key for key in KEYS)


def copy_library(number: int, folder: Path) -> Path:
    path = folder / f"from-{number}.sqlite"
    shutil.copy(VERSIONS / f"version-{number}.sqlite", path)
    return path


def records(store: Store) -> list[dict[str, object]]:
    return [
        json.loads(row["json"])
        for row in store.execute("SELECT json FROM record JOIN paper ON id = paper_id ORDER BY key")
    ]


def test_there_is_a_library_of_each_older_version() -> None:
    assert {path.name for path in VERSIONS.glob("*.sqlite")} == {f"version-{number}.sqlite" for number in NUMBERS}
    for number in NUMBERS:
        with closing(
            sqlite3.connect(f"file:{VERSIONS / f'version-{number}.sqlite'}?immutable=1", uri=True)
        ) as connection:
            assert connection.execute("PRAGMA user_version").fetchone()[0] == number


@pytest.mark.parametrize("number", NUMBERS)
def test_an_older_library_is_migrated_step_by_step_after_backups(tmp_path: Path, number: int) -> None:
    path = copy_library(number, tmp_path)
    library_file.open_to_read(path).close()
    assert integrity.findings(path) == []
    backups = {f"{path.name}.version-{step}" for step in range(number, schema.VERSION)}
    assert {file.name for file in tmp_path.iterdir()} == {path.name, *backups}
    with closing(sqlite3.connect(tmp_path / f"{path.name}.version-{number}")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == number


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("mode", ["mode=ro", "immutable=1"])
def test_an_older_library_in_a_read_only_folder_is_migrated_in_memory(
    tmp_path: Path, number: int, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copy_library(number, tmp_path)
    before = path.read_bytes()
    monkeypatch.setattr(library_file, "_readable_mode", lambda path: mode)
    with closing(library_file.open_to_read(path)) as store:
        assert store.is_copy
        assert sorted(paper["key"] for paper in ask.papers(store).rows) == keys(number)
    assert path.read_bytes() == before
    assert {file.suffix for file in tmp_path.iterdir()} <= {".sqlite", ".sqlite-shm", ".sqlite-wal"}


@pytest.mark.parametrize("number", NUMBERS)
def test_a_migrated_library_keeps_papers_keys_and_snapshots(tmp_path: Path, number: int) -> None:
    with closing(library_file.open_to_read(copy_library(number, tmp_path))) as store:
        papers = list(ask.papers(store).rows)
        assert sorted(paper["key"] for paper in papers) == keys(number)
        assert {tuple(paper) for paper in papers} == {ask.PAPER_FIELDS}
        assert len(list(search.search(store, "privacy", all_words=True).rows)) == 7
        snapshots = [
            (snapshot.owner, snapshot.as_of, len(owners.page_at(store, snapshot).papers))
            for owner in ("andrew lowy", "nora lindqvist")
            for snapshot in owners.snapshots_of(store, owner)
        ]
    assert snapshots == SNAPSHOTS


@pytest.mark.parametrize("number", NUMBERS)
def test_a_migrated_library_keeps_decisions_and_saved_queries(tmp_path: Path, number: int) -> None:
    with closing(library_file.open_to_read(copy_library(number, tmp_path))) as store:
        decisions = [(row["decision"], row["key"], row["other_key"]) for row in duplicates.duplicates(store).rows]
        names = [(decision.name, decision.other, decision.same) for decision in persons.decisions(store)]
        queries = [row["question"] for row in saved_queries.list_saved(store).rows]
        seen_papers = store.execute("SELECT count(*) FROM seen_title WHERE saved_query = 'private'").fetchone()[0]
    assert decisions == [
        ("merged", "lindqvist2025private", None),
        ("kept apart", "lowy2023optimal", "lowy2023optimala"),
    ]
    assert names == ([("Andrew Lowy", "Zeman Li", False), ("Tomás Ibarra", "Yuki Arimoto", True)] if number > 2 else [])
    assert (queries, seen_papers) == (["priva* --since 2022"], 5)


@pytest.mark.parametrize("number", NUMBERS[:-1])
def test_all_versions_are_migrated_to_the_same_records(tmp_path: Path, number: int) -> None:
    with (
        closing(library_file.open_to_read(copy_library(number, tmp_path))) as store,
        closing(library_file.open_to_read(copy_library(NUMBERS[-1], tmp_path))) as newest,
    ):
        expected = [
            record | {"key": KEYS_OF_RENAMED.get(str(record["key"]), record["key"])} for record in records(store)
        ]
        assert (records(store) if number >= FIRST_KEEPING_KEYS else expected) == records(newest)
