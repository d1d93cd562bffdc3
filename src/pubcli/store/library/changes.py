"""Record every change of a library, list the changes, and undo the last one.

A change is what one command does, in one transaction or in several. Rows that a change adds need no record: their ids
are greater than all ids from before the change, and the change stores the greatest id of each table. For every other
row that is changed, removed or added, a trigger stores the values that the row had before the change, in the table
`former_row`. To undo the change, the added rows are deleted and the former rows are put back. So `undo` need not know
what a command does, and a new table is covered as soon as it is in the schema.

The triggers are temporary: they exist only in a connection that changes the library, so that reading stays fast. The
text index has no triggers; `undo` updates it from the records that it removes and restores.

Changes are undone from the last one backwards, because an older change may have been built upon. The record of a change
is a part of its transaction, so processes that change a library at the same time get separate changes.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from pubcli.answer.answer import Answer
from pubcli.errors import UsageError
from pubcli.inputs.sources import now
from pubcli.store import index, schema
from pubcli.store.database import IndexedTexts, Store
from pubcli.text.normalize import counted

if TYPE_CHECKING:
    from pubcli.answer.rows import LoggedChangeRow

CHANGE_FIELDS = (
    "number", "made_at", "command", "effect", "pages_added", "pages_removed", "papers_added", "papers_removed", "state",
)  # fmt: skip
"""`effect` says in words what the change did. `state` is can be undone, undone, or permanent."""

FIRST_VERSION = 9
"""The first version of the library that records changes. A migration makes all earlier changes permanent, because their
former rows have the columns of the old version."""
MAX_UNDO = 100
"""Maximum number of changes that can be undone."""
_MIN_BYTES = 32 * 2**20
_SHARE = 4
"""The former rows of all changes together may take a quarter of the library, or `_MIN_BYTES` if that is more. The last
change can be undone whatever its size."""
_MAX_LOGGED = 1_000
"""Maximum number of changes in the log, besides those that can be undone."""
_BATCH = 1_000
"""Number of papers that are indexed in one step."""

_NUMBERED = {
    "snapshot": ("id", "snapshot"), "listing": ("snapshot_id", "snapshot"), "problem": ("id", "problem"),
    "paper": ("id", "paper"), "record": ("paper_id", "paper"), "authorship": ("paper_id", "paper"),
    "acronym": ("paper_id", "paper"), "author": ("id", "author"), "link": ("snapshot_id", "snapshot"),
}  # fmt: skip
"""Tables whose new rows are recognised by an id: for each table, the column of the id and the table that assigns it."""
_ASSIGNING = ("snapshot", "paper", "author", "problem")
"""The tables that assign ids. `change.last_ids` has the greatest id that each of them had before the change."""
_WITHOUT_INSERTIONS = _NUMBERED.keys() - {"listing", "link"}
"""Tables without a trigger for new rows, because `load` gives each new row an id that is greater than all earlier ids.
A trigger for the many rows of these tables would make adding pages slower. The tables `listing` and `link` need a
trigger, because new rows may belong to an older snapshot."""

_COUNTED = {
    "snapshot": ("page", "pages"),
    "paper": ("paper", "papers"),
    "decision": ("decision about papers", "decisions about papers"),
    "same_person": ("decision about names", "decisions about names"),
    "saved_query": ("saved query", "saved queries"),
}
"""The tables whose rows are counted in the figures of a change, with the nouns for a row."""
_OUTCOMES = ("added", "removed", "changed")


class Change(NamedTuple):
    """A change of a library."""

    number: int
    made_at: str
    """The time of the change, in ISO format with the offset from UTC."""
    command: str
    """What the user typed."""
    figures: Mapping[str, Mapping[str, int]]
    """For each table of `_COUNTED` in which rows were added, removed or changed, the number of these rows."""
    undo_bytes: int | None
    """Size of the former rows; None if they are not stored, so that the change cannot be undone."""
    undone_at: str | None
    """The time when the change was undone."""

    @property
    def effect(self) -> str:
        """What the change did, such as `1 page and 50 papers added, 2 papers removed`."""
        parts = [f"{rows} {outcome}" for outcome in _OUTCOMES[:2] if (rows := self._rows(outcome))]
        return ", ".join(parts) or f"{self._rows('changed') or 'other values'} changed"

    def _rows(self, outcome: str) -> str:
        counts = [
            counted(count, *nouns) for table, nouns in _COUNTED.items() if (count := self.figure(table, outcome)) > 0
        ]
        return " and ".join(filter(None, (", ".join(counts[:-1]), *counts[-1:])))

    def figure(self, table: str, outcome: str) -> int:
        """Return how many rows of a table were `added`, `removed` or `changed`."""
        return self.figures.get(table, {}).get(outcome, 0)

    @property
    def state(self) -> str:
        """Whether the change can be undone, is undone, or is permanent."""
        if self.undone_at:
            return "undone"
        return "permanent" if self.undo_bytes is None else "can be undone"


class Recorder:
    """Records all transactions of one connection as one change. Each command has a connection of its own."""

    def __init__(self, store: Store, command: str) -> None:
        """Prepare a recorder. `command` is what the user typed."""
        self._store, self._command = store, command
        self._number: int | None = None
        """The number of the change; None before the first transaction that changes something."""

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Record what a block changes. `schema.transaction` calls this inside of its transaction.

        If another process has changed the library since the last transaction, a new change begins, because changes that
        overlap could not be undone one after the other.
        """
        _create_triggers(self._store)
        number = self._begin()
        yield
        self._store.execute("DELETE FROM recording")
        if _finish(self._store, number):
            self._number = number

    def _begin(self) -> int:
        number = last = _last_number(self._store)
        if last != self._number or _change(self._store, last).undone_at is not None:
            number = last + 1
            last_ids = json.dumps(dict(self._store.execute("SELECT table_name, id FROM last_id").fetchall()))
            statement = "INSERT INTO change (number, made_at, command, last_ids, figures) VALUES (?, ?, ?, ?, '{}')"
            self._store.execute(statement, (number, now(), self._command, last_ids))
        ids = _last_ids(self._store, number)
        self._store.execute("INSERT INTO recording VALUES (?, ?, ?, ?, ?)", (number, *map(ids.get, _ASSIGNING)))
        return number


