"""The keys of pages too long to be held in memory, settled in a temporary file as `keys.assign` settles them."""

import sqlite3
from collections.abc import Iterable, Sequence

from pubcli.biblio import citation_keys

_TABLES = ("settled", "paper")


class Ledger:
    """Papers, numbered from 0 on, with their pages and their keys. SQLite removes the file when it is closed."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect("", isolation_level=None)
        self._connection.executescript("""
            PRAGMA journal_mode = OFF;
            CREATE TABLE paper (number INTEGER PRIMARY KEY, page INTEGER, key TEXT, content TEXT);
            CREATE TABLE settled (number INTEGER PRIMARY KEY, page INTEGER, key TEXT);
        """)

    def note(self, papers: Iterable[tuple[int, int, str, Sequence[str]]]) -> None:
        """Take down papers: number, page, key before collisions are settled, and what decides which is a."""
        rows = ((number, page, key, "\0".join(content)) for number, page, key, content in papers)
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT INTO paper VALUES (?, ?, ?, CAST(? AS BLOB))", rows)
        self._connection.execute("COMMIT")

    def settle(self) -> None:
        """Give those that share a key on their page keys of their own."""
        self._connection.execute("CREATE INDEX by_key ON paper (page, key, content, number)")
        self._connection.execute("CREATE INDEX by_settled_key ON settled (page, key)")
        self._connection.execute("BEGIN")
        shared = "SELECT page, key FROM paper GROUP BY page, key HAVING count(*) > 1 ORDER BY page, key"
        for page, key in self._connection.execute(shared):
            self._tell_apart(page, key)
        self._connection.execute("COMMIT")

    def _tell_apart(self, page: int, key: str) -> None:
        statement = "SELECT number FROM paper WHERE page = ? AND key = ? ORDER BY content, number"
        numbers = self._connection.execute(statement, (page, key))
        found = citation_keys.disambiguated(key, lambda text: self._is_taken(page, text))
        for (number,), own in zip(numbers, found, strict=False):
            self._connection.execute("INSERT INTO settled VALUES (?, ?, ?)", (number, page, own))

    def _is_taken(self, page: int, key: str) -> bool:
        statement = " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE page = :page AND key = :key" for table in _TABLES)
        return self._connection.execute(statement, {"page": page, "key": key}).fetchone() is not None

    def key(self, number: int) -> str:
        """The key of a paper, once all are settled."""
        for table in _TABLES:
            if row := self._connection.execute(f"SELECT key FROM {table} WHERE number = ?", (number,)).fetchone():
                return str(row[0])
        raise KeyError(number)

    def close(self) -> None:
        """Remove the file."""
        self._connection.close()
