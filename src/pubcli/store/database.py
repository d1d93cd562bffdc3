"""An open database: the connection, its SQL functions, its transactions."""

import json
import re
import sqlite3
from collections.abc import Callable
from typing import Any, TypeAlias

from pubcli.text.normalize import fold
from pubcli.text.tex import readable

Indexed: TypeAlias = tuple[str, tuple[str, ...], str | None, str | None]
"""The texts of a paper that are indexed, as its page has them: title, authors, abstract and organisation."""

_TIMEOUT = 30
"""Seconds to wait while another process writes."""


class Store(sqlite3.Connection):
    """An open pubcli database: pages in memory, a cache entry or a library."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.pending: dict[int, Indexed] = {}
        """Papers of the current transaction that the text index does not contain yet, by id."""
        self.on_indexed: Callable[[], object] | None = None
        """Called after `index.fill` has built the text index of the pages, so that a cache can keep it."""


def connect(address: str = ":memory:") -> Store:
    """Open the database that a URI names, or a new one in memory. Change it only within `schema.transaction`."""
    store = sqlite3.connect(address, timeout=_TIMEOUT, isolation_level=None, uri=True, factory=Store)
    store.row_factory = sqlite3.Row
    store.create_function("fold", 1, _fold, deterministic=True)
    store.create_function("folded_title", 1, _folded_title, deterministic=True)
    store.create_function("folded_abstract", 1, _folded_abstract, deterministic=True)
    store.create_function("matches_pattern", 2, _matches_pattern, deterministic=True)
    store.execute("PRAGMA foreign_keys = ON")
    return store


def _fold(text: str | None) -> str | None:
    return None if text is None else fold(text)


def _folded_title(record: str) -> str:
    """Return the folded title from a paper's JSON."""
    return fold(readable(json.loads(record)["title"]))


def _folded_abstract(record: str) -> str:
    """Return the folded abstract from a paper's JSON. SQLite's own json_extract would end it at a NUL."""
    return fold(readable(json.loads(record)["abstract"] or ""))


def _matches_pattern(pattern: str, record: str) -> bool:
    """Return whether a regular expression matches any text of a paper, in the form that people read."""
    paper = json.loads(record)
    texts = (readable(paper["title"]), *paper["authors"], readable(paper["abstract"] or ""), paper["org"] or "")
    return any(re.search(pattern, text, re.IGNORECASE) for text in texts)
