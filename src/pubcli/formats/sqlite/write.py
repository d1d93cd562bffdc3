"""Write a database of SQLite with one table, which is named after the kind of its rows, such as `papers`.

Flags are 0 and 1. Lists and mappings are JSON, which SQLite's function json_each reads.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing

from pubcli.answer.column_types import stated_types, value_type
from pubcli.errors import UsageError
from pubcli.formats.shared.scratch import scratch_file
from pubcli.lazy import TYPE_CHECKING
from pubcli.text.compact_json import compact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from pubcli.answer.answer import Answer, Row
    from pubcli.formats import RenderOptions

Value = str | int | float | None

_SQL_TYPES = {"boolean": "INTEGER", "integer": "INTEGER", "number": "REAL"}
"""Types of columns; lists and mappings are TEXT. A column of any values has no type, so that SQLite converts none."""
_MOST_COLUMNS = 2000


def write(answer: Answer[Row], fields: Sequence[str], out: BinaryIO, options: RenderOptions) -> int:
    """Write all rows, and return their number; write nothing if there are none.

    Raises UsageError for too many columns.
    """
    if len(fields) > _MOST_COLUMNS:
        raise UsageError(f"a table of SQLite has at most {_MOST_COLUMNS:,} columns; name fewer with --fields")
    name = "papers" if answer.lists_papers else answer.kind
    with scratch_file(out) as path:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
            database.execute(f"CREATE TABLE {_quoted(name)} ({_columns(answer, fields)})")
            places = ", ".join("?" * len(fields))
            insert = f"INSERT INTO {_quoted(name)} VALUES ({places})"
            database.execute("BEGIN")
            count = database.executemany(insert, _values(answer, fields)).rowcount
            database.execute("COMMIT")
        if count < 1:
            path.unlink()
    return max(count, 0)


def _columns(answer: Answer[Row], fields: Sequence[str]) -> str:
    types = stated_types(answer, fields)
    return ", ".join(f"{_quoted(field)} {_sql_type(types.get(field, 'other'))}".strip() for field in fields)


def _sql_type(name: str) -> str:
    return "TEXT" if name == "text" or name.endswith("[]") else _SQL_TYPES.get(name, "")


def _values(answer: Answer[Row], fields: Sequence[str]) -> Iterator[list[Value]]:
    for row in answer.rows:
        yield [_value(row[field]) for field in fields]


def _value(value: object) -> Value:
    """Return a value as SQLite stores it. A list, a mapping or a huge number becomes JSON."""
    if value is None or value_type(value) != "other":
        return value  # type: ignore[return-value]
    return compact(value)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
