"""Merge runs of postings into files by ranges of words, with the vocabulary of each range."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pubcli.lake import parquet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from pubcli.lake.layout import Layout

ROWS_PER_FILE = 7_000_000
"""The number of postings after which a file ends. The postings of one word are all in one file."""


class WordRange(NamedTuple):
    """A range of words: from `first` to before `end`."""

    number: int
    """Its number among the ranges, counted from 0."""
    first: str
    end: str | None
    """None means that there is no limit."""


def ranges(database: DuckDBPyConnection, counts: Sequence[Path]) -> list[WordRange]:
    """Divide words into ranges of about `ROWS_PER_FILE` postings; at least one range.

    `counts` are Parquet files with words and the numbers of their postings, in the columns word and papers.
    """
    statement = _STARTS.format(counts=parquet.source(*counts), rows=ROWS_PER_FILE)
    starts = [word for (word,) in database.execute(statement).fetchall()]
    starts[:1] = [""]
    return [WordRange(number, *pair) for number, pair in enumerate(zip(starts, [*starts[1:], None], strict=True))]


_STARTS = """
SELECT min(word) FROM (
    SELECT word, sum(sum(papers)) OVER (ORDER BY word) - sum(papers) AS before FROM {counts} GROUP BY word
) GROUP BY before // {rows} ORDER BY 1
"""


def merge(layout: Layout, words: WordRange, runs: Sequence[str]) -> dict[str, Any]:
    """Write the postings of a range of words, and the number of papers of each word; return files for the manifest.

    `runs` are the paths of files of postings, each sorted by word.
    """
    condition = f"word >= {parquet.literal(words.first)}"
    if words.end is not None:
        condition += f" AND word < {parquet.literal(words.end)}"
    postings, vocabulary = layout.file("postings", words.number), layout.file("vocabulary", words.number)
    with layout.database() as database:
        select = f"SELECT * FROM {parquet.source(*runs)} WHERE {condition} ORDER BY word, paper"
        parquet.copy(database, select, postings)
        parquet.copy(database, _COUNTS.format(postings=parquet.source(postings)), vocabulary)
        files = [
            parquet.file_of(database, layout.lake, table, path)._asdict()
            for table, path in (("postings", postings), ("vocabulary", vocabulary))
        ]
    return {"files": files}


_COUNTS = "SELECT word, count(*)::INTEGER AS papers FROM {postings} GROUP BY word ORDER BY word"