def _last_number(store: Store) -> int:
    return int(store.execute("SELECT coalesce(max(number), 0) FROM change").fetchone()[0])


# Recording


class _Table(NamedTuple):
    """A table of the library whose changes are recorded."""

    name: str
    columns: Sequence[str]
    key: Sequence[str]
    """The columns of the primary key."""
    blobs: frozenset[str]
    """The columns with binary values, which JSON cannot contain. They are stored in hexadecimal."""

    def values(self, row: str, columns: Sequence[str]) -> str:
        """Return SQL for a JSON array of columns. `row` is `OLD`, `NEW` or the name of a table."""
        expressions = (
            f"iif({row}.{name} IS NULL, NULL, hex({row}.{name}))" if name in self.blobs else f"{row}.{name}"
            for name in columns
        )
        return f"json_array({', '.join(expressions)})"

    def decoded(self, text: str) -> list[Any]:
        """Return the values of a former row for all columns, from its JSON."""
        pairs = zip(self.columns, json.loads(text), strict=True)
        return [bytes.fromhex(value) if name in self.blobs and value is not None else value for name, value in pairs]


def _tables(store: Store) -> list[_Table]:
    """Return the tables whose changes are recorded: all except the text index, `last_id` and those of this module."""
    names = store.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' "
        "AND name NOT LIKE 'paper_text_%' AND name NOT LIKE 'sqlite_%' "
        "AND name NOT IN ('change', 'former_row', 'last_id')"
    )
    return [_table(store, row[0]) for row in names.fetchall()]


def _table(store: Store, name: str) -> _Table:
    columns = store.execute(f"PRAGMA main.table_info({name})").fetchall()
    key = [row["name"] for row in sorted(columns, key=lambda row: row["pk"]) if row["pk"]]
    blobs = frozenset(row["name"] for row in columns if row["type"] == "BLOB")
    return _Table(name, [row["name"] for row in columns], key, blobs)


