"""Compare a page that is added with the current snapshot of its owner: which papers are new, renamed or gone."""

from collections import Counter
from collections.abc import Mapping, Sequence
from sqlite3 import Row
from typing import TYPE_CHECKING, NamedTuple, cast

from pubcli.biblio.same_paper import title_digest
from pubcli.model import HEADER_FIELDS, Paper, Profile
from pubcli.store.ask import snapshot_papers
from pubcli.store.database import Store
from pubcli.store.match_pages import match_papers

if TYPE_CHECKING:
    from pubcli.answer.rows import PaperRow

_FIGURES = tuple(
    field for field in HEADER_FIELDS if field not in ("name", "category", "stated_papers", "listed_heading")
)
"""Fields that only a page with a header has. A mere list of papers may have the other fields, such as a name."""


class PageChanges(NamedTuple):
    """The differences between a page and the snapshot that it replaces, as numbers of papers."""

    before: int
    """Number of papers in the snapshot."""
    new: int
    renamed: int
    gone: int
    loses_header: bool
    """Whether the snapshot has a header, with an h-index or the like, and the page has none."""

    @property
    def is_loss(self) -> bool:
        """Whether the page lacks more than half of the papers, or the header, so that it may be something else."""
        return self.gone * 2 > self.before or self.loses_header


def page_changes(
    store: Store, snapshot: Row, profile: Profile, papers: Sequence[Paper], digests: Sequence[int] = ()
) -> PageChanges:
    """Compare a page with a snapshot, a row of the table `snapshot`.

    For a long file, whose papers are not in memory, `digests` are the digests of their titles, and `papers` is empty.
    Then a renamed paper counts as gone and new.
    """
    old = Counter(stored_digests(store, snapshot["id"]))
    new = Counter(digests or [title_digest(paper.title) for paper in papers])
    gone, added = old - new, new - old
    renamed = _renamed(store, snapshot["id"], papers, gone, added) if gone and added and papers else 0
    has_header = any(snapshot[field] is not None for field in _FIGURES)
    loses_header = has_header and all(getattr(profile, field) is None for field in _FIGURES)
    return PageChanges(old.total(), added.total() - renamed, renamed, gone.total() - renamed, loses_header)


def stored_digests(store: Store, snapshot_id: int | None) -> list[int]:
    """Return the digest of the title of each paper in a snapshot; an empty list if there is no snapshot."""
    rows = store.execute("SELECT title_digest FROM listing WHERE snapshot_id = ?", (snapshot_id,))
    return [row[0] for row in rows]


def _renamed(
    store: Store, snapshot_id: int, papers: Sequence[Paper], gone: Mapping[int, int], added: Mapping[int, int]
) -> int:
    """Return how many of the papers whose titles are gone are on the page under another title."""
    old = [row for row in snapshot_papers(store, snapshot_id) if title_digest(row["title"]) in gone]
    new = [cast("PaperRow", paper.model_dump(mode="json")) for paper in papers if title_digest(paper.title) in added]
    return len(match_papers(old, new).both)
