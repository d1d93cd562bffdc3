"""Return the history of a profile: for each snapshot of the page, a row with the numbers in the snapshot."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from pubcli.analysis.check import CITATION_NUMBERS
from pubcli.answer.answer import Answer, Row
from pubcli.store.database import Store
from pubcli.store.library import owners
from pubcli.store.match_pages import match_papers

if TYPE_CHECKING:
    from pubcli.answer.rows import SnapshotRow

_SITE_NUMBERS = ("i10_index", *(f"recent_{field}" for field in CITATION_NUMBERS))
_HEADER_NUMBERS = ("h_index", "stated_papers", "citations", "novelty", "ai_score", *_SITE_NUMBERS)
"""Fields of the header that contain numbers. The history shows a trend for each of them."""
_OF_SOME_SITES = ("stated_papers", "novelty", "ai_score", *_SITE_NUMBERS)
"""Numbers for which a table has a column only if a snapshot states them. If no snapshot states any of `_SITE_NUMBERS`,
the table always has columns for the other three."""
HISTORY_FIELDS = ("as_of", *_HEADER_NUMBERS, "listed_papers", "new_papers", "gone_papers", "day_number")


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
    day_number: int | None = None
    """The number of the snapshot among those of its day; None if it is the only one."""


def log(store: Store, name: str) -> "Answer[SnapshotRow]":
    """Return the history of the page whose owner matches a name.

    Raises UsageError if no owner or several owners match.
    """
    snapshots = owners.snapshots_of(store, owners.find_owner(store, name))
    pages = [owners.page_at(store, snapshot) for snapshot in snapshots]
    pairings = [None, *(match_papers(old.papers, new.papers) for old, new in pairwise(pages))]
    answer = history(
        [
            ProfileState(
                as_of=datetime.date.fromisoformat(snapshot.as_of),
                day_number=None if snapshot.is_only_one else snapshot.day_number,
                header=page.header,
                listed_papers=len(page.papers),
                new=None if pairing is None else len(pairing.new),
                gone_papers=None if pairing is None else len(pairing.gone_papers),
            )
            for snapshot, page, pairing in zip(snapshots, pages, pairings, strict=True)
        ]
    )
    doubts = (
        f"the order of {snapshot.label} and the snapshot before it is uncertain: {snapshot.order_doubt}"
        for snapshot in snapshots
        if snapshot.order_doubt and not snapshot.is_only_one
    )
    return answer._replace(messages=tuple(doubts))


def history(states: Sequence[ProfileState]) -> "Answer[SnapshotRow]":
    """Return a row for each state of a profile. `states` are in chronological order."""
    rows = [_row(state) for state in states]
    trends = tuple(field for field in HISTORY_FIELDS[1:-1] if sum(_has_value(row, field) for row in rows) > 1)
    stated = [field for field in ("day_number", *_OF_SOME_SITES) if any(_has_value(row, field) for row in rows)]
    of_site = any(_has_value(row, field) for row in rows for field in _SITE_NUMBERS)
    optional = tuple(stated if of_site else dict.fromkeys([*stated, "stated_papers", "novelty", "ai_score"]))
    return Answer("snapshots", HISTORY_FIELDS, rows, trends=trends, optional=optional, headings=_headings(states))


def _headings(states: Sequence[ProfileState]) -> dict[str, str]:
    """Return the headings of recent numbers. They contain the year from which the newest of these numbers count."""
    years = [since for state in states if (since := state.header.get("recent_since"))]
    since = f"since {years[-1]}" if years else "recent"
    return {
        "recent_citations": since.capitalize(),
        "recent_h_index": f"h {since}",
        "recent_i10_index": f"i10 {since}",
    }


def _has_value(row: Row, field: str) -> bool:
    return row[field] is not None


def _row(state: ProfileState) -> "SnapshotRow":
    row: Any = {
        "as_of": state.as_of.isoformat(),
        **{field: state.header.get(field) for field in _HEADER_NUMBERS},
        "listed_papers": state.listed_papers,
        "new_papers": state.new,
        "gone_papers": state.gone_papers,
        "day_number": state.day_number,
    }
    return cast("SnapshotRow", row)
