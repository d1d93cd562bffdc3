"""The tables of a database, and the transactions that change them."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext

from pubcli.lazy import TYPE_CHECKING
from pubcli.store import index

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pubcli.store.database import Store

VERSION = 10
"""Version of the tables and of the indexed words (see `text.normalize.words`). `PRAGMA user_version` stores it."""

FIRST_VERSION = 1
"""Version of the oldest libraries, which migrations bring up to date."""

PEOPLE = """
-- A decision of the user whether two names belong to one person.
CREATE TABLE IF NOT EXISTS same_person (
    folded TEXT NOT NULL, other_folded TEXT NOT NULL,
    name TEXT NOT NULL, other_name TEXT NOT NULL,
    same INTEGER NOT NULL, decided_at TEXT NOT NULL,
    PRIMARY KEY (folded, other_folded)
) WITHOUT ROWID;
-- The persons that follow from the decisions, with a row for each name of a person who has several names. `head` is the
-- folded name that identifies the person, and `name` is the display name.
CREATE TABLE IF NOT EXISTS alias (
    folded TEXT PRIMARY KEY,
    head TEXT NOT NULL, name TEXT NOT NULL
) WITHOUT ROWID;
"""
"""Tables that version 3 introduced; opening a library of version 2 adds them."""

ACRONYMS = """
-- The acronyms that a paper defines, as the folded words of the acronym and of its long form.
CREATE TABLE IF NOT EXISTS acronym (
    paper_id INTEGER NOT NULL REFERENCES paper, short TEXT NOT NULL, long TEXT NOT NULL,
    PRIMARY KEY (paper_id, short, long)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS acronym_by_short ON acronym (short);
CREATE INDEX IF NOT EXISTS acronym_by_long ON acronym (long);
"""
"""The table that version 8 introduced; opening a library of an older version adds it."""

CHANGES = """
-- A change of a library: what one command did. `last_ids` has the greatest ids before the change. `figures` has the
-- numbers of rows that were added, removed and changed. Both are JSON. `undo_bytes` is the size of the former rows, or
-- NULL if they are not stored any more.
CREATE TABLE IF NOT EXISTS change (
    number INTEGER PRIMARY KEY,
    made_at TEXT NOT NULL, command TEXT NOT NULL,
    figures TEXT NOT NULL, last_ids TEXT NOT NULL,
    undo_bytes INTEGER, undone_at TEXT
);
-- A row that a change has changed, removed or added, as it was before the change. `row_key` has the primary key, and
-- `former` the values of all columns, both as JSON arrays. `former` is NULL if there was no such row.
CREATE TABLE IF NOT EXISTS former_row (
    change INTEGER NOT NULL REFERENCES change,
    table_name TEXT NOT NULL, row_key TEXT NOT NULL, former TEXT,
    PRIMARY KEY (change, table_name, row_key)
);
"""
"""Tables that version 9 introduced; opening a library of version 8 adds them."""
DECISIONS = """
-- A decision of the user whether two listings are the same paper. `key` is the citation key on the page if the page
-- lists several papers with this title, and empty otherwise.
CREATE TABLE IF NOT EXISTS decision (
    owner TEXT NOT NULL, title_digest INTEGER NOT NULL, key TEXT NOT NULL,
    other_owner TEXT NOT NULL, other_title_digest INTEGER NOT NULL, other_key TEXT NOT NULL,
    same INTEGER NOT NULL, decided_at TEXT NOT NULL,
    PRIMARY KEY (owner, title_digest, key, other_owner, other_title_digest, other_key)
) WITHOUT ROWID;
"""
LINKS = """
-- Digests of what listings of the same paper have in common, such as the title together with an author or the DOI. Each
-- current listing has several of them (see `same_paper.link_digests`).
CREATE TABLE IF NOT EXISTS link (
    digest INTEGER NOT NULL, snapshot_id INTEGER NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (digest, snapshot_id, position)
) WITHOUT ROWID;
-- A key that a paper had, and the key that it has now.
CREATE TABLE IF NOT EXISTS former_key (
    key TEXT PRIMARY KEY, current_key TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS former_key_by_current_key ON former_key (current_key);
"""
"""Tables that version 9 introduced; opening a library of version 8 adds them. Version 9 added keys to decisions."""

_TABLES = """
-- A page as it was captured on one day. `digest` identifies the source, and `page` is the number of the page in the
-- source. `read_options` has the options that the user set for reading the source, as JSON.
-- `captured_time` is the time of day of the capture, as far as it is known. `day_number` is the number of the snapshot
-- among those of the same owner and day, in order of time. `order_doubt` says why this order is uncertain.
-- `assumed_encoding` is the encoding of the source if it is a guess. `site_fields` has what only some sites state, as
-- JSON.
CREATE TABLE snapshot (
    id INTEGER PRIMARY KEY,
    name TEXT, folded_name TEXT, category TEXT,
    h_index INTEGER, stated_papers INTEGER, listed_heading INTEGER, citations INTEGER,
    novelty INTEGER, ai_score INTEGER,
    source TEXT NOT NULL, as_of TEXT NOT NULL, as_of_reason TEXT NOT NULL,
    assumed_year INTEGER, fitting_years TEXT NOT NULL,
    owner TEXT NOT NULL, digest BLOB, page INTEGER NOT NULL, path TEXT, added_at TEXT, is_current INTEGER NOT NULL,
    read_options TEXT, assumed_encoding TEXT,
    site_fields TEXT NOT NULL DEFAULT '{}',
    captured_time TEXT, day_number INTEGER NOT NULL DEFAULT 1, order_doubt TEXT
);
-- The current snapshot of each owner, which is the newest one.
CREATE VIEW profile AS SELECT * FROM snapshot WHERE is_current;
-- A paper, which several pages of a library may list. The columns are for filters and sorting. `filed_under` is the
-- first author, with the surname first.
CREATE TABLE paper (
    id INTEGER PRIMARY KEY,
    profile_id INTEGER NOT NULL REFERENCES snapshot,
    key TEXT NOT NULL, position INTEGER NOT NULL, line INTEGER NOT NULL,
    folded_title TEXT NOT NULL, title_guessed INTEGER NOT NULL,
    filed_under TEXT NOT NULL, authors_complete INTEGER NOT NULL,
    org TEXT, category TEXT,
    date TEXT, date_assumed INTEGER NOT NULL, code INTEGER NOT NULL
);
-- The JSON of a paper. It is in a separate table, so that a statement on many papers need not read their abstracts.
-- `checksum` is the CRC-32 of the JSON: SQLite does not notice when the text in a damaged file has changed.
CREATE TABLE record (
    paper_id INTEGER PRIMARY KEY REFERENCES paper,
    json TEXT NOT NULL, checksum INTEGER
);
-- One entry of a page. It lists one paper. `title_digest` is equal for equal titles. `written` is the record as the
-- page shows it, if it differs from the record of the paper; `checksum` is its CRC-32. `added` has the fields that
-- other pages add. Entries of older snapshots have no paper.
CREATE TABLE listing (
    snapshot_id INTEGER NOT NULL REFERENCES snapshot, position INTEGER NOT NULL,
    paper_id INTEGER REFERENCES paper,
    title_digest INTEGER NOT NULL,
    written TEXT, added TEXT, checksum INTEGER,
    PRIMARY KEY (snapshot_id, position)
) WITHOUT ROWID;
-- A saved query. `query` has the options and words that the user typed, as JSON.
CREATE TABLE saved_query (
    name TEXT PRIMARY KEY,
    query TEXT NOT NULL, saved_at TEXT NOT NULL, run_at TEXT
) WITHOUT ROWID;
-- The titles that count as seen. When the saved query runs again, papers with other titles are new.
CREATE TABLE seen_title (
    saved_query TEXT NOT NULL REFERENCES saved_query ON DELETE CASCADE, title_digest INTEGER NOT NULL,
    PRIMARY KEY (saved_query, title_digest)
) WITHOUT ROWID;
CREATE TABLE author (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE
);
-- The authors of each paper. `written` is the name as the paper spells it, if it differs from `author.name`.
CREATE TABLE authorship (
    paper_id INTEGER NOT NULL REFERENCES paper, place INTEGER NOT NULL,
    author_id INTEGER NOT NULL REFERENCES author, is_last INTEGER NOT NULL,
    written TEXT,
    PRIMARY KEY (paper_id, place)
) WITHOUT ROWID;
CREATE TABLE problem (
    id INTEGER PRIMARY KEY,
    profile_id INTEGER NOT NULL REFERENCES snapshot,
    line INTEGER NOT NULL, last_line INTEGER NOT NULL,
    reason TEXT NOT NULL, expected TEXT NOT NULL, text TEXT NOT NULL
);
"""

LAST_IDS = """
-- The greatest id that a row of a table has ever had. Ids are not reused.
CREATE TABLE IF NOT EXISTS last_id (table_name TEXT PRIMARY KEY, id INTEGER NOT NULL) WITHOUT ROWID;
INSERT OR IGNORE INTO last_id SELECT 'snapshot', coalesce(max(id), 0) FROM snapshot;
INSERT OR IGNORE INTO last_id SELECT 'paper', coalesce(max(id), 0) FROM paper;
INSERT OR IGNORE INTO last_id SELECT 'author', coalesce(max(id), 0) FROM author;
INSERT OR IGNORE INTO last_id SELECT 'problem', coalesce(max(id), 0) FROM problem
"""

INDEXES = """
CREATE INDEX IF NOT EXISTS paper_by_date ON paper (date DESC, profile_id, position);
CREATE INDEX IF NOT EXISTS paper_by_key ON paper (key);
CREATE INDEX IF NOT EXISTS listing_by_paper ON listing (paper_id);
CREATE INDEX IF NOT EXISTS listing_by_title ON listing (title_digest);
CREATE INDEX IF NOT EXISTS snapshot_by_owner ON snapshot (owner);
CREATE INDEX IF NOT EXISTS snapshot_by_digest ON snapshot (digest, page);
CREATE INDEX IF NOT EXISTS authorship_by_author ON authorship (author_id);
"""

_BEFORE_LAST_WORD = "rtrim(folded, replace(folded, ' ', ''))"
LAST_WORD = f"substr(folded, length({_BEFORE_LAST_WORD}) + 1)"
"""SQL for the last word of a folded name."""
LAST_TWO_WORDS = f"substr(folded, length(rtrim(rtrim({_BEFORE_LAST_WORD}), replace(folded, ' ', ''))) + 1)"
"""SQL for the last two words of a folded name."""
CATEGORY = "category || ''"
"""SQL for a category in the index of completion. Other queries do not use this index: it would not help them."""
COMPLETION_INDEXES = {
    "author_by_last_two_words": f"author ({LAST_TWO_WORDS})",
    "author_by_last_word": f"author ({LAST_WORD})",
    "paper_by_category": f"paper ({CATEGORY})",
}
"""Indexes that only the completion of words uses. A library without them gets them when it is next changed.

Pages outside a library have none, because to maintain them takes a tenth of the time in which a large file is read.
"""


def create(store: Store, *, with_index: bool = True) -> None:
    """Create the tables in an empty database, and the text index unless `with_index` is False.

    Pages outside a library get a text index only when a query needs one, and have no indexes for completion.
    """
    tables = f"{_TABLES}{DECISIONS}{LINKS}{PEOPLE}{ACRONYMS}{CHANGES}{LAST_IDS};"
    store.executescript(f"{tables}{INDEXES}PRAGMA user_version = {VERSION};")
    if with_index:
        add_completion_indexes(store)
        index.create(store)


def add_completion_indexes(store: Store) -> None:
    """Add the indexes that completion uses, unless the store has them. They change no answer, so no version."""
    for name, columns in COMPLETION_INDEXES.items():
        store.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {columns}")


@contextmanager
def transaction(store: Store, *, keep: bool = True, is_recorded: bool = True) -> Iterator[None]:
    """Run a block as one transaction, and index its papers. On an error, or if `keep` is False, undo all changes.

    A library records what the block changes, so that the user can undo it, unless `is_recorded` is False.
    """
    store.execute("BEGIN IMMEDIATE")
    try:
        with store.recording() if keep and is_recorded else nullcontext():
            yield
        if keep:
            index.catch_up(store)
    except BaseException:
        if store.in_transaction:  # if the disk is full, SQLite has already rolled back
            store.execute("ROLLBACK")
        raise
    finally:
        store.pending.clear()
        store.patterns.forget_results()
    store.execute("COMMIT" if keep else "ROLLBACK")
