"""Build a lake or add papers to one, show the progress, and report the outcome, for `lake build` and `lake add`."""

import gc
import sys
import time
from collections.abc import Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pubcli.cli.options import Output, Reading
from pubcli.cli.output import note, note_own_files
from pubcli.errors import ExitCode, InputError, UsageError
from pubcli.text.normalize import counted, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pubcli.lake.build import Outcome
    from pubcli.lake.jobs import Progress
    from pubcli.lake.sources import Job

_MOST_PROBLEMS = 3
"""The largest number of problems that are printed; further ones are only counted."""


def require_duckdb() -> None:
    """Raise UsageError if DuckDB is not installed."""
    if find_spec("duckdb") is None:
        raise UsageError("a lake needs DuckDB: pip install 'pubcli[lake]'")


def build_lake(
    files: Sequence[str], lake: Path, reading: Reading, output: Output, *, workers: int, restart: bool, is_new: bool
) -> ExitCode:
    """Build a lake from files, or add the files to one unless `is_new`. Print the progress and the outcome."""
    require_duckdb()
    from pubcli.lake import build

    jobs = _jobs(files, reading, output)
    if restart:
        build.discard(lake)
    run = build.build if is_new else build.add
    gc.disable()  # records have no cycles, and looking for cycles takes a tenth of the time
    with _reporting(output) as progress:
        outcome = run(jobs, lake, workers, progress.show)
    _report(outcome, lake, output, is_new=is_new)
    return ExitCode.DONE


def compact_lake(lake: Path, output: Output, workers: int) -> ExitCode:
    """Merge the files of a lake, and print how many there were and are."""
    require_duckdb()
    from pubcli.lake import compaction, manifest

    before = len(manifest.read(lake).files)
    with _reporting(output) as progress:
        result = compaction.compact(lake, workers, progress.show)
    note(output, f"{visible(str(lake))} had {counted(before, 'file', 'files')}, and now has {len(result.files):,}")
    return ExitCode.DONE


def _jobs(files: Sequence[str], reading: Reading, output: Output) -> "list[Job]":
    """Return the jobs for files, folders and globs.

    Files that cannot be read are reported, and the answer then lacks them. Raises InputError if no file can be read.
    """
    from pubcli.inputs.selection import select
    from pubcli.lake import sources

    day, options = reading.day(), reading.read_options()
    selection = select(files)
    note_own_files(output, selection.own_files)
    failures, jobs = list(selection.failures), list["Job"]()
    for file in selection.files:
        try:
            jobs += sources.jobs(file.path, day, options)
        except InputError as error:
            failures.append(error)
    if not jobs:
        raise InputError("\npubcli: ".join(map(str, failures)) or "the files are empty")
    if failures:
        # A lake without some of its files would look complete, and adding them later costs more than naming them now.
        raise InputError("\npubcli: ".join([*map(str, failures), "nothing was built; leave out these files"]))
    return jobs


class _ProgressLine:
    """Shows the progress: on a terminal, in one line that changes; elsewhere, with a note after each step."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._is_terminal = not output.quiet and sys.stderr is not None and sys.stderr.isatty()
        self._width = 0
        self._start = time.monotonic()

    def show(self, progress: "Progress") -> None:
        """Show how far a step is."""
        text = f"{progress.step}: {progress.done:,} of {counted(progress.jobs, 'job', 'jobs')}"
        if progress.papers:
            text += f", {counted(progress.papers, 'paper', 'papers')}"
        is_complete = progress.done == progress.jobs
        if self._is_terminal:
            self._replace_line(text)
        if is_complete and progress.jobs > 1:
            self.clear()
            seconds = time.monotonic() - self._start
            note(self._output, f"{text} after {seconds:,.0f} s")

    def _replace_line(self, text: str) -> None:
        sys.stderr.write(f"\r{text:<{self._width}}")
        sys.stderr.flush()
        self._width = len(text)

    def clear(self) -> None:
        """Remove the line."""
        if self._width:
            sys.stderr.write(f"\r{'':<{self._width}}\r")
            sys.stderr.flush()
            self._width = 0


@contextmanager
def _reporting(output: Output) -> "Iterator[_ProgressLine]":
    line = _ProgressLine(output)
    try:
        yield line
    finally:
        line.clear()


def _report(outcome: "Outcome", lake: Path, output: Output, *, is_new: bool) -> None:
    """Print what a build did, and what it left out."""
    numbers, name = outcome.numbering, visible(str(lake))
    if outcome.repeated:
        complete = counted(outcome.repeated, "job was", "jobs were")
        note(output, f"an interrupted build was continued; {complete} complete already")
    if numbers.repeated:
        records = counted(numbers.repeated, "record is", "records are")
        note(output, f"{records} about papers that a later record describes; only the later record was used")
    if numbers.present:
        note(output, f"{counted(numbers.present, 'paper is', 'papers are')} in the lake already; they did not change")
    for problem in outcome.first_problems[:_MOST_PROBLEMS]:
        place = f"{problem['source']}, line {problem['line']}"
        note(output, f"{place}: {problem['reason']}; expected {problem['expected']}")
    if outcome.problems:
        note(output, f"{counted(outcome.problems, 'record was', 'records were')} not understood, and left out")
    papers = counted(numbers.papers, "paper", "papers")
    total = f"{papers} in {name}" if is_new else f"{papers} added to {name}, which now has {outcome.manifest.papers:,}"
    note(output, total)
