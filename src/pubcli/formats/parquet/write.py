"""Write Apache Parquet. Numbers, texts, flags and lists are columns of these types; mappings are JSON as text.

DuckDB reads the rows as lines of JSON from a temporary file. It takes about 70 MB on disk, PyArrow 170 MB, and both
take the same time to import.
"""

from __future__ import annotations

from pubcli.answer.column_types import ObservedTypes, stated_types
from pubcli.errors import OutputError, UsageError
from pubcli.formats.json.write import encoded
from pubcli.formats.shared.scratch import scratch_file
from pubcli.lazy import TYPE_CHECKING
from pubcli.text.compact_json import compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from pubcli.answer.answer import Answer, Row
    from pubcli.formats import RenderOptions

_SQL_TYPES = {"boolean": "BOOLEAN", "integer": "BIGINT", "number": "DOUBLE", "text": "VARCHAR", "other": "VARCHAR"}
_LONGEST_ROW = 2**30
"""Maximum number of bytes of a row as JSON. By default, DuckDB refuses rows longer than 16 MB."""


def write(answer: Answer[Row], fields: Sequence[str], out: BinaryIO, options: RenderOptions) -> int:
    """Write all rows, and return their number; write nothing if there are none.

    Raises UsageError if DuckDB is not installed or two fields differ only in case, and OutputError if DuckDB fails.
    """
    _require_distinct(fields)
    try:
        import duckdb
    except ImportError:
        raise UsageError("parquet needs DuckDB; type pip install 'pubcli[parquet]'") from None
    types = stated_types(answer, fields)
    observed = ObservedTypes(field for field in fields if field not in types)
    with scratch_file(out) as table:
        lines = table.with_name("lines")
        count = _write_lines(answer, fields, observed, lines)
        if not count:
            return 0
        try:
            with duckdb.connect(":memory:") as database:
                database.execute(_statement(fields, {**types, **observed.types()}, lines, table))
        except duckdb.Error as error:
            raise OutputError(f"DuckDB cannot write the rows as Parquet: {error}") from error
    return count


def _require_distinct(fields: Sequence[str]) -> None:
    folded = [field.lower() for field in fields]
    if twice := [field for index, field in enumerate(fields) if field.lower() in folded[:index]]:
        raise UsageError(f"columns of a Parquet file must differ in more than case; rename {twice[0]!r}")


def _write_lines(answer: Answer[Row], fields: Sequence[str], observed: ObservedTypes, path: Path) -> int:
    """Write each row as a line of JSON, take note of the types in `observed`, and return the number of rows."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        for text in _texts(answer, fields, observed):
            file.write(f"{text}\n")
            count += 1
    return count


def _texts(answer: Answer[Row], fields: Sequence[str], observed: ObservedTypes) -> Iterable[str]:
    if not observed.types():
        return encoded(answer, fields)
    return _observed_texts(answer, fields, observed)


def _observed_texts(answer: Answer[Row], fields: Sequence[str], observed: ObservedTypes) -> Iterable[str]:
    for row in answer.rows:
        observed.add(row)
        yield compact({field: row[field] for field in fields})


def _statement(fields: Sequence[str], types: Mapping[str, str], lines: Path, table: Path) -> str:
    """Return the SQL that converts the lines of JSON into a Parquet file."""
    columns = ", ".join(f"{_quoted(field)}: {_quoted(_sql_type(types[field]))}" for field in fields)
    source = f"read_json({_quoted(str(lines))}, format='newline_delimited', columns={{{columns}}}"
    settings = f"maximum_object_size={_LONGEST_ROW})"
    return f"COPY (SELECT * FROM {source}, {settings}) TO {_quoted(str(table))} (FORMAT parquet, COMPRESSION zstd)"


def _sql_type(name: str) -> str:
    item = name.removesuffix("[]")
    return f"{_SQL_TYPES[item]}[]" if item != name else _SQL_TYPES[item]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
