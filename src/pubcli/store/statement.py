"""Run a statement of the user that reads the views of the module `views`, and nothing else.

An authorizer allows only SELECT and the documented views, and the connection refuses all changes as well. A long
statement can be interrupted, as every other statement of a store.
"""

from __future__ import annotations

import re
import sqlite3

from pubcli.answer.answer import Answer, Row
from pubcli.errors import QueryError, did_you_mean
from pubcli.lazy import TYPE_CHECKING
from pubcli.store import views

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pubcli.store.database import Store

_LONGEST_VALUE = 2**28
"""Maximum number of bytes of a text that a statement may compose."""
_TABLE_FUNCTIONS = ("json_each", "json_tree")
_FORBIDDEN_FUNCTIONS = ("load_extension", "fts3_tokenizer")
_TEMPORARY_VIEWS = ("paper", "record", "profile")
"""Views on which the documented views are based: that of the newest captures, and those of `owners.narrow`."""
_TOKEN = re.compile(
    r"""--[^\n]*|/\*.*?(?:\*/|$)|'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|[^\W\d]\w*|\d[\w.]*|\s+|.""",
    re.DOTALL,
)
"""A token of SQL: a comment, a string, a quoted name, a name, a number, blanks, or a sign."""
_NAME_IN_MESSAGE = re.compile(r"no such (column|table|function): (?:[\w$]+\.)*(.+)")
_NEAR = re.compile(r'near "(.*)": syntax error', re.DOTALL)


def run(store: Store, statement: str) -> Answer[Row]:
    """Return the rows of a SELECT statement. Raises QueryError for any other statement, and for a wrong one.

    Afterwards, the store answers only such statements.
    """
    views.create(store)
    store.text_factory = _decoded
    store.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    store.execute("PRAGMA query_only = ON")
    guard = _Guard()
    store.set_authorizer(guard.decide)
    try:
        cursor = _cursor(store).execute(statement)
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        raise _explained(store, statement, error, guard) from None
    if cursor.description is None:
        raise QueryError("this is not a SELECT statement", statement, 0, len(statement.split("\n")[0]))
    fields = _distinct([column[0] for column in cursor.description])
    headings = {field: field for field in fields}  # as the statement names them, whatever other answers call a field
    return Answer("rows", fields, _rows(store, cursor, fields, statement), headings=headings)


def _cursor(store: Store) -> sqlite3.Cursor:
    """Return a cursor that raises the errors of SQLite. A library's cursor takes errors about JSON for damage."""
    return sqlite3.Connection.cursor(store, sqlite3.Cursor)


_WRONG_STATEMENT = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_MISMATCH)
"""Codes of errors that are due to the statement, and not to the file or the system."""


def _require_wrong_statement(store: Store, error: Exception) -> None:
    """Raise InputError if an error is due to a damaged file, and the error itself if it is not due to the statement."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        raise store.damaged(str(error)) from error
    if code not in _WRONG_STATEMENT:
        raise error


def _rows(store: Store, cursor: sqlite3.Cursor, fields: Sequence[str], statement: str) -> Iterator[Row]:
    """Yield the rows. Raises QueryError if the statement fails after its first rows, as for a wrong JSON text."""
    try:
        for row in cursor:
            yield dict(zip(fields, map(_value, tuple(row)), strict=True))
    except sqlite3.Error as error:
        _require_wrong_statement(store, error)
        raise QueryError(f"SQLite: {error}", statement, 0, 0) from None


def _value(value: object) -> object:
    """Return a value that every format can write: bytes become hexadecimal digits, and infinity becomes text."""
    if isinstance(value, bytes):
        return value.hex()
    return str(value) if isinstance(value, float) and value - value != 0 else value


def _decoded(data: bytes) -> str:
    return data.decode(errors="replace")


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns, with a number after each that an earlier one has too, whatever its case."""
    distinct: list[str] = []
    used: set[str] = set()
    for name in names:
        number, free = 1, name
        while free.lower() in used:
            number += 1
            free = f"{name}_{number}"
        used.add(free.lower())
        distinct.append(free)
    return tuple(distinct)


