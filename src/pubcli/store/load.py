"""Write documents into the tables of a store."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pubcli.answer.batches import batched
from pubcli.biblio.names import distinct_authors, filing_order, name_key
from pubcli.biblio.same_paper import title_digest
from pubcli.model import SITE_FIELDS, Document, Page, Paper, Problem, Profile
from pubcli.store import acronyms, index, schema
from pubcli.store.database import Store
from pubcli.store.records import as_json
from pubcli.text.checksum import checksum
from pubcli.text.normalize import fold

_AT_ONCE = 900
"""Maximum number of values in one statement. Every version of SQLite accepts 999."""
_BATCH = 1_000
"""Number of papers of a page whose rows are in memory at once."""


class Origin(NamedTuple):
    """Where the page of a snapshot came from, as a library records it. Pages outside a library have the defaults."""

    digest: bytes | None = None
    """SHA-256 of the whole source."""
    page: int = 0
    """The number of the page in the source, counted from 0."""
    path: str | None = None
    """The absolute path of the file; None if the source is not a file."""
    added_at: str | None = None
    """The time when the page was added, in ISO format with the offset from UTC."""
    options: str | None = None
    """The user's options for the source, as JSON; None if there are no options."""
    captured_time: str | None = None
    """The time of day at which the page was captured, in ISO format; None if it is unknown."""
    time_is_stated: bool = False
    """Whether the user states this time; otherwise it is the time at which the file was written."""
    stated_number: int | None = None
    """The number that the user states for the capture among the captures of one day; None if the user states none."""
    day_number: int = 1
    """The number of the capture among the captures of the same page and day, counted from 1."""
    order_doubt: str | None = None
    """Why `day_number` is uncertain; None if it is certain."""


def load(*documents: Document) -> Store:
    """Return a database in memory with these documents, ready for queries."""
    store = Store()
    schema.create(store, with_index=False)
    for document in documents:
        add(store, document)
    return store


def add(store: Store, document: Document) -> None:
    """Store each page of a document as a separate profile. If an error occurs, nothing of the document is stored.

    If there is a text index already, the papers are added to it. Otherwise, the first query that needs one builds it.
    """
    has_index = not index.is_missing(store)
    with schema.transaction(store):
        for page in document.pages:
            snapshot_id = add_snapshot(store, page, Origin(), is_current=True)
            for papers in batched(page.papers, _BATCH):
                _add_listed_papers(store, snapshot_id, papers, has_index=has_index)


def _add_listed_papers(store: Store, snapshot_id: int, papers: Sequence[Paper], *, has_index: bool) -> None:
    """Store papers that the page of a snapshot lists. If there is a text index, they are added to it later."""
    ids = add_papers(store, [(snapshot_id, paper) for paper in papers])
    numbered = list(zip(papers, ids, strict=True))
    rows = [(snapshot_id, paper.position, id_, title_digest(paper.title), None, None) for paper, id_ in numbered]
    add_listings(store, rows)
    if has_index:
        store.pending.update((id_, index.texts_of(paper)) for paper, id_ in numbered)


def owner_id(profile: Profile, path: str | None) -> str:
    """Return the id of a page's owner: the folded name in the header or, without a header, the source.

    A person may have pages on several sites, and a capture of one page must not replace the page of another site. So
    the id also contains the name of the site, if there is one, as in `sql.page_label`. For a file that is added to a
    library, the source is the absolute path (`path`), not the path that the user typed.
    """
    if not profile.name:
        return path or profile.source
    return fold(f"{profile.name} ({profile.site})" if profile.site else profile.name)


def add_snapshot(store: Store, page: Page, origin: Origin, *, is_current: bool) -> int:
    """Store the header and the problems of a page as a snapshot; return its id. `add_papers` stores the papers."""
    id_ = _new_ids(store, "snapshot", 1)[0]
    owner = owner_id(page.profile, origin.path)
    row = (
        *_profile_row(id_, page.profile),
        owner, *origin[:4], is_current, origin.options,
        page.profile.assumed_encoding, site_fields(page.profile),
        origin.captured_time, origin.day_number, origin.order_doubt,
    )  # fmt: skip
    insert(store, "snapshot", [row])
    add_problems(store, id_, page.problems)
    return id_


def site_fields(profile: Profile) -> str:
    """Return the fields of a profile that only some sites state, as JSON; fields with default values are left out."""
    return json.dumps(profile.model_dump(mode="json", include=set(SITE_FIELDS), exclude_defaults=True))


def add_problems(store: Store, snapshot_id: int, problems: Sequence[Problem]) -> None:
    """Store problems that were found on the page of a snapshot."""
    ids = _new_ids(store, "problem", len(problems))
    rows = [_problem_row(id_, snapshot_id, problem) for id_, problem in zip(ids, problems, strict=True)]
    insert(store, "problem", rows)


def add_papers(store: Store, papers: Sequence[tuple[int, Paper]]) -> range:
    """Store papers, each with the id of its snapshot; return their ids. The caller adds listings and index entries."""
    ids = _new_ids(store, "paper", len(papers))
    numbered = [(id_, paper) for id_, (_, paper) in zip(ids, papers, strict=True)]
    rows = [(id_, *_paper_row(profile_id, paper)) for id_, (profile_id, paper) in zip(ids, papers, strict=True)]
    insert(store, "paper", rows)
    texts = [(id_, as_json(paper)) for id_, paper in numbered]
    insert(store, "record", [(id_, text, checksum(text)) for id_, text in texts])
    _add_authors(store, numbered)
    acronyms.add(store, [(id_, index.texts_of(paper)) for id_, paper in numbered])
    return ids


