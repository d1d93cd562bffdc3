"""The tables of a database, and the transactions in which they are changed."""

from collections.abc import Iterator
from contextlib import contextmanager

from pubcli.store import index
from pubcli.store.database import Store

VERSION = 7
"""`PRAGMA user_version` of a database with these tables, and with the words that `text.words` makes in its index."""

PEOPLE = """
-- Two names, folded and as written, that a person said to be one person's, or not to be.
CREATE TABLE IF NOT EXISTS same_person (
    folded TEXT NOT NULL, other_folded TEXT NOT NULL,
    name TEXT NOT NULL, other_name TEXT NOT NULL,
    same INTEGER NOT NULL, decided_at TEXT NOT NULL,
    PRIMARY KEY (folded, other_folded)
) WITHOUT ROWID;
-- What follows from that: for each name of a person with several, the one that stands for the person, folded and as
-- written.
CREATE TABLE IF NOT EXISTS alias (
    folded TEXT PRIMARY KEY,
    head TEXT NOT NULL, name TEXT NOT NULL
) WITHOUT ROWID;
"""
"""Tables that came with version 3: a library of version 2 gets them when it is opened."""

_TABLES = """
-- A page as it was captured on one day. `owner` is whose it is, `digest` and `page` tell which of which source's,
-- `told` what the user said of that source (JSON).
CREATE TABLE snapshot (
    id INTEGER PRIMARY KEY,
    name TEXT, folded_name TEXT, category TEXT,
    h_index INTEGER, stated_papers INTEGER, listed_heading INTEGER, citations INTEGER,
    novelty INTEGER, ai_score INTEGER,
    source TEXT NOT NULL, as_of TEXT NOT NULL, as_of_reason TEXT NOT NULL,
    assumed_year INTEGER, fitting_years TEXT NOT NULL,
    owner TEXT NOT NULL, digest BLOB, page INTEGER NOT NULL, path TEXT, added_at TEXT, is_current INTEGER NOT NULL,
    told TEXT
);
-- The newest snapshot of each owner.
CREATE VIEW profile AS SELECT * FROM snapshot WHERE is_current;
-- What profiles list, once however many do. These columns are what is filtered and sorted by; `filed_under` is the
-- first author, surname first.
CREATE TABLE paper (
    id INTEGER PRIMARY KEY,
    profile_id INTEGER NOT NULL REFERENCES snapshot,
    key TEXT NOT NULL, position INTEGER NOT NULL, line INTEGER NOT NULL,
    folded_title TEXT NOT NULL, title_guessed INTEGER NOT NULL,
    filed_under TEXT NOT NULL, authors_complete INTEGER NOT NULL,
    org TEXT, category TEXT,
    date TEXT, date_assumed INTEGER NOT NULL, code INTEGER NOT NULL
);
-- What pubcli prints, apart so that reading many papers does not read their abstracts.
CREATE TABLE record (
    paper_id INTEGER PRIMARY KEY REFERENCES paper,
    json TEXT NOT NULL
);
-- A paper's place on a page: `title_digest` is a number that equal titles share, `written` the record as that page
-- has it, where that is not simply the paper's, `added` what other pages add to it. Those of older snapshots have no
-- paper.
CREATE TABLE listing (
    snapshot_id INTEGER NOT NULL REFERENCES snapshot, position INTEGER NOT NULL,
    paper_id INTEGER REFERENCES paper,
    title_digest INTEGER NOT NULL,
    written TEXT, added TEXT,
    PRIMARY KEY (snapshot_id, position)
) WITHOUT ROWID;
-- Two listings that a person said to be the same paper, or not to be.
CREATE TABLE decision (
    owner TEXT NOT NULL, title_digest INTEGER NOT NULL,
    other_owner TEXT NOT NULL, other_title_digest INTEGER NOT NULL,
    same INTEGER NOT NULL, decided_at TEXT NOT NULL,
    PRIMARY KEY (owner, title_digest, other_owner, other_title_digest)
) WITHOUT ROWID;
-- A saved question as the options and words that were typed.
CREATE TABLE question (
    name TEXT PRIMARY KEY,
    asked TEXT NOT NULL, saved_at TEXT NOT NULL, run_at TEXT
) WITHOUT ROWID;
-- What the last run of a saved question found.
CREATE TABLE seen (
    question TEXT NOT NULL REFERENCES question ON DELETE CASCADE, title_digest INTEGER NOT NULL,
    PRIMARY KEY (question, title_digest)
) WITHOUT ROWID;
CREATE TABLE author (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE
);
-- `written` is the name as the paper has it, where that is another spelling than the author's.
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

INDEXES = """
CREATE INDEX IF NOT EXISTS paper_by_date ON paper (date DESC, profile_id, position);
CREATE INDEX IF NOT EXISTS paper_by_key ON paper (key);
CREATE INDEX IF NOT EXISTS listing_by_paper ON listing (paper_id);
CREATE INDEX IF NOT EXISTS listing_by_title ON listing (title_digest);
CREATE INDEX IF NOT EXISTS snapshot_by_owner ON snapshot (owner);
CREATE INDEX IF NOT EXISTS snapshot_by_digest ON snapshot (digest, page);
CREATE INDEX IF NOT EXISTS authorship_by_author ON authorship (author_id);
"""


def create(store: Store, *, with_index: bool = True) -> None:
    """Create the tables in an empty database; pages that are only read get a text index when a question needs it."""
    store.executescript(f"{_TABLES}{PEOPLE}{INDEXES}PRAGMA user_version = {VERSION};")
    if with_index:
        index.create(store)


@contextmanager
def transaction(store: Store, *, keep: bool = True) -> Iterator[None]:
    """All of a change or nothing, with the text index up to date; nothing unless `keep`."""
    store.execute("BEGIN IMMEDIATE")
    try:
        yield
        if keep:
            index.catch_up(store)
    except BaseException:
        if store.in_transaction:  # a full disk makes SQLite roll back itself
            store.execute("ROLLBACK")
        raise
    finally:
        store.pending.clear()
    store.execute("COMMIT" if keep else "ROLLBACK")
