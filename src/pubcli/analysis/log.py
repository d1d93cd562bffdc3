"""How a profile changed over its snapshots."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from pubcli.answer.answer import Answer, Row
from pubcli.store.database import Store
from pubcli.store.library import owners
from pubcli.store.match_pages import paired

if TYPE_CHECKING:
    from pubcli.answer.rows import SnapshotRow

_NUMBERS = ("h_index", "stated_papers", "citations", "novelty", "ai_score")
"""What is stated in the header and has a trend of its own."""
HISTORY_FIELDS = ("as_of", *_NUMBERS, "listed_papers", "new_papers", "gone_papers")


@dataclass(frozen=True, slots=True)
class ProfileState:
    """A page as it was on one day."""

    as_of: datetime.date
    header: Row
    """What the header stated, under the names of the fields of `Profile`; a missing field is as good as None."""
    listed_papers: int
    new: int | None
    """Papers that the snapshot before did not list; None when there is none before."""
    gone: int | None
    """Papers that only the snapshot before listed; None when there is none before."""


def log(store: Store, name: str) -> "Answer[SnapshotRow]":
    """The history of the page of the owner that a name stands for. Raises UsageError when there is none."""
    known = owners.snapshots(store, owners.find(store, name))
    pages = [owners.page(store, one) for one in known]
    pairings = [None, *(paired(old.papers, new.papers) for old, new in pairwise(pages))]
    return history(
        [
            ProfileState(
                as_of=datetime.date.fromisoformat(one.as_of),
                header=page.header,
                listed_papers=len(page.papers),
                new=None if pairing is None else len(pairing.new),
                gone=None if pairing is None else len(pairing.gone),
            )
            for one, page, pairing in zip(known, pages, pairings, strict=True)
        ]
    )


def history(snapshots: Sequence[ProfileState]) -> "Answer[SnapshotRow]":
    """A row for each snapshot, in the order given, oldest first; the trend of every number as a sparkline."""
    rows = [_row(snapshot) for snapshot in snapshots]
    trends = tuple(field for field in HISTORY_FIELDS[1:] if sum(_has(row, field) for row in rows) > 1)
    return Answer("snapshots", HISTORY_FIELDS, rows, trends=trends)


def _has(row: Row, field: str) -> bool:
    return row[field] is not None


def _row(snapshot: ProfileState) -> "SnapshotRow":
    row: Any = {
        "as_of": snapshot.as_of.isoformat(),
        **{field: snapshot.header.get(field) for field in _NUMBERS},
        "listed_papers": snapshot.listed_papers,
        "new_papers": snapshot.new,
        "gone_papers": snapshot.gone,
    }
    return cast("SnapshotRow", row)
