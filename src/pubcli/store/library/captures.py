"""Order the captures of a page that were made on one day.

The user may state the time or the number of a capture. Otherwise, three values of the pages show which page is newer:
the newest date in the list, the citations and the number of papers. If these values are equal or contradict each other,
the times at which the files were written decide.
"""

from collections.abc import Iterator
from sqlite3 import Row
from typing import NamedTuple

from pubcli.model import Page
from pubcli.store.ask import snapshot_papers
from pubcli.store.database import Store
from pubcli.store.load import Origin

_SELF_CONTRADICTION = "the dates and the counts on the pages contradict each other"
_CONTRADICTION = "what the pages show and the times of the files contradict each other"
_NO_EVIDENCE = "neither the pages nor the times of the files show which is newer"


class Place(NamedTuple):
    """The place of a capture among those of the same page and day."""

    number: int
    """Counted from 1 for the oldest. Numbers that the user states may leave gaps."""
    doubt: str | None
    """Why the order is uncertain, as a clause; None if it is certain."""


def place(store: Store, owner: str, page: Page, origin: Origin) -> Place:
    """Return the place of a capture that is added."""
    captures = _of_day(store, owner, page.profile.as_of.isoformat())
    if origin.stated_number is not None:
        return Place(origin.stated_number, None)
    doubt = None
    for capture in reversed(captures):
        is_newer, new_doubt = _compare(store, page, origin, capture)
        doubt = doubt or new_doubt
        if is_newer:
            return Place(capture["day_number"] + 1, doubt)
    return Place(captures[0]["day_number"] if captures else 1, doubt)


def make_room(store: Store, owner: str, day: str, number: int) -> None:
    """If a capture of a day has this number, increase its number and all greater ones by one."""
    if any(capture["day_number"] == number for capture in _of_day(store, owner, day)):
        store.execute(
            "UPDATE snapshot SET day_number = day_number + 1 WHERE owner = ? AND as_of = ? AND day_number >= ?",
            (owner, day, number),
        )


def is_moved(store: Store, snapshot_id: int, origin: Origin) -> bool:
    """Return whether the user states another place for a stored capture than its present place.

    If the user states the number that the capture already has, the doubt about its order is removed.
    """
    row = store.execute("SELECT * FROM snapshot WHERE id = ?", (snapshot_id,)).fetchone()
    if origin.stated_number is not None:
        if row["day_number"] == origin.stated_number:
            store.execute("UPDATE snapshot SET order_doubt = NULL WHERE id = ?", (snapshot_id,))
        return bool(row["day_number"] != origin.stated_number)
    return origin.time_is_stated and bool(row["captured_time"] != origin.captured_time)


def _of_day(store: Store, owner: str, day: str) -> list[Row]:
    statement = "SELECT * FROM snapshot WHERE owner = ? AND as_of = ? ORDER BY day_number, id"
    return store.execute(statement, (owner, day)).fetchall()


def _compare(store: Store, page: Page, origin: Origin, other: Row) -> tuple[bool, str | None]:
    """Return whether a page is newer than a stored capture of the same day, and why this is uncertain (or None)."""
    by_time = _sign(origin.captured_time, other["captured_time"])
    if origin.time_is_stated and by_time:
        return by_time > 0, None
    if origin.path is not None and origin.path == other["path"]:
        return True, None  # the file has changed since
    signs = [sign for sign in _signs(store, page, other) if sign]
    by_content = _sign(sum(signs), 0)
    if len(set(signs)) == 1:
        return by_content > 0, _CONTRADICTION if by_time == -by_content else None
    if by_time:
        return by_time > 0, _SELF_CONTRADICTION if signs else None
    return by_content >= 0, _SELF_CONTRADICTION if signs else _NO_EVIDENCE


def _signs(store: Store, page: Page, other: Row) -> Iterator[int]:
    """Compare values that grow with time. Yield 1 if the page has a greater value than the capture, -1 if less, else 0.

    Assumed years do not count, because they follow from the day of the capture.
    """
    if not page.papers:
        return  # a long file, whose papers are not in memory
    papers = snapshot_papers(store, other["id"])
    new_dates = (paper.date.isoformat() for paper in page.papers if paper.date and not paper.date_assumed)
    dates = (paper["date"] for paper in papers if paper["date"] and not paper["date_assumed"])
    yield _sign(max(new_dates, default=None), max(dates, default=None))
    yield _sign(page.profile.citations, other["citations"])
    yield _sign(len(page.papers), len(papers))


def _sign(value: str | int | None, other: str | int | None) -> int:
    if value is None or other is None or value == other:
        return 0
    return 1 if value > other else -1  # type: ignore[operator]  # both are texts, or both are numbers
