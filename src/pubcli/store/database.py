"""An open database: the connection and its SQL functions."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from typing import Any, TypeAlias

from pubcli.errors import InputError, UsageError
from pubcli.language.spelling import is_within, max_edit_distance
from pubcli.text.checksum import checksum
from pubcli.text.normalize import fold, words
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
        self.recording: Callable[[], AbstractContextManager[None]] = nullcontext
        """A function that returns a context in which changes are recorded. `open_to_change` sets it for a library."""
        self.row_factory = sqlite3.Row
        self.create_function("fold", 1, _fold, deterministic=True)
        self.create_function("folded_title", 1, _folded_title, deterministic=True)
        self.create_function("checksum", 1, _checksum, deterministic=True)
        self.slow_patterns: list[str] = []
        """The regular expression that used up its time, if one did."""
        for name, function in _PATTERN_FUNCTIONS.items():
            self.create_function(name, -1, partial(function, self.slow_patterns), deterministic=True)
        for name, test in _WORD_FUNCTIONS.items():
            self.create_function(name, 2, test, deterministic=True)
        self.execute("PRAGMA foreign_keys = ON")

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Execute a statement. If a regular expression takes too long, the cursor raises UsageError."""
        if "matches_pattern(" in sql:
            return self.cursor(_PatternCursor).execute(sql, parameters)
        return super().execute(sql, parameters)

    def damaged(self, finding: str) -> InputError:
        """Return the error for a damaged database. `finding` says what is wrong with it."""
        return InputError(f"the stored pages are damaged ({finding}); pubcli cache clear removes them")

    def __del__(self) -> None:
        """Do nothing. Without this method, Python 3.13 and newer warn when an open database is deleted."""


def _fold(text: str | None) -> str | None:
    return None if text is None else fold(text)


def _folded_title(record: str) -> str:
    """Return the folded title from a paper's JSON."""
    return fold(readable(json.loads(record)["title"]))


def _checksum(text: str | None) -> int | None:
    return None if text is None else checksum(text)


def _has_prefix(phrase: str, text: str | None) -> bool:
    """Return whether a folded text contains the words of a phrase, of which the last may be the beginning of a word."""
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


def _matches_pattern(slow_patterns: list[str], pattern: str, record: str) -> bool:
    """Return whether a regular expression matches any text of a paper, after TeX is converted to Unicode."""
    paper = json.loads(record)
    texts = (readable(paper["title"]), *paper["authors"], readable(paper["abstract"] or ""), paper["org"] or "")
    return _occurs_in_any(slow_patterns, pattern, texts)


def _value_matches_pattern(slow_patterns: list[str], pattern: str, field: str, record: str) -> bool:
    """Return whether a regular expression matches a value of a field, after TeX is converted to Unicode."""
    value = json.loads(record)[field]
    values = [value] if isinstance(value, str) else value or ()
    in_tex = field in ("title", "abstract")
    return _occurs_in_any(slow_patterns, pattern, [readable(text) for text in values] if in_tex else values)


def _text_matches_pattern(slow_patterns: list[str], pattern: str, text: str) -> bool:
    """Return whether a regular expression matches a text."""
    return _occurs_in_any(slow_patterns, pattern, [text])


def _occurs_in_any(slow_patterns: list[str], pattern: str, texts: Sequence[str]) -> bool:
    """Return whether a regular expression matches any of the texts. If it takes too long, note it and raise an error.

    SQLite replaces the error by one of its own, so `_PatternCursor` reads the note.
    """
    from pubcli.query.patterns import timed_pattern  # imported only here, because few queries contain a pattern

    compiled = timed_pattern(pattern)
    try:
        return any(map(compiled.occurs_in, texts))
    except TimeoutError:
        slow_patterns.append(pattern)
        raise


_WORD_FUNCTIONS: dict[str, Callable[[str, str | None], bool]] = {
    "has_prefix": _has_prefix,
    "has_words": _has_words,
    "has_similar_word": _has_similar_word,
}
_PATTERN_FUNCTIONS: dict[str, Callable[..., bool]] = {
    "matches_pattern": _matches_pattern,
    "value_matches_pattern": _value_matches_pattern,
    "text_matches_pattern": _text_matches_pattern,
}
"""The SQL functions that search with a regular expression. `Store.execute` recognises them by their names."""


class _PatternCursor(sqlite3.Cursor):
    """A cursor that raises UsageError if a regular expression in its statement takes too long."""

    connection: Store

    def execute(self, sql: str, parameters: Any = (), /) -> "_PatternCursor":
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
            if not self.connection.slow_patterns:
                raise
            pattern = self.connection.slow_patterns.pop()
            raise UsageError(
                f"the regular expression takes too long; make /{pattern}/ simpler: avoid a repeated group that itself "
                "repeats something, such as (\\w+ ?)*"
            ) from None
