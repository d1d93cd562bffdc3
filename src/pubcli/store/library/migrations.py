"""Migrations: each step turns a library of one version into the next. The caller begins and ends transactions."""

import json
from collections.abc import Callable, Mapping

from pubcli.biblio.names import distinct_authors
from pubcli.biblio.same_paper import link_digests
from pubcli.store import acronyms, index, schema
from pubcli.store.ask import PAPER_FIELDS
from pubcli.store.database import Store
from pubcli.store.sql import page_label
from pubcli.text.checksum import checksum
from pubcli.text.normalize import cjk_characters, escaped


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
    """Add the tables and columns of later versions that are still missing.

    Earlier steps that group papers need them, because grouping fills all columns of the current version.
    """
    for table, column in _LATER_COLUMNS:
        if column.split()[0] not in {row["name"] for row in store.execute(f"PRAGMA table_info({table})")}:
            store.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    _execute(store, schema.ACRONYMS)
    _execute(store, schema.LAST_IDS)
    _add_keys_and_links(store)


_LATER_COLUMNS = (
    ("authorship", "written TEXT"),
    ("snapshot", "assumed_encoding TEXT"),
    ("snapshot", "site_fields TEXT NOT NULL DEFAULT '{}'"),
    ("snapshot", "captured_time TEXT"),
    ("snapshot", "day_number INTEGER NOT NULL DEFAULT 1"),
    ("snapshot", "order_doubt TEXT"),
    ("record", "checksum INTEGER"),
    ("listing", "checksum INTEGER"),
)
"""The columns that version 6 and later versions add, each with its table."""


def _add_keys_and_links(store: Store) -> None:
    """Add the tables of version 9: links between listings of the same paper, former keys, and keys in decisions."""
    if "key" not in {row["name"] for row in store.execute("PRAGMA table_info(decision)")}:
        store.execute("ALTER TABLE decision RENAME TO old_decision")
        _execute(store, schema.DECISIONS)
        columns = "owner, title_digest, '', other_owner, other_title_digest, '', same, decided_at"
        store.execute(f"INSERT INTO decision SELECT {columns} FROM old_decision")
        store.execute("DROP TABLE old_decision")
    _execute(store, schema.LINKS)
    _store_links(store)


def _store_links(store: Store) -> None:
    """Store the links of all current listings anew."""
    store.execute("DELETE FROM link")
    listed = (
        "SELECT title_digest, coalesce(written, json), snapshot_id, listing.position FROM listing "
        "JOIN record USING (paper_id)"
    )
    for digest, text, *place in store.execute(listed).fetchall():
        record = json.loads(text)
        links = link_digests(digest, record["authors"], record["doi"], record.get("arxiv"))
        store.executemany("INSERT INTO link VALUES (?, ?, ?)", [(link, *place) for link in links])


def _execute(store: Store, statements: str) -> None:
    # executescript would end the transaction. The statements must have no semicolon in a comment or text.
    for statement in statements.split(";"):
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


def _add_checksums_and_changes(store: Store) -> None:
    """Migrate to version 9: add checksums, the record of changes, and what other sites and encodings need.

    All earlier pages are UTF-8, and their sites cut no titles. The checksums cannot show damage that happened before
    the migration. Earlier changes cannot be undone. Papers are grouped again because the rules have changed: the old
    rules also merged papers whose journals, volumes or pages differ, and never merged papers because of a DOI.
    """
    _add_later_tables(store)
    _execute(store, schema.CHANGES)
    store.execute(_NUMBER_SNAPSHOTS_OF_A_DAY)
    for table, column, key in (
        ("record", "json", "paper_id = ?"),
        ("listing", "written", "(snapshot_id, position) = (?, ?)"),
    ):
        ids = key.split(" =")[0].strip("()")
        rows = store.execute(f"SELECT {column}, {ids} FROM {table} WHERE {column} IS NOT NULL").fetchall()
        texts = ((_with_cut(text), place) for text, *place in rows)
        values = ((text, checksum(text), *place) for text, place in texts)
        store.executemany(f"UPDATE {table} SET {column} = ?, checksum = ? WHERE {key}", values)
    _regroup_linked(store)


def _regroup_linked(store: Store) -> None:
    """Group all papers again that share a link with a paper on another page."""
    linked = (
        "SELECT paper_id FROM listing JOIN link USING (snapshot_id, position) WHERE digest IN "
        "(SELECT digest FROM link GROUP BY digest HAVING min(snapshot_id) < max(snapshot_id))"
    )
    _regroup(store, {row[0] for row in store.execute(linked)} - {None})


def _link_initials(store: Store) -> None:
    """Migrate to version 10: link papers whose first authors agree by an initial, and tell pages of two sites apart."""
    label = f"fold({page_label()})"
    store.execute(
        f"UPDATE snapshot SET owner = {label} WHERE name IS NOT NULL AND site_fields ->> '$.site' IS NOT NULL"
    )
    _store_links(store)
    _regroup_linked(store)
    schema.add_completion_indexes(store)


def _with_cut(text: str) -> str:
    """Return the JSON of a record with the field `cut`, which version 9 adds, empty and in its usual place."""
    record = json.loads(text) | {"cut": []}
    return escaped(
        json.dumps({field: record[field] for field in PAPER_FIELDS}, ensure_ascii=False, separators=(",", ":"))
    )


_NUMBER_SNAPSHOTS_OF_A_DAY = """
UPDATE snapshot SET day_number = (
    SELECT count(*) FROM snapshot AS other
    WHERE other.owner = snapshot.owner AND other.as_of = snapshot.as_of AND other.id <= snapshot.id
)
"""
"""Snapshots of one day are numbered in the order in which they were added."""
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
    8: _add_checksums_and_changes,
    9: _link_initials,
}
"""For each older version, the function that migrates a library to the next version."""
