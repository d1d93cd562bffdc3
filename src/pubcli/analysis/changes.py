"""Find what changed in a library: compare each snapshot of each page with the one before it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pubcli.analysis.diff import CHANGE_FIELDS, diff
from pubcli.answer.answer import Answer
from pubcli.store.database import Store
from pubcli.store.library import owners
from pubcli.text.normalize import fold

if TYPE_CHECKING:
    from pubcli.answer.rows import ChangeSummaryRow, PageChangeRow

PAGE_CHANGE_FIELDS = ("name", "before", "as_of", *CHANGE_FIELDS)
"""`name` is the owner of the page. `before` and `as_of` are the days of the two snapshots. The other fields are those
of `diff`."""
SUMMARY_FIELDS = (
    "name", "before", "as_of", "h_index", "h_index_difference", "citations", "citations_difference", "new_papers",
    "gone_papers", "renamed_papers", "changed_papers",
)  # fmt: skip
"""`h_index` and `citations` are those of the newest snapshot, each with its difference from the one before the period.
The last four fields are numbers of papers."""


def changes(store: Store, name: str | None = None, since: str | None = None) -> "Answer[PageChangeRow]":
    """Return a row for each difference between a snapshot and the one before it, the newest snapshots first.

    If `name` is not None, only the pages of this person count. If `since` is an ISO day, snapshots before it do not
    count as newer ones. Raises UsageError if the name selects no person.
    """
    ids = owners.all_owners(store) if name is None else owners.find_owners(store, name)
    steps = [step for owner in ids for step in pairwise(owners.snapshots_of(store, owner))]
    return _compared(store, [(old, new) for old, new in steps if since is None or new.as_of >= since])


def summaries(store: Store, name: str | None = None, since: str | None = None) -> "Answer[ChangeSummaryRow]":
    """Return a row for each page: its newest snapshot compared with the last one before a period, sorted by name.

    The period begins on the ISO day `since`. If `since` is None, or if no snapshot is older, the newest snapshot is
    compared with the oldest one. Pages without a newer snapshot in the period have no row. If `name` is not None, only
    the pages of this person count. Raises UsageError if the name selects no person.
    """
    ids = owners.all_owners(store) if name is None else owners.find_owners(store, name)
    rows = [_summary(store, *pair) for owner in ids for pair in _period(owners.snapshots_of(store, owner), since)]
    rows.sort(key=lambda row: (fold(row["name"]), row["name"]))
    return Answer("change_summaries", SUMMARY_FIELDS, rows)


def _period(
    snapshots: "list[owners.Snapshot]", since: str | None
) -> "Iterator[tuple[owners.Snapshot, owners.Snapshot]]":
    """Yield the snapshot before a period and the newest one, unless the period has no snapshot that is compared."""
    earlier = [snapshot for snapshot in snapshots if since is not None and snapshot.as_of < since]
    old, new = (earlier or snapshots)[-1 if earlier else 0], snapshots[-1]
    if old.id != new.id:
        yield old, new


def _summary(store: Store, old: "owners.Snapshot", new: "owners.Snapshot") -> "ChangeSummaryRow":
    before, after = owners.page_at(store, old), owners.page_at(store, new)
    differences = diff(before, after).rows
    header: Mapping[str, Any] = after.header
    by_field = {row["field"]: row["difference"] for row in differences if row["change"] == "header"}
    papers = {(row["change"], row["key"]) for row in differences}
    counts = Counter(change for change, _ in papers)
    return {
        "name": new.name,
        "before": old.as_of,
        "as_of": new.as_of,
        "h_index": header["h_index"],
        "h_index_difference": by_field.get("h_index", 0),
        "citations": header["citations"],
        "citations_difference": by_field.get("citations", 0),
        "new_papers": counts["new"],
        "gone_papers": counts["gone"],
        "renamed_papers": counts["renamed"],
        "changed_papers": counts["changed"],
    }


def latest_changes(store: Store) -> "Answer[PageChangeRow]":
    """Return a row for each difference between a page of the store and the snapshot before it, the newest pages first.

    Pages without an older snapshot have no rows. If the store is not a library, no page has one.
    """
    ids = [row[0] for row in store.execute("SELECT owner FROM profile ORDER BY owner")]
    last_two = [owners.snapshots_of(store, owner)[-2:] for owner in ids]
    return _compared(store, [(pair[0], pair[1]) for pair in last_two if len(pair) == 2])


def _compared(store: Store, steps: "list[tuple[owners.Snapshot, owners.Snapshot]]") -> "Answer[PageChangeRow]":
    """Return the differences of pairs of snapshots, the older one first. The newest pairs come first."""
    steps.sort(key=lambda step: (step[1].as_of, step[1].day_number), reverse=True)
    rows: list[PageChangeRow] = []
    notes: dict[str, None] = {}
    for old, new in steps:
        differences = diff(owners.page_at(store, old), owners.page_at(store, new))
        rows += [{"name": new.name, "before": old.as_of, "as_of": new.as_of, **row} for row in differences.rows]
        notes |= dict.fromkeys(differences.notes)
    return Answer("page_changes", PAGE_CHANGE_FIELDS, rows, notes=tuple(notes))