def add_listings(store: Store, listings: Sequence[tuple[Any, ...]]) -> None:
    """Store listings: rows of the table `listing` without the checksum, which this function adds."""
    insert(store, "listing", [(*row, None if row[4] is None else checksum(row[4])) for row in listings])


def replace_paper(store: Store, id_: int, profile_id: int, paper: Paper) -> None:
    """Replace the values of a stored paper. The new paper has the same title, authors, abstract and organisation."""
    columns = ", ".join(f"{column} = ?" for column in _PAPER_COLUMNS)
    store.execute(f"UPDATE paper SET {columns} WHERE id = ?", (*_paper_row(profile_id, paper), id_))
    text = as_json(paper)
    store.execute("UPDATE record SET json = ?, checksum = ? WHERE paper_id = ?", (text, checksum(text), id_))
    store.execute(
        "UPDATE authorship SET is_last = :is_last "
        "WHERE paper_id = :id AND place = (SELECT max(place) FROM authorship WHERE paper_id = :id)",
        {"id": id_, "is_last": paper.authors_complete},
    )


def remove_paper(store: Store, id_: int) -> None:
    """Remove a paper, and each author who has no other paper. The caller removes its listings and index entry."""
    authors = store.execute("DELETE FROM authorship WHERE paper_id = ? RETURNING author_id", (id_,)).fetchall()
    store.executemany(
        "DELETE FROM author WHERE id = ? AND NOT EXISTS (SELECT 1 FROM authorship WHERE author_id = author.id)",
        authors,
    )
    store.execute("DELETE FROM acronym WHERE paper_id = ?", (id_,))
    store.execute("DELETE FROM record WHERE paper_id = ?", (id_,))
    store.execute("DELETE FROM paper WHERE id = ?", (id_,))


def insert(store: Store, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows into a table. Each row has a value for every column, in the order of the schema."""
    if rows:
        store.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def _new_ids(store: Store, table: str, count: int) -> range:
    """Return new ids for rows of a table. No row of the table has ever had one of these ids.

    If ids were reused, a process that has found a paper could read another paper that was added meanwhile.
    """
    last = int(store.execute("SELECT id FROM last_id WHERE table_name = ?", (table,)).fetchone()[0])
    store.execute("UPDATE last_id SET id = ? WHERE table_name = ?", (last + count, table))
    return range(last + 1, last + 1 + count)


def _profile_row(id_: int, profile: Profile) -> tuple[Any, ...]:
    return (
        id_,
        profile.name, profile.name and name_key(profile.name), profile.category,
        profile.h_index, profile.stated_papers, profile.listed_heading, profile.citations,
        profile.novelty, profile.ai_score,
        profile.source, profile.as_of.isoformat(), profile.as_of_reason,
        profile.assumed_year, json.dumps(profile.fitting_years),
    )  # fmt: skip


_PAPER_COLUMNS = (
    "profile_id", "key", "position", "line", "folded_title", "title_guessed", "filed_under", "authors_complete",
    "org", "category", "date", "date_assumed", "code",
)  # fmt: skip


def _paper_row(profile_id: int, paper: Paper) -> tuple[Any, ...]:
    return (
        profile_id,
        paper.key, paper.position, paper.line,
        fold(paper.readable_title), paper.title_guessed,
        filing_order(paper.authors[0]) if paper.authors else "", paper.authors_complete,
        paper.org, paper.category,
        paper.date and paper.date.isoformat(), paper.date_assumed, paper.code,
    )  # fmt: skip


def _add_authors(store: Store, papers: Sequence[tuple[int, Paper]]) -> None:
    """Store the authors of papers. Names that are equal when folded are one author, stored with the first spelling.

    Other spellings are stored in the table `authorship`, with the papers that use them.
    """
    places = [(id_, *place) for id_, paper in papers for place in _places(paper)]
    names = {folded: name for _, _, folded, name, _ in reversed(places)}
    ids_of_new = _new_ids(store, "author", len(names))
    rows = [(id_, name, folded) for id_, (folded, name) in zip(ids_of_new, names.items(), strict=True)]
    store.executemany("INSERT OR IGNORE INTO author VALUES (?, ?, ?)", rows)
    ids, spellings = _authors(store, list(names))
    authorships = [
        (id_, place, ids[folded], is_last, None if spellings[folded] == name else name)
        for id_, place, folded, name, is_last in places
    ]
    insert(store, "authorship", authorships)


def _authors(store: Store, folded: Sequence[str]) -> tuple[dict[str, int], dict[str, str]]:
    """Return the ids and the stored names of authors, as two dictionaries by folded name."""
    ids: dict[str, int] = {}
    names: dict[str, str] = {}
    for start in range(0, len(folded), _AT_ONCE):
        batch = folded[start : start + _AT_ONCE]
        statement = f"SELECT folded, id, name FROM author WHERE folded IN ({', '.join('?' * len(batch))})"
        for folded_name, id_, name in store.execute(statement, batch):
            ids[folded_name], names[folded_name] = id_, name
    return ids, names


def _places(paper: Paper) -> Iterator[tuple[int, str, str, bool]]:
    """Yield place (from 1), folded name and name of each author, and whether the author is known to be the last.

    A name that occurs twice counts once.
    """
    names = distinct_authors(paper.authors)
    for place, (folded, name) in enumerate(names.items(), 1):
        yield place, folded, name, paper.authors_complete and place == len(names)


def _problem_row(id_: int, profile_id: int, problem: Problem) -> tuple[Any, ...]:
    return id_, profile_id, problem.line, problem.last_line, problem.reason, problem.expected, problem.text
