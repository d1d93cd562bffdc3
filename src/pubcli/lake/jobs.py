"""Run the jobs of a build in several processes, and remember which of them are complete.

A job that is complete has a receipt: a JSON file with its result. When an interrupted build continues, only jobs
without a receipt run again.
"""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import signal
import threading
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from pubcli.errors import OutputError
from pubcli.unfinished import unfinished_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from concurrent.futures import Future

Result: TypeAlias = dict[str, Any]
"""The result of a job, which JSON can store."""


class Progress(NamedTuple):
    """How far a step is."""

    step: str
    """What the step does, such as `reading`."""
    done: int
    """The number of complete jobs."""
    jobs: int
    papers: int
    """The number of papers in the complete jobs, or 0 if the step does not count them."""


class Workers:
    """Processes that run jobs; with a single worker, jobs run in this process."""

    def __init__(self, count: int, receipts: Path, report: Callable[[Progress], object]) -> None:
        self.count, self._receipts, self._report = count, receipts, report
        self.repeated = 0
        """The number of jobs that were complete before this process began."""

    def run(self, step: str, function: Callable[..., Result], jobs: Mapping[str, tuple[Any, ...]]) -> list[Result]:
        """Run a function for each job, and return the results in the order of the jobs.

        `jobs` has the arguments of the function by the name of the job. Raises what the function raises, and
        OutputError if a process was killed.
        """
        results = {name: _receipt(self._receipts / f"{step}-{name}.json") for name in jobs}
        self.repeated += sum(result is not None for result in results.values())
        waiting = {name: arguments for name, arguments in jobs.items() if results[name] is None}
        self._tell(step, results)
        run = self._run_here if self.count == 1 or len(waiting) == 1 else self._run_in_processes
        for name, result in run(function, waiting):
            _write_receipt(self._receipts / f"{step}-{name}.json", result)
            results[name] = result
            self._tell(step, results)
        return [result for result in results.values() if result is not None]

    def _tell(self, step: str, results: Mapping[str, Result | None]) -> None:
        complete = [result for result in results.values() if result is not None]
        papers = sum(result.get("papers", 0) for result in complete)
        self._report(Progress(step, len(complete), len(results), papers))

    def _run_here(
        self, function: Callable[..., Result], jobs: Mapping[str, tuple[Any, ...]]
    ) -> Iterator[tuple[str, Result]]:
        for name, arguments in jobs.items():
            yield name, function(*arguments)

    def _run_in_processes(
        self, function: Callable[..., Result], jobs: Mapping[str, tuple[Any, ...]]
    ) -> Iterator[tuple[str, Result]]:
        context = multiprocessing.get_context("spawn")  # a forked process would share the connections of this one
        pool = ProcessPoolExecutor(self.count, context, _start_worker)
        rest = iter(jobs.items())
        running: dict[Future[Result], str] = {}
        try:
            while True:
                while len(running) < self.count + 1 and (job := next(rest, None)):
                    running[pool.submit(function, *job[1])] = job[0]
                if not running:
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    yield running.pop(future), future.result()
        except BrokenProcessPool:
            raise OutputError(
                "a process of the build was killed, perhaps because memory ran out; "
                "repeat the command to continue, perhaps with fewer --workers"
            ) from None
        finally:
            _stop(pool)


def _start_worker() -> None:
    """Prepare a process: it ignores Ctrl-C, which its parent handles, and ends when its parent ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # records have no cycles, and looking for cycles takes a tenth of the time
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


def _stop(pool: ProcessPoolExecutor) -> None:
    """End the processes of a pool without waiting for their jobs."""
    processes = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    for process in processes:
        process.join()


def _receipt(path: Path) -> Result | None:
    try:
        receipt: Result = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    return receipt


def _write_receipt(path: Path, result: Result) -> None:
    with unfinished_file(path) as unfinished:
        unfinished.write_text(json.dumps(result), encoding="utf-8")
        unfinished.replace(path)
