"""An open database: the connection and its SQL functions."""

import json
import re
import sqlite3
from collections.abc import Callable
from typing import TypeAlias

from pubcli.text.normalize import fold
from pubcli.text.readable import readable

IndexedTexts: TypeAlias = tuple[str, tuple[str, ...], str | None, str | None]
"""The texts of a paper that are indexed, as its page shows them: title, authors, abstract and organisation."""

_TIMEOUT = 30
"""Seconds to wait while another process writes."""


class Store(sqlite3.Connection):
    """An open database, in memory or in a file. Change its content only inside `schema.transaction`."""

    def __init__(self, address: str = ":memory:") -> None:
        """Open the database at a URI; by default, create an empty one in memory."""
        super().__init__(address, timeout=_TIMEOUT, isolation_level=None, uri=True)
        self.pending: dict[int, IndexedTexts] = {}
        """The texts of papers that the current transaction has added but not yet indexed, by paper id."""
        self.on_indexed: Callable[[], object] | None = None
        """A function to call after `index.fill` has built the text index, so that the cache can store the index too."""
        self.row_factory = sqlite3.Row
        self.create_function("fold", 1, _fold, deterministic=True)
        self.create_function("folded_title", 1, _folded_title, deterministic=True)
        self.create_function("folded_abstract", 1, _folded_abstract, deterministic=True)
        self.create_function("matches_pattern", 2, _matches_pattern, deterministic=True)
        self.execute("PRAGMA foreign_keys = ON")

    def __del__(self) -> None:
        """Do nothing. Without this method, Python 3.13 and newer warn when an open database is deleted."""


def _fold(text: str | None) -> str | None:
    return None if text is None else fold(text)


def _folded_title(record: str) -> str:
    """Return the folded title from a paper's JSON."""
    return fold(readable(json.loads(record)["title"]))


def _folded_abstract(record: str) -> str:
    """Return the folded abstract from a paper's JSON. SQLite's json_extract would cut it at a NUL character."""
    return fold(readable(json.loads(record)["abstract"] or ""))


def _matches_pattern(pattern: str, record: str) -> bool:
    """Return whether a regular expression matches any text of a paper, after TeX is converted to Unicode."""
    paper = json.loads(record)
    texts = (readable(paper["title"]), *paper["authors"], readable(paper["abstract"] or ""), paper["org"] or "")
    return any(re.search(pattern, text, re.IGNORECASE) for text in texts)
