"""Find the owner of a page by name, return the snapshots of a page, and restrict queries to one person."""

import json
import shlex
from collections.abc import Sequence
from difflib import get_close_matches
from itertools import combinations
from typing import NamedTuple

from pubcli.biblio.dates import parse_capture
from pubcli.biblio.names import likeness
from pubcli.errors import UsageError, ambiguous_name
from pubcli.store import index, persons
from pubcli.store.ask import snapshot_papers
from pubcli.store.database import Store
from pubcli.store.match_pages import Side
from pubcli.store.sql import page_label
from pubcli.text.normalize import fold, well_formed


class Snapshot(NamedTuple):
    """A page as it was captured on one day."""

    id: int
    owner: str
    name: str
    """Name of the owner for display."""
    as_of: str
    """ISO day."""
    day_number: int
    """The number of the snapshot among those of its day."""
    is_only_one: bool
    """Whether it is the only snapshot of its day."""
    order_doubt: str | None
    """Why the number is uncertain, as a clause; None if it is certain."""

    @property
    def label(self) -> str:
        """The day, and the number if the page has several snapshots of this day: `2026-11-23#2`."""
        return self.as_of if self.is_only_one else f"{self.as_of}#{self.day_number}"


class _Owner(NamedTuple):
    """The owner of a page."""

    id: str
    name: str
    """The name on the page, or its source."""
    site: str | None
    label: str
    folded_name: str
    person: str
    """The folded name that identifies the person: equal for pages of one person on several sites."""


def _owners(store: Store) -> list[_Owner]:
    name = f"coalesce({persons.OWNER}, profile.owner)"
    statement = (
        "SELECT profile.owner, coalesce(profile.name, source), site_fields ->> '$.site', "
        f"{page_label('profile.')}, coalesce(folded_name, profile.owner), "
        f"{name} FROM {persons.OWNERS} ORDER BY profile.owner"
    )
    return [_Owner(*row) for row in store.execute(statement)]


def find_owners(store: Store, name: str) -> list[str]:
    """Return the ids of the owners of a person's pages: several ids if the person has pages on several sites.

    The name of the person equals or contains the text `name`; case and accents are ignored. Pages have the same owner
    if their names are equal, or if the user has decided so with `people same`. The name with a site selects a single
    page. Raises UsageError, with suggestions, if no person or several persons match.
    """
    folded = fold(well_formed(name)).strip()
    everyone = _owners(store)
    matches = [owner for owner in everyone if folded in (owner.folded_name, owner.person)]
    if not matches and any(folded == fold(owner.id) for owner in everyone):
        return [owner.id for owner in everyone if folded == fold(owner.id)]
    matches = matches or [owner for owner in everyone if folded and folded in fold(owner.id)]
    if len(people := {owner.person for owner in matches}) == 1:
        return [owner.id for owner in everyone if owner.person in people]
    if matches:
        raise ambiguous_name(name, [owner.label for owner in matches])
    close = get_close_matches(folded, {owner.id: None for owner in everyone}, 3)
    labels = [owner.label for owner in everyone if owner.id in close]
    hint = f"did you mean {' or '.join(labels)}?" if labels else "pubcli profile --list lists all pages"
    raise UsageError(f"no page belongs to {name!r}; {hint}")


class Proposal(NamedTuple):
    """Two pages of different sites that may belong to one person."""

    names: tuple[str, str]
    sentence: str
    """The evidence, and the command that settles it."""


def proposals(store: Store) -> list[Proposal]:
    """Return the pairs of pages on different sites whose owners have similar names, unless the user has decided."""
    decided = {frozenset((fold(pair.name), fold(pair.other))) for pair in persons.decisions(store)}
    by_family: dict[str, list[_Owner]] = {}
    for owner in _owners(store):
        by_family.setdefault(owner.folded_name.split()[-1] if owner.folded_name.strip() else "", []).append(owner)
    return [
        Proposal((a.name, b.name), _proposal(a, b, evidence.reason))
        for owners in by_family.values()
        if any(owner.name != owner.label for owner in owners)
        for a, b in combinations(owners, 2)
        if a.person != b.person and a.site != b.site and frozenset((a.folded_name, b.folded_name)) not in decided
        if (evidence := likeness(a.name, b.name))
    ]


