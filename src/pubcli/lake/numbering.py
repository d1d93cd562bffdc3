"""Number the papers of the parts, after papers that occur several times are left out.

Papers with the same identifier of the source are one paper. A citation key is less certain: papers with the same key
are one paper if their titles are equal, too; otherwise, they get different keys, as in `citation_keys.assign`. Of
several records of a paper, the last one counts.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pubcli.biblio.citation_keys import disambiguated, letter_suffix
from pubcli.lake import parquet, parts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from duckdb import DuckDBPyConnection

COLUMNS = "part, number, key, is_source_id, is_stated_key, folded_title, date"


class Numbering(NamedTuple):
    """What was numbered."""

    papers: int
    repeated: int
    """The number of records that were left out because another record is about the same paper."""
    present: int
    """The number of records that were left out because the lake has the paper already."""


def number(
    database: DuckDBPyConnection, folder: Path, target: Path, first: int = 1, present: Sequence[Path] = ()
) -> Numbering:
    """Write the numbers of the papers in all parts of a folder into a Parquet file, in the order of the numbers.

    Its columns are paper, block, part (the index of the part), number (the place of the entry in its part), date, and
    key (the new key of the paper; NULL if it does not change). `first` is the first number. `present` are the files of
    the table `papers` of a lake to which the papers are added.
    """
    database.execute("CREATE OR REPLACE TEMP TABLE dropped (part INTEGER, number INTEGER)")
    database.execute("CREATE OR REPLACE TEMP TABLE renamed (part INTEGER, number INTEGER, new_key VARCHAR)")
    _list_entries(database, parts.paths(folder))
    _list_present(database, present)
    [in_lake] = _row(database, f"INSERT INTO dropped {_PRESENT}")
    [repeated] = _row(database, f"INSERT INTO dropped {_REPEATED}")
    _rename(database)
    rows = parquet.copy(database, _NUMBERS.format(first=first, per_block=parts.PER_BLOCK), target)
    return Numbering(rows, repeated, in_lake)


def _row(database: DuckDBPyConnection, statement: str) -> tuple[int, ...]:
    return database.execute(statement).fetchone() or (0,)


def _list_entries(database: DuckDBPyConnection, paths: Sequence[Path]) -> None:
    """Create the view `entry`: what numbering needs to know about the entries of parts."""
    indexes = ", ".join(f"({parquet.literal(path)}, {index})" for index, path in enumerate(paths))
    columns = COLUMNS.replace("part, ", "")
    database.execute(f"CREATE OR REPLACE TEMP TABLE part_file AS SELECT * FROM (VALUES {indexes}) AS _(filename, part)")
    database.execute(
        f"CREATE OR REPLACE TEMP VIEW entry AS SELECT part::INTEGER AS part, {columns} "
        f"FROM {parquet.source(*paths, options=', filename=true')} JOIN part_file USING (filename)"
    )


def _list_present(database: DuckDBPyConnection, paths: Sequence[Path]) -> None:
    """Create the view `present`: keys and titles of the papers that a lake has already."""
    files = f"SELECT key, folded_title FROM {parquet.source(*paths)}" if paths else _NONE
    database.execute(f"CREATE OR REPLACE TEMP VIEW present AS {files}")


_NONE = "SELECT NULL::VARCHAR AS key, NULL::VARCHAR AS folded_title WHERE FALSE"
_PRESENT = """
SELECT part, number FROM entry SEMI JOIN present
ON present.key = entry.key AND (entry.is_source_id OR present.folded_title = entry.folded_title)
"""
_KEPT = "entry ANTI JOIN dropped USING (part, number)"
_SHARED = f"SELECT key FROM {_KEPT} GROUP BY key HAVING count(*) > 1"
_REPEATED = f"""
SELECT part, number FROM (
    SELECT part, number, row_number() OVER (
        PARTITION BY key, if(is_source_id, NULL, folded_title) ORDER BY part DESC, number DESC
    ) AS place FROM {_KEPT} WHERE key IN ({_SHARED})
) WHERE place > 1
"""
_AMBIGUOUS = f"""
SELECT key, part, number, is_stated_key OR is_source_id FROM {_KEPT}
WHERE key IN (SELECT key FROM ({_SHARED}) UNION SELECT key FROM present)
ORDER BY key, NOT (is_stated_key OR is_source_id), folded_title, part, number
"""
"""Papers whose key another paper has. First come those whose key the source states."""
_NUMBERS = f"""
SELECT ({{first}} - 1 + row_number() OVER ())::INTEGER AS paper, block, part, number, date, new_key AS key FROM (
    SELECT part // {{per_block}} AS block, part, number, date, new_key
    FROM {_KEPT} LEFT JOIN renamed USING (part, number)
    ORDER BY block, date NULLS FIRST, part, number
)
"""


def _rename(database: DuckDBPyConnection) -> None:
    """Add letters to equal keys of different papers, except to the first key that a source states."""
    rows = database.execute(_AMBIGUOUS).fetchall()
    papers_by_key = {key: list(papers) for key, papers in groupby(rows, itemgetter(0))}
    in_lake = {key for (key,) in database.execute(_IN_LAKE).fetchall()} if rows else set()
    suffixed = _SuffixedKeys(database, {key: len(papers) for key, papers in papers_by_key.items()})
    renamed = []
    for key, papers in papers_by_key.items():
        is_first_stated = papers[0][3] and key not in in_lake
        candidates = disambiguated(key, suffixed.is_taken)
        for (_, part, number, _), candidate in zip(papers[is_first_stated:], candidates, strict=False):
            renamed.append((part, number, candidate))
            suffixed.add(candidate)
    if renamed:
        database.executemany("INSERT INTO renamed VALUES (?, ?, ?)", renamed)


class _SuffixedKeys:
    """The keys of papers that look like another key with a letter suffix."""

    def __init__(self, database: DuckDBPyConnection, counts: Mapping[str, int]) -> None:
        """Look up the suffixes that papers may need. `counts` has the number of papers by key."""
        self._database = database
        self._checked: set[str] = set()
        self._taken: set[str] = set()
        self._look_up([key + letter_suffix(place) for key, count in counts.items() for place in range(count)])

    def _look_up(self, keys: Sequence[str]) -> None:
        if keys:
            self._taken |= {key for (key,) in self._database.execute(_TAKEN, (keys,)).fetchall()}
            self._checked |= set(keys)

    def is_taken(self, key: str) -> bool:
        """Return whether a paper has a key."""
        if key not in self._checked:
            self._look_up([key])
        return key in self._taken

    def add(self, key: str) -> None:
        """Note that a paper gets a key."""
        self._taken.add(key)


_IN_LAKE = "SELECT DISTINCT key FROM present WHERE key IN (SELECT key FROM entry)"
_TAKEN = """
SELECT DISTINCT key FROM (SELECT key FROM entry UNION ALL SELECT key FROM present)
WHERE key IN (SELECT unnest(?))
"""
