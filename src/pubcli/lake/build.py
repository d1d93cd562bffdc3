"""Build a lake from files, or add files to one. An interrupted build continues where it was."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pubcli.errors import InputError, OutputError, UsageError
from pubcli.lake import manifest, merging, numbering, parquet, partitions, parts, readers
from pubcli.lake.entries import Identified
from pubcli.lake.jobs import Workers
from pubcli.lake.layout import Layout
from pubcli.lake.manifest import Block, File, Manifest, Source
from pubcli.lake.tables import TABLES, VERSION
from pubcli.text.normalize import visible
from pubcli.unfinished import unfinished_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from duckdb import DuckDBPyConnection

    from pubcli.lake.jobs import Progress, Result
    from pubcli.lake.sources import Job
    from pubcli.model import Paper


class Outcome(NamedTuple):
    """What a build did."""

    manifest: Manifest
    numbering: numbering.Numbering
    """The number of papers that it added, and of those that it left out."""
    problems: int
    """The number of parts of the sources that were not understood."""
    first_problems: list[dict[str, Any]]
    repeated: int
    """The number of jobs that were complete before, because an earlier build was interrupted."""


def build(
    jobs: Sequence[Job], lake: Path, workers: int = 1, report: Callable[[Progress], object] = lambda _: None
) -> Outcome:
    """Build a lake in a new or empty folder, or continue a build that was interrupted.

    `report` is called whenever a job is complete. Raises UsageError if the folder has other contents, InputError if a
    source cannot be read, and OutputError if the lake cannot be written.
    """
    _require_new(lake)
    return _run(Layout(lake, 1), jobs, None, workers, report)


def add(
    jobs: Sequence[Job], lake: Path, workers: int = 1, report: Callable[[Progress], object] = lambda _: None
) -> Outcome:
    """Add papers to a lake, or continue an addition that was interrupted. Papers that the lake has do not change.

    Raises errors as `build` does.
    """
    present = manifest.read(lake)
    return _run(Layout(lake, present.generation + 1), jobs, present, workers, report)


def build_small(papers: Iterable[Paper], lake: Path) -> Manifest:
    """Build a lake from papers in memory, and return its manifest."""
    layout = Layout(lake, 1)
    layout.create()
    with layout.database() as database:
        count = parts.write(database, map(Identified, papers), layout.parts, 0)
    reports = [{"papers": count, "problems": 0, "first_problems": [], "aliases": []}]
    workers = Workers(1, layout.receipts, lambda _: None)
    result = _index(layout, reports, (), None, workers).manifest
    publish(layout, result)
    return result


def _require_new(lake: Path) -> None:
    name = visible(str(lake))
    try:
        names = {path.name for path in lake.iterdir()}
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutputError(f"{name} cannot be read: {error.strerror}; name another folder") from None
    if manifest.NAME in names:
        raise UsageError(f"{name} is a lake already; pubcli lake add adds papers to it, or name another folder")
    if names and not (lake / "building").is_dir():
        raise UsageError(f"{name} is not empty; name a new folder")


def _run(
    layout: Layout, jobs: Sequence[Job], present: Manifest | None, count: int, report: Callable[[Progress], object]
) -> Outcome:
    with session(layout, jobs):
        workers = Workers(count, layout.receipts, report)
        named_jobs = {f"{index:06}": (layout, index, job) for index, job in enumerate(jobs)}
        reports = workers.run("reading", read_job, named_jobs)
        outcome = _index(layout, reports, _sources(jobs), present, workers)
        publish(layout, outcome.manifest)
        return outcome


@contextmanager
def session(layout: Layout, jobs: Sequence[Job]) -> Iterator[None]:
    """Prepare the folders of a build, or of one that was interrupted, and lock them. `jobs` are what it reads.

    Raises UsageError if something else was interrupted in the folder, and OutputError if the lake cannot be written.
    """
    with parquet.explaining(layout.lake):
        layout.create()
        with _locked(layout):
            _require_same_plan(layout, jobs)
            shutil.rmtree(layout.temporary)
            layout.temporary.mkdir()
            yield


def publish(layout: Layout, result: Manifest) -> None:
    """Write the manifest of a complete build, and remove what it does not list."""
    manifest.write(layout.lake, result)
    _remove_unlisted(layout.lake, result.files)
    shutil.rmtree(layout.building)


def _index(
    layout: Layout, reports: Sequence[Result], sources: Sequence[Source], present: Manifest | None, workers: Workers
) -> Outcome:
    """Number and index the papers that were read. `reports` are the results of reading, and `present` is the lake."""
    threads = workers.count
    files = present.files if present else ()
    papers = [str(layout.lake / file.path) for file in files if file.table == "papers"]
    first = present.papers + 1 if present else 1
    [numbered] = workers.run("numbering", number, {"all": (layout, first, papers, threads)})
    if present and not numbered["rows"]:
        return _outcome(present, numbered, reports, workers)
    with layout.database(threads) as database:
        batches = partitions.partitions(database, layout.numbers)
    written = workers.run("indexing", partitions.write, {f"{item.number:06}": (layout, item) for item in batches})
    runs = [str(layout.runs / layout.name(item.number)) for item in batches]
    with layout.database(threads) as database:
        words = merging.ranges(database, [layout.counts / layout.name(item.number) for item in batches])
    merged = workers.run("merging", merging.merge, {f"{item.number:06}": (layout, item, runs) for item in words})
    aliases = [row for result in reports for row in result["aliases"]]
    new_files = [File(**file) for result in (*written, *merged) for file in result["files"]]
    [finished] = workers.run("finishing", finish, {"all": (layout, aliases, _asdicts(files), _asdicts(new_files))})
    result = Manifest(
        papers=finished["papers"],
        words=finished["words"],
        blocks=(*(present.blocks if present else ()), *(_block(item) for item in finished["blocks"])),
        files=tuple(File(**file) for file in finished["files"]),
        sources=(*(present.sources if present else ()), *sources),
        generation=layout.generation,
    )
    return _outcome(result, numbered, reports, workers)


def _outcome(result: Manifest, numbered: Result, reports: Sequence[Result], workers: Workers) -> Outcome:
    return Outcome(
        result,
        numbering.Numbering(numbered["rows"], numbered["repeated"], numbered["present"]),
        sum(report["problems"] for report in reports),
        [problem for report in reports for problem in report["first_problems"]],
        workers.repeated,
    )


def read_job(layout: Layout, index: int, job: Job) -> Result:
    """Read the papers of a job into parts."""
    report = readers.Report()
    with layout.database() as database:
        papers = parts.write(database, readers.read(job, report), layout.parts, index)
    first = [problem.model_dump(mode="json") for problem in report.problems]
    return {"papers": papers, "problems": report.problem_count, "first_problems": first, "aliases": report.aliases}


def number(layout: Layout, first: int, present: Sequence[str], threads: int) -> Result:
    """Number the papers of all parts. Raises InputError if there are none."""
    if not parts.paths(layout.parts):
        raise InputError("the files have no papers, so there is nothing to put into a lake")
    with layout.database(threads) as database:
        result = numbering.number(database, layout.parts, layout.numbers, first, [*map(Path, present)])
    return {"rows": result.papers, "repeated": result.repeated, "present": result.present}


def finish(layout: Layout, aliases: Sequence[Sequence[str]], before: Sequence[Result], new: Sequence[Result]) -> Result:
    """Write the tables that summarise the whole lake, and return what the manifest needs.

    `before` are the files that the lake had, and `new` those that were written, as in the manifest.
    """
    files = [File(**item) for item in (*before, *new)]
    if before:
        files = _with_whole_vocabulary(layout, files)
    with layout.database() as database:
        database.execute("CREATE TEMP TABLE alias (folded VARCHAR, head VARCHAR, name VARCHAR)")
        if aliases:
            database.executemany("INSERT INTO alias VALUES (?, ?, ?)", aliases)
        paths = {table: [layout.lake / file.path for file in files if file.table == table] for table in TABLES}
        acronyms = [*paths["acronyms"], *sorted(layout.acronyms.glob("*.parquet"))]
        selects = {
            "acronyms": _ACRONYMS.format(files=parquet.source(*acronyms)),
            "aliases": _aliases(paths["aliases"]),
            "statistics": _STATISTICS.format(files=parquet.source(*paths["papers"])),
        }
        files = [file for file in files if file.table not in selects]
        for table, select in selects.items():
            path = layout.file(table, 0)
            parquet.copy(database, select, path)
            files.append(parquet.file_of(database, layout.lake, table, path))
        [papers, words] = database.execute(_TOTALS.format(files=parquet.source(path))).fetchone() or (0, 0)
        blocks = _blocks(database, layout.numbers)
    return {"papers": papers, "words": words, "blocks": blocks, "files": _asdicts(manifest.in_order(files))}


_ACRONYMS = "SELECT short, long, sum(papers)::INTEGER AS papers FROM {files} GROUP BY ALL ORDER BY short, long"
_STATISTICS = """
SELECT count(*) AS papers, coalesce(sum(length), 0)::BIGINT AS words, coalesce(avg(length), 0.0)::DOUBLE AS average
FROM {files}
"""
_TOTALS = "SELECT papers, words FROM {files}"
_VOCABULARY = "SELECT word, sum(papers)::INTEGER AS papers FROM {files} GROUP BY word ORDER BY word"


def _aliases(before: Sequence[Path]) -> str:
    """Return the SELECT of all aliases. If sources disagree about a name, the last one counts."""
    tables = [*(f"SELECT *, 0 AS age FROM {parquet.source(path)}" for path in before), "SELECT *, 1 AS age FROM alias"]
    newest = "arg_max(head, age) AS head, arg_max(name, age) AS name"
    return f"SELECT folded, {newest} FROM ({' UNION ALL '.join(tables)}) GROUP BY folded ORDER BY folded"


def _with_whole_vocabulary(layout: Layout, files: Sequence[File]) -> list[File]:
    """Replace the files of the vocabulary by a single file that counts each word in the whole lake."""
    parts_of_it = [layout.lake / file.path for file in files if file.table == "vocabulary"]
    path = layout.lake / "vocabulary" / f"{layout.generation:04}-all.parquet"
    with layout.database() as database:
        parquet.copy(database, _VOCABULARY.format(files=parquet.source(*parts_of_it)), path)
        whole = parquet.file_of(database, layout.lake, "vocabulary", path)
    return [*(file for file in files if file.table != "vocabulary"), whole]


def _blocks(database: DuckDBPyConnection, numbers: Path) -> list[Result]:
    """Return the blocks of the numbered papers, as in the manifest."""
    source = parquet.source(numbers)
    years: dict[int, list[tuple[int, int]]] = {}
    dated = f"FROM {source} WHERE date IS NOT NULL"
    statement = f"SELECT block, left(date, 4)::INTEGER, min(paper) {dated} GROUP BY 1, 2 ORDER BY 1, 2"
    for block, year, first in database.execute(statement).fetchall():
        years.setdefault(block, []).append((year, first))
    statement = f"SELECT block, min(paper), count(*) FROM {source} GROUP BY 1 ORDER BY 1"
    blocks = database.execute(statement).fetchall()
    return [{"first_paper": first, "papers": papers, "years": years.get(block, [])} for block, first, papers in blocks]


def _block(item: Result) -> Block:
    return Block(item["first_paper"], item["papers"], tuple((year, first) for year, first in item["years"]))


def _asdicts(files: Iterable[File]) -> list[Result]:
    return [file._asdict() for file in files]


def _sources(jobs: Iterable[Job]) -> list[Source]:
    """Return the files of jobs, with their sizes in bytes; None for what is not a file."""
    return [Source(name, os.path.getsize(name)) for name in dict.fromkeys(job.name for job in jobs)]  # noqa: PTH202


def _require_same_plan(layout: Layout, jobs: Sequence[Job]) -> None:
    """Store what a build does, or raise UsageError if an interrupted build in the folder does something else."""
    plan = {
        "version": VERSION,
        "generation": layout.generation,
        "jobs": [job._asdict() for job in jobs],
        "sources": [[*source, os.stat(source.name).st_mtime_ns] for source in _sources(jobs)],  # noqa: PTH116
        "sizes": [parts.SIZE, parts.PER_BLOCK, partitions.SIZE, merging.ROWS_PER_FILE],
    }
    text = json.dumps(plan, indent=1)
    path = layout.building / "plan.json"
    if not path.exists():
        with unfinished_file(path) as unfinished:
            unfinished.write_text(text, encoding="utf-8")
            unfinished.replace(path)
    elif path.read_text(encoding="utf-8") != text:
        name = visible(str(layout.building))
        raise UsageError(
            f"{name} has an interrupted build of other files, or of files that have changed since; "
            "repeat its command to complete it, or add --restart to discard it"
        )


@contextmanager
def _locked(layout: Layout) -> Iterator[None]:
    """Hold a lock on a build. Raises OutputError if another process builds in the same folder."""
    import fcntl

    with (layout.building / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            name = visible(str(layout.lake))
            raise OutputError(f"{name}: another process is building this lake; wait until it is complete") from None
        yield


def discard(lake: Path) -> None:
    """Remove what an interrupted build has left. Raises OutputError if another process is building."""
    layout = Layout(lake, 0)
    if not layout.building.is_dir():
        return
    with parquet.explaining(lake), _locked(layout):
        is_lake = (lake / manifest.NAME).exists()
        _remove_unlisted(lake, manifest.read(lake).files if is_lake else ())
        shutil.rmtree(layout.building)
        for table in TABLES:
            with suppress(OSError):  # folders of a lake have files
                (lake / table).rmdir()


def _remove_unlisted(lake: Path, files: Iterable[File]) -> None:
    """Remove the files of tables that are not in `files`."""
    listed = {file.path for file in files}
    for table in TABLES:
        for path in (lake / table).glob("*.parquet"):
            if path.relative_to(lake).as_posix() not in listed:
                path.unlink()
