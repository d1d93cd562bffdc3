"""Check whether a lake is sound: its files, their order, its counts, and the words of a sample of its papers."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pubcli.errors import InputError
from pubcli.lake import entries, manifest, parquet
from pubcli.lake.entries import Identified
from pubcli.lake.tables import PLACE_BITS, TABLES, TEXT_COLUMNS
from pubcli.model import Paper
from pubcli.text.checksum import checksum
from pubcli.text.normalize import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from duckdb import DuckDBPyConnection

    from pubcli.lake.manifest import File, Manifest

SAMPLE = 200
"""The number of papers whose words, fields and authors are compared with their JSON."""
_MEMORY = "600MB"


def findings(lake: Path) -> Iterator[str]:
    """Yield a sentence for each fault of a lake. Raises InputError if the folder has no manifest that can be read."""
    present = manifest.read(lake)
    damaged = set()
    for file in present.files:
        for finding in _file_findings(lake, file):
            damaged.add(file.table)
            yield finding
    yield from _missing_tables(present)
    if damaged:
        yield f"counts and words were not checked, because files of {', '.join(sorted(damaged))} are damaged"
        return
    with tempfile.TemporaryDirectory() as temporary, parquet.connection(_MEMORY, Path(temporary)) as database:
        for table in TABLES:
            paths = [lake / path for path in present.paths(table)]
            database.execute(f"CREATE TEMP VIEW {table} AS SELECT * FROM {parquet.source(*paths)}")
        for file in present.files:
            yield from _order_findings(database, lake, file)
        yield from _count_findings(database, present)
        yield from _sample_findings(database, present)


def _file_findings(lake: Path, file: File) -> Iterator[str]:
    """Yield what is wrong with the bytes of a file."""
    path = lake / file.path
    try:
        size = path.stat().st_size
        if size != file.bytes:
            yield f"{file.path} has {size:,} bytes instead of {file.bytes:,}"
        elif parquet.digest(path) != file.sha256:
            yield f"the contents of {file.path} have changed: its SHA-256 differs from that in the manifest"
    except FileNotFoundError:
        yield f"{file.path} is missing"
    except OSError as error:
        yield f"{file.path} cannot be read: {error.strerror}"


def _missing_tables(present: Manifest) -> Iterator[str]:
    for table in TABLES:
        if not present.paths(table):
            yield f"the manifest lists no file of {table}"


def _order_findings(database: DuckDBPyConnection, lake: Path, file: File) -> Iterator[str]:
    """Yield what is wrong with the number or the order of the rows of a file."""
    order = TABLES[file.table].order
    source = parquet.source(lake / file.path)
    [rows] = _row(database, f"SELECT count(*) FROM {source}")
    if rows != file.rows:
        yield f"{file.path} has {counted(rows, 'row', 'rows')} instead of {file.rows:,}"
    if not order:
        return
    columns, lags = ", ".join(order), ", ".join(f"lag({column}) OVER () AS before_{column}" for column in order)
    is_unsorted = f"({columns}) <= ({', '.join(f'before_{column}' for column in order)})"
    pairs = f"(SELECT {columns}, {lags} FROM {source}) WHERE before_{order[0]} IS NOT NULL"
    [unsorted] = _row(database, f"SELECT count(*) FROM {pairs} AND {is_unsorted}")
    if unsorted:
        yield f"{file.path} is not sorted by {' and '.join(order)}, or has a row twice"


def _count_findings(database: DuckDBPyConnection, present: Manifest) -> Iterator[str]:
    """Yield the counts that contradict each other."""
    for statement, expected, name in (
        ("SELECT count(*) FROM papers", present.papers, "papers in the table papers"),
        ("SELECT count(DISTINCT paper) FROM papers", present.papers, "different numbers of papers"),
        ("SELECT count(DISTINCT key) FROM papers", present.papers, "different keys"),
        ("SELECT count(*) FROM records SEMI JOIN papers USING (paper)", present.papers, "papers in the table records"),
        ("SELECT papers FROM statistics", present.papers, "papers in the table statistics"),
        ("SELECT sum(length)::BIGINT FROM papers", present.words, "words in the table papers"),
        ("SELECT sum(len(positions))::BIGINT FROM postings", present.words, "words in the table postings"),
    ):
        [count] = _row(database, statement)
        if (count or 0) != expected:
            yield f"{count or 0:,} {name} instead of {expected:,}"
    [wrong] = _row(database, _WRONG_FREQUENCIES)
    if wrong:
        yield f"the vocabulary has the wrong number of papers for {counted(wrong, 'word', 'words')}"


_WRONG_FREQUENCIES = """
SELECT count(*) FROM (SELECT word, count(*) AS actual FROM postings GROUP BY word) FULL JOIN vocabulary USING (word)
WHERE actual IS DISTINCT FROM papers
"""


def _sample_findings(database: DuckDBPyConnection, present: Manifest) -> Iterator[str]:
    """Yield the papers of a sample whose words, fields or authors do not follow from their JSON."""
    step = max(1, present.papers // SAMPLE)
    database.execute(f"CREATE TEMP TABLE sampled AS SELECT paper FROM papers WHERE paper % {step} = 1 % {step}")
    records = database.execute("SELECT paper, json, checksum FROM records SEMI JOIN sampled USING (paper)").fetchall()
    tables = {table: _rows_by_paper(database, table) for table in ("papers", "authorship", "postings")}
    for paper, text, stored in records:
        if stored is not None and checksum(text) != stored:
            yield f"the text of paper {paper} has changed"
            continue
        for table, expected in _expected_rows(paper, text).items():
            actual = tables[table].get(paper, [])
            if [_without_person(row) for row in actual] != expected:
                yield f"the rows of paper {paper} in {table} do not follow from its record"


def _without_person(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without the identifier of an author, which the record does not have."""
    return {name: value for name, value in row.items() if name != "person"}


