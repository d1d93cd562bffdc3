"""Documents into tables."""

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pubcli.identity import title_digest
from pubcli.model import Document, Page, Paper, Problem, Profile
from pubcli.names import filing_order
from pubcli.store import schema
from pubcli.text import escaped, fold, words


class Origin(NamedTuple):
    """Where the page of a snapshot came from, as a library remembers it; None throughout for pages in memory."""

    digest: bytes | None = None
    """SHA-256 of the whole source."""
    page: int = 0
    """Which page of that source, counted from 0."""
    path: str | None = None
    """The file, absolute; None when it was none."""
    added_at: str | None = None
    """When, in ISO format, with the offset from UTC."""
    told: str | None = None
    """What the user told about the source, as JSON; None for nothing."""


def load(*documents: Document) -> sqlite3.Connection:
    """A database in memory that holds these documents and answers questions about them."""
    connection = schema.connect()
    schema.create(connection)
    schema.prepare(connection)
    for document in documents:
        add(connection, document)
    return connection


def add(connection: sqlite3.Connection, document: Document) -> None:
    """Store all pages of a document, each as a profile of its own, or, when anything fails, nothing of it."""
    with schema.transaction(connection):
        for page in document.pages:
            snapshot_id = add_snapshot(connection, page, Origin(), is_current=True)
            ids = add_papers(connection, [(snapshot_id, paper) for paper in page.papers])
            add_listings(connection, snapshot_id, page.papers, ids)


def owner(profile: Profile, path: str | None) -> str:
    """Whose page it is: the folded name at its head, or, without one, where it came from.

    A file of the library is known by its whole path: lists in different folders often have the same name.
    """
    if profile.name:
        return fold(profile.name)
    return path if path and os.path.realpath(profile.source) == path else profile.source


def add_snapshot(connection: sqlite3.Connection, page: Page, origin: Origin, *, is_current: bool) -> int:
    """Store the header and the problems of a page and return the snapshot's id. Its papers are not stored here."""
    id_ = _next_id(connection, "snapshot")
    row = (*_profile_row(id_, page.profile), owner(page.profile, origin.path), *origin[:4], is_current, origin.told)
    _insert(connection, "snapshot", [row])
    add_problems(connection, id_, page.problems)
    return id_


def add_problems(connection: sqlite3.Connection, snapshot_id: int, problems: Sequence[Problem]) -> None:
    """Store what was not understood on the page of a snapshot."""
    _insert(connection, "problem", [_problem_row(snapshot_id, problem) for problem in problems])


def add_papers(connection: sqlite3.Connection, papers: Sequence[tuple[int, Paper]]) -> range:
    """Store papers, each with the id of its snapshot, and return their ids. Their listings are the caller's."""
    first = _next_id(connection, "paper")
    numbered = [(id_, paper) for id_, (_, paper) in enumerate(papers, first)]
    rows = [_paper_row(id_, profile_id, paper) for id_, (profile_id, paper) in enumerate(papers, first)]
    _insert(connection, "paper", rows)
    _insert(connection, "record", [(id_, as_json(paper)) for id_, paper in numbered])
    _insert(connection, "unindexed", [text_row(id_, paper) for id_, paper in numbered])
    _add_authors(connection, numbered)
    return range(first, first + len(papers))


def add_listings(
    connection: sqlite3.Connection, snapshot_id: int, papers: Sequence[Paper], ids: Sequence[int] | None
) -> None:
    """Tell where papers stand on the page of a snapshot; without ids the snapshot is one of the past, kept whole."""
    digests = [title_digest(paper.title) for paper in papers]
    known = ids if ids is not None else [None] * len(papers)
    written = [None if ids is not None else as_json(paper) for paper in papers]
    rows = zip(papers, known, digests, written, strict=True)
    _insert(connection, "listing", [(snapshot_id, paper.position, *row, None) for paper, *row in rows])


def replace_paper(connection: sqlite3.Connection, id_: int, profile_id: int, paper: Paper) -> None:
    """Store a paper in the place of another of which the text index knows the same."""
    row = _paper_row(id_, profile_id, paper)
    connection.execute(f"INSERT OR REPLACE INTO paper VALUES ({', '.join('?' * len(row))})", row)
    connection.execute("UPDATE record SET json = ? WHERE paper_id = ?", (as_json(paper), id_))
    connection.execute("DELETE FROM authorship WHERE paper_id = ?", (id_,))
    _add_authors(connection, [(id_, paper)])


