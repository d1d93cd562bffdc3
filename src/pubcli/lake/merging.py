"""Merge runs of postings into files by ranges of words, with the vocabulary of each range."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pubcli.lake import parquet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duckdb import DuckDBPyConnection

ROWS_PER_FILE = 7_000_000
"""The number of postings after which a file ends. The postings of one word are all in one file."""


class WordRange(NamedTuple):
    """A range of words: from `first` to before `end`."""

    first: str
    end: str | None
    """None means that there is no limit."""


def ranges(database: DuckDBPyConnection, runs: Sequence[Path]) -> list[WordRange]:
    """Divide the words of runs into ranges of about `ROWS_PER_FILE` postings; at least one range."""
    starts = database.execute(_STARTS.format(runs=parquet.literals(runs), rows=ROWS_PER_FILE)).fetchall()
    words = [""] + [word for (word,) in starts[1:]]
    return [WordRange(first, end) for first, end in zip(words, [*words[1:], None], strict=True)]


_STARTS = """
SELECT min(word) FROM (
    SELECT word, sum(count(*)) OVER (ORDER BY word) - count(*) AS before
    FROM read_parquet({runs}) GROUP BY word
) GROUP BY before // {rows} ORDER BY 1
"""


def merge(
    database: DuckDBPyConnection, runs: Sequence[Path], words: WordRange, postings: Path, vocabulary: Path
) -> None:
    """Write the postings of a range of words into one file, and the number of papers of each word into another."""
    condition = f"word >= {parquet.literal(words.first)}"
    if words.end is not None:
        condition += f" AND word < {parquet.literal(words.end)}"
    database.execute(
        f"CREATE OR REPLACE TEMP VIEW posting AS SELECT * FROM read_parquet({parquet.literals(runs)}) WHERE {condition}"
    )
    parquet.copy(database, "SELECT * FROM posting ORDER BY word, paper", postings)
    parquet.copy(database, _COUNTS.format(postings=parquet.literal(postings)), vocabulary)


_COUNTS = "SELECT word, count(*)::INTEGER AS papers FROM read_parquet({postings}) GROUP BY word ORDER BY word"
