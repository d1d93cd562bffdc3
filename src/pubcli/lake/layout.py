"""The folders of a lake, and of a build that is not complete."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pubcli.lake import parquet
from pubcli.lake.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

_BUILDING = "building"
MEMORY = 350
"""Megabytes that DuckDB may use in each process before it writes to temporary files."""


class Layout(NamedTuple):
    """The folders of a build."""

    lake: Path
    generation: int
    """The number of the build or addition, counted from 1. The names of the files that it writes begin with it."""

    @property
    def building(self) -> Path:
        """The folder of what is needed only until the build is complete."""
        return building(self.lake)

    @property
    def parts(self) -> Path:
        """The folder of the parts: the entries of papers as they were read."""
        return self.building / "parts"

    @property
    def numbers(self) -> Path:
        """The file with the numbers of papers."""
        return self.building / "numbers.parquet"

    @property
    def runs(self) -> Path:
        """The folder of the postings of each partition."""
        return self.building / "runs"

    @property
    def counts(self) -> Path:
        """The folder of the words of each run, with their numbers of papers."""
        return self.building / "counts"

    @property
    def acronyms(self) -> Path:
        """The folder of the acronyms of each partition."""
        return self.building / "acronyms"

    @property
    def receipts(self) -> Path:
        """The folder of the results of jobs."""
        return self.building / "receipts"

    @property
    def temporary(self) -> Path:
        """The folder of what does not fit into memory."""
        return self.building / "temporary"

    def create(self) -> None:
        """Create all folders that do not exist yet. Raises OSError if the folder of the lake cannot be written."""
        folders = self.parts, self.runs, self.counts, self.acronyms, self.receipts, self.temporary
        for folder in (*(self.lake / table for table in TABLES), *folders):
            folder.mkdir(parents=True, exist_ok=True)

    def file(self, table: str, number: int) -> Path:
        """Return the path of a file of a table. `number` counts the files of the build, from 0."""
        return self.lake / table / self.name(number)

    def name(self, number: int) -> str:
        """Return the name of a file."""
        return f"{self.generation:04}-{number:06}.parquet"

    @contextmanager
    def database(self, threads: int = 1) -> Iterator[DuckDBPyConnection]:
        """Open an empty database. What does not fit into `MEMORY` for each thread goes to temporary files."""
        with parquet.connection(f"{MEMORY * threads}MB", self.temporary, threads) as database:
            yield database


def building(lake: Path) -> Path:
    """Return the folder of a build that is not complete."""
    return lake / _BUILDING
