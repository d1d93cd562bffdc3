"""Values that begin with what the user has typed."""

import re
from contextlib import closing
from pathlib import Path

import pytest

from pubcli.model import Document
from pubcli.reader import read
from pubcli.store import prefixes, schema
from pubcli.store.database import Store
from pubcli.store.library import integrity, library_file
from pubcli.store.load import load
from pubcli.store.prefixes import Candidate

BIBLIOGRAPHY = """
@article{o'neil:2011/x, author={O'Neil, Cathy}, title={Weapons}, year={2011}}
@article{Lowy2022, author={Lowy, Andrew and Jovanović, Mihailo R.}, title={Private Learning}, year={2022}}
@article{lowell2022, author={Lowell, Amy and de la Cruz Marco, Ana}, title={Poems}, year={2022}}
"""


@pytest.fixture(params=["pages", "library"])
def store(request: pytest.FixtureRequest) -> Store:
    """Return a store with three papers, and as in a library, with the indexes for completion."""
    store = load(read(BIBLIOGRAPHY.encode()))
    if request.param == "library":
        schema.add_completion_indexes(store)
    return store


def values(candidates: list[Candidate]) -> list[str]:
    return [candidate.value for candidate in candidates]


@pytest.mark.parametrize("purpose", prefixes.STATEMENTS)
def test_every_statement_on_a_library_uses_an_index(store: Store, purpose: str) -> None:
    schema.add_completion_indexes(store)
    sql = prefixes.STATEMENTS[purpose]
    parameters = dict.fromkeys(re.findall(r":(\w+)", sql), "1")
    plan = [row["detail"] for row in store.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)]
    scans = [step for step in plan if step.startswith("SCAN") and step != "SCAN recent"]
    assert plan
    assert not scans  # `recent` is the newest papers, at most 50


def test_a_large_table_without_an_index_is_not_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in schema.COMPLETION_INDEXES:
        store.execute(f"DROP INDEX IF EXISTS {name}")
    monkeypatch.setattr(prefixes, "_FEW", 2)
    assert values(prefixes.names(store, "lowy")) == []
    assert values(prefixes.names(store, "andrew")) == ["Andrew Lowy"]
    assert prefixes.categories(store, "") == []


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("lo", ["Andrew Lowy", "Amy Lowell"]),
        ("LOWY", ["Andrew Lowy"]),
        ("andrew lo", ["Andrew Lowy"]),
        ("jovanovic", ["Mihailo R. Jovanović"]),
        ("Jovanović", ["Mihailo R. Jovanović"]),
        ("r. j", ["Mihailo R. Jovanović"]),
        ("cruz", ["Ana de la Cruz Marco"]),
        ("marco", ["Ana de la Cruz Marco"]),
        ("o'n", ["Cathy O'Neil"]),
        ("wy", []),
        ("\udcff", []),
    ],
)
def test_a_name_is_found_by_the_beginning_of_a_word(store: Store, typed: str, names: list[str]) -> None:
    assert sorted(values(prefixes.names(store, typed))) == sorted(names)


def test_before_anything_is_typed_the_names_are_those_of_the_newest_papers(store: Store) -> None:
    assert len(prefixes.names(store, "")) == 5


@pytest.mark.parametrize(
    ("typed", "keys"),
    [("low", ["lowell2022", "Lowy2022"]), ("LOWE", ["lowell2022"]), ("o'neil:2011/", ["o'neil:2011/x"]), ("*", [])],
)
def test_a_key_is_found_by_its_beginning_in_any_case(store: Store, typed: str, keys: list[str]) -> None:
    assert values(prefixes.keys(store, typed)) == keys


def test_keys_have_the_titles_of_their_papers(store: Store) -> None:
    assert prefixes.keys(store, "o'") == [Candidate("o'neil:2011/x", "Weapons")]


def test_years_are_counted(store: Store) -> None:
    assert prefixes.years(store, "20") == [Candidate("2022", "2 papers"), Candidate("2011", "1 paper")]


@pytest.mark.parametrize("has_indexes", [False, True])
def test_categories_are_counted(document: Document, has_indexes: bool) -> None:
    store = load(document)
    if has_indexes:
        schema.add_completion_indexes(store)
    papers = dict(
        store.execute("SELECT category, count(*) FROM paper WHERE category IS NOT NULL GROUP BY 1").fetchall()
    )
    assert papers
    expected = {name: f"{count} paper{'s' * (count != 1)}" for name, count in papers.items()}
    assert dict(prefixes.categories(store, "")) == expected


def test_pages_are_found_by_any_word_of_the_owner(document: Document) -> None:
    store = load(document)
    assert values(prefixes.pages(store, "RAZ")) == ["Meisam Razaviyayn"]


def test_a_library_without_the_indexes_gets_them(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    with closing(library_file.open_or_create(path)) as library:
        for name in schema.COMPLETION_INDEXES:
            library.execute(f"DROP INDEX {name}")
    assert integrity.findings(path) == []
    with closing(library_file.open_to_change(path)) as library:
        names = {row[0] for row in library.execute("SELECT name FROM sqlite_master")}
    assert names > schema.COMPLETION_INDEXES.keys()
