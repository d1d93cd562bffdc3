"""Write the papers of a lake in partitions: a partition has up to `SIZE` papers, in the order of their numbers.

Each partition is a file of the tables `papers`, `records` and `authorship`, and a *run*: the postings of its papers,
sorted by word. `merging` merges the runs.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pubcli.lake import parquet
from pubcli.lake.tables import PLACE_BITS, TABLES, TEXT_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duckdb import DuckDBPyConnection

SIZE = 50_000
ROWS_PER_GROUP = 20_480
"""Rows in a group of a run. Groups are small, because the merge reads only a range of words at a time."""


class Partition(NamedTuple):
    """A partition to write."""

    block: int
    first: int
    last: int
    """The numbers of its first and its last paper."""
    name: str
    """The name of its files."""


def partitions(database: DuckDBPyConnection, numbers: Path, generation: int) -> list[Partition]:
    """Divide the numbered papers into partitions. `generation` counts the builds and additions, from 1."""
    statement = (
        f"SELECT block, min(paper), max(paper) FROM read_parquet({parquet.literal(numbers)}) GROUP BY 1 ORDER BY 1"
    )
    ranges = [
        (block, start, min(start + SIZE - 1, last))
        for block, first, last in database.execute(statement).fetchall()
        for start in range(first, last + 1, SIZE)
    ]
    return [Partition(*range_, f"{generation:04}-{index:06}.parquet") for index, range_ in enumerate(ranges)]


class Folders(NamedTuple):
    """Where a partition is written."""

    lake: Path
    """The folder of the lake, with a folder for each table."""
    runs: Path
    acronyms: Path


def write(
    database: DuckDBPyConnection,
    partition: Partition,
    numbers: Path,
    block_parts: Sequence[tuple[int, Path]],
    folders: Folders,
) -> None:
    """Write the files of a partition. `block_parts` are the parts of its block, each with its index.

    The run is written last, so a partition is complete if its run exists.
    """
    _read(database, partition, numbers, block_parts)
    for table, select in _SELECTS.items():
        parquet.copy(database, select, folders.lake / table / partition.name)
    parquet.copy(database, _ACRONYMS, folders.acronyms / partition.name)
    parquet.copy(database, POSTINGS, folders.runs / partition.name, rows_per_group=ROWS_PER_GROUP)
    database.execute("DROP TABLE batch")


def _read(
    database: DuckDBPyConnection, partition: Partition, numbers: Path, block_parts: Sequence[tuple[int, Path]]
) -> None:
    """Create the table `batch` with the entries of a partition, in the order of their numbers."""
    database.execute(
        "CREATE OR REPLACE TEMP TABLE numbered AS SELECT paper, part, number, date, key AS new_key "
        f"FROM read_parquet({parquet.literal(numbers)}) WHERE paper BETWEEN ? AND ?",
        (partition.first, partition.last),
    )
    dates = database.execute("SELECT min(date), max(date), count(*) - count(date) FROM numbered").fetchone()
    first, last, undated = dates or (None, None, 0)
    conditions = [f"date BETWEEN '{first}' AND '{last}'"] if first else []
    where = " OR ".join([*conditions, *(["date IS NULL"] if undated else [])])
    selects = [
        f"SELECT {index} AS part, * FROM read_parquet({parquet.literal(path)}) WHERE {where}"
        for index, path in block_parts
    ]
    database.execute(_BATCH.format(entries=" UNION ALL ".join(selects)))


_BATCH = """
CREATE OR REPLACE TEMP TABLE batch AS SELECT paper, new_key, entry.* FROM ({entries}) AS entry
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
_OCCURRENCES = " UNION ALL ".join(
    f"SELECT paper, length, unnest(string_split(words[{number + 1}], ' ')) AS word, "
    f"generate_subscripts(string_split(words[{number + 1}], ' '), 1) - 1 + {number << PLACE_BITS} AS position "
    f"FROM batch WHERE words[{number + 1}] <> ''"
    for number in range(len(TEXT_COLUMNS))
)
_COUNTS = ", ".join(
    f"count(*) FILTER (position >> {PLACE_BITS} = {number})::INTEGER AS {column}"
    for number, column in enumerate(TEXT_COLUMNS)
)
POSTINGS = f"""
SELECT word, paper, any_value(length) AS length, {_COUNTS}, list_sort(list(position))::INTEGER[] AS positions
FROM ({_OCCURRENCES}) GROUP BY word, paper ORDER BY word, paper
"""
"""The postings of the table `batch`, which has the columns paper, length and words."""
