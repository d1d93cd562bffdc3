"""Whose pages are in a store: found by name, and asked alone."""

from difflib import get_close_matches
from typing import NamedTuple

from pubcli.biblio.dates import parse_day
from pubcli.errors import UsageError, ambiguous_name
from pubcli.store import index
from pubcli.store.ask import snapshot_papers
from pubcli.store.database import Store
from pubcli.store.match_pages import Side
from pubcli.text.normalize import fold, well_formed


class Snapshot(NamedTuple):
    """A page as it was captured on one day."""

    id: int
    owner: str
    name: str
    """The owner as people read it."""
    as_of: str
    """ISO day."""


def find_owner(store: Store, name: str) -> str:
    """The one owner whose name, or page without a header, it is, as a whole or in part; case and accents are free.

    Raises UsageError, with what may have been meant, when there is none or more than one.
    """
    wanted = fold(well_formed(name)).strip()
    known = {
        row[0]: row[1] for row in store.execute("SELECT owner, coalesce(name, source) FROM profile ORDER BY owner")
    }
    if wanted in known or not wanted:
        found = [wanted] if wanted else []
    else:
        found = [owner for owner in known if wanted in fold(owner)]
    if len(found) == 1:
        return str(found[0])
    if found:
        raise ambiguous_name(name, [known[one] for one in found])
    close = [known[one] for one in get_close_matches(wanted, known, 3)]
    meant = f"did you mean {' or '.join(close)}?" if close else "pubcli profiles lists whose pages there are"
    raise UsageError(f"no page belongs to {name!r}; {meant}")


def snapshots_of(store: Store, owner: str) -> list[Snapshot]:
    """All snapshots of an owner's page, oldest first."""
    columns = "id, owner, coalesce(name, source), as_of"
    rows = store.execute(f"SELECT {columns} FROM snapshot WHERE owner = ? ORDER BY as_of, id", (owner,))
    return [Snapshot(*row) for row in rows]


def matching_snapshots(store: Store, name: str) -> list[Snapshot]:
    """All snapshots that `NAME` names, or the one that `NAME@DAY` does. Raises UsageError as `find_snapshot`."""
    at_day = "@" in name and not _is_owner(store, name)
    return [find_snapshot(store, name)] if at_day else snapshots_of(store, find_owner(store, name))


def _is_owner(store: Store, name: str) -> bool:
    """Whether it names an owner as a whole, as a file with an @ in its name may."""
    try:
        return bool(find_owner(store, name))
    except UsageError:
        return False


def find_snapshot(store: Store, name: str) -> Snapshot:
    """The snapshot that `NAME` or `NAME@DAY` names: the newest, or the one that held on that day.

    Raises UsageError for a name or day that there is not.
    """
    who, at, day = name.rpartition("@")
    if not at or _is_owner(store, name):
        return snapshots_of(store, find_owner(store, name))[-1]
    try:
        until = parse_day(day).isoformat()
    except ValueError as error:
        raise UsageError(f"{name}: after @, {error}") from None
    found = snapshots_of(store, find_owner(store, who))
    held = [one for one in found if one.as_of <= until]
    if not held:
        raise UsageError(f"{name}: the oldest snapshot is of {found[0].as_of}; pubcli log {who!r} shows all")
    return held[-1]


def page_at(store: Store, snapshot: Snapshot) -> Side:
    """What a snapshot states and lists; papers that the library holds have their keys there."""
    header = store.execute("SELECT * FROM snapshot WHERE id = ?", (snapshot.id,)).fetchone()
    statement = "SELECT listing.position, key FROM listing JOIN paper ON paper.id = paper_id WHERE snapshot_id = ?"
    keys = dict(store.execute(statement, (snapshot.id,)).fetchall())
    listed = snapshot_papers(store, snapshot.id)
    return Side(dict(header), [paper | {"key": keys.get(paper["position"], paper["key"])} for paper in listed])


_OWN = ("line", "title_guessed", "org", "category", "date", "date_assumed", "code")
"""Columns of a paper that an owner's own page may have otherwise."""
_SHARED = ("key", "filed_under", "authors_complete")
_MOST_INDEXED = 20_000
"""Papers."""


def narrow(store: Store, owner: str) -> None:
    """Let every later question see the profiles of one owner only, with the papers as that page has them.

    Temporary views stand before the tables of the same names, so no question needs to know. Where other pages list
    some of the papers too, the words of the owner's page are indexed anew for the questions that follow; a page of more
    than 20,000 papers is asked by the index of all.
    """
    found = store.execute("SELECT id FROM profile WHERE owner = ?", (owner,)).fetchall()
    ids = ", ".join(str(int(row[0])) for row in found)
    own = ", ".join(f"iif(added IS NULL, {column}, written ->> '$.{column}') AS {column}" for column in _OWN)
    listed = f"main.listing WHERE snapshot_id IN ({ids})"
    papers, shared = store.execute(f"SELECT count(*), count(added) FROM {listed}").fetchone()
    store.executescript(f"""
        CREATE TEMP VIEW profile AS SELECT * FROM main.snapshot WHERE id IN ({ids});
        CREATE TEMP VIEW paper AS
            SELECT id, snapshot_id AS profile_id, own.position AS position, {own}, {", ".join(_SHARED)},
                iif(added IS NULL, folded_title, folded_title(written)) AS folded_title
            FROM (SELECT * FROM {listed}) AS own JOIN main.paper ON id = paper_id;
        CREATE TEMP VIEW record AS
            SELECT paper_id, iif(added IS NULL, json, json_patch(written, added)) AS json
            FROM (SELECT * FROM {listed}) JOIN main.record USING (paper_id);
    """)
    if index.is_missing(store) or (shared and papers <= _MOST_INDEXED):
        index.hide(store)
