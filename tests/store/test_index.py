"""When the text index learns papers: of pages at the first question with words, of a library with each change."""

import sqlite3
from pathlib import Path

import pytest

from pubcli.analysis import people
from pubcli.model import Document
from pubcli.store import ask, cache, schema
from pubcli.store.index import Store
from pubcli.store.library import owners
from pubcli.store.load import add, load


def indexed(store: sqlite3.Connection) -> int:
    """How many papers the index knows, asked without filling it."""
    return int(store.cursor().execute("SELECT count(*) FROM main.paper_text_docsize").fetchone()[0])


def test_a_question_without_words_leaves_the_index_alone(document: Document) -> None:
    store = load(document)
    for answer in (ask.papers(store, "category:LG author:lowy"), people.coauthors(store, "year:2023..")):
        assert list(answer.rows)
        assert indexed(store) == 0


@pytest.mark.parametrize("statement", ["SELECT 1 FROM paper_text LIMIT 1", "SELECT term FROM vocabulary LIMIT 1"])
def test_whoever_reads_the_index_finds_it_filled(document: Document, statement: str) -> None:
    store = load(document)
    assert store.execute(statement).fetchone() is not None
    assert indexed(store) == 50


def test_it_is_filled_once_and_told_to_whom_it_concerns(document: Document) -> None:
    store, told = load(document), []
    store.when_filled = lambda: told.append(indexed(store))
    for _ in range(2):
        assert len(list(ask.search(store, "privacy").rows)) == 13
    assert told == [50]


def test_pages_added_later_are_found(document: Document) -> None:
    store = load(document)
    before = len(list(ask.search(store, "privacy").rows))
    add(store, document)
    assert len(list(ask.search(store, "privacy").rows)) == 2 * before


def test_the_page_of_one_owner_is_searched_as_a_whole(document: Document) -> None:
    store = load(document)
    owners.narrow(store, owners.find(store, "razaviyayn"))
    assert len(list(ask.search(store, "privacy").rows)) == 13


def test_a_kept_page_may_lack_the_index_or_have_it(document: Document, tmp_path: Path) -> None:
    store, path = load(document), tmp_path / "entry.pages"
    cache.keep(path, store)
    found = cache.find(path)
    assert found is not None
    assert indexed(found) == 0
    found.when_filled = lambda: cache.keep(path, found)
    expected = list(ask.search(found, "privacy").rows)
    again = cache.find(path)
    assert again is not None
    assert indexed(again) == 50
    assert list(ask.search(again, "privacy").rows) == expected == list(ask.search(store, "privacy").rows)


def test_what_is_not_kept_is_not_indexed(document: Document) -> None:
    store = schema.connect()
    schema.create(store)
    with schema.transaction(store, keep=False):
        store.waiting[1] = ("Title", ("Author",), None, None)
    assert indexed(store) == 0
    assert store.waiting == {}


def test_a_store_is_a_connection() -> None:
    assert isinstance(schema.connect(), Store)
