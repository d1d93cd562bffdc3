"""An open database: the connection and its SQL functions."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager, nullcontext

from pubcli.errors import InputError
from pubcli.language.spelling import is_within, max_edit_distance
from pubcli.lazy import TYPE_CHECKING, json
from pubcli.store.pattern_search import PatternSearch
from pubcli.text.checksum import checksum
from pubcli.text.normalize import fold, words
from pubcli.text.readable import readable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from typing import Any

IndexedTexts = tuple[str, tuple[str, ...], str | None, str | None]
"""The texts of a paper that are indexed, as its page shows them: title, authors, abstract and organisation."""

_TIMEOUT = 30
"""Seconds to wait while another process writes."""


class Store(sqlite3.Connection):
    """An open database, in memory or in a file. Change its content only inside `schema.transaction`."""

    def __init__(self, address: str = ":memory:", *, is_immutable: bool = False) -> None:
        """Open the database at a URI; by default, create an empty one in memory.

        `is_immutable` promises that nobody changes the file that the URI names, so that it is read without being
        copied first; see `make_writable`.
        """
        super().__init__(address, timeout=_TIMEOUT, isolation_level=None, uri=True)
        self._is_immutable = is_immutable
        self.pending: dict[int, IndexedTexts] = {}
        """The texts of papers that the current transaction has added but not yet indexed, by paper id."""
        self.on_indexed: Callable[[], object] | None = None
        """A function to call after `index.fill` has built the text index, so that the cache can store the index too."""
        self.on_records_read: Callable[[int, int], object] = _ignore
        """A function to call while the records of many papers are read: how many have been read, and how many will."""
        self.recording: Callable[[], AbstractContextManager[None]] = nullcontext
        """A function that returns a context in which changes are recorded. `open_to_change` sets it for a library."""
        self.row_factory = sqlite3.Row
        self.create_function("fold", 1, _fold, deterministic=True)
        self.create_function("folded_title", 1, _folded_title, deterministic=True)
        self.create_function("checksum", 1, _checksum, deterministic=True)
        self.patterns = PatternSearch()
        self.create_function("match_result", 3, self.patterns.match_result)
        self.create_function("matches_pattern", 4, self.patterns.matches_pattern)
        self.create_function("text_matches_pattern", 2, self.patterns.text_matches_pattern, deterministic=True)
        for name, test in WORD_FUNCTIONS.items():
            self.create_function(name, 2, test, deterministic=True)
        self.set_progress_handler(_continue, _STEPS)
        self.execute("PRAGMA foreign_keys = ON")

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Execute a statement. If a regular expression takes too long, the cursor raises UsageError."""
        if "matches_pattern(" in sql:
            self.forget_old_matches()
            return self.cursor(_PatternCursor).execute(sql, parameters)
        return super().execute(sql, parameters)

    def forget_old_matches(self) -> None:
        """Forget which papers match regular expressions, if another process has changed the database."""
        self.patterns.keep_results(self.execute("PRAGMA data_version").fetchone()[0])

    def make_writable(self) -> None:
        """Replace the file of an immutable database by a copy in memory, which can be changed."""
        if self._is_immutable:
            self.deserialize(self.serialize())
            self._is_immutable = False

    def damaged(self, finding: str) -> InputError:
        """Return the error for a damaged database. `finding` says what is wrong with it."""
        return InputError(f"the stored pages are damaged ({finding}); pubcli library cache clear removes them")

    def __del__(self) -> None:
        """Do nothing. Without this method, Python 3.13 and newer warn when an open database is deleted."""


def file_uri(path: str, parameters: str) -> str:
    """Return the URI with which SQLite opens a file. `parameters` is the part after the question mark."""
    path = os.path.abspath(path)  # noqa: PTH100
    if os.sep == "\\":  # pragma: no cover - only on Windows
        path = "/" + path.replace(os.sep, "/")
    for char in "%?#":  # the percent sign first
        path = path.replace(char, f"%{ord(char):02x}")
    return f"file://{path}?{parameters}"


_STEPS = 200_000
"""Number of steps of SQLite's virtual machine between two calls of `_continue`; they take about 10 ms."""


def _continue() -> int:
    """Let SQLite continue with a long statement.

    Python handles signals only between its own instructions. So without this function, Ctrl-C would have no effect
    until the statement ends. With it, the exception that the signal raises ends the statement.
    """
    return 0


def _ignore(records: int, total: int) -> None:
    """Do nothing: nobody wants to know how many records have been read."""


def _fold(text: str | None) -> str | None:
    return None if text is None else fold(text)


def _folded_title(record: str) -> str:
    """Return the folded title from a paper's JSON."""
    return fold(readable(json.loads(record)["title"]))


def _checksum(text: str | None) -> int | None:
    return None if text is None else checksum(text)


def _has_prefix(phrase: str, text: str | None) -> bool:
    """Return whether a folded text contains the words of a phrase side by side. The last may begin a longer word."""
    *first, last = phrase.split()
    if text is None or last not in text:
        return False
    text_words = words(text)
    return any(
        word.startswith(last) and text_words[max(0, index - len(first)) : index] == first
        for index, word in enumerate(text_words)
    )


def _has_words(phrase: str, text: str | None) -> bool:
    """Return whether a folded text contains the words of a phrase side by side."""
    return text is not None and f" {phrase} " in f" {' '.join(words(text))} "


def _has_similar_word(word: str, text: str | None) -> bool:
    """Return whether a folded text contains a word within the edit distance that `~` allows."""
    most = max_edit_distance(word)
    # As in `variants.words_like`, the first letter is right, or swapped with the second.
    return text is not None and any(other[0] in word[:2] and is_within(word, other, most) for other in words(text))


WORD_FUNCTIONS: dict[str, Callable[[str, str | None], bool]] = {
    "has_prefix": _has_prefix,
    "has_words": _has_words,
    "has_similar_word": _has_similar_word,
}


class _PatternCursor(sqlite3.Cursor):
    """A cursor that raises UsageError if a regular expression in its statement takes too long."""

    connection: Store

    def execute(self, sql: str, parameters: Any = (), /) -> _PatternCursor:
        with self._clear_errors():
            super().execute(sql, parameters)
        return self

    def __next__(self) -> Any:
        with self._clear_errors():
            return super().__next__()

    def fetchone(self) -> Any:
        with self._clear_errors():
            return super().fetchone()

    def fetchall(self) -> list[Any]:
        with self._clear_errors():
            return super().fetchall()

    @contextmanager
    def _clear_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError:
            slow = self.connection.patterns.take_error()
            if slow is None:
                raise
            raise slow from None
