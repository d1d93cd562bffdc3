"""Assign the citation keys of files that are too long for memory, by the same rules as `citation_keys.assign`."""

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import chain

from pubcli.biblio import citation_keys
from pubcli.store.library.connection import explaining

_TABLES = ("settled", "paper")
_FILE = "a temporary file"
"""The name of the database in error messages."""


class StreamKeys:
    """The keys of a file's papers, in a temporary database. SQLite removes the database on closing.

    The papers of the file are numbered from 0.
    """

    def __init__(self) -> None:
        self._connection = sqlite3.connect("", isolation_level=None)
        self._connection.executescript("""
            PRAGMA journal_mode = OFF;
            CREATE TABLE paper (
                number INTEGER PRIMARY KEY, page INTEGER, key TEXT, is_derived INTEGER, content TEXT
            );
            CREATE TABLE settled (number INTEGER PRIMARY KEY, page INTEGER, key TEXT);
        """)

    def add(self, papers: Iterable[tuple[int, int, str, Sequence[str] | None]]) -> None:
        """Add papers, each given as its number, the number of its page, its base key and its content.

        The base key is the citation key before a letter suffix is appended, such as `lowy2022private`. Papers that have
        the same derived key get their suffixes in the order of their content. The content is None for a paper whose key
        the file states.
        """
        rows = (
            (number, page, key, content is not None, "\0".join(content or ())) for number, page, key, content in papers
        )
        with explaining(_FILE):
            self._connection.execute("BEGIN")
            self._connection.executemany("INSERT INTO paper VALUES (?, ?, ?, ?, CAST(? AS BLOB))", rows)
            self._connection.execute("COMMIT")

    def keep(self, number: int, key: str) -> None:
        """Give a paper the key that it has in the library. Call this after all papers are added, before `settle`."""
        with explaining(_FILE):
            self._connection.execute(
                "UPDATE paper SET key = ?, is_derived = FALSE WHERE number = ? AND is_derived", (key, number)
            )

    def settle(self) -> None:
        """Append letter suffixes to the keys of papers on one page that have the same base key (see `add`).

        Call this after all papers are added.
        """
        with explaining(_FILE):
            self._connection.execute("CREATE INDEX by_key ON paper (page, key, is_derived, content, number)")
            self._connection.execute("CREATE INDEX by_settled_key ON settled (page, key)")
            self._connection.execute("BEGIN")
            shared = "SELECT page, key FROM paper GROUP BY page, key HAVING count(*) > 1 ORDER BY page, key"
            for page, key in self._connection.execute(shared):
                self._disambiguate(page, key)
            self._connection.execute("COMMIT")

    def _disambiguate(self, page: int, key: str) -> None:
        """Append a letter to the keys of all papers that share a key, except the first whose key the file states."""
        statement = (
            "SELECT number, is_derived FROM paper WHERE page = ? AND key = ? ORDER BY is_derived, content, number"
        )
        papers = self._connection.execute(statement, (page, key))
        first, is_derived = papers.fetchone()
        numbers = chain([(first, is_derived)] if is_derived else [], papers)
        candidates = citation_keys.disambiguated(key, lambda text: self._is_taken(page, text))
        for (number, _), candidate in zip(numbers, candidates, strict=False):
            self._connection.execute("INSERT INTO settled VALUES (?, ?, ?)", (number, page, candidate))

    def _is_taken(self, page: int, key: str) -> bool:
        statement = " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE page = :page AND key = :key" for table in _TABLES)
        return self._connection.execute(statement, {"page": page, "key": key}).fetchone() is not None

    def key(self, number: int) -> str:
        """Return the key of a paper, after `settle`. Raises KeyError for an unknown number."""
        for table in _TABLES:
            if row := self._connection.execute(f"SELECT key FROM {table} WHERE number = ?", (number,)).fetchone():
                return str(row[0])
        raise KeyError(number)

    def close(self) -> None:
        """Remove the database."""
        self._connection.close()
