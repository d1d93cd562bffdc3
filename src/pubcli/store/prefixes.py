"""Find the values of a store that begin with what the user has typed, for the completion of words in a shell.

Every statement uses an index, so that a library with 100,000 papers answers in a few milliseconds. `INDEXED BY` makes
a statement fail if the store does not have the index, instead of reading the whole table. Pages outside a library have
fewer indexes; there, a table is read as a whole if it is small.
"""

from __future__ import annotations

from pubcli.biblio.names import name_key
from pubcli.lazy import TYPE_CHECKING, NamedTuple
from pubcli.store import schema
from pubcli.text.normalize import counted, fold, well_formed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pubcli.store.database import Store

MOST = 100
"""Maximum number of values that a function returns. Nobody reads a longer list."""
_FEW = 20_000
"""Maximum number of rows of a table that is read as a whole, which takes a few milliseconds."""
_NEWEST = 50
"""Number of papers from which keys and names come if the user has typed nothing yet."""


class Candidate(NamedTuple):
    """A value that the user may mean."""

    value: str
    about: str = ""
    """A description, which some shells show beside the value."""


_END = "char(0x10ffff)"
"""SQL for the last character. The values that begin with a text lie between the text alone and with this character."""
_RECENT = (
    "SELECT id FROM paper INDEXED BY paper_by_date WHERE date > '' ORDER BY date DESC, profile_id, position LIMIT :most"
)
_NAMES_BY = """
SELECT id, name, folded FROM author INDEXED BY {index}
WHERE {words} >= :start AND {words} < :start || char(0x10ffff) ORDER BY {words} LIMIT :most
"""
_COUNTED = "SELECT count(*) FROM authorship WHERE author_id = :id"
STATEMENTS = {
    "names": _NAMES_BY.format(index="sqlite_autoindex_author_1", words="folded"),
    "last two words": _NAMES_BY.format(index="author_by_last_two_words", words=schema.LAST_TWO_WORDS),
    "last words": _NAMES_BY.format(index="author_by_last_word", words=schema.LAST_WORD),
    "recent names": f"""
        SELECT author.id, name, folded FROM ({_RECENT}) AS recent
        JOIN authorship ON authorship.paper_id = recent.id JOIN author ON author.id = author_id
    """,
    "papers of a name": _COUNTED,
    "keys": f"""
        SELECT key, json ->> '$.title' FROM paper INDEXED BY paper_by_key JOIN record ON record.paper_id = paper.id
        WHERE key >= :start AND key < :start || {_END} ORDER BY key LIMIT :most
    """,
    "recent keys": f"""
        SELECT key, json ->> '$.title' FROM ({_RECENT}) AS recent
        JOIN paper ON paper.id = recent.id JOIN record ON record.paper_id = recent.id
    """,
    "first category": f"""
        SELECT {schema.CATEGORY} FROM paper INDEXED BY paper_by_category
        WHERE {schema.CATEGORY} > :after ORDER BY {schema.CATEGORY} LIMIT 1
    """,
    "papers of a category": f"""
        SELECT count(*) FROM paper INDEXED BY paper_by_category WHERE {schema.CATEGORY} = :value
    """,
    "last date": """
        SELECT date FROM paper INDEXED BY paper_by_date WHERE date < :before ORDER BY date DESC LIMIT 1
    """,
    "papers of a year": """
        SELECT count(*) FROM paper INDEXED BY paper_by_date WHERE date >= :year AND date < :year || 'a'
    """,
}
"""The statements by purpose."""
WITHOUT_INDEX = {
    "names": "SELECT id, name FROM author WHERE instr(' ' || folded, ' ' || :start) LIMIT :most",
    "categories": "SELECT category, count(*) FROM paper WHERE category IS NOT NULL GROUP BY category",
}
"""Statements for a store without the indexes for completion, if it is small."""


def names(store: Store, typed: str) -> list[Candidate]:
    """Return the authors with a name of which one of the words, with the words after it, begins with a text.

    Case and accents are ignored. The words are the first, the last and the last but one. If the text is empty, return
    the authors of the newest papers.
    """
    start = name_key(well_formed(typed)).lstrip()
    if start:
        rows = [row for sql in _name_statements(store) for row in store.execute(sql, {"start": start, "most": MOST})]
    else:
        rows = store.execute(STATEMENTS["recent names"], {"most": _NEWEST}).fetchall()
    distinct = {row["id"]: row["name"] for row in rows}
    return [Candidate(name, _papers_of(store, id_)) for id_, name in list(distinct.items())[:MOST]]


def _name_statements(store: Store) -> list[str]:
    """Return the statements that find names by the beginning of a word."""
    if _has_indexes(store):
        return [STATEMENTS[words] for words in ("names", "last words", "last two words")]
    return [STATEMENTS["names"], *([WITHOUT_INDEX["names"]] if _is_small(store, "author") else [])]