def _proposal(a: _Owner, b: _Owner, reason: str) -> str:
    command = f"pubcli people same {shlex.quote(a.name)} {shlex.quote(b.name)}"
    return f"{a.label} and {b.label} may be one person ({reason}); if so: {command}"


def find_owner(store: Store, name: str) -> str:
    """Return the id of the owner of the page that a name selects, as `find_owners` does.

    If a page has no header, its source is used as the name. Raises UsageError also if the person has several pages.
    """
    ids = find_owners(store, name)
    if len(ids) == 1:
        return ids[0]
    if (folded := fold(well_formed(name)).strip()) in ids:
        return folded
    labels = {owner.id: owner.label for owner in _owners(store)}
    raise ambiguous_name(name, [labels[id_] for id_ in ids])


def all_owners(store: Store) -> list[str]:
    """Return the ids of all owners of pages, sorted."""
    return [row[0] for row in store.execute("SELECT DISTINCT owner FROM snapshot ORDER BY owner")]


def owners_with_several_snapshots(store: Store) -> list[str]:
    """Return the names of the owners whose page has at least two snapshots, sorted."""
    several = {row[0] for row in store.execute("SELECT owner FROM snapshot GROUP BY owner HAVING count(*) > 1")}
    return sorted(owner.label for owner in _owners(store) if owner.id in several)


def snapshots_of(store: Store, owner: str) -> list[Snapshot]:
    """Return all snapshots of an owner's page, oldest first."""
    is_only_one = "count(*) OVER (PARTITION BY as_of) = 1"
    columns = f"id, owner, {page_label()}, as_of, day_number, {is_only_one}, order_doubt"
    order = "as_of, day_number, id"
    rows = store.execute(f"SELECT {columns} FROM snapshot WHERE owner = ? ORDER BY {order}", (owner,))
    return [Snapshot(*row) for row in rows]


def matching_snapshots(store: Store, name: str) -> list[Snapshot]:
    """Return all snapshots for `NAME`, or a single snapshot for `NAME@DAY`. Raises UsageError like `find_snapshot`."""
    has_day = "@" in name and not _is_owner(store, name)
    return [find_snapshot(store, name)] if has_day else snapshots_of(store, find_owner(store, name))


def _is_owner(store: Store, name: str) -> bool:
    """Return whether the whole text is the name of an owner, such as a file name that contains @."""
    try:
        return bool(find_owner(store, name))
    except UsageError:
        return False


def find_snapshot(store: Store, name: str) -> Snapshot:
    """Return the newest snapshot for `NAME`; for `NAME@DAY`, the newest snapshot up to that day.

    `NAME@DAY#N` is the snapshot with the number N of exactly that day. Raises UsageError if the name does not match
    exactly one owner, the day is not valid, or there is no such snapshot.
    """
    owner, at, day = name.rpartition("@")
    if not at or _is_owner(store, name):
        return snapshots_of(store, find_owner(store, name))[-1]
    try:
        capture = parse_capture(day)
        if capture.time_of_day is not None:
            raise ValueError(f"a snapshot is named by its day and number, as in {capture.day}#2, not by its time")
        until = capture.day.isoformat()
    except ValueError as error:
        raise UsageError(f"{name}: {error}") from None
    snapshots = snapshots_of(store, find_owner(store, owner))
    if capture.number is not None:
        return _numbered(name, snapshots, until, capture.number)
    earlier = [snapshot for snapshot in snapshots if snapshot.as_of <= until]
    if not earlier:
        oldest = f"the oldest is from {snapshots[0].as_of} (pubcli changes --snapshots {owner!r} lists all)"
        raise UsageError(f"{name}: no snapshot is that old; {oldest}")
    return earlier[-1]


def _numbered(name: str, snapshots: Sequence[Snapshot], day: str, number: int) -> Snapshot:
    of_day = [snapshot for snapshot in snapshots if snapshot.as_of == day]
    for snapshot in of_day:
        if snapshot.day_number == number:
            return snapshot
    labels = ", ".join(f"{day}#{snapshot.day_number}" for snapshot in of_day) or "none of that day"
    raise UsageError(f"{name}: there is no snapshot with this number; the library has {labels}")


