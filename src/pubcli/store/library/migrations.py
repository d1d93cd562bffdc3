"""What turns a library of an older version into one of the next. The caller begins and ends transactions."""

import json
from collections.abc import Callable, Mapping

from pubcli.biblio.names import distinct_authors
from pubcli.store import index, schema
from pubcli.store.database import Store
from pubcli.text.normalize import cjk_characters


def _add_bibliographic_fields(connection: Store) -> None:
    """To 2: records gain what other formats than the page know of a paper, all of it unknown."""
    added = json.dumps(
        {"date_precision": "day", "kind": None, "doi": None, "arxiv": None, "venue": None, "volume": None,
         "issue": None, "pages": None, "publisher": None, "url": None, "citations": None, "keywords": [], "extra": {}}
    )  # fmt: skip
    for table, column in ("record", "json"), ("listing", "written"):
        longer = f"substr({column}, 1, length({column}) - 1) || ?"
        connection.execute(f"UPDATE {table} SET {column} = {longer}", (f",{added[1:]}",))
    connection.execute("ALTER TABLE snapshot ADD COLUMN told TEXT")
    _know_lists_by_their_paths(connection)


def _know_lists_by_their_paths(connection: Store) -> None:
    """Pages without a header belong to the file they are in, where all snapshots of one are of the same file."""
    plain = connection.execute(
        "SELECT owner, min(path) FROM snapshot WHERE name IS NULL AND source = owner "
        "GROUP BY owner HAVING count(DISTINCT path) = 1 AND count(path) = count(*)"
    ).fetchall()
    for owner, path in plain:
        connection.execute("UPDATE snapshot SET owner = ? WHERE owner = ?", (path, owner))
        for column in "owner", "other_owner":
            connection.execute(f"UPDATE decision SET {column} = ? WHERE {column} = ?", (path, owner))


def _add_people(connection: Store) -> None:
    """To 3: a library remembers which names are one person's."""
    for statement in schema.PEOPLE.split(";"):  # executescript would end the transaction
        connection.execute(statement)


def _add_spellings_column(connection: Store) -> None:
    """For 6, and for older steps that put papers together anew, which fills all columns that there are now."""
    if "written" not in {row["name"] for row in connection.execute("PRAGMA table_info(authorship)")}:
        connection.execute("ALTER TABLE authorship ADD COLUMN written TEXT")


def _index_anew(connection: Store) -> None:
    connection.execute("DROP TABLE vocabulary")
    connection.execute("DROP TABLE paper_text")
    index.create(connection)
    for id_, text in connection.execute("SELECT paper_id, json FROM record ORDER BY paper_id").fetchall():
        connection.pending[id_] = index.indexed(json.loads(text))


def _index_signs(connection: Store) -> None:
    """To 4: Chinese and Japanese are indexed sign by sign, and a paper on several pages has what any of them says."""
    _add_spellings_column(connection)
    if any(cjk_characters(row[0]) for row in connection.execute("SELECT json FROM record")):
        _index_anew(connection)
    shared = {row[0] for row in connection.execute("SELECT paper_id FROM listing WHERE added IS NOT NULL")} - {None}
    _regroup(connection, shared)


def _tell_keys_apart(connection: Store) -> None:
    """To 5: no two papers share a key, and a paper has the same on every page that lists it."""
    _add_spellings_column(connection)
    several = "SELECT paper_id FROM listing WHERE added IS NOT NULL"
    alike = "SELECT id FROM paper WHERE key IN (SELECT key FROM paper GROUP BY key HAVING count(*) > 1)"
    papers = {row[0] for row in connection.execute(f"{several} UNION {alike}")}
    _regroup(connection, papers)


def _regroup(connection: Store, papers: set[int]) -> None:
    if papers:
        from pubcli.store.library.grouping import regroup  # validates records

        regroup(connection, papers)


def _keep_spellings(connection: Store) -> None:
    """To 6: every spelling of a name is known, not only the first that was met."""
    _add_spellings_column(connection)
    known = dict(connection.execute("SELECT folded, name FROM author").fetchall())
    others = [
        (name, paper_id, place)
        for paper_id, text in connection.execute("SELECT paper_id, json FROM record")
        for place, (folded, name) in enumerate(distinct_authors(json.loads(text)["authors"]).items(), 1)
        if known[folded] != name
    ]
    connection.executemany("UPDATE authorship SET written = ? WHERE paper_id = ? AND place = ?", others)


def _index_greek(connection: Store) -> None:
    """To 7: Greek letters are words beside what stands at them, and no index is missing that came without a step."""
    _index_anew(connection)
    for statement in schema.INDEXES.split(";"):
        connection.execute(statement)


STEPS: Mapping[int, Callable[[Store], None]] = {
    1: _add_bibliographic_fields,
    2: _add_people,
    3: _index_signs,
    4: _tell_keys_apart,
    5: _keep_spellings,
    6: _index_greek,
}
"""What turns a library of each older version into one of the next."""
