"""Run SQL with DuckDB, in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pubcli.errors import InputError, UsageError
from pubcli.lake.parquet import source
from pubcli.lake.tables import TABLES
from pubcli.text.normalize import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from duckdb import DuckDBPyConnection

INSTALL = "a lake needs the package DuckDB; install pubcli[lake], for example: pip install 'pubcli[lake]'"


class DuckDBEngine:
    """A DuckDB database in memory with a view for each table of a lake."""

    def __init__(self, connection: DuckDBPyConnection, lake: str) -> None:
        self._connection = connection
        self._lake = lake

    def run(self, sql: str) -> Sequence[tuple[Any, ...]]:
        """Return the rows of a statement. Raises InputError if a file of the lake cannot be read."""
        import duckdb

        try:
            return self._connection.execute(sql).fetchall()
        except (duckdb.IOException, duckdb.InvalidInputException, duckdb.InvalidTypeException) as error:
            raise _unreadable(self._lake, error) from None
        except duckdb.OutOfMemoryException as error:
            raise InputError(f"{self._lake}: the question needs more memory than there is ({_reason(error)})") from None
        except duckdb.BinderException as error:
            raise _unreadable(self._lake, error) from None


def connect(lake: str, files: Mapping[str, Sequence[str]]) -> DuckDBEngine:
    """Open a database in memory, and define the tables of a lake in it.

    Raises UsageError if DuckDB is not installed, and InputError if a file cannot be read.
    """
    try:
        import duckdb
    except ImportError:
        raise UsageError(INSTALL) from None

    # Extensions are downloaded at run time; a question must not need the network.
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    connection = duckdb.connect(":memory:", config=settings)
    for table, paths in files.items():
        try:
            connection.execute(f"CREATE VIEW {table} AS {_rows(table, paths)}")
        except duckdb.Error as error:
            raise _unreadable(lake, error) from None
    return DuckDBEngine(connection, lake)


def _rows(table: str, paths: Sequence[str]) -> str:
    if paths:
        return f"SELECT * FROM {source(*paths)}"
    columns = ", ".join(f"CAST(NULL AS {type_}) AS {name}" for name, type_ in TABLES[table].columns.items())
    return f"SELECT {columns} WHERE FALSE"


def _unreadable(lake: str, error: Exception) -> InputError:
    finding = f"a file of the lake is missing or damaged ({_reason(error)})"
    return InputError(f"{lake}: {finding}; pubcli lake check lists all")


def _reason(error: Exception) -> str:
    """Return the first line of an error of DuckDB, without the name of its kind."""
    line = str(error).partition("\n")[0]
    return visible(line.partition(": ")[2] or line)