def _has_indexes(store: Store) -> bool:
    """Return whether a store has the indexes for completion, as libraries have."""
    return store.execute("SELECT 1 FROM sqlite_master WHERE name = 'author_by_last_word'").fetchone() is not None


def _is_small(store: Store, table: str) -> bool:
    return (store.execute(f"SELECT max(id) FROM {table}").fetchone()[0] or 0) <= _FEW


def _papers_of(store: Store, author: int) -> str:
    return _papers(store.execute(_COUNTED, {"id": author}).fetchone()[0])


def _papers(number: int) -> str:
    return counted(number, "paper", "papers")


def keys(store: Store, typed: str) -> list[Candidate]:
    """Return the keys that begin with a text in any case, with the titles of their papers; at first, the newest."""
    if not typed:
        return [Candidate(*row) for row in store.execute(STATEMENTS["recent keys"], {"most": _NEWEST})]
    cases = dict.fromkeys((well_formed(typed), typed.lower(), typed.capitalize(), typed.upper()))
    return [
        Candidate(*row)
        for start in map(well_formed, cases)
        for row in store.execute(STATEMENTS["keys"], {"start": start, "most": MOST})
    ][:MOST]


def categories(store: Store, typed: str) -> list[Candidate]:
    """Return the categories that begin with a text in any case, with their numbers of papers."""
    return [
        Candidate(value, _papers(papers))
        for value, papers in _all_categories(store)
        if fold(value).startswith(fold(typed))
    ]


def _all_categories(store: Store) -> Iterator[tuple[str, int]]:
    """Yield each category and its number of papers: the first category, then each time the first one after it."""
    if not _has_indexes(store):
        yield from store.execute(WITHOUT_INDEX["categories"]) if _is_small(store, "paper") else ()
        return
    value = ""
    for _ in range(MOST * 5):
        row = store.execute(STATEMENTS["first category"], {"after": value}).fetchone()
        if row is None:
            return
        value = row[0]
        yield value, store.execute(STATEMENTS["papers of a category"], {"value": value}).fetchone()[0]


def years(store: Store, typed: str) -> list[Candidate]:
    """Return the years that begin with a text, the newest first, with their numbers of papers."""
    matches = [year for year in _all_years(store) if year.startswith(typed)]
    return [
        Candidate(year, _papers(store.execute(STATEMENTS["papers of a year"], {"year": year}).fetchone()[0]))
        for year in matches[:MOST]
    ]


def _all_years(store: Store) -> Iterator[str]:
    before = "a"
    while row := store.execute(STATEMENTS["last date"], {"before": before}).fetchone():
        before = row[0][:4]
        yield before


_PAGES = """
SELECT owner, coalesce(name, source) AS name, coalesce(folded_name, source) AS folded, as_of FROM profile LIMIT 5000
"""
_SNAPSHOTS = """
SELECT as_of, day_number, count(*) OVER (PARTITION BY as_of) AS of_day FROM snapshot INDEXED BY snapshot_by_owner
WHERE owner = ? ORDER BY as_of DESC, day_number DESC
"""


def pages(store: Store, typed: str) -> list[Candidate]:
    """Return the owners of pages with a word of the name that begins with a text. All pages are read: they are few."""
    start = f" {name_key(well_formed(typed)).lstrip()}"
    rows = (row for row in store.execute(_PAGES) if start in f" {row['folded']}" or row["name"].startswith(typed))
    return [Candidate(row["name"], f"as of {row['as_of']}") for row in rows][:MOST]


def snapshots(store: Store, typed: str) -> list[Candidate]:
    """Return the snapshots, as `NAME@DAY`, of the owner whose name precedes the @ in a text, the newest first."""
    name, _, day = typed.rpartition("@")
    owners = [(row["owner"], row["name"]) for row in store.execute(_PAGES) if fold(row["name"]) == fold(name)]
    labels = (
        f"{owner_name}@{as_of if of_day == 1 else f'{as_of}#{number}'}"
        for owner, owner_name in owners
        for as_of, number, of_day in store.execute(_SNAPSHOTS, (owner,))
    )
    return [Candidate(label) for label in labels if label.rpartition("@")[2].startswith(day)][:MOST]


def saved_queries(store: Store, typed: str) -> list[Candidate]:
    """Return the names of the saved queries that begin with a text in any case, with the time of their last run."""
    rows = store.execute("SELECT name, run_at FROM saved_query ORDER BY name LIMIT 1000")
    return [
        Candidate(name, f"last run {run_at[:10]}" if run_at else "never run")
        for name, run_at in rows
        if fold(name).startswith(fold(typed))
    ][:MOST]


def changes(store: Store, typed: str) -> list[Candidate]:
    """Return the numbers of the changes that can be undone, the last one first, with the commands that made them."""
    rows = store.execute(
        "SELECT number, command FROM change WHERE undone_at IS NULL AND undo_bytes IS NOT NULL "
        "ORDER BY number DESC LIMIT ?",
        (MOST,),
    )
    return [Candidate(str(number), command) for number, command in rows if str(number).startswith(typed)]
