"""How a profile changed over its snapshots."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from pubcli.answer import Answer, Row

_NUMBERS = ("h_index", "stated_papers", "citations", "novelty", "ai_score")
"""What is stated in the header and has a course of its own."""
HISTORY_FIELDS = ("as_of", *_NUMBERS, "listed_papers", "new_papers", "gone_papers")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A page as it was on one day."""

    as_of: datetime.date
    header: Row
    """What the header stated, under the names of the fields of `Profile`; a missing field is as good as None."""
    listed_papers: int
    new: int | None
    """Papers that the snapshot before did not list; None when there is none before."""
    gone: int | None
    """Papers that only the snapshot before listed; None when there is none before."""


def history(snapshots: Sequence[Snapshot]) -> Answer:
    """A row for each snapshot, in the order given, oldest first; the course of every number as a sparkline."""
    rows = [_row(snapshot) for snapshot in snapshots]
    courses = tuple(field for field in HISTORY_FIELDS[1:] if sum(row[field] is not None for row in rows) > 1)
    return Answer(HISTORY_FIELDS, HISTORY_FIELDS, rows, courses=courses)


def _row(snapshot: Snapshot) -> Row:
    return {
        "as_of": snapshot.as_of.isoformat(),
        **{field: snapshot.header.get(field) for field in _NUMBERS},
        "listed_papers": snapshot.listed_papers,
        "new_papers": snapshot.new,
        "gone_papers": snapshot.gone,
    }
