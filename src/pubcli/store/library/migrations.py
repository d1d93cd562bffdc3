"""Migrations: each step turns a library of one version into the next. The caller begins and ends transactions."""

import json
from collections.abc import Callable, Mapping

from pubcli.biblio.names import distinct_authors
from pubcli.store import acronyms, index, schema
from pubcli.store.database import Store
from pubcli.text.normalize import cjk_characters


def _add_bibliographic_fields(store: Store) -> None:
    """Migrate to version 2: add the fields of bibliographic formats to all records, with default values."""
    added = json.dumps(
        {"date_precision": "day", "kind": None, "doi": None, "arxiv": None, "venue": None, "volume": None,
         "issue": None, "pages": None, "publisher": None, "url": None, "citations": None, "keywords": [], "extra": {}}
    )  # fmt: skip
    for table, column in ("record", "json"), ("listing", "written"):
        longer = f"substr({column}, 1, length({column}) - 1) || ?"
        store.execute(f"UPDATE {table} SET {column} = {longer}", (f",{added[1:]}",))
    store.execute("ALTER TABLE snapshot ADD COLUMN told TEXT")
    _name_lists_by_path(store)


def _name_lists_by_path(store: Store) -> None:
    """Use the path as the owner of each page without a header, if all snapshots of the page have the same path."""
    lists = store.execute(
        "SELECT owner, min(path) FROM snapshot WHERE name IS NULL AND source = owner "
        "GROUP BY owner HAVING count(DISTINCT path) = 1 AND count(path) = count(*)"
    ).fetchall()
    for owner, path in lists:
        store.execute("UPDATE snapshot SET owner = ? WHERE owner = ?", (path, owner))
        for column in "owner", "other_owner":
            store.execute(f"UPDATE decision SET {column} = ? WHERE {column} = ?", (path, owner))


def _add_people(store: Store) -> None:
    """Migrate to version 3: add the tables that state which names belong to one person."""
    _execute(store, schema.PEOPLE)


def _add_later_tables(store: Store) -> None:
    """Add the column `written` of version 6 and the table of acronyms of version 8.

    Earlier steps that group papers need this column too, because grouping fills all columns of the current version.
    """
    if "written" not in {row["name"] for row in store.execute("PRAGMA table_info(authorship)")}:
        store.execute("ALTER TABLE authorship ADD COLUMN written TEXT")
    _execute(store, schema.ACRONYMS)


def _execute(store: Store, statements: str) -> None:
    for statement in statements.split(";"):  # executescript would end the transaction
        store.execute(statement)


def _rebuild_index(store: Store) -> None:
    store.execute("DROP TABLE vocabulary")
    store.execute("DROP TABLE paper_text")
    index.create(store)
    for id_, text in store.execute("SELECT paper_id, json FROM record ORDER BY paper_id").fetchall():
        store.pending[id_] = index.texts_in(json.loads(text))


def _index_cjk_characters(store: Store) -> None:
    """Migrate to version 4: index each Chinese or Japanese character, and merge fields of papers on several pages."""
    _add_later_tables(store)
    if any(cjk_characters(row[0]) for row in store.execute("SELECT json FROM record")):
        _rebuild_index(store)
    shared = {row[0] for row in store.execute("SELECT paper_id FROM listing WHERE added IS NOT NULL")} - {None}
    _regroup(store, shared)


def _disambiguate_keys(store: Store) -> None:
    """Migrate to version 5: assign a unique key to every paper. All pages that list the paper use this key."""
    _add_later_tables(store)
    several = "SELECT paper_id FROM listing WHERE added IS NOT NULL"
    alike = "SELECT id FROM paper WHERE key IN (SELECT key FROM paper GROUP BY key HAVING count(*) > 1)"
    papers = {row[0] for row in store.execute(f"{several} UNION {alike}")}
    _regroup(store, papers)


def _regroup(store: Store, papers: set[int]) -> None:
    if papers:
        from pubcli.store.library.grouping import regroup  # slow to import, because it needs the models of records

        regroup(store, papers)


def _add_spellings(store: Store) -> None:
    """Migrate to version 6: store every spelling of a name, not only the first."""
    _add_later_tables(store)
    names = dict(store.execute("SELECT folded, name FROM author").fetchall())
    spellings = [
        (name, paper_id, place)
        for paper_id, text in store.execute("SELECT paper_id, json FROM record")
        for place, (folded, name) in enumerate(distinct_authors(json.loads(text)["authors"]).items(), 1)
        if names[folded] != name
    ]
    store.executemany("UPDATE authorship SET written = ? WHERE paper_id = ? AND place = ?", spellings)


def _index_greek(store: Store) -> None:
    """Migrate to version 7: index Greek letters as separate words, and add indexes that earlier steps did not add."""
    _rebuild_index(store)
    _execute(store, schema.INDEXES)


def _add_acronyms(store: Store) -> None:
    """Migrate to version 8: collect the acronyms that papers define, and name columns after their content."""
    _execute(store, schema.ACRONYMS)
    _execute(store, _NEW_NAMES)
    rows = store.execute("SELECT paper_id, json FROM record ORDER BY paper_id").fetchall()
    for id_, text in rows:
        acronyms.add(store, [(id_, index.texts_in(json.loads(text)))])


def _add_assumed_encoding(store: Store) -> None:
    """Add the encoding of pages that are not UTF-8. All pages before version 9 are UTF-8."""
    columns = {row["name"] for row in store.execute("PRAGMA table_info(snapshot)")}
    if "assumed_encoding" not in columns:
        store.execute("ALTER TABLE snapshot ADD COLUMN assumed_encoding TEXT")


def _add_encodings_and_changes(store: Store) -> None:
    """Migrate to version 9: add the encoding of pages, and the record of changes. Earlier changes cannot be undone."""
    _add_assumed_encoding(store)
    _execute(store, schema.CHANGES)


_NEW_NAMES = """
ALTER TABLE snapshot RENAME COLUMN told TO read_options;
ALTER TABLE question RENAME TO saved_query;
ALTER TABLE saved_query RENAME COLUMN asked TO query;
ALTER TABLE seen RENAME TO seen_title;
ALTER TABLE seen_title RENAME COLUMN question TO saved_query
"""


STEPS: Mapping[int, Callable[[Store], None]] = {
    1: _add_bibliographic_fields,
    2: _add_people,
    3: _index_cjk_characters,
    4: _disambiguate_keys,
    5: _add_spellings,
    6: _index_greek,
    7: _add_acronyms,
    8: _add_encodings_and_changes,
}
"""For each older version, the function that migrates a library to the next version."""
