"""Compact a lake: merge the postings of additions, and small files of papers, so that questions read fewer files."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pubcli.lake import build, manifest, merging, parquet, partitions
from pubcli.lake.jobs import Workers
from pubcli.lake.layout import Layout
from pubcli.lake.manifest import File, Manifest
from pubcli.lake.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pubcli.lake.jobs import Progress

_BY_PAPER = ("papers", "records", "authorship")
"""The tables whose files are partitions."""


def compact(lake: Path, workers: int = 1, report: Callable[[Progress], object] = lambda _: None) -> Manifest:
    """Compact a lake, or continue a compaction that was interrupted, and return the new manifest.

    The lake answers questions as before while it is compacted. Raises errors as `build.build` does.
    """
    present = manifest.read(lake)
    layout = Layout(lake, present.generation + 1)
    with build.session(layout, []):
        pool = Workers(workers, layout.receipts, report)
        result = present._replace(files=_files(layout, present, pool), generation=layout.generation)
        build.publish(layout, result)
    return result


def _files(layout: Layout, present: Manifest, workers: Workers) -> tuple[File, ...]:
    postings = [str(layout.lake / path) for path in present.paths("postings")]
    with layout.database() as database:
        words = merging.ranges(database, [*map(layout.lake.joinpath, present.paths("vocabulary"))])
    merged = workers.run("merging", merging.merge, {f"{item.number:06}": (layout, item, postings) for item in words})
    groups = _groups(present)
    jobs = {
        f"{table}-{number:06}": (layout, table, number, [file._asdict() for file in group])
        for table in _BY_PAPER
        for number, group in enumerate(groups[table])
    }
    joined = workers.run("joining", join, jobs)
    new = [File(**file) for result in (*merged, *joined) for file in result["files"]]
    replaced = {"postings", "vocabulary", *_BY_PAPER}
    return manifest.in_order([*(file for file in present.files if file.table not in replaced), *new])


def _groups(present: Manifest) -> dict[str, list[list[File]]]:
    """Return the files of each table of `_BY_PAPER` in groups of at most as many papers as a partition has.

    The files of a partition have the same name in all of these tables.
    """
    papers = [file for file in present.files if file.table == "papers"]
    starts = [*_starts([file.rows for file in papers]), len(papers)]
    files = {file.path: file for file in present.files}
    names = [file.path.partition("/")[2] for file in papers]
    return {
        table: [[files[f"{table}/{name}"] for name in names[start:end]] for start, end in pairwise(starts)]
        for table in _BY_PAPER
    }


def _starts(sizes: Sequence[int]) -> Iterator[int]:
    """Yield the index of the first file of each group. `sizes` are the numbers of papers in the files."""
    total = partitions.SIZE
    for index, size in enumerate(sizes):
        total += size
        if total > partitions.SIZE:
            yield index
            total = size


def join(layout: Layout, table: str, number: int, group: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Join the files of a group; a file that is alone in its group stays. Return the file for the manifest."""
    if len(group) == 1:
        return {"files": [*group]}
    path = layout.file(table, number)
    source = parquet.source(*(layout.lake / file["path"] for file in group))
    with layout.database() as database:
        parquet.copy(database, f"SELECT * FROM {source} ORDER BY {', '.join(TABLES[table].order)}", path, table)
        return {"files": [parquet.file_of(database, layout.lake, table, path)._asdict()]}
