"""Build a lake."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from pubcli.lake import manifest, merging, numbering, parquet, partitions, parts
from pubcli.lake.entries import Identified
from pubcli.lake.manifest import Block, File, Manifest
from pubcli.lake.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from duckdb import DuckDBPyConnection

    from pubcli.model import Paper

_MEMORY = "400MB"


def build_small(papers: Iterable[Paper], lake: Path) -> Manifest:
    """Build a lake from papers in memory, and return its manifest."""
    work = lake / "building"
    folders = partitions.Folders(lake, work / "runs", work / "acronyms")
    for folder in (*(lake / table for table in TABLES), work / "parts", folders.runs, folders.acronyms):
        folder.mkdir(parents=True, exist_ok=True)
    with parquet.connection(_MEMORY, work / "temporary") as database:
        parts.write(database, map(Identified, papers), work / "parts", 0)
        numbers = work / "numbers.parquet"
        numbering.number(database, work / "parts", numbers)
        numbered_parts = list(enumerate(parts.paths(work / "parts")))
        for partition in partitions.partitions(database, numbers, 1):
            start = partition.block * parts.PER_BLOCK
            block_parts = numbered_parts[start : start + parts.PER_BLOCK]
            partitions.write(database, partition, numbers, block_parts, folders)
        runs = sorted(folders.runs.glob("*.parquet"))
        for index, words in enumerate(merging.ranges(database, runs)):
            name = f"0001-{index:06}.parquet"
            merging.merge(database, runs, words, lake / "postings" / name, lake / "vocabulary" / name)
        result = _finish(database, lake, numbers, folders)
    shutil.rmtree(work)
    return result


def _finish(database: DuckDBPyConnection, lake: Path, numbers: Path, folders: partitions.Folders) -> Manifest:
    """Write the small tables and the manifest, and return the manifest."""
    acronyms = sorted(folders.acronyms.glob("*.parquet"))
    source = f"read_parquet({parquet.literals(acronyms)})"
    name = "0001-000000.parquet"
    statement = f"SELECT short, long, sum(papers)::INTEGER AS papers FROM {source} GROUP BY ALL ORDER BY short, long"
    parquet.copy(database, statement, lake / "acronyms" / name)
    aliases = "SELECT NULL::VARCHAR AS folded, NULL::VARCHAR AS head, NULL::VARCHAR AS name WHERE FALSE"
    parquet.copy(database, aliases, lake / "aliases" / name)
    papers = f"read_parquet({parquet.literal(str(lake / 'papers' / '*.parquet'))})"
    totals = f"SELECT count(*) AS papers, sum(length)::BIGINT AS words, avg(length) AS average FROM {papers}"
    parquet.copy(database, totals, lake / "statistics" / name)
    row = database.execute(totals).fetchone() or (0, 0, 0.0)
    result = Manifest(row[0], row[1] or 0, _blocks(database, numbers), _files(database, lake))
    manifest.write(lake, result)
    return result


def _blocks(database: DuckDBPyConnection, numbers: Path) -> tuple[Block, ...]:
    source = f"read_parquet({parquet.literal(numbers)})"
    years: dict[int, list[tuple[int, int]]] = {}
    dated = f"FROM {source} WHERE date IS NOT NULL"
    statement = f"SELECT block, left(date, 4)::INTEGER, min(paper) {dated} GROUP BY 1, 2 ORDER BY 1, 2"
    for block, year, first in database.execute(statement).fetchall():
        years.setdefault(block, []).append((year, first))
    statement = f"SELECT block, min(paper), count(*) FROM {source} GROUP BY 1 ORDER BY 1"
    blocks = database.execute(statement).fetchall()
    return tuple(Block(first, papers, tuple(years.get(block, ()))) for block, first, papers in blocks)


def _files(database: DuckDBPyConnection, lake: Path) -> tuple[File, ...]:
    return tuple(
        parquet.file_of(database, lake, table, path)
        for table in TABLES
        for path in sorted((lake / table).glob("*.parquet"))
    )
