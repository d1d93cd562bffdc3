"""Run SQL over the tables of a lake, with DuckDB in this process or with a server of Spark Connect.

There is one SQL text for all engines. An engine is a module with a function `connect`, which returns an object with a
function `run`. docs/lake.md describes how to add one.
"""

from __future__ import annotations

from pubcli.errors import UsageError
from pubcli.lake.addresses import shown_address
from pubcli.lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, Protocol

    class Engine(Protocol):
        """A connection to an engine in which the tables of a lake are defined."""

        def run(self, sql: str) -> Sequence[tuple[Any, ...]]:
            """Return the rows of a SELECT in the SQL of DuckDB.

            Raises InputError if the tables cannot be read or the engine cannot be reached.
            """


DUCKDB = "duckdb"
SPARK = "sc://"


def connect(address: str, lake: str, files: Mapping[str, Sequence[str]]) -> Engine:
    """Connect to the engine at an address, and define the tables of a lake.

    `lake` is the name of the lake for messages; `files` are the Parquet files of each table. Raises UsageError for an
    unknown address, or if a package is missing, and InputError if the engine cannot be reached or a file read.
    """
    if address == DUCKDB:
        from pubcli.lake import duckdb_engine

        return duckdb_engine.connect(lake, files)
    if address.startswith(SPARK):
        from pubcli.lake import spark_engine

        return spark_engine.connect(address, lake, files)
    raise UsageError(f"--engine: expected duckdb or sc://HOST:PORT, got {shown_address(address)!r}")
