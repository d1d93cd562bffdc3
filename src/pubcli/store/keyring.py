"""The citation keys of a library's papers: no two alike, and once given they stay.

Somebody may cite a paper by its key, so adding a page changes none that there is: who comes later gets a letter.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator

from pubcli import keys
from pubcli.identity import Listing, Reference

_GIVEN = """
    SELECT owner, title_digest, coalesce(written, json) ->> '$.key', paper.key FROM listing
    JOIN snapshot ON snapshot.id = snapshot_id JOIN record USING (paper_id) JOIN paper ON paper.id = paper_id
    WHERE paper_id IN (SELECT value FROM json_each(?))
"""
_HELD = "SELECT paper.key, id FROM paper WHERE paper.key IN (SELECT value FROM json_each(?))"


class Keyring:
    """What papers are called that are put together anew; made before their listings are taken from them."""

    def __init__(self, connection: sqlite3.Connection, papers: Collection[int]) -> None:
        self._connection = connection
        self._papers = frozenset(papers)
        given = connection.execute(_GIVEN, (json.dumps(list(papers)),))
        self._given: dict[tuple[Reference, str], str] = {((row[0], row[1]), row[2]): row[3] for row in given}
        self._taken: set[str] = set()

    def contested(self, own: Collection[str], staying: Iterable[Listing]) -> set[str]:
        """Keys that a page gives its papers and that others have, or have to be told apart from; beside some more.

        `staying` are the listings that were taken out.
        """
        named = {key for listing in staying for key in (listing.record["key"], self._known(listing)) if key}
        return named | {key for (_, key), given in self._given.items() if key != given} | self._held(own)

    def reserve(self, own: Iterable[str]) -> None:
        """Leave to papers what their page calls them; nobody contests it."""
        self._taken.update(own)

    def named(self, papers: Iterable[list[Listing]]) -> Iterator[tuple[str, list[Listing]]]:
        """A key for each paper, given as its listings, the most believed first; those that had one keep it."""
        waiting = []
        for listings in papers:
            known = next(filter(None, map(self._known, listings)), None)
            if known and known not in self._taken:
                self._taken.add(known)
                yield known, listings
            else:
                waiting.append(listings)
        for listings in waiting:
            own = listings[0].record["key"]
            key = next(keys.told_apart(own, self._is_taken)) if self._is_taken(own) else own
            self._taken.add(key)
            yield key, listings

    def _known(self, listing: Listing) -> str | None:
        return self._given.get((listing.reference, listing.record["key"]))

    def _is_taken(self, key: str) -> bool:
        return key in self._taken or bool(self._held([key]))

    def _held(self, wanted: Collection[str]) -> set[str]:
        """Which of these keys papers have that are not put together anew."""
        found = self._connection.execute(_HELD, (json.dumps(list(wanted)),))
        return {key for key, id_ in found if id_ not in self._papers}