def _create_triggers(store: Store) -> None:
    """Create the triggers that store former rows, unless the connection has them already."""
    if store.execute("SELECT 1 FROM temp.sqlite_master WHERE name = 'recording'").fetchone():
        return
    # A row that REPLACE removes is a change too; without this setting, no trigger notices it.
    store.execute("PRAGMA recursive_triggers = ON")
    ids = ", ".join(f"last_{table} INTEGER" for table in _ASSIGNING)
    store.execute(f"CREATE TEMP TABLE recording (number INTEGER, {ids})")
    for table in _tables(store):
        for statement in _trigger_statements(table):
            store.execute(statement)


def _trigger_statements(table: _Table) -> Iterator[str]:
    """Yield the statements that create the triggers of a table."""
    column, assigning = _NUMBERED.get(table.name, (None, None))

    def existed_before(row: str) -> str:
        if column is None:
            return "EXISTS (SELECT 1 FROM recording)"
        return f"{row}.{column} <= (SELECT last_{assigning} FROM recording)"

    old, new = (", ".join(f"{row}.{name}" for name in table.columns) for row in ("OLD", "NEW"))
    former = table.values("OLD", table.columns)
    keys = [table.values(row, table.key) for row in ("OLD", "NEW")]
    if table.name not in _WITHOUT_INSERTIONS:
        yield _trigger(table, "INSERT", existed_before("NEW"), keys[1], "NULL")
        # If the key of a row changes, there was no row with the new key before.
        has_other_key = f"{existed_before('NEW')} AND {keys[0]} IS NOT {keys[1]}"
        yield _trigger(table, f"UPDATE OF {', '.join(table.key)}", has_other_key, keys[1], "NULL")
    yield _trigger(table, "DELETE", existed_before("OLD"), keys[0], former)
    is_changed = f"{existed_before('OLD')} AND ({old}) IS NOT ({new})"
    yield _trigger(table, "UPDATE", is_changed, keys[0], former)


def _trigger(table: _Table, event: str, condition: str, key: str, former: str) -> str:
    # INSERT OR IGNORE would be shorter, but the conflict clause of the outer statement would replace OR IGNORE.
    return f"""
        CREATE TEMP TRIGGER "{table.name} after {event}" AFTER {event} ON main.{table.name} WHEN {condition}
        BEGIN
            INSERT INTO former_row SELECT number, '{table.name}', {key}, {former} FROM recording WHERE NOT EXISTS
                (SELECT 1 FROM former_row WHERE change = number AND table_name = '{table.name}' AND row_key = {key});
        END
    """


def _finish(store: Store, number: int) -> bool:
    """Store the figures of a change. If nothing has changed, delete the change and return False."""
    tables = {table.name: table for table in _tables(store)}
    for table in tables.values():
        _drop_unchanged(store, number, table)
    last_ids = _last_ids(store, number)
    newer = (store.execute(f"SELECT 1 FROM {table} WHERE id > ?", (last_ids[table],)) for table in _ASSIGNING)
    is_new = any(rows.fetchone() for rows in newer)
    size = store.execute(
        "SELECT sum(length(row_key) + coalesce(length(former), 0)) FROM former_row WHERE change = ?", (number,)
    ).fetchone()[0]
    if not is_new and size is None:
        store.execute("DELETE FROM change WHERE number = ?", (number,))
        return False
    figures = {name: counts for name in _COUNTED if (counts := _figures(store, number, tables[name], last_ids))}
    store.execute(
        "UPDATE change SET figures = ?, undo_bytes = ? WHERE number = ?", (json.dumps(figures), size or 0, number)
    )
    _forget_oldest(store)
    return True


def _drop_unchanged(store: Store, number: int, table: _Table) -> None:
    """Delete the former rows of a change that are equal to the current rows: they were written again unchanged."""
    current = f"SELECT {table.values(table.name, table.columns)} FROM {table.name} WHERE {_has_key(table)}"
    store.execute(
        f"DELETE FROM former_row WHERE change = ? AND table_name = ? AND former IS ({current})", (number, table.name)
    )


def _has_key(table: _Table) -> str:
    """Return the SQL condition that a row of a table has the key of a former row."""
    return " AND ".join(f"{table.name}.{name} = row_key ->> {at}" for at, name in enumerate(table.key))


