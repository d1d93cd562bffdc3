"""The text index: the words of each paper, in an FTS5 table.

A library keeps its index complete with every transaction. FTS5 writes out what it has gathered whenever another
statement changes several rows, so papers wait until the end of their transaction.

Pages that are only read have no index until a question needs one, because most questions contain no words: whatever
reads `paper_text` or `vocabulary` calls `fill` first. Until then the tables do not exist, so a statement that reads
them without that call fails instead of missing papers.
"""

import json
from collections.abc import Iterable, Mapping
from itertools import starmap
from typing import TYPE_CHECKING, Any

from pubcli.store.database import IndexedTexts, Store
from pubcli.text.normalize import words
from pubcli.text.tex import readable

if TYPE_CHECKING:  # an index of pages from the cache is built without the models
    from pubcli.model import Paper

_TABLES = """
CREATE VIRTUAL TABLE {schema}.paper_text USING fts5(title, authors, abstract, org, content='', tokenize='ascii')
CREATE VIRTUAL TABLE {schema}.vocabulary USING fts5vocab(paper_text, row)
INSERT INTO {schema}.paper_text (paper_text, rank) VALUES ('hashsize', 67108864)
"""
"""The words of folded text with readable mathematics, without a copy of the text, which `record` has.

The hash takes 64 MiB, so that what is indexed between two commits fits into memory: fewer pieces to merge.
"""

_INSERT = "INSERT INTO paper_text (rowid, title, authors, abstract, org) VALUES (?, ?, ?, ?, ?)"
_REMOVE = "INSERT INTO paper_text (paper_text, rowid, title, authors, abstract, org) VALUES ('delete', ?, ?, ?, ?, ?)"
_PAPERS = "SELECT paper_id, json FROM record ORDER BY paper_id"
_HIDING = """
CREATE TEMP VIEW paper_text AS SELECT * FROM temp.text_index_not_filled
CREATE TEMP VIEW vocabulary AS SELECT * FROM temp.text_index_not_filled
"""


def create(store: Store, schema: str = "main") -> None:
    """Create an empty index in the main database or in `temp`, as part of the current transaction if there is one."""
    for statement in _TABLES.format(schema=schema).strip().splitlines():
        store.execute(statement)


def hide(store: Store) -> None:
    """Put an index of its own, still to be filled, before that of all papers, for the papers of one owner."""
    for statement in _HIDING.strip().splitlines():
        store.execute(statement)


def fill(store: Store) -> None:
    """Index the papers of pages that have no index yet; a complete index costs one look at the list of tables."""
    schema = _missing(store)
    if schema is None:
        return
    store.execute("SAVEPOINT fill")
    try:
        if schema == "temp":
            store.execute("DROP VIEW temp.paper_text")
            store.execute("DROP VIEW temp.vocabulary")
        create(store, schema)
        _insert(store, ((id_, texts_in(json.loads(text))) for id_, text in store.execute(_PAPERS)))
    except BaseException:
        if store.in_transaction:  # a full disk makes SQLite roll back itself
            store.execute("ROLLBACK TO fill")
            store.execute("RELEASE fill")
        raise
    store.execute("RELEASE fill")
    if schema == "main" and store.on_indexed:
        store.on_indexed()


def is_missing(store: Store) -> bool:
    """Return whether the papers still have to be indexed before a question with words."""
    return _missing(store) is not None


def _missing(store: Store) -> str | None:
    """Return the database that needs an index, main or temp; None when there is a complete one."""
    statement = (
        "SELECT 'temp' AS schema, type FROM temp.sqlite_master WHERE name = 'paper_text' "
        "UNION ALL SELECT 'main', type FROM main.sqlite_master WHERE name = 'paper_text' ORDER BY schema DESC"
    )
    first = store.execute(statement).fetchone()
    if first is None:
        return "main"
    return str(first["schema"]) if first["type"] == "view" else None


def texts_in(record: Mapping[str, Any]) -> IndexedTexts:
    """Return the texts to index from a paper's decoded JSON."""
    return record["title"], tuple(record["authors"]), record["abstract"], record["org"]


def texts_of(paper: "Paper") -> IndexedTexts:
    """Return the texts of a paper to index."""
    return paper.title, tuple(paper.authors), paper.abstract, paper.org


def remove(store: Store, id_: int, texts: IndexedTexts) -> None:
    """Remove a paper. The index has no copy of the text, so FTS5 needs the texts that were indexed."""
    if store.pending.pop(id_, None) is None:
        store.execute(_REMOVE, _row(id_, texts))


def catch_up(store: Store) -> None:
    """Index the pending papers; a long transaction does this now and then, so that few are pending."""
    if store.pending:
        _insert(store, store.pending.items())
        store.pending.clear()


def _insert(store: Store, papers: Iterable[tuple[int, IndexedTexts]]) -> None:
    store.executemany(_INSERT, starmap(_row, papers))


def _row(id_: int, texts: IndexedTexts) -> tuple[int, str, str, str, str]:
    title, authors, abstract, org = texts
    names = _tokens("\n".join(authors))
    return id_, _tokens(readable(title)), names, _tokens(readable(abstract or "")), _tokens(org or "")


def _tokens(text: str) -> str:
    """Return text whose ASCII words FTS5's tokenizer finds as `words` does; it leaves other characters alone."""
    return text if text.isascii() else " ".join(words(text))
