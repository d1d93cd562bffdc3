"""Assign the citation keys of a library's papers. The keys are unique, and a key never changes after it is assigned.

The user may cite a paper by its key, so adding a page changes no existing key. If the key of a new paper is taken, the
new paper gets a key with a letter suffix.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from itertools import takewhile

from pubcli.biblio import citation_keys
from pubcli.biblio.same_paper import Listing, ListingId
from pubcli.store.database import Store

_KEYS = """
    SELECT owner, title_digest, coalesce(written, json) ->> '$.key', paper.key FROM listing
    JOIN snapshot ON snapshot.id = snapshot_id JOIN record USING (paper_id) JOIN paper ON paper.id = paper_id
    WHERE paper_id IN (SELECT value FROM json_each(?))
"""
"""Statement that selects the listings of papers, each with its key on the page and in the library."""
_MAX_SUFFIX = 2
"""Maximum length of the letter suffix (a, b, ... aa) that distinguishes citation keys."""
_KEY_OWNERS = "SELECT paper.key, id FROM paper WHERE paper.key IN (SELECT value FROM json_each(?))"


class KeyAssigner:
    """Assigns keys to papers that are grouped again.

    Create an assigner before the listings of the papers are removed, because it reads these listings.
    """

    def __init__(self, store: Store, papers: Collection[int]) -> None:
        self._store = store
        self._papers = frozenset(papers)
        self._earlier: dict[ListingId, dict[str, str]] = {}
        """For each listing id, a dictionary from keys on the page to keys in the library."""
        for owner, digest, page_key, key in store.execute(_KEYS, (json.dumps(list(papers)),)):
            self._earlier.setdefault((owner, digest), {})[page_key] = key
        self._taken: set[str] = set()

    def contested(
        self, new_listings: Collection[tuple[ListingId, str]], current_listings: Iterable[Listing]
    ) -> set[str]:
        """Return the keys that new papers may be unable to keep when they enter the library.

        A new paper may be unable to keep its key because another paper has the same key, or because the library gave
        the new paper another key earlier. `new_listings` are pairs of listing id and key of the new papers.
        `current_listings` are listings in the library that are grouped again together with the new papers. The result
        may also contain keys that no new paper has.
        """
        keys = {listing.record["key"] for listing in current_listings} | self._used_elsewhere(
            [key for _, key in new_listings]
        )
        keys |= {
            key for listing in current_listings if (key := self._earlier_key(listing.listing_id, listing.record["key"]))
        }
        for listing_id, page_key in new_listings:
            if (key := self._earlier_key(listing_id, page_key)) and key != page_key:
                keys |= {page_key, key}
        return keys

    def reserve(self, keys: Iterable[str]) -> None:
        """Record keys as taken, so that no other paper gets them. `contested` must not have returned them."""
        self._taken.update(keys)

    def assigned(self, papers: Iterable[list[Listing]]) -> Iterator[tuple[str, list[Listing]]]:
        """Yield each paper with its key. A paper is given as its listings, the most trusted first.

        A paper that had a key keeps it. If it had several keys that differ only in the letter suffix, it keeps the
        shortest one, which was assigned first.
        """
        without_key = []
        for listings in papers:
            keys = [self._earlier_key(listing.listing_id, listing.record["key"]) for listing in listings]
            earlier = [key for key in keys if key]
            key = min(earlier, key=lambda key: (not earlier[0].startswith(key), len(key)), default=None)
            if key and key not in self._taken:
                self._taken.add(key)
                yield key, listings
            else:
                without_key.append(listings)
        for listings in without_key:
            key = self._unused(listings[0].record["key"])
            self._taken.add(key)
            yield key, listings

    def _unused(self, page_key: str) -> str:
        """Return the key on the page if no other paper has it. Otherwise, return it with another letter suffix.

        For example, if `lowy2022private` is taken, the result is `lowy2022privatea`, or the next letter that is free.
        """
        if not self._is_taken(page_key):
            return page_key
        has_letter = page_key[-1].isalpha() and self._is_taken(page_key[:-1])
        return next(citation_keys.disambiguated(page_key[:-1] if has_letter else page_key, self._is_taken))

    def _earlier_key(self, listing_id: ListingId, page_key: str) -> str | None:
        """Return the key that the paper of a listing had in the library before this change; None if it had no key.

        `page_key` is the key on the page now. Its letter suffix may differ from the suffix that it had earlier.
        """
        keys = self._earlier.get(listing_id, {})
        return keys.get(page_key) or next(
            (key for other, key in keys.items() if _differ_in_suffix(page_key, other)), None
        )

    def _is_taken(self, key: str) -> bool:
        return key in self._taken or bool(self._used_elsewhere([key]))

    def _used_elsewhere(self, keys: Collection[str]) -> set[str]:
        """Return those of the given keys that belong to papers of the library that are not grouped again."""
        rows = self._store.execute(_KEY_OWNERS, (json.dumps(list(keys)),))
        return {key for key, id_ in rows if id_ not in self._papers}


def _differ_in_suffix(first: str, second: str) -> bool:
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))))
    suffixes = first[shared:], second[shared:]
    return all(len(suffix) <= _MAX_SUFFIX and (not suffix or suffix.isalpha()) for suffix in suffixes)
