"""Assign the citation keys of a library's papers. The keys are unique, and a paper keeps the key that it once got.

The user may cite a paper by its key, so adding a page changes no existing key. If the key of a new paper is taken, the
new paper gets a key with a letter suffix. A paper gets another key only if its file states another one, or if it is
merged with a paper that has another key. The former key still finds it.
"""

import json
from collections.abc import Collection, Iterable, Iterator

from pubcli.biblio import citation_keys
from pubcli.biblio.same_paper import Listing
from pubcli.store.database import Store

_TAKEN = """
    SELECT wanted.value FROM json_each(?) AS wanted JOIN paper ON paper.key = wanted.value
    WHERE paper.id NOT IN (SELECT value FROM json_each(?))
    UNION SELECT wanted.value FROM json_each(?) AS wanted JOIN former_key ON former_key.key = wanted.value
    JOIN paper ON paper.key = former_key.current_key WHERE paper.id NOT IN (SELECT value FROM json_each(?))
"""
"""Statement that selects those of some keys that belong, or belonged, to papers that are not grouped again."""


class KeyAssigner:
    """Assigns keys to papers that are grouped again."""

    def __init__(self, store: Store, papers: Collection[int]) -> None:
        """Prepare to assign keys. `papers` are the ids of the papers that are grouped again."""
        self._store = store
        self._papers = json.dumps(list(papers))
        self._taken: set[str] = set()
        self._kept: set[str] = set()
        """The keys that their papers keep."""
        self._former: list[tuple[str, str]] = []
        """Pairs of a key that a paper had, and the key that it has now."""

    def contested(self, new_keys: Collection[str], listings: Iterable[Listing]) -> set[str]:
        """Return the keys that new papers may be unable to keep, because other papers have or had the same keys.

        `new_keys` are the keys of new papers on their page. `listings` are those of the papers that are grouped again.
        The result may also contain keys that no new paper has.
        """
        keys = {key for listing in listings for key in (listing.record["key"], listing.key) if key}
        return keys | self._used_elsewhere(new_keys)

    def reserve(self, keys: Iterable[str]) -> None:
        """Record keys as taken, so that no other paper gets them. `contested` must not have returned them."""
        self._taken.update(keys)

    def assigned(
        self, papers: Iterable[list[Listing]], new_snapshot: int | None
    ) -> Iterator[tuple[str, list[Listing]]]:
        """Yield each paper with its key. A paper is given as its listings, the most trusted first.

        A paper that had a key keeps it. If it had several keys that differ only in the letter suffix, it keeps the
        shortest one, which was assigned first. If a paper is split, the part that is not on `new_snapshot` keeps the
        key.
        """
        without_key = []
        papers = sorted(papers, key=lambda paper: all(listing.snapshot_id == new_snapshot for listing in paper))
        # A long page is stored in parts, so a paper of an earlier part may have got the key already.
        in_use = self._in_use({listing.key for listings in papers for listing in listings if listing.key})
        for listings in papers:
            earlier = [listing.key for listing in listings if listing.key]
            key = min(earlier, key=lambda key: (not earlier[0].startswith(key), len(key)), default=None)
            if key and key not in self._taken and key not in in_use:
                yield self._assign(key, listings), listings
            else:
                without_key.append(listings)
        for listings in without_key:
            yield self._assign(self._unused(listings[0].record["key"]), listings), listings

    def _assign(self, key: str, listings: Iterable[Listing]) -> str:
        self._taken.add(key)
        former = {former for listing in listings for former in (listing.key, listing.former_key) if former}
        self._former += [(other, key) for other in sorted(former - {key})]
        self._kept |= former & {key}
        return key

    def _unused(self, page_key: str) -> str:
        """Return the key on the page if no other paper has it. Otherwise, return it with another letter suffix.

        For example, if `lowy2022private` is taken, the result is `lowy2022privatea`, or a later letter that is free.
        """
        if not self._is_taken(page_key):
            return page_key
        has_letter = page_key[-1].isalpha() and self._is_taken(page_key[:-1])
        return citation_keys.first_free(page_key[:-1] if has_letter else page_key, self._is_taken)

    def _is_taken(self, key: str) -> bool:
        return key in self._taken or bool(self._used_elsewhere([key]))

    def _used_elsewhere(self, keys: Collection[str]) -> set[str]:
        """Return those of the given keys that belong, or belonged, to papers that are not grouped again."""
        wanted = json.dumps(list(keys))
        return {row[0] for row in self._store.execute(_TAKEN, (wanted, self._papers, wanted, self._papers))}

    def _in_use(self, keys: Collection[str]) -> set[str]:
        """Return those of the given keys that now belong to papers that are not grouped again."""
        statement = (
            "SELECT key FROM paper WHERE key IN (SELECT value FROM json_each(?)) "
            "AND id NOT IN (SELECT value FROM json_each(?))"
        )
        return {row[0] for row in self._store.execute(statement, (json.dumps(list(keys)), self._papers))}

    def store_former_keys(self) -> None:
        """Store the former keys of papers whose keys have changed. Call this after all keys are assigned.

        A former key may belong to another paper now. Then it selects that paper, as long as the library has the paper.
        """
        taken = json.dumps(list(self._taken))
        self._store.execute("DELETE FROM former_key WHERE key IN (SELECT value FROM json_each(?))", (taken,))
        changed = {former: key for former, key in reversed(self._former) if former not in self._kept}
        statement = "SELECT key, current_key FROM former_key WHERE current_key IN (SELECT value FROM json_each(?))"
        older = [(key, changed[current]) for key, current in self._store.execute(statement, (json.dumps([*changed]),))]
        self._store.executemany("INSERT OR REPLACE INTO former_key VALUES (?, ?)", [*older, *changed.items()])


def follow_former_keys(store: Store, keys: Iterable[str]) -> None:
    """Shorten chains of former keys that end at one of these keys, which papers have now.

    If a former key leads to a second former key that no paper has, and the second leads to one of `keys`, the first
    then leads directly to this key.
    """
    statement = """
        SELECT new.value, former_key.key FROM json_each(?) AS new
        JOIN former_key AS following ON following.current_key = new.value
        JOIN former_key ON former_key.current_key = following.key
        WHERE former_key.key <> new.value AND NOT EXISTS (SELECT 1 FROM paper WHERE paper.key = following.key)
    """
    pairs = store.execute(statement, (json.dumps(list(keys)),)).fetchall()
    store.executemany("UPDATE former_key SET current_key = ? WHERE key = ?", [tuple(pair) for pair in pairs])