def _last_ids(store: Store, number: int) -> dict[str, int]:
    """Return the greatest id in each table of `_ASSIGNING` before a change."""
    row = store.execute("SELECT last_ids FROM change WHERE number = ?", (number,)).fetchone()
    return dict(json.loads(row[0]))


def _figures(store: Store, number: int, table: _Table, last_ids: Mapping[str, int]) -> dict[str, int]:
    """Return how many rows of a table a change has added, removed and changed so far; only numbers greater than 0."""
    exists = f"{table.name}.{table.key[0]} IS NOT NULL"
    statement = f"""
        SELECT sum(former IS NULL AND {exists}), sum(former IS NOT NULL AND NOT {exists}),
            sum(former IS NOT NULL AND {exists})
        FROM former_row LEFT JOIN {table.name} ON {_has_key(table)} WHERE change = ? AND table_name = ?
    """
    counts = [count or 0 for count in store.execute(statement, (number, table.name)).fetchone()]
    if table.name in _NUMBERED:
        column, assigning = _NUMBERED[table.name]
        new = f"SELECT count(*) FROM {table.name} WHERE {column} > ?"
        counts[0] += store.execute(new, (last_ids[assigning],)).fetchone()[0]
    if table.name == "paper":
        replaced = _replaced_papers(store, number, table, last_ids["paper"])
        counts = [counts[0] - replaced, counts[1] - replaced, counts[2] + replaced]
    return {outcome: count for outcome, count in zip(_OUTCOMES, counts, strict=True) if count}


def _replaced_papers(store: Store, number: int, table: _Table, last_id: int) -> int:
    """Return how many papers a change has removed and added again with the same key, because their texts differ.

    `last_id` is the greatest id of a paper before the change. A removed paper does not count if its key belongs to a
    paper from before the change.
    """
    statement = f"""
        SELECT count(*) FROM former_row WHERE change = ? AND table_name = 'paper' AND former IS NOT NULL
            AND row_key ->> 0 NOT IN (SELECT id FROM paper)
            AND former ->> {table.columns.index("key")} IN (SELECT key FROM paper WHERE id > ?)
    """
    return int(store.execute(statement, (number, last_id)).fetchone()[0])


