"""The tables, and how a database is opened."""

import json
import sqlite3

from pubcli.mathematics import readable
from pubcli.text import fold

VERSION = 1
"""`PRAGMA user_version` of a database with these tables."""

_TABLES = """
CREATE TABLE profile (
    id INTEGER PRIMARY KEY,
    name TEXT, folded_name TEXT, category TEXT,
    h_index INTEGER, stated_papers INTEGER, listed_heading INTEGER, citations INTEGER,
    novelty INTEGER, ai_score INTEGER,
    source TEXT NOT NULL, as_of TEXT NOT NULL, as_of_reason TEXT NOT NULL,
    assumed_year INTEGER, fitting_years TEXT NOT NULL
);
CREATE TABLE paper (
    id INTEGER PRIMARY KEY,
    profile_id INTEGER NOT NULL REFERENCES profile,
    key TEXT NOT NULL, position INTEGER NOT NULL, line INTEGER NOT NULL,
    folded_title TEXT NOT NULL, title_guessed INTEGER NOT NULL,
    filed_under TEXT NOT NULL, authors_complete INTEGER NOT NULL,
    org TEXT, category TEXT,
    date TEXT, date_assumed INTEGER NOT NULL, code INTEGER NOT NULL,
    json TEXT NOT NULL
);
CREATE TABLE author (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE
);
CREATE TABLE authorship (
    paper_id INTEGER NOT NULL REFERENCES paper, place INTEGER NOT NULL,
    author_id INTEGER NOT NULL REFERENCES author, is_last INTEGER NOT NULL,
    PRIMARY KEY (paper_id, place)
) WITHOUT ROWID;
CREATE TABLE problem (
    id INTEGER PRIMARY KEY,
    profile_id INTEGER NOT NULL REFERENCES profile,
    line INTEGER NOT NULL, last_line INTEGER NOT NULL,
    reason TEXT NOT NULL, expected TEXT NOT NULL, text TEXT NOT NULL
);
CREATE VIRTUAL TABLE paper_text USING fts5(
    title, authors, abstract, org, content='', tokenize='ascii'
);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(paper_text, row);
"""
# A paper's `json` is the whole record as pubcli prints it; the columns before it are what is filtered and sorted by.
# `filed_under` is the first author, surname first. The text index holds words of folded text with readable
# mathematics, and no copy of the text, since every record stands in `json`.

_INDEXES = """
CREATE INDEX paper_by_date ON paper (date);
CREATE INDEX paper_by_key ON paper (key);
CREATE INDEX authorship_by_author ON authorship (author_id);
"""


def connect(path: str = ":memory:") -> sqlite3.Connection:
    """An open database whose rows are read by column name. The caller begins and ends transactions."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.create_function("fold", 1, _fold, deterministic=True)
    connection.create_function("folded_abstract", 1, _folded_abstract, deterministic=True)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _fold(text: str | None) -> str | None:
    return None if text is None else fold(text)


def _folded_abstract(record: str) -> str:
    """The abstract in a paper's JSON. SQLite's own json_extract would end it at a NUL."""
    return fold(readable(json.loads(record)["abstract"] or ""))


def create(connection: sqlite3.Connection) -> None:
    """Make the tables in an empty database."""
    connection.executescript(f"{_TABLES}{_INDEXES}PRAGMA user_version = {VERSION};")