def _rows_by_paper(database: DuckDBPyConnection, table: str) -> dict[int, list[dict[str, Any]]]:
    columns = TABLES[table].columns
    statement = f"SELECT {', '.join(columns)} FROM {table} SEMI JOIN sampled USING (paper) ORDER BY ALL"
    rows: dict[int, list[dict[str, Any]]] = {}
    for values in database.execute(statement).fetchall():
        row = dict(zip(columns, values, strict=True))
        rows.setdefault(row["paper"], []).append(row)
    return rows


def _expected_rows(paper: int, text: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a paper in three tables, as they follow from its JSON."""
    record = json.loads(text)
    entry = entries.entry(Identified(Paper.model_validate({**record, "last_line": record["line"]})), 1)
    positions = dict(zip(entry["words"], entry["positions"], strict=True))
    return {
        "papers": [
            {name: _as_list(entry[name]) if name in entry else paper for name in TABLES["papers"].columns}
        ],
        "authorship": [
            {"paper": paper, **_without_person(author)} for author in entry["author_list"]
        ],
        "postings": [
            {
                "word": word, "paper": paper, "length": entry["length"],
                **{column: _count(positions[word], number) for number, column in enumerate(TEXT_COLUMNS)},
                "positions": positions[word],
            }
            for word in sorted(positions)
        ],
    }  # fmt: skip


def _count(positions: Iterable[int], column: int) -> int:
    return sum(position >> PLACE_BITS == column for position in positions)


def _as_list(value: Any) -> Any:
    return [*value] if isinstance(value, tuple) else value


def _row(database: DuckDBPyConnection, statement: str) -> Sequence[Any]:
    try:
        return database.execute(statement).fetchone() or (0,)
    except parquet.errors() as error:
        raise InputError(f"a file of the lake cannot be read: {str(error).splitlines()[0]}") from None
