"""The tables of a lake have the same papers, words and people as a store with the same papers."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings

from lakes import one_page
from pubcli.lake import build
from pubcli.lake.manifest import read
from pubcli.lake.tables import PLACE_BITS, TEXT_COLUMNS
from pubcli.model import Document, Paper
from pubcli.store import index, load
from strategies import documents

duckdb = pytest.importorskip("duckdb")


def rows(lake: Path, table: str, columns: str = "*") -> list[Any]:
    """Return the rows of a table of a lake, in the order of its files."""
    files = [str(lake / path) for path in read(lake).paths(table)]
    return list(duckdb.sql(f"SELECT {columns} FROM read_parquet({files})").fetchall())


def distinct_keys(document: Document) -> list[Paper]:
    """Return the papers of a document, with a different key and position for each."""
    return [
        paper.model_copy(update={"key": f"k{number}", "position": number})
        for number, paper in enumerate(document.papers, 1)
    ]


@settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.generate])  # shrinking takes minutes
@given(document=documents())
def test_postings_have_the_words_and_places_of_the_text_index(document: Document, tmp_path_factory: Any) -> None:
    papers = distinct_keys(document)
    if not papers:
        return
    lake = tmp_path_factory.mktemp("lake")
    build.build_small(papers, lake)
    keys = dict(rows(lake, "papers", "paper, key"))
    postings = {
        (word, keys[paper], TEXT_COLUMNS[position >> PLACE_BITS], position % (1 << PLACE_BITS))
        for word, paper, positions in rows(lake, "postings", "word, paper, positions")
        for position in positions
    }
    assert postings == occurrences(papers)


def occurrences(papers: list[Paper]) -> set[tuple[str, str, str, int]]:
    """Return each word of papers as FTS5 has indexed it, with the key of the paper, the column and the place."""
    store = load.load(one_page(papers))
    index.fill(store)
    store.execute("CREATE VIRTUAL TABLE temp.occurrence USING fts5vocab(main, paper_text, instance)")
    keys = dict(tuple(row) for row in store.execute("SELECT id, key FROM paper"))
    return {(term, keys[doc], col, offset) for term, doc, col, offset in store.execute("SELECT * FROM occurrence")}


@settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.generate])  # shrinking takes minutes
@given(document=documents())
def test_papers_and_people_are_those_of_a_store_in_order_of_date(document: Document, tmp_path_factory: Any) -> None:
    papers = distinct_keys(document)
    if not papers:
        return
    lake = tmp_path_factory.mktemp("lake")
    build.build_small(papers, lake)
    store = load.load(one_page(papers))
    selected = "key, date, folded_title, filed_under, org, category, authors_complete, date_assumed, code"
    statement = f"SELECT {selected}, json, checksum FROM paper JOIN record ON paper_id = id ORDER BY date, id"
    records = rows(lake, "records", "json, checksum")
    columns = [[*paper, *record] for paper, record in zip(rows(lake, "papers", selected), records, strict=True)]
    assert columns == [[*row] for row in store.execute(statement)]
    people = (
        "SELECT key, place, folded, coalesce(written, name), is_last FROM authorship "
        "JOIN author ON author.id = author_id JOIN paper ON paper.id = paper_id ORDER BY date, paper.id, place"
    )
    keys = dict(rows(lake, "papers", "paper, key"))
    names = rows(lake, "authorship", "paper, place, folded, name, is_last")
    assert [[keys[paper], *name] for paper, *name in names] == [[*row] for row in store.execute(people)]
    assert rows(lake, "acronyms") == [
        tuple(row) for row in store.execute("SELECT short, long, count(*) FROM acronym GROUP BY 1, 2 ORDER BY 1, 2")
    ]


@pytest.mark.parametrize("word", ["x" * 40_000, "я" * 20_000, "𝔁" * 9_000 + "語" * 3])
def test_words_that_fts5_cuts_are_cut_in_the_same_way(word: str) -> None:
    texts = (f"{word} end", (word,), None, None)
    store = load.load()
    index.create(store)
    store.pending[1] = texts
    index.catch_up(store)
    store.execute("CREATE VIRTUAL TABLE temp.occurrence USING fts5vocab(main, paper_text, instance)")
    expected = [list[str](), [], [], []]
    for term, column in store.execute("SELECT term, col FROM occurrence ORDER BY offset"):
        expected[TEXT_COLUMNS.index(column)].append(term)
    assert [*index.column_words(texts)] == expected
