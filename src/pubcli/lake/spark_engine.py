"""Run SQL on a server of Spark Connect: Spark, Databricks or Sail."""

from __future__ import annotations

import os
import re
import socket
import warnings
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from pubcli.errors import InputError, UsageError
from pubcli.lake.addresses import shown_address
from pubcli.lake.tables import TABLES
from pubcli.text.normalize import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyspark.sql.connect.session import SparkSession

INSTALL = "a server of Spark Connect needs more packages; install pubcli[cluster]: pip install 'pubcli[cluster]'"


class SparkEngine:
    """A session of Spark Connect with a view for each table of a lake."""

    def __init__(self, session: SparkSession, address: str, lake: str) -> None:
        self._session = session
        self._address = address
        self._lake = lake

    def run(self, sql: str) -> Sequence[tuple[Any, ...]]:
        """Return the rows of a statement in the SQL of DuckDB. Raises InputError if the server cannot run it."""
        with warnings.catch_warnings(), _clear_errors(self._address, self._lake):
            warnings.simplefilter("ignore")  # the client warns before it raises an error
            return [tuple(row) for row in self._session.sql(translated(sql)).collect()]


def translated(sql: str) -> str:
    """Return a statement in the SQL of DuckDB as SQL of Spark."""
    import sqlglot

    return sqlglot.transpile(sql, read="duckdb", write="spark")[0]


def connect(address: str, lake: str, files: Mapping[str, Sequence[str]]) -> SparkEngine:
    """Connect to a server, and define the tables of a lake in the session.

    `address` is sc://HOST:PORT, perhaps with parameters such as ;token=... The server reads the files by itself.
    Raises UsageError if a package is missing, and InputError if the server cannot be reached or cannot read a file.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # about versions of pandas, which pubcli does not use
        return _connect(address, lake, files)


def _connect(address: str, lake: str, files: Mapping[str, Sequence[str]]) -> SparkEngine:
    # Without this variable, the client looks for an installation of Spark, and exits in some processes without one.
    if (client := find_spec("pyspark")) is not None and client.origin:
        os.environ.setdefault("SPARK_HOME", os.path.dirname(client.origin))  # noqa: PTH120
    try:
        import sqlglot  # noqa: F401
        from pyspark.sql.connect.client.retries import DefaultPolicy
        from pyspark.sql.connect.session import SparkSession
    except ImportError:
        raise UsageError(INSTALL) from None
    # At its exit, the client warns once more about a server that was killed; the error says it already.
    warnings.filterwarnings("ignore", message=r".*RETRIES_EXCEEDED", module=r"pyspark\..*")
    with _clear_errors(address, lake):
        _require_reachable(address)
        session = SparkSession.builder.remote(address).create()
        session.client.set_retry_policies([DefaultPolicy(max_retries=_RETRIES, max_backoff=_LONGEST_PAUSE)])
        for table, paths in files.items():
            rows = session.read.parquet(*paths) if paths else session.sql(translated(_no_rows(table)))
            rows.createOrReplaceTempView(table)
    return SparkEngine(session, address, lake)


_RETRIES, _LONGEST_PAUSE = 5, 2_000
"""How often the client tries again, and its longest pause in milliseconds. By default, it tries for ten minutes."""
_TIMEOUT = 10
"""Seconds to wait for a connection."""
_PORT = 15002
"""The port of Spark Connect if an address names none."""


def _require_reachable(address: str) -> None:
    """Raise InputError if nothing accepts connections at an address: the client itself would try for minutes."""
    host, _, port = shown_address(address).partition("://")[2].rpartition(":")
    if not host:
        host, port = port, str(_PORT)
    if not port.isdigit():
        raise UsageError(f"--engine: expected sc://HOST:PORT, got {shown_address(address)!r}")
    try:
        socket.create_connection((host.strip("[]"), int(port)), _TIMEOUT).close()
    except (OSError, OverflowError) as error:
        raise _unreachable(shown_address(address), getattr(error, "strerror", None) or str(error)) from None


def _unreachable(place: str, reason: str) -> InputError:
    return InputError(f"the engine {place} cannot be reached ({reason}); check the address and the server")


def _no_rows(table: str) -> str:
    columns = ", ".join(f"CAST(NULL AS {type_}) AS {name}" for name, type_ in TABLES[table].columns.items())
    return f"SELECT {columns} WHERE FALSE"


class _clear_errors:  # noqa: N801 - used as a context, like a function
    """Turn errors of the client into errors for the user, without the parameters of the address."""

    def __init__(self, address: str, lake: str) -> None:
        self._address = address
        self._lake = lake

    def __enter__(self) -> None:
        """Do nothing."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        """Raise InputError instead of an error of the client."""
        if error is None or not isinstance(error, Exception) or isinstance(error, InputError | UsageError):
            return
        place = shown_address(self._address)
        reason = _without_secrets(_reason(error), self._address)
        if _is_unreachable(error):
            raise InputError(
                f"the engine {place} cannot be reached ({reason}); check the address and the server"
            ) from None
        raise InputError(f"{self._lake}: the engine {place} could not answer ({reason})") from None


def _is_unreachable(error: Exception) -> bool:
    text = f"{type(error).__name__} {error}"
    return any(
        sign in text for sign in ("UNAVAILABLE", "failed to connect", "Connection refused", "DNS", "UNAUTHENTICATED")
    )


def _reason(error: Exception) -> str:
    """Return what an error says, in one line: the details of a call, or the first line of the message."""
    text = str(error)
    details = re.search(r'details = "([^"\n]+)', text)
    return visible((details[1] if details else text.strip().partition("\n")[0] or type(error).__name__)[:300])


def _without_secrets(text: str, address: str) -> str:
    """Return a message without the values of the parameters of an address."""
    for value in re.findall(r"[;?&][^=;&]+=([^;&]+)", address):
        text = text.replace(value, "***")
    return text.replace(address, shown_address(address))
