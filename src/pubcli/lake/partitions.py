"""Write the papers of a lake in partitions: a partition has up to `SIZE` papers, in the order of their numbers.

Each partition is a file of the tables `papers`, `records` and `authorship`, and a *run*: the postings of its papers,
sorted by word. `merging` merges the runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pubcli.lake import parquet, parts
from pubcli.lake.tables import PLACE_BITS, TABLES, TEXT_COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from pubcli.lake.layout import Layout

SIZE = 25_000
_ROWS_PER_GROUP = 20_480
"""Rows in a group of a run. Groups are small, because the merge reads only a range of words at a time."""


class Partition(NamedTuple):
    """A partition to write."""

    number: int
    """Its number in the build, counted from 0."""
    block: int
    first: int
    last: int
    """The numbers of its first and its last paper."""


def partitions(database: DuckDBPyConnection, numbers: Path) -> list[Partition]:
    """Divide the numbered papers into partitions, which end where a block ends."""
    statement = f"SELECT block, min(paper), max(paper) FROM {parquet.source(numbers)} GROUP BY 1 ORDER BY 1"
    ranges = [
        (block, start, min(start + SIZE - 1, last))
        for block, first, last in database.execute(statement).fetchall()
        for start in range(first, last + 1, SIZE)
    ]
    return [Partition(number, *range_) for number, range_ in enumerate(ranges)]


def write(layout: Layout, partition: Partition) -> dict[str, Any]:
    """Write the files of a partition; return the number of papers, and the files for the manifest."""
    name = layout.name(partition.number)
    run = layout.runs / name
    files = []
    with layout.database() as database:
        _read(database, layout, partition)
        for table, select in _SELECTS.items():
            path = layout.file(table, partition.number)
            parquet.copy(database, select, path, table)
            files.append(parquet.file_of(database, layout.lake, table, path)._asdict())
        parquet.copy(database, _ACRONYMS, layout.acronyms / name)
        parquet.copy_intermediate(database, POSTINGS, run, _ROWS_PER_GROUP)
        database.execute("DROP TABLE batch")
        counts = f"SELECT word, count(*)::INTEGER AS papers FROM {parquet.source(run)} GROUP BY word ORDER BY word"
        parquet.copy(database, counts, layout.counts / name)
    return {"papers": partition.last - partition.first + 1, "files": files}


def _read(database: DuckDBPyConnection, layout: Layout, partition: Partition) -> None:
    """Create the table `batch` with the entries of a partition, in the order of their numbers."""
    database.execute(
        "CREATE TEMP TABLE numbered AS SELECT paper, part, number, date, key AS new_key "
        f"FROM {parquet.source(layout.numbers)} WHERE paper BETWEEN ? AND ?",
        (partition.first, partition.last),
    )
    dates = database.execute("SELECT min(date), max(date), count(*) - count(date) FROM numbered").fetchone()
    first, last, undated = dates or (None, None, 0)
    conditions = [f"date BETWEEN '{first}' AND '{last}'"] if first else []
    where = " OR ".join([*conditions, *(["date IS NULL"] if undated else [])])
    start = partition.block * parts.PER_BLOCK
    in_block = enumerate(parts.paths(layout.parts)[start : start + parts.PER_BLOCK], start)
    selects = [f"SELECT {index} AS part, * FROM {parquet.source(path)} WHERE {where}" for index, path in in_block]
    database.execute(_BATCH.format(entries=" UNION ALL ".join(selects)))


_BATCH = """
CREATE TEMP TABLE batch AS SELECT paper, new_key, entry.* FROM ({entries}) AS entry
JOIN (SELECT paper, part, number, new_key FROM numbered) AS numbered USING (part, number)
"""
_KEY = "coalesce(new_key, key)"
_RECORD = """
if(new_key IS NULL, json, '{"key":"' || new_key || substr(json, 9 + length(key)))
"""
"""The JSON of a paper with its new key. A valid key has no character that JSON escapes, and is the first value."""


def _select(table: str, expressions: dict[str, str], source: str = "batch") -> str:
    """Return a SELECT of the columns of a table, in order. `expressions` has the SQL of columns with other values."""
    columns = [
        f"CAST({expressions.get(name, name)} AS {type_}) AS {name}" for name, type_ in TABLES[table].columns.items()
    ]
    order = f" ORDER BY {', '.join(TABLES[table].order)}" if TABLES[table].order else ""
    return f"SELECT {', '.join(columns)} FROM {source}{order}"


_SELECTS = {
    "papers": _select("papers", {"key": _KEY}),
    "records": _select("records", {"json": _RECORD, "checksum": "if(new_key IS NULL, checksum, NULL)"}),
    "authorship": _select(
        "authorship",
        {name: f"author.{name}" for name in ("place", "folded", "name", "is_last", "person")},
        "(SELECT paper, unnest(author_list) AS author FROM batch)",
    ),
}
_ACRONYMS = """
SELECT acronym.short AS short, acronym.long AS long, count(*)::INTEGER AS papers
FROM (SELECT unnest(acronym_list) AS acronym FROM batch) GROUP BY ALL ORDER BY ALL
"""
_COUNTS = ", ".join(
    f"len(list_filter(positions, lambda place: place >> {PLACE_BITS} = {number}))::INTEGER AS {column}"
    for number, column in enumerate(TEXT_COLUMNS)
)
POSTINGS = f"""
SELECT word, paper, length, {_COUNTS}, positions
FROM (SELECT unnest(words) AS word, paper, length, unnest(positions) AS positions FROM batch)
ORDER BY word, paper
"""
"""The postings of the table `batch`."""
