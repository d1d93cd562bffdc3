"""Papers of a page are indexed at the first query that contains words; papers of a library at each change."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from pubcli.analysis import people
from pubcli.model import Document
from pubcli.query.language import build
from pubcli.store import ask, cache, index, schema, search, suggest
from pubcli.store.database import Store
from pubcli.store.library import owners
from pubcli.store.load import add, load
from pubcli.store.similar import similar


def is_indexed(store: Store) -> bool:
    return not index.is_missing(store)


def test_a_query_without_words_builds_no_index(document: Document) -> None:
    store = load(document)
    for answer in (ask.papers(store, "category:LG author:lowy"), people.coauthors(store, "year:2023..")):
        assert list(answer.rows)
        assert not is_indexed(store)


@pytest.mark.parametrize("words", ["privacy", "~privcy", '"privacy"', "priv*", "category:LG OR privacy", "-privacy"])
def test_a_query_with_words_builds_the_index(document: Document, words: str) -> None:
    store = load(document)
    assert ask.count(store, build(words)) > 0
    assert is_indexed(store)


def test_similar_papers_and_suggestions_build_the_index(document: Document) -> None:
    questions: tuple[Callable[[Store], object], ...] = (
        lambda store: list(similar(store, "1").rows),
        lambda store: suggest.explain(store, build("title:privcy")),
    )
    for question in questions:
        store = load(document)
        assert question(store)
        assert is_indexed(store)


@pytest.mark.parametrize("statement", ["SELECT 1 FROM paper_text LIMIT 1", "SELECT term FROM vocabulary LIMIT 1"])
def test_reading_an_index_that_is_not_built_is_an_error(document: Document, statement: str) -> None:
    """Not even a cursor can read an incomplete index: it would miss papers without a word."""
    for store in (load(document), narrowed(load(document))):
        for connection in (store, store.cursor()):
            with pytest.raises(sqlite3.OperationalError, match="no such table"):
                connection.execute(statement)
        index.fill(store)
        assert store.cursor().execute(statement).fetchone() is not None


def narrowed(store: Store) -> Store:
    owners.narrow(store, owners.find_owners(store, "razaviyayn"))
    return store


def test_the_index_is_built_once_and_then_reported(document: Document) -> None:
    store, reports = load(document), []
    store.on_indexed = lambda: reports.append(is_indexed(store))
    for _ in range(2):
        assert len(list(search.search(store, "privacy").rows)) == 13
    assert reports == [True]


def test_an_index_whose_building_was_interrupted_is_built_by_the_next_query(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(text: str) -> str:
        raise KeyboardInterrupt

    for store in (load(document), narrowed(load(document))):
        with monkeypatch.context() as patched:
            patched.setattr(index, "readable", interrupt)
            with pytest.raises(KeyboardInterrupt):
                index.fill(store)
        assert not store.in_transaction
        assert not is_indexed(store)
        assert len(list(search.search(store, "privacy").rows)) == 13


def test_pages_that_are_added_later_are_searched(document: Document) -> None:
    store = load(document)
    count = len(list(search.search(store, "privacy").rows))
    add(store, document)
    assert len(list(search.search(store, "privacy").rows)) == 2 * count


def test_a_search_of_one_owner_covers_the_whole_page(document: Document) -> None:
    store = load(document)
    owners.narrow(store, owners.find_owners(store, "razaviyayn"))
    assert len(list(search.search(store, "privacy").rows)) == 13


def test_a_cache_entry_gives_the_same_results_with_or_without_the_index(document: Document, tmp_path: Path) -> None:
    store, path = load(document), tmp_path / "entry.pages"
    cache.save_entry(path, store)
    entry = cache.load_entry(path)
    assert entry is not None
    assert not is_indexed(entry)
    entry.on_indexed = lambda: cache.save_entry(path, entry)
    expected = list(search.search(entry, "privacy").rows)
    indexed_entry = cache.load_entry(path)
    assert indexed_entry is not None
    assert is_indexed(indexed_entry)
    assert list(search.search(indexed_entry, "privacy").rows) == expected == list(search.search(store, "privacy").rows)


def test_papers_of_a_rolled_back_transaction_are_not_indexed(document: Document) -> None:
    store = Store()
    schema.create(store)
    with schema.transaction(store, keep=False):
        store.pending[1] = ("Title", ("Author",), None, None)
    assert store.execute("SELECT count(*) FROM paper_text_docsize").fetchone()[0] == 0
    assert store.pending == {}


def test_a_store_object_can_be_created() -> None:
    assert isinstance(Store(), Store)
