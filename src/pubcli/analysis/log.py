"""Return the history of a profile: for each snapshot of the page, a row with the numbers in the snapshot."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from pubcli.answer.answer import Answer, Row
from pubcli.store.database import Store
from pubcli.store.library import owners
from pubcli.store.match_pages import match_papers

if TYPE_CHECKING:
    from pubcli.answer.rows import SnapshotRow

_HEADER_NUMBERS = ("h_index", "stated_papers", "citations", "novelty", "ai_score")
"""Fields of the header that contain numbers. The history shows a trend for each of them."""
HISTORY_FIELDS = ("as_of", *_HEADER_NUMBERS, "listed_papers", "new_papers", "gone_papers")


@dataclass(frozen=True, slots=True)
class ProfileState:
    """The header and the numbers of papers in one snapshot of a page."""

    as_of: datetime.date
    header: Row
    """The header, with the fields of `Profile`; a missing field counts as None."""
    listed_papers: int
    new: int | None
    """Number of papers that are missing in the previous snapshot; None for the first snapshot."""
    gone_papers: int | None
    """Number of papers that only the previous snapshot lists; None for the first snapshot."""


def log(store: Store, name: str) -> "Answer[SnapshotRow]":
    """Return the history of the page whose owner matches a name.

    Raises UsageError if no owner or several owners match.
    """
    snapshots = owners.snapshots_of(store, owners.find_owner(store, name))
    pages = [owners.page_at(store, snapshot) for snapshot in snapshots]
    pairings = [None, *(match_papers(old.papers, new.papers) for old, new in pairwise(pages))]
    return history(
        [
            ProfileState(
                as_of=datetime.date.fromisoformat(snapshot.as_of),
                header=page.header,
                listed_papers=len(page.papers),
                new=None if pairing is None else len(pairing.new),
                gone_papers=None if pairing is None else len(pairing.gone_papers),
            )
            for snapshot, page, pairing in zip(snapshots, pages, pairings, strict=True)
        ]
    )


def history(states: Sequence[ProfileState]) -> "Answer[SnapshotRow]":
    """Return a row for each state of a profile. `states` are in chronological order."""
    rows = [_row(state) for state in states]
    trends = tuple(field for field in HISTORY_FIELDS[1:] if sum(_has_value(row, field) for row in rows) > 1)
    return Answer("snapshots", HISTORY_FIELDS, rows, trends=trends)


def _has_value(row: Row, field: str) -> bool:
    return row[field] is not None


def _row(state: ProfileState) -> "SnapshotRow":
    row: Any = {
        "as_of": state.as_of.isoformat(),
        **{field: state.header.get(field) for field in _HEADER_NUMBERS},
        "listed_papers": state.listed_papers,
        "new_papers": state.new,
        "gone_papers": state.gone_papers,
    }
    return cast("SnapshotRow", row)
