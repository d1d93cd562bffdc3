"""Find what changed in a library: compare each snapshot of each page with the one before it."""

from itertools import pairwise
from typing import TYPE_CHECKING

from pubcli.analysis.diff import CHANGE_FIELDS, diff
from pubcli.answer.answer import Answer
from pubcli.store.database import Store
from pubcli.store.library import owners

if TYPE_CHECKING:
    from pubcli.answer.rows import PageChangeRow

PAGE_CHANGE_FIELDS = ("name", "before", "as_of", *CHANGE_FIELDS)
"""`name` is the owner of the page. `before` and `as_of` are the days of the two snapshots. The other fields are those
of `diff`."""


def changes(store: Store, name: str | None = None, since: str | None = None) -> "Answer[PageChangeRow]":
    """Return a row for each difference between a snapshot and the one before it, the newest snapshots first.

    If `name` is not None, only the pages of this person count. If `since` is an ISO day, snapshots before it do not
    count as newer ones. Raises UsageError if the name selects no person.
    """
    ids = owners.all_owners(store) if name is None else owners.find_owners(store, name)
    steps = [step for owner in ids for step in pairwise(owners.snapshots_of(store, owner))]
    return _compared(store, [(old, new) for old, new in steps if since is None or new.as_of >= since])


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