def _forget_oldest(store: Store) -> None:
    """Make the oldest changes permanent, to limit the number and the size of the changes that can be undone."""
    pages, page_size = (store.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    space = max(_MIN_BYTES, pages * page_size // _SHARE)
    statement = "SELECT number, undo_bytes FROM change WHERE undo_bytes IS NOT NULL ORDER BY number DESC"
    for place, (number, size) in enumerate(store.execute(statement).fetchall(), 1):
        space -= size
        if place > MAX_UNDO or (space < 0 and size and place > 1):
            make_permanent(store, number)
            break
    oldest = "number <= (SELECT max(number) FROM change) - ?"
    store.execute(f"DELETE FROM change WHERE undo_bytes IS NULL AND {oldest}", (_MAX_LOGGED,))


def make_permanent(store: Store, last: int | None = None) -> None:
    """Delete the former rows of all changes up to the number `last`; None means all changes."""
    until = _last_number(store) if last is None else last
    store.execute("DELETE FROM former_row WHERE change <= ?", (until,))
    store.execute("UPDATE change SET undo_bytes = NULL WHERE number <= ?", (until,))


# The log


_CHANGES = "SELECT number, made_at, command, figures, undo_bytes, undone_at FROM change"


def _change(store: Store, number: int) -> Change:
    return _as_change(store.execute(f"{_CHANGES} WHERE number = ?", (number,)).fetchone())


def _as_change(row: Sequence[Any]) -> Change:
    number, made_at, command, figures, undo_bytes, undone_at = row
    return Change(number, made_at, command, json.loads(figures), undo_bytes, undone_at)


def log(store: Store) -> "Answer[LoggedChangeRow]":
    """Return a row for each change that was recorded, the last one first."""
    rows = store.execute(f"{_CHANGES} ORDER BY number DESC").fetchall()
    return Answer("library_changes", CHANGE_FIELDS, [_row(_as_change(row)) for row in rows])


def _row(change: Change) -> "LoggedChangeRow":
    return {
        "number": change.number,
        "made_at": change.made_at,
        "command": change.command,
        "effect": change.effect,
        "pages_added": change.figure("snapshot", "added"),
        "pages_removed": change.figure("snapshot", "removed"),
        "papers_added": change.figure("paper", "added"),
        "papers_removed": change.figure("paper", "removed"),
        "state": change.state,
    }


def undoable(store: Store) -> list[Change]:
    """Return the changes that can be undone, the last one first."""
    statement = f"{_CHANGES} WHERE undo_bytes IS NOT NULL AND undone_at IS NULL ORDER BY number DESC"
    return [_as_change(row) for row in store.execute(statement).fetchall()]


# Undoing


def undo(store: Store, timestamp: str, number: int | None = None) -> Change | None:
    """Undo the last change and return it; return None if there is no change that can be undone.

    `timestamp` is an ISO time. Raises UsageError if a `number` is given that is not the number of the last change.
    """
    with schema.transaction(store, is_recorded=False):
        changes = undoable(store)
        if number is not None:
            _require_last(store, changes, number)
        if not changes:
            return None
        _restore(store, changes[0].number)
        statement = "UPDATE change SET undone_at = ?, undo_bytes = NULL WHERE number = ?"
        store.execute(statement, (timestamp, changes[0].number))
        return changes[0]


def _require_last(store: Store, changes: Sequence[Change], number: int) -> None:
    if changes and changes[0].number == number:
        return
    later = [str(change.number) for change in reversed(changes) if change.number > number]
    if number in (change.number for change in changes):
        raise UsageError(f"change {number} is not the last one; undo {', '.join(reversed(later))} first")
    row = store.execute(f"{_CHANGES} WHERE number = ?", (number,)).fetchone()
    state = _as_change(row).state if row else "unknown"
    raise UsageError(f"change {number} is {state}; pubcli library log lists the changes")


def _restore(store: Store, number: int) -> None:
    """Give all tables and the text index the content that they had before a change."""
    tables, last_ids = _tables(store), _last_ids(store, number)
    _restore_index(store, number, last_ids["paper"])
    store.execute("PRAGMA defer_foreign_keys = ON")  # until the transaction ends
    for table in tables:
        if table.name in _NUMBERED:
            column, assigning = _NUMBERED[table.name]
            store.execute(f"DELETE FROM {table.name} WHERE {column} > ?", (last_ids[assigning],))
    for table in tables:
        keys = store.execute("SELECT row_key FROM former_row WHERE change = ? AND table_name = ?", (number, table.name))
        condition = " AND ".join(f"{name} = ?" for name in table.key)
        store.executemany(f"DELETE FROM {table.name} WHERE {condition}", (json.loads(row[0]) for row in keys))
    for table in tables:
        statement = "SELECT former FROM former_row WHERE change = ? AND table_name = ? AND former IS NOT NULL"
        rows = store.execute(statement, (number, table.name))
        places = ", ".join("?" * len(table.columns))
        store.executemany(f"INSERT INTO {table.name} VALUES ({places})", (table.decoded(row[0]) for row in rows))
    store.execute("DELETE FROM former_row WHERE change = ?", (number,))


def _restore_index(store: Store, number: int, last_paper: int) -> None:
    """Update the text index for the papers whose records `_restore` will remove, restore or change."""
    for id_, text in store.execute("SELECT paper_id, json FROM record WHERE paper_id > ?", (last_paper,)):
        index.remove(store, id_, _texts(text))
    statement = """
        SELECT row_key ->> 0, former ->> 1, json FROM former_row LEFT JOIN record ON paper_id = row_key ->> 0
        WHERE change = ? AND table_name = 'record'
    """
    for id_, former, current in store.execute(statement, (number,)):
        old, new = (None if text is None else _texts(text) for text in (current, former))
        if old == new:
            continue
        if old is not None:
            index.remove(store, id_, old)
        if new is not None:
            store.pending[id_] = new
        if len(store.pending) >= _BATCH:
            index.catch_up(store)


def _texts(record: str) -> IndexedTexts:
    return index.texts_in(json.loads(record))
