"""Write Parquet files with DuckDB, under a temporary name until they are whole."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pubcli.lake.manifest import File
from pubcli.lake.tables import TABLES
from pubcli.unfinished import unfinished_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from duckdb import DuckDBPyConnection

_OPTIONS = "FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2"
_PIECE = 2**20


@contextmanager
def connection(memory: str, temporary: Path, threads: int = 1) -> Iterator[DuckDBPyConnection]:
    """Open an empty DuckDB database in memory. What exceeds `memory`, such as 400MB, goes to files in `temporary`."""
    import duckdb  # takes long, and is needed only for a lake

    with duckdb.connect(":memory:", config={"temp_directory": str(temporary)}) as database:
        database.execute(f"SET memory_limit = {literal(memory)}")
        database.execute(f"SET threads = {threads}")
        yield database


def literal(value: str | Path) -> str:
    """Return a text as a literal of SQL, for statements in which DuckDB allows no bound values."""
    return "'" + str(value).replace("'", "''") + "'"


def literals(paths: Iterable[str | Path]) -> str:
    """Return paths as a list of SQL, for `read_parquet`."""
    return f"[{', '.join(map(literal, paths))}]"


def copy(database: DuckDBPyConnection, select: str, target: Path, *, rows_per_group: int | None = None) -> int:
    """Write the rows of a SELECT into a Parquet file, and return their number. The file appears when it is whole.

    `rows_per_group` is the size of the file's row groups; None means DuckDB's default.
    """
    options = _OPTIONS + (f", ROW_GROUP_SIZE {rows_per_group}" if rows_per_group else "")
    with unfinished_file(target) as unfinished:
        [rows] = database.execute(f"COPY ({select}) TO {literal(unfinished)} ({options})").fetchone() or (0,)
        unfinished.replace(target)
    return int(rows)


def file_of(database: DuckDBPyConnection, folder: Path, table: str, path: Path) -> File:
    """Return the entry of the manifest for a file of a table. `folder` is the lake."""
    order = TABLES[table].order
    bounds = f"min({order[0]}), max({order[0]})" if order else "NULL, NULL"
    row = database.execute(f"SELECT count(*), {bounds} FROM read_parquet({literal(path)})").fetchone()
    rows, first, last = row or (0, None, None)
    return File(path.relative_to(folder).as_posix(), table, rows, path.stat().st_size, digest(path), first, last)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal. Raises OSError if the file cannot be read."""
    sha256 = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            sha256.update(piece)
    return sha256.hexdigest()
