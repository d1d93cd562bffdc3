"""The citation keys of a library's papers: no two alike, and once given they stay.

Somebody may cite a paper by its key, so adding a page changes none that there is: who comes later gets a letter.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from itertools import takewhile

from pubcli.biblio import citation_keys
from pubcli.biblio.same_paper import Listing, ListingId
from pubcli.store.database import Store

_GIVEN = """
    SELECT owner, title_digest, coalesce(written, json) ->> '$.key', paper.key FROM listing
    JOIN snapshot ON snapshot.id = snapshot_id JOIN record USING (paper_id) JOIN paper ON paper.id = paper_id
    WHERE paper_id IN (SELECT value FROM json_each(?))
"""
_MOST_LETTERS = 2
"""By which keys of papers of one title are told apart."""
_HELD = "SELECT paper.key, id FROM paper WHERE paper.key IN (SELECT value FROM json_each(?))"


class Keyring:
    """What papers are called that are put together anew; made before their listings are taken from them."""

    def __init__(self, connection: Store, papers: Collection[int]) -> None:
        self._connection = connection
        self._papers = frozenset(papers)
        self._given: dict[ListingId, dict[str, str]] = {}
        for owner, digest, own, key in connection.execute(_GIVEN, (json.dumps(list(papers)),)):
            self._given.setdefault((owner, digest), {})[own] = key
        self._taken: set[str] = set()

    def contested(self, arriving: Collection[tuple[ListingId, str]], staying: Iterable[Listing]) -> set[str]:
        """Keys that a page gives arriving papers and that are not simply theirs: others have them, or they had others.

        `staying` are the listings that were taken out. There may be some keys more in the set.
        """
        found = {listing.record["key"] for listing in staying} | self._held([own for _, own in arriving])
        found |= {key for listing in staying if (key := self._known(listing.reference, listing.record["key"]))}
        for reference, own in arriving:
            if (known := self._known(reference, own)) and known != own:
                found |= {own, known}
        return found

    def reserve(self, own: Iterable[str]) -> None:
        """Leave to papers what their page calls them; nobody contests it."""
        self._taken.update(own)

    def named(self, papers: Iterable[list[Listing]]) -> Iterator[tuple[str, list[Listing]]]:
        """A key for each paper, given as its listings, the most believed first; those that had one keep it.

        Of several that were told apart by letters the paper keeps the one that was given first.
        """
        waiting = []
        for listings in papers:
            known = list(filter(None, (self._known(one.reference, one.record["key"]) for one in listings)))
            key = min(known, key=lambda key: (not known[0].startswith(key), len(key)), default=None)
            if key and key not in self._taken:
                self._taken.add(key)
                yield key, listings
            else:
                waiting.append(listings)
        for listings in waiting:
            key = self._free(listings[0].record["key"])
            self._taken.add(key)
            yield key, listings

    def _free(self, own: str) -> str:
        """The key that a page gives, or one with another letter; that of the page is no part of the key."""
        if not self._is_taken(own):
            return own
        bare = own[:-1] if own[-1].isalpha() and self._is_taken(own[:-1]) else own
        return next(citation_keys.disambiguated(bare, self._is_taken))

    def _known(self, reference: ListingId, own: str) -> str | None:
        """What a paper was called; its page may have told it apart by another letter."""
        given = self._given.get(reference, {})
        return given.get(own) or next((key for other, key in given.items() if _differ_in_letters(own, other)), None)

    def _is_taken(self, key: str) -> bool:
        return key in self._taken or bool(self._held([key]))

    def _held(self, wanted: Collection[str]) -> set[str]:
        """Which of these keys papers have that are not put together anew."""
        found = self._connection.execute(_HELD, (json.dumps(list(wanted)),))
        return {key for key, id_ in found if id_ not in self._papers}


def _differ_in_letters(one: str, other: str) -> bool:
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))
    return all(len(rest) <= _MOST_LETTERS and (not rest or rest.isalpha()) for rest in (one[shared:], other[shared:]))
