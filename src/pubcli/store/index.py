"""The text index: the words of each paper, in an FTS5 table.

In a library, every transaction keeps the index complete. FTS5 writes its buffer to disk whenever another statement
changes several rows, so papers are indexed together, at the end of their transaction or batch.

Pages outside a library have no index until a query needs one, because most queries contain no words. Code that reads
`paper_text` or `vocabulary` must call `fill` first. Before `fill`, these tables do not exist, so a statement that reads
them fails instead of missing papers.
"""

from __future__ import annotations

from itertools import starmap

from pubcli.lazy import TYPE_CHECKING, json
from pubcli.text.normalize import words
from pubcli.text.readable import readable

if TYPE_CHECKING:  # pages from the cache are indexed without importing the models
    from collections.abc import Iterable, Mapping
    from typing import Any

    from pubcli.model import Paper
    from pubcli.store.database import IndexedTexts, Store

_TABLES = """
CREATE VIRTUAL TABLE {schema}.paper_text USING fts5(title, authors, abstract, org, content='', tokenize='ascii')
CREATE VIRTUAL TABLE {schema}.vocabulary USING fts5vocab(paper_text, row)
INSERT INTO {schema}.paper_text (paper_text, rank) VALUES ('hashsize', 67108864)
"""
"""The index of the words of papers, folded and without TeX. It has no copy of the text; the table `record` has it.

The hash table may take 64 MiB, so that all papers of a transaction fit into memory and FTS5 has fewer parts to merge.
"""

_INSERT = "INSERT INTO paper_text (rowid, title, authors, abstract, org) VALUES (?, ?, ?, ?, ?)"
_REMOVE = "INSERT INTO paper_text (paper_text, rowid, title, authors, abstract, org) VALUES ('delete', ?, ?, ?, ?, ?)"
_PAPERS = "SELECT paper_id, json FROM record ORDER BY paper_id"
_HIDING = """
CREATE TEMP VIEW paper_text AS SELECT * FROM temp.text_index_not_filled
CREATE TEMP VIEW vocabulary AS SELECT * FROM temp.text_index_not_filled
"""


def create(store: Store, schema: str = "main") -> None:
    """Create an empty text index. `schema` is `main` (for all papers) or `temp` (for one owner's papers).

    If a transaction is open, the index is created as part of it.
    """
    for statement in _TABLES.format(schema=schema).strip().splitlines():
        store.execute(statement)


def hide(store: Store) -> None:
    """Make queries use a separate text index for the papers of one owner, which `fill` then builds.

    A temporary view hides the index of all papers, which does not change.
    """
    for statement in _HIDING.strip().splitlines():
        store.execute(statement)


def fill(store: Store) -> None:
    """Index all papers, unless the text index is already complete. The list of tables shows whether it is complete."""
    schema = _missing(store)
    if schema is None:
        return
    if schema == "main":
        store.make_writable()
    store.execute("SAVEPOINT fill")
    try:
        if schema == "temp":
            store.execute("DROP VIEW temp.paper_text")
            store.execute("DROP VIEW temp.vocabulary")
        create(store, schema)
        _insert(store, ((id_, texts_in(json.loads(text))) for id_, text in store.execute(_PAPERS)))
    except BaseException:
        if store.in_transaction:  # if the disk is full, SQLite has already rolled back
            store.execute("ROLLBACK TO fill")
            store.execute("RELEASE fill")
        raise
    store.execute("RELEASE fill")
    if schema == "main" and store.on_indexed:
        store.on_indexed()


def is_missing(store: Store) -> bool:
    """Return whether the papers must still be indexed before a query with words can be answered."""
    return _missing(store) is not None


def _missing(store: Store) -> str | None:
    """Return the name of the database in which `fill` must build a text index; None if the index is complete.

    The name is `main` for the index of all papers, or `temp` for the index of one owner's papers.
    """
    statement = (
        "SELECT 'temp' AS schema, type FROM temp.sqlite_master WHERE name = 'paper_text' "
        "UNION ALL SELECT 'main', type FROM main.sqlite_master WHERE name = 'paper_text' ORDER BY schema DESC"
    )
    first = store.execute(statement).fetchone()
    if first is None:
        return "main"
    return str(first["schema"]) if first["type"] == "view" else None


def texts_in(record: Mapping[str, Any]) -> IndexedTexts:
    """Return the texts of a paper whose words are indexed: title, authors, abstract and organisation.

    `record` is the paper's decoded JSON.
    """
    return record["title"], tuple(record["authors"]), record["abstract"], record["org"]


def texts_of(paper: Paper) -> IndexedTexts:
    """Return the texts of a paper whose words are indexed: title, authors, abstract and organisation."""
    return paper.title, tuple(paper.authors), paper.abstract, paper.org


_LONGEST_WORD = 32_768
"""Bytes of UTF-8 after which FTS5 cuts a word (FTS5_MAX_TOKEN_SIZE)."""


def column_words(texts: IndexedTexts) -> tuple[list[str], ...]:
    """Return the words of each column of the text index, in order, as FTS5 finds them in what `_row` returns."""
    title, authors, abstract, org = texts
    columns = readable(title), "\n".join(authors), readable(abstract or ""), org or ""
    return tuple(_cut_words(words(text)) for text in columns)


def _cut_words(column: list[str]) -> list[str]:
    """Return the words of a column as FTS5 stores them."""
    is_long = column and len(max(column, key=len)) * 4 > _LONGEST_WORD
    return [_cut(word) for word in column] if is_long else column


def _cut(word: str) -> str:
    """Return what FTS5 stores of a word: all of it, unless it is very long. FTS5 may keep half a letter at the end."""
    return word if len(word) * 4 <= _LONGEST_WORD else word.encode()[:_LONGEST_WORD].decode("utf-8", "ignore")


def remove(store: Store, id_: int, texts: IndexedTexts) -> None:
    """Remove a paper from the index. FTS5 needs the texts that were indexed, because the index has no copy of them."""
    if store.pending.pop(id_, None) is None:
        store.execute(_REMOVE, _row(id_, texts))


def catch_up(store: Store) -> None:
    """Index the pending papers. A long transaction calls this after each batch, so that few papers are pending."""
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
    """Return the words of a text, separated by spaces, so that FTS5's ASCII tokenizer finds exactly these words.

    A text that is all ASCII is returned unchanged, because the tokenizer splits it into the same words anyway.
    """
    return text if text.isascii() else " ".join(words(text))
