"""Summarise a library: a row for each page, and one row with the counts of the whole library."""

from typing import TYPE_CHECKING, Any

from pubcli.answer.answer import Answer
from pubcli.store.database import Store
from pubcli.store.library import owners

if TYPE_CHECKING:
    from pubcli.answer.rows import LibraryRow, PageRow

OVERVIEW_FIELDS = (
    "name", "category", "h_index", "citations", "papers", "shared_papers", "as_of", "as_of_reason", "snapshots",
    "source",
)  # fmt: skip
"""`papers` is the number of papers on the page. `shared_papers` is how many of them other people's pages list too."""

_OVERVIEW = """
SELECT coalesce(profile.name, profile.source) AS name, profile.category, h_index, citations,
    count(listing.position) AS papers,
    count(nullif(listing.added ->> '$.also_on', '[]')) AS shared_papers,
    as_of, as_of_reason,
    (SELECT count(*) FROM snapshot WHERE snapshot.owner = profile.owner) AS snapshots,
    source
FROM profile LEFT JOIN listing ON listing.snapshot_id = profile.id
GROUP BY profile.id ORDER BY profile.owner, profile.id
"""


def overview(store: Store) -> "Answer[PageRow]":
    """Return a row for each current page, sorted by owner, and name the pages that may belong to one person."""
    rows: list[Any] = [dict(zip(OVERVIEW_FIELDS, row, strict=True)) for row in store.execute(_OVERVIEW)]
    sentences = tuple(proposal.sentence for proposal in owners.proposals(store))
    return Answer("pages", OVERVIEW_FIELDS, rows, messages=sentences)


_COUNTS = {
    "profiles": "SELECT count(*) FROM profile",
    "snapshots": "SELECT count(*) FROM snapshot",
    "papers": "SELECT count(*) FROM paper",
    "shared_papers": "SELECT count(DISTINCT paper_id) FROM listing WHERE added ->> '$.also_on' <> '[]'",
    "authors": "SELECT count(*) FROM author",
    "last_added": "SELECT max(added_at) FROM snapshot",
    "version": "PRAGMA user_version",
}
INFO_FIELDS = ("library", "bytes", *_COUNTS)


def info(store: Store, library: str, size: int) -> "Answer[LibraryRow]":
    """Return one row about a library: its path, its size in bytes, and counts of its contents."""
    counts = {field: store.execute(statement).fetchone()[0] for field, statement in _COUNTS.items()}
    row: Any = {"library": library, "bytes": size, **counts}
    return Answer("library", INFO_FIELDS, [row])