def remove_paper(connection: sqlite3.Connection, id_: int, paper: Paper) -> None:
    """Take out a paper that was stored as `paper`; whoever wrote nothing else is forgotten. Listings stay."""
    if not connection.execute("DELETE FROM unindexed WHERE id = ? RETURNING id", (id_,)).fetchall():
        # Without a copy of the text, the index must be told what to forget.
        delete = "(paper_text, rowid, title, authors, abstract, org) VALUES ('delete', ?, ?, ?, ?, ?)"
        connection.execute(f"INSERT INTO paper_text {delete}", text_row(id_, paper))
    authors = connection.execute("DELETE FROM authorship WHERE paper_id = ? RETURNING author_id", (id_,)).fetchall()
    connection.executemany(
        "DELETE FROM author WHERE id = ? AND NOT EXISTS (SELECT 1 FROM authorship WHERE author_id = author.id)",
        authors,
    )
    connection.execute("DELETE FROM record WHERE paper_id = ?", (id_,))
    connection.execute("DELETE FROM paper WHERE id = ?", (id_,))


def as_json(paper: Paper) -> str:
    """The record as the store keeps it."""
    return escaped(paper.model_dump_json())


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert whole rows, their columns in the order of the schema."""
    if rows:
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def _next_id(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])


def _profile_row(id_: int, profile: Profile) -> tuple[Any, ...]:
    return (
        id_,
        profile.name, profile.name and fold(profile.name), profile.category,
        profile.h_index, profile.stated_papers, profile.listed_heading, profile.citations,
        profile.novelty, profile.ai_score,
        profile.source, profile.as_of.isoformat(), profile.as_of_reason,
        profile.assumed_year, json.dumps(profile.fitting_years),
    )  # fmt: skip


def _paper_row(id_: int, profile_id: int, paper: Paper) -> tuple[Any, ...]:
    return (
        id_, profile_id,
        paper.key, paper.position, paper.line,
        fold(paper.readable_title), paper.title_guessed,
        filing_order(paper.authors[0]) if paper.authors else "", paper.authors_complete,
        paper.org, paper.category,
        paper.date and paper.date.isoformat(), paper.date_assumed, paper.code,
    )  # fmt: skip


def text_row(id_: int, paper: Paper) -> tuple[Any, ...]:
    """What the text index knows of a paper."""
    return (
        id_,
        _indexed(paper.readable_title),
        _indexed("\n".join(paper.authors)),
        _indexed(paper.readable_abstract or ""),
        _indexed(paper.org or ""),
    )


def _indexed(text: str) -> str:
    """Text for the index, whose tokenizer cuts ASCII into words as we do and leaves all other characters alone."""
    return text if text.isascii() else " ".join(words(text))


def _add_authors(connection: sqlite3.Connection, papers: Sequence[tuple[int, Paper]]) -> None:
    """Authors whose names fold alike are one person; the first spelling met is kept as the name."""
    places = [(id_, *place) for id_, paper in papers for place in _places(paper)]
    names = {folded: name for _, _, folded, name, _ in reversed(places)}
    # Ids are used again when someone is forgotten; no other table but authorship knows them.
    connection.executemany("INSERT OR IGNORE INTO author (folded, name) VALUES (?, ?)", names.items())
    connection.executemany(
        "INSERT INTO authorship VALUES (?, ?, (SELECT id FROM author WHERE folded = ?), ?)",
        ((id_, place, folded, is_last) for id_, place, folded, _, is_last in places),
    )


def _places(paper: Paper) -> Iterator[tuple[int, str, str, bool]]:
    """Place from 1, folded name, name, and whether it is known to be the last; one that stands twice counts once."""
    names: dict[str, str] = {}
    for name in paper.authors:
        names.setdefault(fold(name), name)
    for place, (folded, name) in enumerate(names.items(), 1):
        yield place, folded, name, paper.authors_complete and place == len(names)


def _problem_row(profile_id: int, problem: Problem) -> tuple[Any, ...]:
    return None, profile_id, problem.line, problem.last_line, problem.reason, problem.expected, problem.text
