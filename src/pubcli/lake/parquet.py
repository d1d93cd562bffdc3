"""Write Parquet files with DuckDB, under a temporary name until they are whole."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pubcli.errors import InputError, OutputError
from pubcli.lake.manifest import File
from pubcli.lake.tables import TABLES
from pubcli.text.normalize import visible
from pubcli.unfinished import unfinished_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

_PIECE = 2**20


@contextmanager
def connection(memory: str, temporary: Path, threads: int = 1) -> Iterator[DuckDBPyConnection]:
    """Open an empty DuckDB database in memory. What exceeds `memory`, such as 400MB, goes to files in `temporary`."""
    import duckdb  # takes long, and is needed only for a lake

    with duckdb.connect(":memory:", config={"temp_directory": str(temporary)}) as database:
        database.execute(f"SET memory_limit = {literal(memory)}")
        database.execute(f"SET threads = {threads}")
        database.execute("SET enable_progress_bar = false")
        yield database


def literal(value: str | Path) -> str:
    """Return a text as a literal of SQL, for statements in which DuckDB allows no bound values."""
    return "'" + str(value).replace("'", "''") + "'"


def source(*paths: str | Path, options: str = "") -> str:
    """Return the SQL that reads Parquet files. DuckDB takes paths for globs, so special characters are escaped."""
    escaped = (re.sub(r"[*?\[]", r"[\g<0>]", str(path)) for path in paths)
    return f"read_parquet([{', '.join(map(literal, escaped))}]{options})"


def copy(database: DuckDBPyConnection, select: str, target: Path, table: str = "") -> int:
    """Write the rows of a SELECT into a Parquet file, and return their number. The file appears when it is whole.

    `table` is the table of the lake to which the file belongs; empty for other files.
    """
    groups = f", ROW_GROUP_SIZE {_ROWS_PER_GROUP[table]}" if table in _ROWS_PER_GROUP else ""
    return _copy(database, select, target, f"COMPRESSION zstd{groups}")


_ROWS_PER_GROUP = {"records": 2_048}
"""Number of rows in a row group. An answer shows few records, and reads the whole group of each."""


def copy_intermediate(database: DuckDBPyConnection, select: str, target: Path, rows_per_group: int) -> int:
    """Write a file as `copy` does, but faster and larger. `rows_per_group` is the size of its row groups."""
    return _copy(database, select, target, f"COMPRESSION snappy, ROW_GROUP_SIZE {rows_per_group}")


def _copy(database: DuckDBPyConnection, select: str, target: Path, options: str) -> int:
    statement = "COPY ({}) TO {} (FORMAT parquet, PARQUET_VERSION v2, {})"
    with unfinished_file(target) as unfinished:
        [rows] = database.execute(statement.format(select, literal(unfinished), options)).fetchone() or (0,)
        unfinished.replace(target)
    return int(rows)


def file_of(database: DuckDBPyConnection, folder: Path, table: str, path: Path) -> File:
    """Return the entry of the manifest for a file of a table. `folder` is the lake."""
    order = TABLES[table].order
    bounds = f"min({order[0]}), max({order[0]})" if order else "NULL, NULL"
    row = database.execute(f"SELECT count(*), {bounds} FROM {source(path)}").fetchone()
    rows, first, last = row or (0, None, None)
    return File(path.relative_to(folder).as_posix(), table, rows, path.stat().st_size, digest(path), first, last)


@contextmanager
def explaining(lake: Path) -> Iterator[None]:
    """Replace errors of the operating system and of DuckDB, while a lake is written, by errors with a remedy."""
    import duckdb

    name = visible(str(lake))
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise OutputError(f"{name} cannot be written: {_first_line(error)}; {_REPEAT}") from None
    except duckdb.Error as error:
        if any(os.strerror(number) in str(error) for number in _FULL):
            raise OutputError(f"{name} cannot be written: the disk is full; free some space, then {_REPEAT}") from None
        if isinstance(error, (duckdb.IOException, duckdb.InvalidInputException, duckdb.SerializationException)):
            advice = "add --restart to read the files again"
            raise OutputError(f"{name}: a file of the build cannot be read: {_first_line(error)}; {advice}") from None
        raise
    except OSError as error:
        if error.errno in _FULL:
            raise OutputError(f"{name} cannot be written: the disk is full; free some space, then {_REPEAT}") from None
        raise OutputError(f"{name} cannot be written: {error.strerror}; check the folder and its permissions") from None


def errors() -> type[Exception]:
    """Return the class of DuckDB's errors."""
    import duckdb

    return duckdb.Error


_FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
_REPEAT = "repeat the command to continue"


def rows_as_json(name: str) -> Iterator[str]:
    """Yield the rows of a Parquet file as JSON objects. Raises InputError if the file is damaged."""
    import duckdb

    with duckdb.connect() as database:
        database.execute("SET threads = 1")
        database.execute("SET enable_progress_bar = false")
        try:
            rows = database.execute(f"SELECT to_json(work)::VARCHAR FROM {source(name)} AS work")
            while batch := rows.fetchmany(_BATCH):
                yield from (text for (text,) in batch)
        except duckdb.Error as error:
            raise InputError(f"{visible(name)} cannot be read: {_first_line(error)}; download it again") from None


_BATCH = 200


def _first_line(error: Exception) -> str:
    return visible(str(error).splitlines()[0])


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal. Raises OSError if the file cannot be read."""
    sha256 = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            sha256.update(piece)
    return sha256.hexdigest()