class _Guard:
    """Decides what a statement may do, and remembers what it refused."""

    def __init__(self) -> None:
        self.refusal: str | None = None

    def decide(self, action: int, first: str | None, second: str | None, _: str | None, view: str | None) -> int:
        """Return SQLITE_OK or SQLITE_DENY for an action of a statement; see the documentation of SQLite."""
        if action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE):
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() not in _FORBIDDEN_FUNCTIONS:
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_READ and _is_readable((first or "").lower(), second, view):
            return sqlite3.SQLITE_OK
        if self.refusal is None:
            self.refusal = first if action == sqlite3.SQLITE_READ else ""
        return sqlite3.SQLITE_DENY


def _is_readable(table: str, column: str | None, view: str | None) -> bool:
    """Return whether a statement may read a column of a table. `view` is the view in which the column is named.

    SQLite asks for the column with an empty name if a statement reads whether there is a row, and nothing of it.
    """
    return table in views.VIEWS or table in _TABLE_FUNCTIONS or view in (*views.VIEWS, *_TEMPORARY_VIEWS) or not column


def _explained(store: Store, statement: str, error: Exception, guard: _Guard) -> QueryError:
    """Return the error for a statement that SQLite refuses, with a mark below the place if it is known."""
    _require_wrong_statement(store, error)
    message = str(error)
    if guard.refusal:
        start, end = _place_of(statement, guard.refusal)
        similar = did_you_mean(guard.refusal, views.VIEWS)
        return QueryError(f"{guard.refusal} is not a view{similar}; {_ADVICE}", statement, start, end)
    if guard.refusal is not None or "query_only" in message or "readonly" in message or "cannot modify" in message:
        first = next((match for match in _TOKEN.finditer(statement) if match[0].strip()), None)
        return QueryError(
            "only SELECT is allowed: a statement cannot change the library or open files",
            statement,
            *(first.span() if first else (0, 0)),
        )
    if "one statement" in message:
        start = _end_of_first(statement)
        return QueryError("only one statement is allowed", statement, start, len(statement))
    if "bindings" in message or "binding" in message:
        match = next((token for token in _TOKEN.finditer(statement) if token[0] in "?:@$"), None)
        return QueryError("a statement cannot have parameters", statement, *(match.span() if match else (0, 0)))
    if match := _NAME_IN_MESSAGE.match(message):
        start, end = _place_of(statement, match[2])
        similar = did_you_mean(match[2], _choices(match[1], statement))
        return QueryError(f"no such {match[1]}: {match[2]}{similar}; {_ADVICE}", statement, start, end)
    return QueryError(f"SQLite: {message}", statement, *_place_of_syntax_error(store, statement, message))


_ADVICE = "pubcli library sql lists the views and their columns"


def _choices(kind: str, statement: str) -> list[str]:
    """Return the names that may be meant by a wrong name: views, or the columns of the views in the statement."""
    if kind == "table":
        return [*views.VIEWS]
    if kind == "function":
        return []
    words = {token.lower() for token in _TOKEN.findall(statement)}
    return [column for name, view in views.VIEWS.items() if name in words for column in view.columns]


def _place_of(statement: str, name: str) -> tuple[int, int]:
    """Return where a name is in a statement; the beginning if it is nowhere."""
    for match in _TOKEN.finditer(statement):
        if match[0].strip('"`[]').lower() == name.lower():
            return match.span()
    return 0, 0


def _place_of_syntax_error(store: Store, statement: str, message: str) -> tuple[int, int]:
    """Return where the token is that a message names; the end of the statement if it is incomplete.

    If the token occurs several times, the wrong one is the first with which SQLite refuses the statement up to there.
    """
    if match := re.fullmatch(r'unrecognized token: "(.*)"', message, re.DOTALL):
        start = max(0, statement.find(match[1]))
        return start, start + len(match[1])
    match = _NEAR.fullmatch(message)
    if match is None:
        return (len(statement), len(statement)) if "incomplete" in message else (0, 0)
    for token in _TOKEN.finditer(statement):
        if token[0] == match[1] and _error(store, f"EXPLAIN {statement[: token.end()]}") == message:
            return token.span()
    return _place_of(statement, match[1])


def _error(store: Store, statement: str) -> str:
    try:
        _cursor(store).execute(statement)
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        return str(error)
    return ""


def _end_of_first(statement: str) -> int:
    """Return where the first statement ends: behind its semicolon."""
    return next((token.end() for token in _TOKEN.finditer(statement) if token[0] == ";"), len(statement))
