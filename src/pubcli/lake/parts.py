"""Write the entries of papers into parts, sorted by date: the first step of a build.

A part is a Parquet file with up to `SIZE` entries, and not many more than `BYTES`, so that a process can sort it in
memory. A block consists of `PER_BLOCK` parts.
"""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pubcli.lake import entries, parquet
from pubcli.unfinished import unfinished_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from duckdb import DuckDBPyConnection

    from pubcli.lake.entries import Identified

SIZE = 50_000
"""The largest number of entries in a part."""
BYTES = 80 * 2**20
"""The size of the entries of a part as JSON."""
PER_BLOCK = 40
_ROWS_PER_GROUP = 2_048
_LEAST_BUFFER = 16 * 2**20
"""DuckDB's default for the length of a line of JSON, in bytes."""


def write(database: DuckDBPyConnection, papers: Iterable[Identified], folder: Path, job: int) -> int:
    """Write papers into parts named after the job that read them, and return the number of papers."""
    rest = iter(papers)
    total = 0
    for sequence in range(_MOST_PARTS):
        target = folder / f"{job:06}-{sequence:06}.parquet"
        count = _write_part(database, rest, target)
        total += count
        if not count:
            break
    return total


_MOST_PARTS = 1_000_000


def _write_part(database: DuckDBPyConnection, papers: Iterator[Identified], target: Path) -> int:
    """Write the entries of papers into a part, unless there are no papers. Return the number of papers."""
    count, longest = 0, 0
    with unfinished_file(target.with_suffix(".jsonl")) as lines:
        with lines.open("wb") as file:
            for count, paper in enumerate(islice(papers, SIZE), 1):
                line = entries.line(paper, count)
                longest = max(longest, len(line))
                file.write(line)
                if file.tell() >= BYTES:
                    break
        if count:
            columns = ", ".join(f"{name}: {parquet.literal(type_)}" for name, type_ in entries.COLUMNS.items())
            size = max(_LEAST_BUFFER, longest)
            source = f"read_json({parquet.literal(lines)}, format='newline_delimited', columns={{{columns}}}"
            select = f"SELECT * FROM {source}, maximum_object_size={size}) ORDER BY date NULLS FIRST, number"
            parquet.copy_intermediate(database, select, target, _ROWS_PER_GROUP)
    return count


def paths(folder: Path) -> list[Path]:
    """Return the parts in a folder, in the order in which the sources have their papers."""
    return sorted(path for path in folder.glob("*.parquet") if re.fullmatch(r"\d+-\d+\.parquet", path.name))


def blocks(folder: Path) -> list[list[Path]]:
    """Return the parts of each block."""
    every = paths(folder)
    return [every[start : start + PER_BLOCK] for start in range(0, len(every), PER_BLOCK)]
