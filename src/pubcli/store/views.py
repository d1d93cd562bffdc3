"""Define the views that statements of the user can read: `pubcli library sql`.

The tables of the database may change with each version. The views and their columns stay; new columns may be added.
They are temporary, so they change no file, and they respect --owner and the names that belong to one person.
"""

from __future__ import annotations

from pubcli.answer.answer import Answer
from pubcli.lazy import TYPE_CHECKING, NamedTuple
from pubcli.store import persons

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pubcli.answer.rows import ColumnRow
    from pubcli.store.database import Store


class View(NamedTuple):
    """A view: what a row is, the columns, and the rest of the SELECT."""

    about: str
    columns: Mapping[str, tuple[str, str]]
    """For each column, its SQL and its meaning."""
    tables: str
    """The SQL after FROM."""

    @property
    def selection(self) -> str:
        """The SELECT of the view."""
        columns = ", ".join(f"{sql} AS {name}" for name, (sql, _) in self.columns.items())
        return f"SELECT {columns} FROM {self.tables}"


def _of_record(field: str) -> str:
    return f"record.json ->> '$.{field}'"


_PAPER_ID = "the paper: id of papers"
_PAGE_ID = "the page: id of pages"
_RECORDS = "paper LEFT JOIN record ON record.paper_id = paper.id"
"""Papers with their records. SQLite skips a LEFT JOIN if a statement needs none of the records' fields."""
_PAGE_COLUMNS = {
    "id": ("snapshot.id", "number of the capture"),
    "name": ("snapshot.name", "the owner of the page; NULL if the page names none"),
    "category": ("snapshot.category", "category in the header of the page"),
    "h_index": ("snapshot.h_index", "h-index that the page states"),
    "stated_papers": ("snapshot.stated_papers", "number of papers that the page states"),
    "citations": ("snapshot.citations", "number of citations that the page states"),
    "as_of": ("snapshot.as_of", "day of the capture"),
    "source": ("snapshot.source", "the file"),
}
_PAPERS_BY_AUTHOR = (
    "(SELECT author_id, count(*) AS papers FROM authorship WHERE paper_id IN (SELECT id FROM paper) GROUP BY author_id)"
)

VIEWS: Mapping[str, View] = {
    "papers": View(
        "a paper",
        {
            "id": ("paper.id", "number of the paper in this library"),
            "key": ("paper.key", "citation key"),
            "title": (_of_record("title"), "title"),
            "year": ("CAST(substr(paper.date, 1, 4) AS INTEGER)", "year; NULL if no date is known"),
            "date": ("paper.date", "first day of the known day, month or year"),
            "date_precision": (_of_record("date_precision"), "what is known of the date: day, month or year"),
            "date_assumed": ("paper.date_assumed", "1 if the year is assumed"),
            "category": ("paper.category", "category, such as LG"),
            "org": ("paper.org", "organisation"),
            "kind": (_of_record("kind"), "article, inproceedings, preprint, ..."),
            "venue": (_of_record("venue"), "journal or proceedings"),
            "publisher": (_of_record("publisher"), "publisher"),
            "volume": (_of_record("volume"), "volume"),
            "issue": (_of_record("issue"), "issue"),
            "pages": (_of_record("pages"), "pages"),
            "doi": (_of_record("doi"), "DOI, without a prefix"),
            "arxiv": (_of_record("arxiv"), "arXiv identifier, without a version"),
            "url": (_of_record("url"), "address"),
            "citations": (_of_record("citations"), "number of citations that the source states"),
            "abstract": (_of_record("abstract"), "abstract"),
            "authors_complete": ("paper.authors_complete", "0 if the source truncates the author list"),
            "code": ("paper.code", "1 if the page says that there is code"),
        },
        _RECORDS,
    ),
    "authors": View(
        "a person; names that belong to one person are one row",
        {
            "person": (persons.PERSON, "the person, for joins"),
            "name": ("coalesce(alias.name, min(author.name))", "name for display"),
            "papers": ("sum(count.papers)", "number of papers; one that names the person twice counts twice"),
        },
        f"{_PAPERS_BY_AUTHOR} AS count JOIN author ON author.id = count.author_id "
        f"LEFT JOIN alias ON alias.folded = author.folded GROUP BY {persons.PERSON}",
    ),
    "authorships": View(
        "an author of a paper",
        {
            "paper_id": ("paper.id", _PAPER_ID),
            "place": ("authorship.place", "place in the author list, from 1"),
            "person": (persons.PERSON, "the person: person of authors"),
            "name": (persons.SPELLING, "name as the paper spells it"),
            "is_last": ("authorship.is_last", "1 for the last author of a complete list"),
        },
        persons.AUTHORS,
    ),
    "keywords": View(
        "a keyword of a paper",
        {"paper_id": ("paper.id", _PAPER_ID), "keyword": ("item.value", "keyword")},
        f"{_RECORDS}, json_each(record.json, '$.keywords') AS item",
    ),
    "classes": View(
        "an arXiv class of a paper",
        {"paper_id": ("paper.id", _PAPER_ID), "class": ("item.value", "class, such as cs.LG")},
        f"{_RECORDS}, json_each(record.json, '$.classes') AS item",
    ),
    "extra": View(
        "another field that the source states about a paper",
        {
            "paper_id": ("paper.id", _PAPER_ID),
            "field": ("item.key", "name of the field in the source"),
            "value": ("item.value", "value"),
        },
        f"{_RECORDS}, json_each(record.json, '$.extra') AS item",
    ),
    "records": View(
        "a paper as JSON, with all its fields",
        {"paper_id": ("paper.id", _PAPER_ID), "json": ("record.json", "the record; see pubcli help schema")},
        _RECORDS,
    ),
    "pages": View("a page, by its newest capture", _PAGE_COLUMNS, "profile AS snapshot"),
    "captures": View(
        "a capture of a page, also an old one",
        {**_PAGE_COLUMNS, "is_current": ("snapshot.is_current", "1 for the newest capture of its page")},
        "snapshot",
    ),
    "listings": View(
        "a place of a page that lists a paper",
        {
            "page_id": ("profile.id", _PAGE_ID),
            "position": ("listing.position", "place on the page, from 1"),
            "paper_id": ("listing.paper_id", _PAPER_ID),
        },
        "listing JOIN profile ON profile.id = listing.snapshot_id",
    ),
    "problems": View(
        "lines of a page that were not understood",
        {
            "page_id": ("problem.profile_id", _PAGE_ID),
            "line": ("problem.line", "first line"),
            "last_line": ("problem.last_line", "last line"),
            "reason": ("problem.reason", "what is wrong"),
            "text": ("problem.text", "the lines"),
        },
        "problem JOIN profile ON profile.id = problem.profile_id",
    ),
}
"""The views by name."""


def create(store: Store) -> None:
    """Create the views for this connection."""
    for name, view in VIEWS.items():
        store.execute(f"CREATE TEMP VIEW {name} AS {view.selection}")


def listing() -> Answer[ColumnRow]:
    """Return a row for each column of the views."""
    rows: list[ColumnRow] = [
        {"view": name, "row": view.about, "column": column, "meaning": meaning}
        for name, view in VIEWS.items()
        for column, (_, meaning) in view.columns.items()
    ]
    return Answer("view_columns", ("view", "row", "column", "meaning"), rows)
