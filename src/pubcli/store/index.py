"""The text index: what it knows of a paper, and when it learns it.

FTS5 writes out what it has gathered whenever another statement changes several rows, so papers wait for the end of
their transaction. Those of pages that are only asked wait for the first question with words: most questions have none.
"""

import json
import sqlite3
from collections.abc import Callable, Mapping
from itertools import starmap
from typing import Any, TypeAlias

from pubcli.text.normalize import words
from pubcli.text.tex import readable

Written: TypeAlias = tuple[str, tuple[str, ...], str | None, str | None]
"""What there is to index of a paper, as its page has it: title, authors, abstract and organisation."""

_INSERT = "INSERT INTO paper_text (rowid, title, authors, abstract, org) VALUES (?, ?, ?, ?, ?)"
_FORGET = "INSERT INTO paper_text (paper_text, rowid, title, authors, abstract, org) VALUES ('delete', ?, ?, ?, ?, ?)"
_MISSING = "SELECT paper_id, json FROM record WHERE paper_id NOT IN (SELECT id FROM paper_text_docsize)"


class Store(sqlite3.Connection):
    """An open database. Before the first statement that reads an index left behind, the index is filled."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.waiting: dict[int, Written] = {}
        """Papers of this transaction that are not yet indexed."""
        self.is_behind = False
        """Whether papers may be missing in the index until somebody asks it."""
        self.when_filled: Callable[[], object] = lambda: None
        """Called when an index left behind has been filled."""

    def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
        """As in the base class."""
        if self.is_behind and ("paper_text" in statement or "vocabulary" in statement):
            self.is_behind = False
            if _fill(self):
                self.when_filled()
        return super().execute(statement, *values)


def written(record: Mapping[str, Any]) -> Written:
    """What there is to index of a paper, given as its decoded JSON."""
    return record["title"], tuple(record["authors"]), record["abstract"], record["org"]


def forget(store: Store, id_: int, known: Written) -> None:
    """Take out a paper. Without a copy of the text, the index must be told what it knows."""
    if store.waiting.pop(id_, None) is None:
        store.execute(_FORGET, _row(id_, known))


def catch_up(store: Store) -> None:
    """Index the papers that wait; a long transaction does it now and then, so that few wait."""
    store.executemany(_INSERT, starmap(_row, store.waiting.items()))
    store.waiting.clear()


def _fill(store: Store) -> bool:
    """Index the papers that are missing; whether there were any."""
    missing = [(id_, json.loads(text)) for id_, text in store.execute(_MISSING)]
    if missing:
        store.execute("BEGIN")
        store.executemany(_INSERT, (_row(id_, written(record)) for id_, record in missing))
        store.execute("COMMIT")
    return bool(missing)


def _row(id_: int, known: Written) -> tuple[int, str, str, str, str]:
    title, authors, abstract, org = known
    names = _indexed("\n".join(authors))
    return id_, _indexed(readable(title)), names, _indexed(readable(abstract or "")), _indexed(org or "")


def _indexed(text: str) -> str:
    """Text for the index, whose tokenizer cuts ASCII into words as we do and leaves all other characters alone."""
    return text if text.isascii() else " ".join(words(text))
