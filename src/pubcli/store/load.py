"""Documents into tables."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pubcli.model import Document, Page, Paper, Problem, Profile
from pubcli.names import filing_order
from pubcli.store import schema
from pubcli.text import escaped, fold, words


def load(*documents: Document) -> sqlite3.Connection:
    """A database in memory that holds these documents and answers questions about them."""
    connection = schema.connect()
    schema.create(connection)
    for document in documents:
        add(connection, document)
    return connection


def add(connection: sqlite3.Connection, document: Document) -> None:
    """Store all pages of a document, or, when anything fails, nothing of it."""
    connection.execute("BEGIN")
    try:
        for page in document.pages:
            _add_page(connection, page)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _add_page(connection: sqlite3.Connection, page: Page) -> None:
    profile_id = _next_id(connection, "profile")
    numbered = list(enumerate(page.papers, _next_id(connection, "paper")))
    _insert(connection, "profile", [_profile_row(profile_id, page.profile)])
    _insert(connection, "paper", [_paper_row(id_, profile_id, paper) for id_, paper in numbered])
    text = "INSERT INTO paper_text (rowid, title, authors, abstract, org) VALUES (?, ?, ?, ?, ?)"
    connection.executemany(text, (_text_row(id_, paper) for id_, paper in numbered))
    _add_authors(connection, numbered)
    _insert(connection, "problem", [_problem_row(profile_id, problem) for problem in page.problems])


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
        escaped(paper.model_dump_json()),
    )  # fmt: skip


def _text_row(id_: int, paper: Paper) -> tuple[Any, ...]:
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


def _add_authors(connection: sqlite3.Connection, papers: Iterable[tuple[int, Paper]]) -> None:
    """Authors whose names fold alike are one person; the first spelling met is kept as the name."""
    known: dict[str, int] = {}
    connection.executemany(
        "INSERT INTO authorship VALUES (?, ?, ?, ?)",
        (
            (id_, place, _author_id(connection, known, name), is_last)
            for id_, paper in papers
            for place, name, is_last in _places(paper)
        ),
    )


def _places(paper: Paper) -> Iterator[tuple[int, str, bool]]:
    """Place from 1, name, and whether it is known to be the last; a name that stands twice counts once."""
    names: dict[str, str] = {}
    for name in paper.authors:
        names.setdefault(fold(name), name)
    for place, name in enumerate(names.values(), 1):
        yield place, name, paper.authors_complete and place == len(names)


def _author_id(connection: sqlite3.Connection, known: dict[str, int], name: str) -> int:
    folded = fold(name)
    if folded not in known:
        connection.execute("INSERT OR IGNORE INTO author (name, folded) VALUES (?, ?)", (name, folded))
        found = connection.execute("SELECT id FROM author WHERE folded = ?", (folded,)).fetchone()
        known[folded] = int(found[0])
    return known[folded]


def _problem_row(profile_id: int, problem: Problem) -> tuple[Any, ...]:
    return None, profile_id, problem.line, problem.last_line, problem.reason, problem.expected, problem.text