def page_at(store: Store, snapshot: Snapshot) -> Side:
    """Return the header and the papers of a snapshot, with the keys that papers have in the library."""
    header = store.execute("SELECT * FROM snapshot WHERE id = ?", (snapshot.id,)).fetchone()
    statement = "SELECT listing.position, key FROM listing JOIN paper ON paper.id = paper_id WHERE snapshot_id = ?"
    keys = dict(store.execute(statement, (snapshot.id,)).fetchall())
    papers = snapshot_papers(store, snapshot.id)
    stated = {**dict(header), **json.loads(header["site_fields"])}
    return Side(stated, [paper | {"key": keys.get(paper["position"], paper["key"])} for paper in papers])


_PAGE_COLUMNS = ("line", "title_guessed", "org", "category", "date", "date_assumed", "code")
"""Columns of a paper whose values on the owner's page may differ from the values in the library."""
_LIBRARY_COLUMNS = ("key", "filed_under", "authors_complete")
_MAX_INDEXED = 20_000
"""An owner with more than this number of papers gets no separate text index."""


def narrow(store: Store, owners: Sequence[str]) -> None:
    """Restrict all later queries to the pages of one or several people. `owners` has one id for each page.

    Temporary views hide the tables of the same names, so the queries need no change. If it is a single page, papers
    have the values on this page. If there are several pages, papers have the merged values of the library.
    A single page gets a separate text index if other pages list some of its papers too. However, a page of more than
    20,000 papers uses the index of the library.
    """
    rows = store.execute(
        "SELECT id FROM profile WHERE owner IN (SELECT value FROM json_each(?))", (json.dumps(owners),)
    )
    ids = [int(row[0]) for row in rows]
    listed = ", ".join(map(str, ids))
    # A paper may be listed several times: by several pages, or because the user merged records. Its first place counts.
    places = f"SELECT *, min(position) FROM main.listing WHERE snapshot_id IN ({listed}) GROUP BY paper_id"
    papers, shared = store.execute(f"SELECT count(*), count(added) FROM ({places})").fetchone()
    views = _views_of_page(places) if len(ids) == 1 else _views_of_pages(places)
    views["profile"] = f"SELECT * FROM main.snapshot WHERE id IN ({listed})"
    for name, selection in views.items():  # executescript would end the transaction
        store.execute(f"CREATE TEMP VIEW {name} AS {selection}")
    if index.is_missing(store) or (len(ids) == 1 and shared and papers <= _MAX_INDEXED):
        index.hide(store)


def _views_of_page(places: str) -> dict[str, str]:
    """Return the SQL of the views with the papers of one page. `places` selects its listings."""
    page_columns = ", ".join(f"iif(added IS NULL, {name}, written ->> '$.{name}') AS {name}" for name in _PAGE_COLUMNS)
    return {
        "paper": f"""
            SELECT id, snapshot_id AS profile_id, own.position AS position, {page_columns},
                {", ".join(_LIBRARY_COLUMNS)}, iif(added IS NULL, folded_title, folded_title(written)) AS folded_title
            FROM ({places}) AS own JOIN main.paper ON id = paper_id""",
        "record": f"""
            SELECT paper_id, iif(added IS NULL, json, json_patch(written, added)) AS json,
                iif(added IS NULL, record.checksum, NULL) AS checksum
            FROM ({places}) JOIN main.record USING (paper_id)""",
    }


def _views_of_pages(places: str) -> dict[str, str]:
    """Return the SQL of the views with the papers of several pages of one person. `places` selects their listings."""
    columns = ", ".join(("folded_title", *_PAGE_COLUMNS, *_LIBRARY_COLUMNS))
    return {
        "paper": f"""
            SELECT id, snapshot_id AS profile_id, own.position AS position, {columns}
            FROM ({places}) AS own JOIN main.paper ON id = paper_id""",
        "record": f"SELECT record.* FROM ({places}) JOIN main.record AS record USING (paper_id)",
    }
